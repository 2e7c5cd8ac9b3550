// Lessons: states, flags, fields, variables, timers and titles of panels answer wherever they stand, and no id is on any screen.
import {basename} from 'node:path';
import {describe, expect, test} from 'vitest';
import {lessonSummaries} from '../../../source/io/lessons.ts';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {kindNames} from '../../../source/lesson/question-kinds.ts';
import {allTerms} from '../../../source/lesson/term-names.ts';
import {focusRing} from '../../../source/view/arrange.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {layoutOf} from '../../../source/view/layout.ts';
import {pointedScreen} from '../../../source/view/pointing/pointed-screen.ts';
import {nearestTo, type Point, pointBeside, pointsOn} from '../../../source/view/pointing/points.ts';
import {storyPlace} from '../../../source/view/screen.ts';
import {beatMs, isQuestion} from '../../../source/view/time/waypoints.ts';
import {viewOf} from '../../../source/view/view.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {textWidth} from '../../../source/words/width.ts';
import {lessonNamed, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {few, some} from '../../helpers/seeds.ts';
import {canvasOf, type Opened, open, playingAt, sceneOf, started, textOf} from '../player.ts';

const {rules, misconceptions} = sharedData();
const glossary = allTerms(sharedData());

const openLesson = (path: string): Opened => {
  const lesson = lessonNamed(basename(path));
  const [run] = lesson.runs;
  if (!run) throw new Error(path);
  const trace = traceOf({lesson, run});
  const {beats} = bindBeats(lesson, run.name, trace);
  return open({trace, beats, source: lesson.id, title: lesson.title});
};

const states =
  'LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-1|FIN-WAIT-2|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT|CLOSED';
const flags = '(?<![-_A-Z])(?:SYN|ACK|FIN|RST|PSH|URG|ECE|CWR)(?![-_A-Z])';
const fields = '(?<![a-z.])(?:seq|ack|len|win|sack)(?==)';
const variables =
  'snd\\.una|snd\\.nxt|rcv\\.nxt|snd\\.wnd|rcv\\.wnd|cwnd|ssthresh|flightSize|srtt|rttvar|(?<= )(?:rto|mss|iss|irs)(?= )';
const timers = 'RTO|2 MSL|delayed ACK|keep-alive';
const asked = new RegExp([states, timers, flags, fields, variables].join('|'), 'g');

const size = {columns: 120, rows: 40};

/** Words on the screen that no point covers. */
const unanswered = (lines: readonly string[], points: readonly Point[], words: RegExp): readonly string[] =>
  lines.slice(0, -1).flatMap((line, index) =>
    [...line.matchAll(words)].flatMap(({0: word, index: at}) => {
      const column = textWidth(line.slice(0, at)) + 1;
      const isThere = points.some(
        (point) =>
          point.row === index + 1 && point.column <= column && point.column + textWidth(point.text) > column,
      );
      return isThere ? [] : [`${word} in: ${line.trim()}`];
    }),
  );

/** One of them, which one by the seed; `npm run test:all` takes 15. */
const lessons = some(
  few(
    lessonSummaries().map(({track, id}) => `${track}/${id}`),
    15,
  ),
  1,
);

describe.each(lessons)('%s', (path) => {
  const opened = openLesson(path);
  const endUs = opened.trace.durationUs;
  const shown = [0.1, 0.4, 0.7, 1].flatMap((share) =>
    languages.map((language) => {
      const canvas = canvasOf(opened, playingAt(opened, Math.round(endUs * share), {language}), size);
      return {lines: canvas.lines(), text: textOf(canvas)};
    }),
  );

  test('every state, flag, field, variable and timer answers', () => {
    const missing = shown.flatMap(({lines, text}) => unanswered(text, pointsOn(lines, glossary), asked));
    expect([...new Set(missing)]).toEqual([]);
  });

  test('so does the title of every panel that shows it', () => {
    const state = playingAt(opened, endUs);
    const view = viewOf({...opened, playback: state, message: undefined});
    let titles = 0;
    for (const {name, title} of focusRing(view, size)) {
      const canvas = canvasOf(opened, {...state, focus: name, opened: [name]}, size);
      const heading = new RegExp(`(?<=^|\\s\\s)${title.en}(?=\\s\\s|$)`, 'g');
      expect(unanswered(textOf(canvas), pointsOn(canvas.lines(), glossary), heading), name).toEqual([]);
      titles += textOf(canvas).some((line) => line.search(heading) >= 0) ? 1 : 0;
    }
    expect(titles).toBeGreaterThan(0);
  });

  test('no id of a rule, a belief or a kind of question is on the screen', () => {
    const text = shown.flatMap((each) => each.text).join('\n');
    const named = [...rules, ...misconceptions].map(({id}) => id);
    const ids = [...named, ...Object.keys(kindNames)].filter((id) => /[-:/]/.test(id));
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
  });
});

const line = (text: string) => [{text, role: 'text'}] as const;

test('words end where others begin; capitals are other words; what Chinese says has no blanks around it', () => {
  const at = (text: string) =>
    pointsOn([line(text), line('')], glossary).map((point) => [point.column, point.text]);
  expect(at('an ACK, ack=7, a SYN-SENT')).toEqual([
    [4, 'ACK'],
    [9, 'ack'],
    [18, 'SYN-SENT'],
  ]);
  expect(at('reports of backlogs')).toEqual([[12, 'backlogs']]);
  expect(at('每个报文段占一个端口')).toEqual([
    [5, '报文段'],
    [17, '端口'],
  ]);
});

test('arrows go along the lines round and round, and to the nearest of the next line', () => {
  const points = pointsOn([line('SYN  ACK  FIN'), line(''), line('     port'), line('')], glossary);
  const [syn, ack, fin, port] = points;
  if (!syn || !ack || !fin || !port) throw new Error('four words');
  expect(pointBeside(points, syn, 'on')).toBe(ack);
  expect(pointBeside(points, syn, 'back')).toBe(port);
  expect(pointBeside(points, ack, 'down')).toBe(port);
  expect(pointBeside(points, port, 'up')).toBe(ack);
  expect(pointBeside(points, port, 'down')).toBe(port);
  expect(nearestTo(points, {row: 1, column: 12})).toBe(fin);
});

test.each([
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 30, rows: 10},
])('%j: what is told covers nothing', (at) => {
  const opened = openLesson('foundations/handshake');
  for (const language of languages) {
    const lines = canvasOf(opened, playingAt(opened, 100_000, {language}), at).lines();
    const {narration, timelineRow} = layoutOf(at, language);
    const story = {top: narration.row, last: narration.row + narration.rows - 1, floor: timelineRow - 1};
    const look = {...at, glyphs: unicodeGlyphs, language, plainFirst: false, story};
    for (const point of pointsOn(lines, glossary)) {
      const pointed = pointedScreen(lines, point, look);
      const text = pointed.map((spans) => spans.map((span) => span.text).join(''));
      const before = textWidth((text[point.row - 1] ?? '').split(point.text)[0] ?? '');
      expect(text[point.row - 1]).toContain(point.text);
      expect(before).toBeLessThan(point.column);
      const marked = pointed[point.row - 1]?.filter((span) => span.selected).map((span) => span.text);
      expect(marked).toContain(point.text);
      expect(Math.max(...text.map(textWidth))).toBeLessThanOrEqual(at.columns);
      expect(text).toHaveLength(at.rows);
    }
  }
});

test.each([
  {columns: 80, rows: 24},
  {columns: 100, rows: 32},
])('%j: a question stays', (at) => {
  const opened = openLesson('foundations/first-packet');
  const asked = opened.beats.filter(isQuestion);
  expect(asked.length).toBeGreaterThan(1);
  for (const beat of asked) {
    const gate = {beat: beat.index, hint: true, replied: false};
    const state = started({viewMs: beatMs(opened.pacing, beat), gate});
    const lines = canvasOf(opened, state, at).lines();
    const story = storyPlace(sceneOf(opened, state), at, unicodeGlyphs);
    const look = {...at, glyphs: unicodeGlyphs, language: 'en' as const, plainFirst: false, story};
    const points = pointsOn(lines, glossary).filter(({row}) => row < story.top);
    expect(points.length).toBeGreaterThan(5);
    for (const point of points.filter(({row}) => row > 2))
      expect(pointedScreen(lines, point, look).slice(story.top - 1, story.last)).toEqual(
        lines.slice(story.top - 1, story.last),
      );
  }
});
