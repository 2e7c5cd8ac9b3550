// A connection beside its simulation. Oracle: the capture is the simulated connection itself with a known change, so that what has to
// differ is known; of segments in another order the longest rising part, found by trying all.
import {describe, expect, test} from 'vitest';
import {type Agreement, agreementOf} from '../../../source/drills/replay/agreement.ts';
import {type PathFault, settled} from '../../../source/drills/replay/faults.ts';
import type {Replayed} from '../../../source/drills/replay/from-capture.ts';
import {joined} from '../../../source/drills/replay/offload.ts';
import {type Seen, type SeenConnection, seenConnection} from '../../../source/drills/replay/seen.ts';
import type {Run} from '../../../source/lesson/lesson.ts';
import type {Action} from '../../../source/sim/action.ts';
import type {Fault} from '../../../source/sim/fault.ts';
import type {Cause, Scenario} from '../../../source/sim/scenario.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {seenFrom} from './segments.ts';

const at = (atMs: number, host: string, action: Action): Cause => ({
  when: {kind: 'at', atUs: atMs * 1000},
  host,
  action,
});

const host = (name: string, number: number): Scenario['hosts'][number] => ({
  name,
  interfaces: [{link: 'path', ip: `10.0.0.${number}`, mac: `02:00:00:00:00:0${number}`}],
  router: false,
  tcp: {...profiles.rfc, delayedAckUs: 0},
});

const scenario = (faults: readonly Fault[]): Scenario => ({
  profile: 'rfc',
  seed: 5,
  hosts: [host('client', 1), host('server', 2)],
  links: [{name: 'path', between: ['client', 'server'], delayUs: 20_000, loss: 0, mtu: 1500}],
  arp: false,
  script: [
    at(0, 'server', {call: 'listen', port: 80, read: 'auto'}),
    at(10, 'client', {call: 'connect', to: {host: 'server', port: 80}, read: 'auto'}),
    at(100, 'client', {call: 'send', bytes: 3000}),
    at(200, 'server', {call: 'send', bytes: 200}),
    at(900, 'client', {call: 'shutdown'}),
    at(1000, 'server', {call: 'close'}),
  ],
  faults,
  until: {atUs: 20_000_000},
  limitUs: 60_000_000,
});

const runOf = (faults: readonly Fault[] = []): Trace =>
  simulate(scenario(faults), {source: 'test', run: 'main'});

const trace = runOf();
/** Half a way from the server is as good as any: 5 ms from the client, 15 ms from the server. */
const vantage = seenFrom(5, 15);

const capturedOf = (of: Trace): SeenConnection => {
  const seen = seenConnection(of, ({sentUs}, side) => sentUs + (side === 0 ? 0 : 10_000));
  if (typeof seen === 'string') throw new Error(seen);
  return {...seen, segments: seen.segments.toSorted((a, b) => a.atUs - b.atUs || a.packet - b.packet)};
};

const whole = capturedOf(trace);

const replayedOf = (segments: readonly Seen[], faults: readonly PathFault[] = []): Replayed => {
  const {until, ...rest} = scenario([]);
  const run: Run = {...rest, name: 'main', until: {atUs: 20_000_000}};
  const fates = {of: new Map(), missing: [], doubled: new Map()};
  return {run, seen: {...whole, segments}, vantage, fates, faults, assumptions: []};
};

const agreed = (segments: readonly Seen[], faults: readonly PathFault[] = [], of = trace): Agreement =>
  agreementOf(replayedOf(segments, faults), of);

/** `3 = 3` alike, `3 ~ 3` not alike, `- 4` only simulated, `5 -` only captured. */
const told = ({pairs}: Agreement): readonly string[] =>
  pairs.map(({capture, simulated, alike}) => {
    if (!capture) return `- ${simulated?.packet}`;
    if (!simulated) return `${capture.packet} -${alike ? ' alike' : ''}`;
    return `${capture.packet} ${alike ? '=' : '~'} ${simulated.packet}`;
  });

const indexOf = (what: (seen: Seen) => boolean): number => {
  const index = whole.segments.findIndex(what);
  if (index < 0) throw new Error('no such segment');
  return index;
};

const isPiece = ({side, length}: Seen): boolean => side === 0 && length > 0;
const count = whole.segments.length;
const everyPacket = whole.segments.map(({packet}) => `${packet} = ${packet}`);

test('the run: 3000 octets in three segments, 200 in one', () => {
  expect(whole.segments.filter(isPiece).map(({seq, end}) => [seq, end])).toEqual([
    [1, 1461],
    [1461, 2921],
    [2921, 3001],
  ]);
  expect(
    whole.segments.filter(({side, length}) => side === 1 && length > 0).map(({seq, end}) => [seq, end]),
  ).toEqual([[1, 201]]);
});

test('what is not to arrive before a time is that much longer on its way, and as a delay it is as long', () => {
  const at = {from: 'client', seq: whole.ends[0].isn + 1, nth: {first: 1, last: 1}} as const;
  const early: Fault = {kind: 'delay', byUs: 0, untilUs: 1000, at: {...at, nth: {first: 2, last: 2}}};
  const open: Fault = {kind: 'delay', byUs: 0, untilUs: 150_000, at};
  const held = runOf([open, early]);
  const found = settled(
    [open, early].map((fault) => ({fault, seen: true})),
    held,
    20_000,
  );
  expect(found).toEqual([{fault: {kind: 'delay', byUs: 30_000, at}, seen: true}]);
  const again = runOf(found.map(({fault}) => fault));
  expect(again.packetCount).toBe(held.packetCount);
  for (let id = 1; id <= held.packetCount; id++) expect(again.packet(id).sentUs).toBe(held.packet(id).sentUs);
});

test('what is the same is alike, at the same times', () => {
  const agreement = agreed(whole.segments);
  expect(told(agreement)).toEqual(everyPacket);
  expect(agreement).toMatchObject({alike: count, captured: count, extra: 0});
  // What the server sends has 15 ms to the capture point, what the client sends 5 ms; times count from the client’s.
  for (const {capture, simulated} of agreement.pairs) expect(simulated?.atUs).toBe(capture?.atUs);
});

test('nothing was captured: nothing is known to be too much', () => {
  expect(agreed([])).toEqual({pairs: [], alike: 0, captured: 0, extra: 0});
});

const isReply = ({side, length}: Seen): boolean => side === 1 && length > 0;

describe('one segment is another', () => {
  const place = indexOf(isReply);
  const {packet} = whole.segments[place] ?? {packet: 0};
  const with1 = (change: (seen: Seen) => Partial<Seen>): Agreement =>
    agreed(whole.segments.map((seen, index) => (index === place ? {...seen, ...change(seen)} : seen)));
  test.each<[string, (seen: Seen) => Partial<Seen>]>([
    ['PSH', ({flags}) => ({flags: flags ^ TcpFlag.PSH})],
    ['window', ({window}) => ({window: window - 1})],
    ['time', ({atUs}) => ({atUs: atUs + 1})],
    ['bytes', () => ({bytes: new Uint8Array()})],
  ])('%s: alike all the same', (_, change) => expect(told(with1(change))).toEqual(everyPacket));
  test.each<[string, (seen: Seen) => Partial<Seen>]>([
    ['one acknowledgement more', ({ack = 0}) => ({ack: ack + 1})],
    ['no readable acknowledgement', () => ({ack: undefined})],
  ])('%s: beside each other, not alike', (_, change) => {
    const agreement = with1(change);
    expect(told(agreement)).toEqual(everyPacket.with(place, `${packet} ~ ${packet}`));
    expect(agreement).toMatchObject({alike: count - 1, captured: count, extra: 0});
  });
  test.each<[string, (seen: Seen) => Partial<Seen>]>([
    ['ECE', ({flags}) => ({flags: flags ^ TcpFlag.ECE})],
    ['FIN', ({flags}) => ({flags: flags ^ TcpFlag.FIN})],
    ['seq', ({seq}) => ({seq: seq + 1})],
    ['end', ({end}) => ({end: end - 1})],
  ])('%s: each stands alone', (_, change) => {
    const agreement = with1(change);
    expect(told(agreement)).toEqual(everyPacket.toSpliced(place, 1, `${packet} -`, `- ${packet}`));
    expect(agreement).toMatchObject({alike: count - 1, captured: count, extra: 1});
  });
  test('of the other side: no match, whatever its numbers', () => {
    const agreement = with1(() => ({side: 0}));
    expect(agreement).toMatchObject({alike: count - 1, captured: count, extra: 1});
  });
});

describe('only simulated', () => {
  const without = (place: number): readonly Seen[] => whole.segments.filter((_, index) => index !== place);
  const reply = indexOf(isReply);
  const piece = indexOf(isPiece);
  test('stands where its time is', () => {
    const agreement = agreed(without(reply));
    expect(told(agreement)).toEqual(everyPacket.with(reply, `- ${whole.segments[reply]?.packet}`));
    expect(agreement).toMatchObject({alike: count - 1, captured: count - 1, extra: 1});
  });
  // Of a pair the earlier of both times counts.
  test.each([-1, 0, 1])('the other of the same time, captured %i µs later: it stands behind', (laterUs) => {
    const [gone, next] = whole.segments.slice(piece);
    expect(next?.atUs).toBe(gone?.atUs);
    const kept = without(piece).map((seen, index) =>
      index === piece ? {...seen, atUs: seen.atUs + laterUs} : seen,
    );
    expect(told(agreed(kept)).slice(piece, piece + 2)).toEqual([
      `${next?.packet} = ${next?.packet}`,
      `- ${gone?.packet}`,
    ]);
  });
  test('the next was simulated after it: it stands before', () => {
    const [before, gone, next] = whole.segments.slice(reply - 1);
    expect(Number(before?.atUs) < Number(gone?.atUs) && Number(gone?.atUs) < Number(next?.atUs)).toBe(true);
    const early = without(reply).map((seen, index) =>
      index === reply ? {...seen, atUs: Number(gone?.atUs) + 1} : seen,
    );
    expect(told(agreed(early))[reply]).toBe(`- ${gone?.packet}`);
    const tied = without(reply).map((seen, index) =>
      index === reply ? {...seen, atUs: Number(gone?.atUs)} : seen,
    );
    expect(told(agreed(tied)).slice(reply, reply + 2)).toEqual([
      `${next?.packet} = ${next?.packet}`,
      `- ${gone?.packet}`,
    ]);
  });
  test.each([
    [0, 0],
    [1, 1],
  ])('%i µs before the last that was captured: %i', (earlierUs, extra) => {
    const gone = whole.segments[reply];
    const kept = whole.segments.slice(0, reply);
    const last = kept.at(-1);
    if (!last || !gone) throw new Error('no segment');
    const agreement = agreed(kept.with(-1, {...last, atUs: gone.atUs + earlierUs}));
    expect(agreement).toMatchObject({extra, alike: reply, captured: reply});
  });
});

/** Length of the longest rising selection. */
const longestRising = (values: readonly number[]): number =>
  Math.max(
    ...Array.from({length: 2 ** values.length}, (_, bits) => {
      const chosen = values.filter((__, index) => bits & (1 << index));
      return chosen.every((value, index) => index === 0 || value > (chosen[index - 1] ?? 0))
        ? chosen.length
        : 0;
    }),
  );

const permutations = (values: readonly number[]): readonly (readonly number[])[] =>
  values.length < 2
    ? [values]
    : values.flatMap((value, index) =>
        permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
      );

test('in whatever order the client’s are: as many alike as rise, the others beside them not alike', () => {
  const own = whole.segments.filter(({side}) => side === 0).slice(0, 5);
  const others = whole.segments.filter((seen) => !own.includes(seen));
  expect(new Set(own.map(({flags, seq, end}) => `${flags} ${seq} ${end}`)).size).toBe(5);
  for (const order of permutations([0, 1, 2, 3, 4])) {
    const segments = [...order.flatMap((index) => own[index] ?? []), ...others];
    const agreement = agreed(segments);
    expect(agreement.alike, order.join()).toBe(others.length + longestRising(order));
    const pairs = agreement.pairs.filter(({capture, simulated}) => capture && simulated);
    for (const {capture, simulated} of pairs) expect(simulated?.packet).toBe(capture?.packet);
    // Rising on both sides, the beside-each-other ones among themselves too.
    const beside = pairs.filter(({alike}) => !alike).flatMap(({capture}) => capture?.packet ?? []);
    expect(beside).toEqual(beside.toSorted((a, b) => a - b));
  }
});

describe('cut by a network card', () => {
  const pieces = whole.segments.filter(isPiece);
  const giant = joined(pieces);
  const place = indexOf(isPiece);
  const segmentsWith = (seen: Seen): readonly Seen[] =>
    whole.segments.flatMap((each) => (isPiece(each) ? (each === pieces[0] ? [seen] : []) : [each]));
  const [one, two, three] = pieces.map(({packet}) => packet);
  const rest = everyPacket.filter((text) => text !== `${two} = ${two}` && text !== `${three} = ${three}`);
  test('one row for all pieces', () => {
    if (!giant) throw new Error('no piece');
    const agreement = agreed(segmentsWith(giant));
    expect(told(agreement)).toEqual(rest);
    expect(agreement).toMatchObject({alike: count - 2, captured: count - 2, extra: 0});
    const row = agreement.pairs[place];
    expect(row?.capture).toBe(giant);
    expect(row?.simulated).toMatchObject({seq: 1, end: 3001, length: 3000});
  });
  test('not alike unless all are', () => {
    if (!giant) throw new Error('no piece');
    const agreement = agreed(segmentsWith({...giant, flags: giant.flags | TcpFlag.FIN, end: 3002}));
    const expected = everyPacket.with(place, `${one} ~ ${one}`).filter((text) => text !== `${two} = ${two}`);
    expect(told(agreement)).toEqual(
      expected.map((text) => (text === `${three} = ${three}` ? `- ${three}` : text)),
    );
    expect(agreement).toMatchObject({alike: count - 3, captured: count - 2, extra: 1});
    expect(agreement.pairs[place]?.simulated).toMatchObject({seq: 1, end: 2921, length: 2920});
  });
});

describe('sent twice', () => {
  const drop = (packet: number): Fault => ({kind: 'drop', at: {packet}});
  const first = whole.segments.find(isPiece)?.packet ?? 0;
  const faulty = runOf([drop(first)]);
  const again = capturedOf(faulty);
  test('the first of each kind beside the first, the second beside the second', () => {
    const sent = again.segments.filter(({side, seq, length}) => side === 0 && seq === 1 && length > 0);
    expect(sent.length).toBe(2);
    const agreement = agreementOf({...replayedOf(again.segments), seen: again}, faulty);
    expect(told(agreement)).toEqual(again.segments.map(({packet}) => `${packet} = ${packet}`));
  });
  test.each([
    ['before the capture point', false, again.segments.length - 1],
    ['behind it', true, again.segments.length],
  ])('lost %s', (_, seen, captured) => {
    const segments = again.segments.filter(({packet}) => seen || packet !== first);
    const replayed = {...replayedOf(segments, [{fault: drop(first), seen}]), seen: {...again, segments}};
    const agreement = agreementOf(replayed, faulty);
    expect(agreement).toMatchObject({alike: captured, captured, extra: 0});
    expect(told(agreement)).toEqual(segments.map(({packet}) => `${packet} = ${packet}`));
  });
});

test('a copy that the network made is none of the captured', () => {
  const place = indexOf(isPiece);
  const copied = whole.segments.flatMap((seen, index) =>
    index === place ? [seen, {...seen, packet: 99, atUs: seen.atUs + 10}] : [seen],
  );
  expect(told(agreed(copied))).toEqual(everyPacket);
  expect(agreed(copied)).toMatchObject({alike: count, captured: count, extra: 0});
});
