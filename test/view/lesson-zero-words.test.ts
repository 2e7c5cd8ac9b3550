// Lesson zero explains what it shows: each word that stands on its pictures has been said in its text by then.
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {readLesson} from '../../scripts/lesson-files.ts';
import {simulate} from '../../scripts/simulate.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {beatMs} from '../../source/view/time/waypoints.ts';
import {canvasOf, open, started, textOf} from './player.ts';

const read = readLesson(
  fileURLToPath(new URL('../../lessons/foundations/first-packet.yaml', import.meta.url)),
  'first-packet',
);
if (!read.ok) throw new Error('unreadable');
const lesson = read.value;
const [run] = lesson.runs;
if (!run) throw new Error('no run');
const trace = simulate(scenarioOf(run), {source: lesson.id, run: run.name});
const {beats} = bindBeats(lesson, run.name, trace);
const opened = {...open({trace, beats, source: lesson.id, title: lesson.title}), shows: lesson.shows};
const answers = Object.fromEntries(beats.map(({index}) => [index, 'skipped' as const]));

/** What the program says of itself in everyday words, and units. */
const everyday: {readonly [language: string]: string} = {
  en: 'your first packet first-packet paused laptop website on its way due earlier packets no ms',
  zh: 'first-packet ms',
};

const wordsIn = (text: string): readonly string[] =>
  [...text.matchAll(/[A-Za-z][A-Za-z-]+/g)].map(([word]) => word.toLowerCase());

test.each(['en', 'zh'] as const)('%s: no word on a picture before it is said', (language) => {
  const {before = {en: '', zh: ''}, hosts = []} = lesson.opening ?? {};
  const said = new Set(
    wordsIn([everyday[language], before[language], ...hosts.map(({is}) => is[language])].join(' ')),
  );
  const early = beats.flatMap((beat) => {
    if (beat.kind !== 'narration') return [];
    for (const word of wordsIn(`${beat.say[language]} ${beat.note?.[language] ?? ''}`)) said.add(word);
    const state = started({viewMs: beatMs(opened.pacing, beat), language, answers});
    const picture = textOf(canvasOf(opened, state, {columns: 80, rows: 24}))
      .slice(0, 13)
      .join('\n');
    return wordsIn(picture).filter((word) => !said.has(word));
  });
  expect([...new Set(early)]).toEqual([]);
});

test('no panel of values stands beside the picture before the lesson has come to any', () => {
  const at = beatMs(opened.pacing, beats[0] as (typeof beats)[number]);
  const whole = (focus?: string): string =>
    textOf(
      canvasOf(opened, started({viewMs: at, answers, ...(focus ? {focus} : {})}), {columns: 120, rows: 40}),
    ).join('\n');
  expect(whole()).not.toMatch(/A shows|at 0 ms/);
  // Who asks for it sees it.
  expect(whole('endpoints')).toMatch(/A shows/);
});
