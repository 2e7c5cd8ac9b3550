// Each rule has its text and each text its rule; each formula is true wherever its rule caused an effect.

import {expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {type TcpBecause, tcpCases} from '../../../source/stack/tcp/cases.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {tcpRules} from '../../../source/stack/tcp/rules.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seqAdd} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {chosen, crowd} from '../../helpers/tcp/crowd.ts';
import {holds, lookupAt} from '../../helpers/tcp/formula.ts';
import {plain} from '../../helpers/tcp/plain.ts';
import {randomEvent} from '../../helpers/tcp/random-event.ts';
import {recordedRules} from '../../helpers/tcp/recorded.ts';
import {ruleIds, ruleTexts} from '../../helpers/tcp/rules.ts';
import {planOf, session} from '../../helpers/tcp/session.ts';
import {A, AB, B, BA, type Fate, IP, rope, World} from '../../helpers/tcp/two-hosts.ts';

test('every rule has one text, every text a rule', () => {
  // In whichever order they stand.
  expect(
    ruleTexts.map((rule) => rule.id).toSorted(),
    'texts: lessons/data/rules.yaml; ids: the lists of test/helpers/tcp/rules.ts, where a new list has a line',
  ).toEqual(ruleIds.toSorted());
});

test('every rule is stated in both languages, with its clause', () => {
  for (const {id, rfc, step, text} of ruleTexts) {
    expect(rfc, id).toMatch(/^(\d{4} §|Linux |FreeBSD |POSIX )/);
    for (const words of [step, text]) {
      expect(words.en, id).toMatch(/^[A-Za-z ]/);
      expect(words.zh, id).toMatch(/[\u4e00-\u9fff]/);
      expect(words.en, id).not.toMatch(/!|\b(simply|just|note that|let's|we|our|ours)\b/i);
      expect(words.zh, id).not.toMatch(/！|您|我们|进行|被(?!动)/);
    }
    expect(text.en.split(/[.:;] /).length, id).toBeLessThanOrEqual(4);
  }
});

test('the evaluator tells true from false and wraps', () => {
  const values: {[name: string]: {n: number; modular: boolean}} = {
    'seg.seq': {n: 2 ** 32 - 2, modular: true},
    'rcv.nxt': {n: 3, modular: true},
    'seg.len': {n: 5, modular: false},
    SYN: {n: 1, modular: false},
    '2': {n: 2, modular: false},
  };
  const lookup = (name: string) => values[name];
  expect(holds('seg.seq < rcv.nxt', lookup)).toBe(true);
  expect(holds('rcv.nxt = seg.seq + seg.len', lookup)).toBe(true);
  expect(holds('rcv.nxt = seg.seq + seg.len + SYN', lookup)).toBe(false);
  expect(holds('seg.seq < rcv.nxt < seg.seq', lookup)).toBe(false);
  expect(holds('max(seg.len, 2 × SYN) ≤ seg.len', lookup)).toBe(true);
  expect(holds('seg.seq − SYN ≠ seg.seq', lookup)).toBe(true);
  expect(holds('iss = iss', lookup)).toBe(undefined);
});

test('every formula is true in random runs, every formula is tried, and every rule acts', () => {
  const texts = new Map(ruleTexts.map((rule) => [rule.id, rule]));
  /** The formula of a case stands in place of that of its rule. */
  const toldBy = (because: TcpBecause): readonly [name: string, formulas: readonly string[]] => {
    const rule = ruleOf(because);
    const {formula = [], cases = {}} = texts.get(rule) ?? {};
    const own = typeof because === 'string' || because.case === undefined ? undefined : because.case;
    const ofCase = own === undefined ? undefined : cases[own]?.formula;
    return ofCase ? [`${rule} ${own}`, ofCase] : [rule, formula];
  };
  const tried = new Set<string>();
  const acted = new Set<string>();
  const act = (because: TcpBecause): void => {
    acted.add(ruleOf(because));
    if (typeof because !== 'string' && because.case !== undefined)
      acted.add(`${because.rule} ${because.case}`);
  };
  const check = (world: World, label: string) => {
    for (const entry of world.log) {
      for (const effect of entry.effects) {
        act(effect.because);
        // What no longer holds anything back has numbers that say so.
        if (effect.kind === 'held' && effect.op === 'end') continue;
        const [name, formulas] = toldBy(effect.because);
        for (const formula of formulas) {
          const truth = holds(formula, lookupAt(entry, effect));
          const where = `${label}, ${entry.atUs} µs, ${entry.host} ${effect.kind}: ${name}: ${formula}`;
          if (truth === false) throw new Error(where);
          if (truth) tried.add(`${name} ${formula}`);
        }
      }
    }
  };
  for (let seed = 1; seed <= 400; seed += 1) check(disturbed(seed), `seed ${seed}`);
  check(closedWindow(), 'closed window');
  check(fullBuffer(), 'full buffer');
  check(fullQueue(), 'full queue');
  for (let seed = 1; seed <= 40; seed += 1) check(bulk(seed), `bulk ${seed}`);
  for (let seed = 41; seed <= 80; seed += 1) check(bulk(seed, withoutSack(seed)), `without SACK ${seed}`);
  const all = ruleTexts.flatMap(({id, formula = [], cases = {}}) => [
    ...formula.map((each) => `${id} ${each}`),
    ...Object.entries(cases).flatMap(([own, {formula: ofCase = []}]) =>
      ofCase.map((each) => `${id} ${own} ${each}`),
    ),
  ]);
  expect(all.filter((name) => !tried.has(name))).toEqual([]);
  for (let seed = 1; seed <= 400; seed += 1) for (const {because} of crowd(seed)) act(because);
  for (const {because} of chosen()) act(because);
  for (const because of recordedRules()) acted.add(because);
  const cases = Object.entries(tcpCases).flatMap(([rule, each]) => each.map((own) => `${rule} ${own}`));
  expect(
    [...tcpRules, ...cases].filter((id) => !acted.has(id)),
    'nothing here brings these about: crowd.ts, chosen in it, and recorded.ts of test/helpers/tcp add situations',
  ).toEqual([]);
});

/** A byte arrives at a window that nobody has read open. */
function closedWindow(): World {
  const settings = {...profiles.rfc, rcvBufferBytes: 1000};
  const world = new World({settings: {A: profiles.rfc, B: settings}});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'manual'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  world.call(200_000, 'A', {call: 'SEND', connection: AB, data: rope(2000)});
  world.run({untilUs: 500_000});
  const full = world.sent.findLast(({from, segment}) => from === 'A' && segment.payload.length === 1000);
  if (full === undefined) throw new Error('the window was not filled');
  const segment = {...full.segment, seq: seqAdd(full.segment.seq, 1000), payload: rope(1)};
  world.step('B', {kind: 'segment', src: IP.A, dst: IP.B, segment});
  const reset = {...segment, seq: seqAdd(segment.seq, 5), flags: TcpFlag.RST, payload: rope(0)};
  world.step('B', {kind: 'segment', src: IP.A, dst: IP.B, segment: reset});
  return world;
}

/** The send buffer ends within a segment, and the program has given more. */
function fullBuffer(): World {
  const world = opened({A: {...profiles.rfc, sndBufferBytes: 1500}, B: profiles.rfc});
  world.call(200_000, 'A', {call: 'SEND', connection: AB, data: rope(4000)});
  world.run({untilUs: 2_000_000});
  return world;
}

/** The network card takes nothing while the program sends, and everything again when the peer is heard. */
function fullQueue(): World {
  const settings: {A: TcpSettings; B: TcpSettings} = {A: profiles.rfc, B: profiles.rfc};
  const world = opened(settings);
  world.run({untilUs: 300_000});
  settings.A = {...profiles.rfc, deviceQueue: 'full'};
  world.call(300_000, 'A', {call: 'SEND', connection: AB, data: rope(100)});
  world.run({untilUs: 310_000});
  settings.A = profiles.rfc;
  world.call(310_000, 'B', {call: 'SEND', connection: BA, data: rope(100)});
  world.run({untilUs: 2_000_000});
  return world;
}

const opened = (settings: {readonly A: TcpSettings; readonly B: TcpSettings}): World => {
  const world = new World({settings});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  return world;
};

/** Linux counts duplicates only where the peer has no SACK; CUBIC then keeps 0.7, Reno half. */
const withoutSack = (seed: number): TcpSettings => ({
  ...profiles.linux,
  sackPermitted: false,
  congestion: seed % 2 === 0 ? 'cubic' : 'reno',
});

/** 200 kB over a path that loses, repeats and reorders. */
function bulk(seed: number, given?: TcpSettings): World {
  const random = chance(seed + 3_000_000);
  const drawn = random.below(3) === 0 ? profiles.linux : random.below(2) === 0 ? plain : profiles.rfc;
  const profile = given ?? drawn;
  const fate: Fate = () => {
    const copy = () => 50_000 + (random.below(20) === 0 ? random.below(20_000) : 0);
    if (random.next() < 0.03) return [];
    return random.next() < 0.01 ? [copy(), copy()] : [copy()];
  };
  // As a busy receiver does it, which a capture shows.
  const acknowledging = Array.from({length: 40}, (_, n) => ({octets: 5000 * (n + 1), waitUs: 0}));
  const busy = {...profile, delayedAckUs: 40_000, acknowledging};
  const world = new World({settings: {A: profile, B: seed % 8 === 0 ? busy : profile}, fate});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  world.call(3_000_000, 'A', {call: 'SEND', connection: AB, data: rope(200_000)});
  world.run({maxEvents: 4000});
  return world;
}

/** A session over a bad network into which segments and calls are thrown that belong to nobody. */
function disturbed(seed: number): World {
  const plan = planOf(seed);
  const random = chance(seed + 2_000_000);
  const fate: Fate = () => {
    const copy = () => 50_000 + (random.below(4) === 0 ? random.below(400_000) : 0);
    if (random.next() < 0.1) return [];
    return random.next() < 0.1 ? [copy(), copy()] : [copy()];
  };
  const world = session(plan, fate);
  if (seed % 5 === 0) world.run();
  for (let n = 0; seed % 5 !== 0 && n < 40; n += 1) {
    world.run({untilUs: world.nowUs + random.below(80_000)});
    world.nowUs += random.below(80_000);
    const host = random.below(2) === 0 ? 'A' : 'B';
    world.step(host, randomEvent(world, host, random));
  }
  world.run({maxEvents: 2000});
  return world;
}
