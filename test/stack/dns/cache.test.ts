// The cache of a resolver: RFC 2181 §5.4.1 (whose word counts), RFC 2308 §5 (denials), RFC 1035 §3.2.1 (TTL), §7.4.
import {describe, expect, test} from 'vitest';
import {
  agedRecords,
  type Cache,
  delegationOf,
  emptyCache,
  expired,
  forget,
  isWhole,
  liveEntries,
  lookUp,
  lookUpAnswer,
  negativeTtl,
  parentSide,
  secondsLeft,
  storeNegative,
  storeParent,
  storeRrset,
} from '../../../source/stack/dns/cache.ts';
import {type Trust, trustOrder} from '../../../source/stack/dns/note.ts';
import {questionKey, rrsetsOf} from '../../../source/stack/dns/rrset.ts';
import {question, record} from './records.ts';

const second = 1_000_000;

const setOf = (text: string, ttl = 300) => {
  const [set] = rrsetsOf([record(text, ttl)]);
  if (!set) throw new Error(text);
  return set;
};

type How = {
  readonly trust?: Trust;
  readonly nowUs?: number;
  readonly ttl?: number;
  readonly boundUs?: number;
};

const stored = (cache: Cache, text: string, {trust = 'answerAA', nowUs = 0, ttl = 300, boundUs}: How = {}) =>
  storeRrset(cache, setOf(text, ttl), {trust, nowUs, ...(boundUs !== undefined && {boundUs})});

const kept = (cache: Cache, asks: string, nowUs = 0) =>
  lookUp(cache, question(asks), nowUs)?.records.map(({data}) =>
    'address' in data ? data.address : data.kind,
  );

const empty = emptyCache(100);
const one = stored(empty, 'a. A 192.0.2.1').cache;

describe('time', () => {
  test('until the TTL is over; its whole seconds count down', () => {
    expect([299_999_999, 300_000_000].map((nowUs) => kept(one, 'a. A', nowUs))).toEqual([
      ['192.0.2.1'],
      undefined,
    ]);
    const entry = lookUp(one, question('a. A'), 0);
    const ttls = [0, 1, second - 1, second, 299 * second + 1].map(
      (nowUs) => entry && agedRecords(entry, nowUs)[0]?.ttl,
    );
    expect(ttls).toEqual([300, 300, 300, 299, 1]);
    expect([secondsLeft(5, 5), secondsLeft(5, 9)]).toEqual([0, 0]);
  });

  test('TTL 0 serves the question that brought it', () => {
    const {cache} = stored(empty, 'a. A 192.0.2.1', {ttl: 0, nowUs: 7});
    expect([kept(cache, 'a. A', 7), kept(cache, 'a. A', 8)]).toEqual([['192.0.2.1'], undefined]);
  });

  test('what is over is told apart from what is not there', () => {
    expect(expired(one, question('a. A'), 300 * second)?.name).toBe('a.');
    expect(expired(one, question('a. A'), 0)).toBeUndefined();
    expect(expired(one, question('b. A'), 0)).toBeUndefined();
    expect([liveEntries(one, 0).length, liveEntries(one, 300 * second).length]).toEqual([1, 0]);
    const entry = lookUp(one, question('a. A'), 0);
    expect(entry && kept(forget(one, entry), 'a. A')).toBeUndefined();
  });
});

describe('of several words', () => {
  const words = trustOrder.flatMap((before, at) =>
    trustOrder.map((after, than): [string, string, boolean] => [before, after, than >= at]),
  );
  test.each(words)('%s, then %s: taken %s', (before, after, taken) => {
    const [first, then] = [before, after].map((name) => trustOrder.find((each) => each === name));
    const {cache} = stored(empty, 'a. A 192.0.2.1', {...(first && {trust: first})});
    const later = stored(cache, 'a. A 192.0.2.2', {nowUs: 1, ...(then && {trust: then})});
    expect(later.stored !== undefined).toBe(taken);
    expect(kept(later.cache, 'a. A', 1)).toEqual([taken ? '192.0.2.2' : '192.0.2.1']);
  });

  test('the same once more does not prolong its life; once it is over any word counts', () => {
    const again = stored(one, 'A. A 192.0.2.1', {nowUs: 100 * second});
    expect(again.stored).toBeUndefined();
    expect(kept(again.cache, 'a. A', 300 * second)).toBeUndefined();
    const late = stored(one, 'a. A 192.0.2.2', {nowUs: 300 * second, trust: 'additional'});
    expect(kept(late.cache, 'a. A', 300 * second)).toEqual(['192.0.2.2']);
  });

  test('only what came as an answer answers a client', () => {
    const answers = trustOrder.filter((trust) => {
      const {cache} = stored(empty, 'a. A 192.0.2.1', {trust});
      return lookUpAnswer(cache, question('a. A'), 0) !== undefined;
    });
    expect(answers).toEqual(['answer', 'answerAA']);
  });

  test('the CNAME of a name answers for all types', () => {
    const {cache} = stored(empty, 'a. CNAME b.');
    expect(lookUpAnswer(cache, question('a. MX'), 0)?.type).toBe(5);
    expect(lookUpAnswer(cache, question('b. MX'), 0)).toBeUndefined();
  });
});

describe('denials', () => {
  const deny = (cache: Cache, asks: string, negative: 'NXDOMAIN' | 'NODATA', minimum = 60) =>
    storeNegative(cache, question(asks), {
      negative,
      soa: record(`z. SOA ${minimum}`),
      trust: 'authorityAA',
      nowUs: 0,
      ttlMost: 3600,
    });
  const answer = (cache: Cache, asks: string, nowUs = 0) =>
    lookUpAnswer(cache, question(asks), nowUs)?.negative;

  test('live for the least of TTL, MINIMUM and what the resolver allows', () => {
    const ttl = (own: number, minimum: number, most: number) =>
      negativeTtl(record(`z. SOA ${minimum}`, own), most);
    expect([ttl(300, 60, 3600), ttl(30, 60, 3600), ttl(300, 60, 10)]).toEqual([60, 30, 10]);
    expect([ttl(300, 0x8000_0000, 3600), negativeTtl(record('z. A 192.0.2.1'), 9)]).toEqual([0, 0]);
    const {cache} = deny(empty, 'a. A', 'NODATA');
    expect([60 * second - 1, 60 * second].map((nowUs) => answer(cache, 'a. A', nowUs))).toEqual([
      'NODATA',
      undefined,
    ]);
    expect(deny(empty, 'a. A', 'NODATA', 0)).toEqual({cache: empty});
  });

  test('no data is about one type, no name about all of them', () => {
    const noData = deny(empty, 'a. A', 'NODATA').cache;
    expect(['a. A', 'a. MX', 'b. A'].map((asks) => answer(noData, asks))).toEqual([
      'NODATA',
      undefined,
      undefined,
    ]);
    const noName = deny(empty, 'a. A', 'NXDOMAIN').cache;
    expect(['a. A', 'a. MX', 'b. A'].map((asks) => answer(noName, asks))).toEqual([
      'NXDOMAIN',
      'NXDOMAIN',
      undefined,
    ]);
    // That there is no CNAME says nothing about other types.
    expect(answer(deny(empty, 'a. CNAME', 'NODATA').cache, 'a. A')).toBeUndefined();
    expect(kept(noData, 'a. A')).toBeUndefined();
  });

  test('a denial takes the place of what was there, data that of a denial', () => {
    expect(kept(deny(one, 'a. A', 'NXDOMAIN').cache, 'a. A')).toBeUndefined();
    const {cache} = stored(deny(empty, 'a. A', 'NXDOMAIN').cache, 'a. A 192.0.2.1');
    expect([kept(cache, 'a. A'), answer(cache, 'a. MX')]).toEqual([['192.0.2.1'], undefined]);
    const data = stored(deny(empty, 'a. A', 'NODATA').cache, 'a. A 192.0.2.1', {trust: 'answerAA'});
    expect(kept(data.cache, 'a. A')).toEqual(['192.0.2.1']);
  });
});

describe('delegations', () => {
  const ns = (cache: Cache, nowUs: number) =>
    delegationOf(cache, 'z.', nowUs)?.records.map(({data}) => data.kind === 'NS' && data.name);

  test('the word of the zone’s own servers goes before the parent’s, which stays for when they fail', () => {
    const parent = storeParent(empty, setOf('z. NS parent.', 50), {trust: 'authority', nowUs: 0});
    expect(ns(parent, 0)).toEqual(['parent.']);
    const both = stored(parent, 'z. NS child.', {ttl: 20}).cache;
    expect([0, 20 * second, 50 * second].map((nowUs) => ns(both, nowUs))).toEqual([
      ['child.'],
      ['parent.'],
      undefined,
    ]);
    const asked = question('z. NS');
    expect(
      [0, 50 * second - 1, 50 * second].map((nowUs) => parentSide(both, asked, nowUs) !== undefined),
    ).toEqual([true, true, false]);
  });

  test('no longer than the parent’s delegation, whatever its own TTL', () => {
    const {cache} = stored(empty, 'z. NS child.', {boundUs: 10 * second});
    expect([10 * second - 1, 10 * second].map((nowUs) => ns(cache, nowUs) !== undefined)).toEqual([
      true,
      false,
    ]);
    expect(lookUp(cache, question('z. NS'), 10 * second)).toBeDefined();
    // Then any other NS set takes its place.
    const next = stored(cache, 'z. NS child.', {nowUs: 10 * second, trust: 'authority'});
    expect(next.stored).toBeDefined();
  });

  test('a new NS set cannot prolong the one whose place it takes', () => {
    const old = stored(empty, 'z. NS old.', {ttl: 20}).cache;
    const {stored: entry} = stored(old, 'z. NS new.', {ttl: 300, nowUs: 5 * second});
    expect(entry?.expiresUs).toBe(20 * second);
    expect(stored(old, 'z. NS new.', {ttl: 3, nowUs: 5 * second}).stored?.expiresUs).toBe(8 * second);
    expect(stored(old, 'z. NS new.', {ttl: 300, nowUs: 20 * second}).stored?.expiresUs).toBe(320 * second);
  });
});

test('beyond the most that is kept, what is over soonest makes room', () => {
  const names = ['a', 'b', 'c'];
  const ttls = [30, 10, 20];
  const cache = names.reduce(
    (sum, name, at) => stored(sum, `${name}. A 192.0.2.1`, {ttl: ttls[at] ?? 0}).cache,
    emptyCache(2),
  );
  expect(liveEntries(cache, 0).map(({name}) => name)).toEqual(['a.', 'c.']);
});

test('what came along is there, or the answer is not whole', () => {
  const key = questionKey(question('ns. A'));
  const along = {authorities: [], additionals: [key]};
  const {cache, stored: entry} = storeRrset(empty, setOf('a. A 192.0.2.1'), {
    trust: 'answerAA',
    nowUs: 0,
    along,
  });
  if (!entry) throw new Error('not stored');
  expect(isWhole(cache, entry, 0)).toBe(false);
  const whole = stored(cache, 'ns. A 192.0.2.9', {ttl: 5}).cache;
  expect([isWhole(whole, entry, 0), isWhole(whole, entry, 5 * second)]).toEqual([true, false]);
  // The same answer with other company: the company changes.
  const other = storeRrset(whole, setOf('a. A 192.0.2.1'), {
    trust: 'answerAA',
    nowUs: 1,
    along: {authorities: [key], additionals: []},
  });
  expect(lookUp(other.cache, question('a. A'), 1)).toMatchObject({
    expiresUs: 300 * second,
    along: {authorities: [key], additionals: []},
  });
});
