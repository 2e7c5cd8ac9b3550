// What the judge of told sentences is worth: the condition of one beat at a time is taken away, and it has to find the false
// sentence that is then told in some run where a packet is lost, late, doubled or altered.
import {expect, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {Beat, Lesson} from '../../source/lesson/lesson.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {type LessonRun, signed, traceOf} from '../helpers/all-runs.ts';
import {claimsOfBeat} from '../helpers/claims.ts';
import {
  type Diverged,
  ownOf,
  runsAgainst,
  type Sentence,
  toldByLesson,
  toldRuns,
  tracedWith,
} from '../helpers/diverged.ts';
import {few} from '../helpers/seeds.ts';

const unconditional = (beat: Beat): Beat => {
  const {signature: _, ...rest} = beat;
  if (rest.kind === 'concept') return rest;
  const {holds: __, ...free} = rest;
  return free;
};

const loosened = (lesson: Lesson, which: number): Lesson => ({
  ...lesson,
  beats: lesson.beats.map((beat, index) => (index === which ? unconditional(beat) : beat)),
});

const isFalse = (each: Diverged, sentence: Sentence, trace: Trace): boolean => {
  const own = ownOf(each, sentence);
  if (!own) return false;
  const at = {trace, n: sentence.n, language: 'en'} as const;
  const claims = claimsOfBeat(
    {text: sentence.en, at},
    {text: own.en, at: {trace: own.trace, n: own.n, language: 'en'}},
  );
  return claims.some(({holds}) => !holds);
};

type Found = {
  readonly beats: number;
  readonly loose: ReadonlySet<number>;
  readonly false: ReadonlySet<number>;
};

/** Of the beats of a run: which would be told where they are not now, and of which something false would be told. */
const search = (each: LessonRun): Found => {
  const {lesson, run} = each;
  const strict = signed(lesson);
  const loose = new Set<number>();
  const found = new Set<number>();
  const told = new Map<string, Trace>();
  const speaking = bindBeats(strict, run.name, traceOf(each)).beats.filter(({kind}) => kind === 'narration');
  for (const {index, event} of speaking) {
    const free = loosened(strict, index);
    for (const other of runsAgainst(each, event)) {
      const trace = told.get(other.code) ?? tracedWith(other);
      told.set(other.code, trace);
      const now = bindBeats(strict, run.name, trace).beats.some((beat) => beat.index === index);
      const more = now ? [] : toldByLesson(free, other, trace).filter(({beat}) => beat === index);
      if (more.length > 0) loose.add(index);
      if (!more.some((sentence) => isFalse(other, sentence, trace))) continue;
      found.add(index);
      break;
    }
  }
  return {beats: speaking.length, loose, false: found};
};

test('a beat without its condition is found out', {timeout: 3_600_000}, () => {
  const silent: string[] = [];
  let beats = 0;
  let loose = 0;
  let found = 0;
  for (const each of few(toldRuns(), 6)) {
    const result = search(each);
    beats += result.beats;
    loose += result.loose.size;
    found += result.false.size;
    for (const beat of result.loose)
      if (!result.false.has(beat))
        silent.push(`${each.name} beat ${beat + 1}: ${ownOf(each, {beat, part: 'say'})?.en}`);
  }
  console.info(
    `${beats} beats, ${loose} would be told in other runs without their condition, of ${found} something false\nnothing false is seen of:\n${silent.join('\n')}`,
  );
  expect(found).toBeGreaterThan(0);
  expect(found / loose).toBeGreaterThan(0.15);
});
