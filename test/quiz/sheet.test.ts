// Sheets and pools: what is spread evenly, what never comes twice, when they end. Oracle: counted from the questions themselves.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {byAuthor} from '../../source/quiz/composition.ts';
import {practicePool} from '../../source/quiz/practice-pool.ts';
import type {Question} from '../../source/quiz/question.ts';
import {runsOf, type SheetWish, sheet, sheetAbout, variantOf} from '../../source/quiz/sheet.ts';
import {happened} from '../../source/quiz/variant.ts';
import {allLessons, lessonNamed} from '../helpers/all-runs.ts';
import {thorough} from '../helpers/seeds.ts';

const [handshake, teardown, refused, loss] = ['handshake', 'teardown', 'refused', 'handshake-loss'].map(
  lessonNamed,
);
if (!handshake || !teardown || !refused || !loss) throw new Error('four lessons');

const wish = (lessons: SheetWish['lessons'], seed = 3): SheetWish => ({lessons, seed, crypto: nodeCrypto});

const first = (count: number, made: Iterable<Question>): readonly Question[] => {
  const found: Question[] = [];
  for (const question of made) if (found.push(question) === count) break;
  return found;
};

const tally = (keys: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

describe('a variant', () => {
  const variants = Array.from({length: 60}, (_, round) => variantOf(teardown, round, wish([teardown])));
  test('has a short seed, not the lesson’s own, another each round', () => {
    const seeds = variants.map((asked) => asked?.variant.seed ?? 0);
    for (const seed of seeds) expect([seed >= 2, seed < 2 + 9973]).toEqual([true, true]);
    expect(new Set(seeds).size).toBeGreaterThan(55);
  });
  test('goes round all runs in one order', () => {
    const runs = runsOf(loss).map(({name}) => name);
    expect(runs.length).toBeGreaterThan(1);
    const names = Array.from(
      {length: 2 * runs.length},
      (_, n) => variantOf(loss, n, wish([loss]))?.variant.run.name,
    );
    expect(names.slice(0, runs.length).toSorted()).toEqual(runs.toSorted());
    expect(names.slice(runs.length)).toEqual(names.slice(0, runs.length));
  });
  test('about every third loses one of the first twelve packets', () => {
    const faults = variants.map((asked) => asked?.variant.faults ?? []);
    const faulty = faults.filter(({length}) => length > 0);
    // 20 of 60 on average; four standard deviations of 3.7 either way.
    expect(faulty.length).toBeGreaterThan(5);
    expect(faulty.length).toBeLessThan(35);
    for (const [fault, ...more] of faulty) {
      expect([fault?.kind, more]).toEqual(['drop', []]);
      expect(fault?.at.packet).toBeGreaterThanOrEqual(1);
      expect(fault?.at.packet).toBeLessThanOrEqual(12);
    }
    expect(new Set(faulty.map(([fault]) => fault?.at.packet)).size).toBeGreaterThan(3);
  });
  test('of a run with faults of its own gets none on top', () => {
    const own = runsOf(loss).filter(({faults}) => faults.length > 0);
    expect(own.length).toBeGreaterThan(0);
    for (let round = 0; round < 12; round += 1) {
      const asked = variantOf(loss, round, wish([loss]));
      if (asked && asked.variant.run.faults.length > 0) expect(asked.variant.faults).toEqual([]);
    }
  });
  test('loses a packet that it has without that fault', () => {
    const few: number[] = [];
    for (let round = 0; round < 30; round += 1) {
      const {variant} = variantOf(refused, round, wish([refused])) ?? {};
      const [fault] = variant?.faults ?? [];
      if (!variant || !fault) continue;
      const {packetCount} = happened({...variant, faults: []}, {}).trace;
      expect(fault.at.packet).toBeLessThanOrEqual(Math.min(packetCount, 12));
      few.push(packetCount);
    }
    // Else the bound would be that of all runs.
    expect(Math.min(...few)).toBeLessThan(6);
  });
  test('with the same seed is the same, with another seed another', () => {
    const told = (seed: number) => {
      const {variant, faults} = variantOf(teardown, 4, wish([teardown], seed)) ?? {};
      return JSON.stringify([variant?.run.name, variant?.seed, faults]);
    };
    expect(told(3)).toBe(told(3));
    expect(told(3)).not.toBe(told(4));
  });
  test('what is fixed stays: run, profile, faults', () => {
    const [, run] = runsOf(loss);
    const fault = {kind: 'drop', at: {packet: 2}} as const;
    for (let round = 0; round < 6; round += 1) {
      const fixed = {run: run?.name, profile: 'rfc', faults: [fault]} as const;
      const asked = variantOf(loss, round, {...wish([loss, handshake]), fixed});
      expect(asked?.variant).toMatchObject({run: {name: run?.name}, profile: 'rfc', faults: [fault]});
      expect(asked?.track).toEqual([]);
    }
    expect(variantOf(loss, 0, {...wish([loss]), fixed: {run: 'no such run', faults: []}})).toBeUndefined();
    const free = variantOf(handshake, 0, wish([handshake, loss]));
    expect(free?.track.map(({id}) => id)).toEqual(['handshake', 'handshake-loss']);
  });
});

test('counterfactual machines teach, but ask nothing', () => {
  for (const lesson of allLessons()) for (const {notTcp} of runsOf(lesson)) expect(notTcp).toBeUndefined();
  const all = allLessons().flatMap(({runs, whatIfs}) => [...runs, ...whatIfs.map(({run}) => run)]);
  const asked = allLessons().flatMap((lesson) => runsOf(lesson));
  expect(all.length - asked.length).toBe(all.filter(({notTcp}) => notTcp).length);
  expect(all.length).toBeGreaterThan(asked.length);
});

describe('a sheet', () => {
  const questions = first(24, sheet(wish([handshake, teardown, loss])));
  test('round by round each lesson once', () => {
    for (let round = 0; round < 8; round += 1) {
      const lessons = questions.slice(3 * round, 3 * round + 3).map(({lesson}) => lesson);
      expect(lessons.toSorted()).toEqual(['handshake', 'handshake-loss', 'teardown']);
    }
  });
  test('four questions about one variant, then another', () => {
    for (const id of ['teardown']) {
      const seeds = questions.filter(({lesson}) => lesson === id).map(({evidence}) => evidence.seed);
      expect(new Set(seeds.slice(0, 4)).size).toBe(1);
      expect(new Set(seeds.slice(4, 8)).size).toBe(1);
      expect(seeds[4]).not.toBe(seeds[0]);
    }
  });
  test('no question twice, kinds by turns', () => {
    expect(new Set(questions.map(({id}) => id)).size).toBe(questions.length);
    const own = [...sheet({...wish([teardown]), kinds: byAuthor})].length;
    const all = first(own + 10, sheet(wish([teardown]))).map(({kind}) => kind);
    expect(all.slice(0, own).filter((kind) => !byAuthor.includes(kind))).toEqual([]);
    // After the author's questions kinds take turns. One that the run has no place for leaves its turn to another.
    expect(new Set(all.slice(own)).size).toBeGreaterThanOrEqual(7);
  });
  test('the short one is how the long one begins; another seed asks otherwise', () => {
    const ids = (count: number, seed: number) =>
      first(count, sheet(wish([handshake, teardown, loss], seed))).map(({id}) => id);
    expect(ids(6, 3)).toEqual(questions.slice(0, 6).map(({id}) => id));
    expect(ids(6, 4)).not.toEqual(ids(6, 3));
  });
  test('of chosen kinds alone', () => {
    const kinds = ['next-ack', 'state-after'] as const;
    const counts = tally(first(10, sheet({...wish([teardown], 4), kinds})).map(({kind}) => kind));
    expect([...counts.keys()].toSorted()).toEqual([...kinds]);
    // They take turns as long as the run has both, so neither falls far behind.
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(4);
  });
  test('about nothing, or of no kind, is empty', () => {
    expect([...sheet(wish([]))]).toEqual([]);
    expect([...sheet({...wish([handshake]), kinds: []})]).toEqual([]);
  });
});

test('about one run alone: each question once, and an end', () => {
  const [run] = runsOf(handshake);
  if (!run) throw new Error('no run');
  const company = {crypto: nodeCrypto, lessons: [], mostEvents: undefined};
  const asked = happened({lesson: handshake, run, seed: 2, profile: run.profile, faults: []}, company);
  const kinds = ['next-ack', 'which-flags'] as const;
  const all = [...sheetAbout(asked, {seed: 3, kinds})];
  // RFC 9293 figure 6: two acknowledgements, and the flags of two segments besides the first SYN.
  expect(tally(all.map(({kind}) => kind))).toEqual(
    tally(['next-ack', 'next-ack', ...Array(2).fill('which-flags')]),
  );
  expect(new Set(all.map(({evidence}) => evidence.seed))).toEqual(new Set([2]));
});

describe('a pool', () => {
  const pool = (each: number, about?: ReadonlySet<string>) => [
    ...practicePool({...wish([handshake]), each, ...(about ? {about} : {})}),
  ];
  const small = pool(1);
  test('no text twice, at most two of a kind from one variant', () => {
    expect(new Set(small.map(({text}) => text)).size).toBe(small.length);
    const from = small.map(
      ({question: {kind, evidence}}) => `${kind} ${evidence.run} ${evidence.seed} ${evidence.faults}`,
    );
    expect(Math.max(...tally(from).values())).toBe(2);
  });
  thorough('of each belief there is one, and more where more are wished', () => {
    const counts = (entries: typeof small) => tally(entries.flatMap(({touches}) => touches));
    const large = counts(pool(4));
    for (const [belief, count] of counts(small)) {
      expect(count).toBeGreaterThanOrEqual(1);
      expect(large.get(belief)).toBeGreaterThanOrEqual(count);
    }
    expect(Math.max(...large.values())).toBeGreaterThan(Math.max(...counts(small).values()));
  });
  thorough('of beliefs that the lessons are not about one will do', () => {
    const belief = 'ack-is-last-byte-received';
    const only = tally(pool(4, new Set([belief])).flatMap(({touches}) => touches));
    const all = tally(pool(4).flatMap(({touches}) => touches));
    expect(only.get(belief)).toBeGreaterThanOrEqual(4);
    const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
    expect(sum(only)).toBeLessThan(sum(all));
    expect([...only.keys()].toSorted()).toEqual([...all.keys()].toSorted());
  });
  test('without lessons there is nothing', () => {
    expect([...practicePool({...wish([]), each: 3})]).toEqual([]);
  });
});
