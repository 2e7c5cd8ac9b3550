// docs/coverage.md is true and complete. Oracle: which lessons have to teach which point is written here (curriculum 6.1), and
// what a lesson says is read from its file, not from the program.
import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import * as z from 'zod/mini';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Points of the notes by the lessons that teach them; `S1.24-28` is five points. */
const taughtBy: {readonly [lesson: string]: string} = {
  layers: 'S1.2-3 S1.12-19 S3.1-10 S3.35',
  'tcp-header': 'S1.20 S1.21 S1.23 S2.19 S3.21-22 S3.35-37 S3.39',
  handshake: 'S1.22 S1.24-28 S2.12-18 S2.20-23 S3.26-29',
  'why-three': 'S2.21 S3.28 S4.1-2',
  'handshake-loss': 'S1.28 S2.24 S4.1',
  'simultaneous-open': 'S2.40',
  refused: 'S2.42',
  'syn-flood': 'S1.29 S2.24-27',
  'data-transfer': 'S1.20-21 S1.23 S1.27 S3.21 S3.24 S3.38',
  'loss-recovery': 'S3.23-24 S3.37-38',
  'sliding-window': 'S3.25 S3.39',
  congestion: 'S3.25',
  'rack-tlp': 'S3.23 S3.37-38',
  cubic: 'S3.25',
  'delayed-ack': 'S3.24',
  'your-capture': 'S3.23 S3.35 S3.39',
  teardown: 'S1.30 S2.29-34 S2.36-39 S3.30-34 S4.3-6',
  'why-four': 'S2.28 S2.38 S3.30 S3.32 S4.7',
  'simultaneous-close': 'S2.35 S2.40',
  'time-wait': 'S2.34 S2.41 S3.34 S4.6',
  'state-machine': 'S2.13 S2.40 S2.42 S4.25',
  'dns-recursion': 'S3.12 S3.15 S3.17',
  'dns-iterative': 'S2.6-7 S3.14 S3.16-18',
  'dns-cache': 'S2.6 S3.19',
  'dns-transport': 'S3.13',
  'http-request': 'S1.1-2 S1.4-10 S2.1 S3.1 S3.40-41 S4.9 S4.12-13 S4.15',
  'http-connections': 'S1.10-11 S2.2-5 S3.42 S4.8 S4.11',
  'http-status': 'S1.7 S3.44-49',
  'cookies-session': 'S3.43 S3.50-57 S4.10',
  'https-why': 'S4.14 S4.16-18',
  'https-tls12': 'S3.58 S4.19-24',
  'https-tls13': 'S4.19-24',
  'url-to-page': 'S1.1 S2.6-11 S3.11 S3.20 S4.25',
};

/** All of the notes: 30 + 42 + 58 + 25. */
const ranges = ['S1.1-30', 'S2.1-42', 'S3.1-58', 'S4.1-25'];

const pointsOf = (ranges: string): readonly string[] =>
  ranges.split(' ').flatMap((range) => {
    const [, note = '', from = '', to = from] = /^(S\d)\.(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    return Array.from({length: Number(to) - Number(from) + 1}, (_, n) => `${note}.${Number(from) + n}`);
  });

/** Of these the notes say one thing that is easily mistaken, and nothing in a run shows it by itself. */
const asked = pointsOf('S1.12-15 S1.17-19 S2.9 S2.11 S3.2-7 S3.9 S3.11-12 S3.40-41 S4.12-13');

/** As a number that sorts: S2.12 → 2012. */
const rank = (point: string): number => {
  const [, note, number] = /^S(\d)\.(\d+)$/.exec(point) ?? expect.fail(point);
  return Number(note) * 1000 + Number(number);
};

const said = z.optional(z.object({en: z.string()}));
const beat = z.object({
  say: said,
  note: said,
  ask: said,
  hint: said,
  explain: said,
  choices: z.optional(z.array(z.object({text: said}))),
  distractors: z.optional(z.array(z.object({text: said}))),
  myth: z.optional(z.string()),
  card: z.optional(z.string()),
});
const lessonFile = z.object({
  beats: z.array(beat),
  questions: z.optional(z.array(beat)),
  whatIf: z.optional(z.array(z.object({title: said, say: said}))),
});
type LessonFile = z.infer<typeof lessonFile>;

const files = new Map(
  readdirSync(new URL('lessons', root), {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('data'))
    .map((name): [string, string] => [basename(name, '.yaml'), name]),
);

const parsed = new Map<string, LessonFile>();

const lessonOf = (id: string): LessonFile => {
  const file = files.get(id) ?? expect.fail(`no lesson ${id}`);
  const lesson = parsed.get(id) ?? lessonFile.parse(parse(read(`lessons/${file}`)));
  parsed.set(id, lesson);
  return lesson;
};

const english = (texts: readonly z.infer<typeof said>[]): string =>
  texts.map((text) => text?.en.replaceAll(/\s+/g, ' ') ?? '').join('\n');

const beatText = (beat: LessonFile['beats'][number] | undefined): string =>
  beat
    ? english([
        ...[beat.say, beat.note, beat.ask, beat.hint, beat.explain],
        ...[...(beat.choices ?? []), ...(beat.distractors ?? [])].map(({text}) => text),
      ])
    : '';

const cards = z
  .array(z.looseObject({id: z.string()}))
  .parse(parse(read('lessons/data/cards.yaml')))
  .map(({id, ...page}) => ({id, text: JSON.stringify(page)}));

/** The English text that stands at a place; empty: there is no such place. */
const textAt = (lesson: LessonFile, kind: string, name: string): string => {
  const place = Number(name) - 1;
  switch (kind) {
    case 'beat':
      return beatText(lesson.beats[place]);
    case 'question':
      return beatText(lesson.beats.filter(({ask}) => ask)[place]);
    case 'quiz':
      return beatText(lesson.questions?.[place]);
    case 'what-if':
      return english([lesson.whatIf?.[place]?.title, lesson.whatIf?.[place]?.say]);
    case 'myth':
      return lesson.beats.some(({myth}) => myth === name) ? name : '';
    case 'card':
      return lesson.beats.some(({card}) => card === name)
        ? (cards.find(({id}) => id === name)?.text ?? '')
        : '';
    default:
      return expect.fail(`beat, question, quiz, card, myth or what-if, not ${kind}`);
  }
};

const rows = [...read('docs/coverage.md').matchAll(/^\| (S\S+) \| (\S+) \| (.+) \|$/gm)].map(
  ([, point = '', lesson = '', places = '']) => ({
    point,
    lesson,
    places: places.split(/; (?=(?:beat|question|quiz|card|myth|what-if) )/),
  }),
);

test('every line of the table is read', () => {
  const lines = read('docs/coverage.md')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(lines.length - 2);
});

test('the rows stand in the order of the points', () => {
  const ranks = rows.map(({point}) => rank(point));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
});

test('the notes have 155 points, and the table has each of them', () => {
  const points = pointsOf(ranges.join(' '));
  expect(points).toHaveLength(155);
  expect([...new Set(rows.map(({point}) => point))].toSorted()).toEqual(points.toSorted());
});

test('every point of the notes has a lesson that teaches it', () => {
  const taught = new Set(Object.values(taughtBy).flatMap(pointsOf));
  expect(pointsOf(ranges.join(' ')).filter((point) => !taught.has(point))).toEqual([]);
});

test('the table has each point of each lesson that is there, and no other', () => {
  const expected = Object.entries(taughtBy).flatMap(([lesson, ranges]) =>
    pointsOf(ranges).map((point) => `${point} ${lesson}`),
  );
  expect(rows.map(({point, lesson}) => `${point} ${lesson}`).toSorted()).toEqual(expected.toSorted());
});

// A card or a belief is looked up; what teaches is told or asked.
test('every point is told in a beat or a what-if, or asked: none stands on a card alone', () => {
  const taught = new Set(
    rows.flatMap(({point, places}) => (places.some((place) => !/^(card|myth) /.test(place)) ? [point] : [])),
  );
  expect(pointsOf(ranges.join(' ')).filter((point) => !taught.has(point))).toEqual([]);
});

// Points that a phrase in passing used to stand for: somebody has to be able to get them wrong.
test.each(asked)('%s is asked', (point) => {
  const places = rows.filter((row) => row.point === point).flatMap((row) => row.places);
  expect(places.some((place) => /^(question|quiz) /.test(place))).toBe(true);
});

test.each(rows)('$point in $lesson: what it quotes stands there', ({lesson, places}) => {
  const file = lessonOf(lesson);
  for (const place of places) {
    const [, kind = '', name = '', quote = name] =
      /^(\S+) ([\w-]+)(?: “([^”]+)”)?$/.exec(place) ?? expect.fail(`${place} is no place`);
    if (kind !== 'myth') expect(quote.length, `${place} quotes something`).toBeGreaterThan(7);
    expect(textAt(file, kind, name), place).toContain(quote);
  }
});
