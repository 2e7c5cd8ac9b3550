// Checks questions about runs over links whose rate gives every packet its own odd number of microseconds. Oracle: each time is asked for, printed
// and offered in whole microseconds, as in the run (source/readme.md: `sim/` counts in whole microseconds).
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import {generators} from '../../source/quiz/generators.ts';
import {runsOf} from '../../source/quiz/sheet.ts';
import {type Asked, happened} from '../../source/quiz/variant.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {few, seed, some} from '../helpers/seeds.ts';

const rates = [256_000, 999_983, 10_000_019];

/** Timers with odd waits, half of which is no whole number of microseconds. */
const oddTimers = {timeWaitUs: 59_999_999, delayedAckUs: 40_001, minRtoUs: 200_003};

const oddRun = (run: Run, {rateBps, tcp}: Odd): Run => ({
  ...run,
  links: run.links.map((link) => ({...link, rateBps})),
  hosts: run.hosts.map((host) => ({...host, tcp: {...host.tcp, ...tcp}})),
});

type Odd = {readonly rateBps: number; readonly tcp: Partial<typeof oddTimers>};

const oddlyAsked = (lesson: Lesson, run: Run, odd: Odd): Asked =>
  happened(
    {lesson, run: oddRun(run, odd), seed, profile: run.profile, faults: []},
    {crypto: nodeCrypto, lessons: [lesson], mostEvents: undefined},
  );

/** Matches a time with more digits than microseconds have, or a text in which a number is missing. */
const fraction = /\d\.\d{7,} s|\d\.\d{4,} ms|\d\.\d+ µs|NaN|undefined|@\d+\.\d/;

/** Returns what is wrong with the question at one place, or undefined if nothing is. */
const faultOf = (asked: Asked, kind: (typeof generators)[number], place: number): string | undefined => {
  const candidate = kind.candidate(asked, place);
  const said = JSON.stringify([
    'question' in candidate ? candidate.question : [],
    candidate.told ? [candidate.told.printed(), candidate.told.believed(), candidate.told.did] : [],
  ]);
  return fraction.exec(said)?.[0];
};

const places = 4;

test('questions about runs with odd microseconds ask for whole microseconds', () => {
  const faults: string[] = [];
  const kinds = new Set<string>();
  for (const [index, lesson] of some(allLessons(), 4).entries()) {
    const rateBps = rates[(index + seed) % rates.length] ?? 256_000;
    for (const run of few(runsOf(lesson), 1)) {
      const asked = oddlyAsked(lesson, run, {rateBps, tcp: index % 3 === 0 ? oddTimers : {}});
      for (const kind of generators)
        for (const place of few(kind.places(asked), places)) {
          kinds.add(kind.kind);
          const fault = faultOf(asked, kind, place);
          if (fault !== undefined)
            faults.push(`${lesson.id}/${run.name} at ${rateBps} ${kind.kind}: ${fault}`);
        }
    }
  }
  expect(faults).toEqual([]);
  expect(kinds.size).toBeGreaterThan(15);
});
