// What the end of a lesson offers to play: nothing twice, though a what-if and a run may have other names and titles.
import {expect, test} from 'vitest';
import {openLesson} from '../../source/app/open-lesson.ts';
import {offeredRuns} from '../../source/app/other-runs.ts';
import {lessonNamed} from '../helpers/all-runs.ts';
import {some, thorough} from '../helpers/seeds.ts';

test('a run that a what-if plays is offered as the what-if alone', () => {
  const lesson = lessonNamed('handshake');
  expect(lesson.runs.map(({name}) => name)).toEqual(['base', 'data-in-syn']);
  expect(offeredRuns(lesson, 'base').map(({title}) => title.en)).toEqual(
    lesson.whatIfs.map(({title}) => title.en),
  );
});

const beside: readonly (readonly [string, string, string | undefined, readonly string[]])[] = [
  ['the first run', 'cubic', undefined, ['base', 'reno']],
  ['a what-if', 'cubic', 'what-if-1', ['base', 'what-if-1']],
  ['a what-if of another run', 'cubic', 'what-if-3', ['brake', 'what-if-3']],
  ['a run named beside it', 'cubic', 'reno', ['base', 'reno']],
  ['another run', 'cubic', 'close-by', ['base', 'close-by']],
  ['a what-if of one run', 'dns-cache', 'what-if-1', ['base', 'what-if-1']],
];

test.each(some(beside, 1))('%s has that run beside it that it is told against', async (_, id, run, names) => {
  const lesson = lessonNamed(id);
  const opened = await openLesson(lesson, {run});
  if (!opened.ok) throw new Error('not opened');
  const {together} = opened.value.again ?? {};
  expect(together?.traces().map(({header}) => header.run)).toEqual(names);
  // What is played is one of them, and is not simulated again.
  const {trace} = opened.value;
  expect(together?.traces().filter((each) => each === trace).length).toBe(1);
});

thorough(
  'a what-if is looked at with the panels of the run that it changes, and at its end with the values told last',
  async () => {
    const opened = await openLesson(lessonNamed('cubic'), {run: 'what-if-1'});
    if (!opened.ok) throw new Error('not opened');
    const asides = opened.value.beside?.asides ?? [];
    expect(asides.map(({panels}) => panels)).toEqual([
      ['graph', 'endpoints'],
      ['graph', 'endpoints'],
    ]);
    expect(asides.at(-1)?.show).toEqual(['cwnd', 'ssthresh', 'flightSize']);
  },
);
