// Every lesson that ships: it loads, runs, keeps its promises, and fits the screen.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import {checkLesson} from '../../source/lesson/check.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import type {Text} from '../../source/lesson/text.ts';
import {pacing} from '../../source/view/time/pacing.ts';
import {narrationPlaces} from '../../source/view/time/waypoints.ts';
import {textWidth, wrap} from '../../source/words/width.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {asksOthers, few, some} from '../helpers/seeds.ts';
import {errorLine, traceOf} from './fragments.ts';

const folder = fileURLToPath(new URL('../../lessons', import.meta.url));
const files = readdirSync(folder, {recursive: true, encoding: 'utf8'})
  .filter((name) => name.endsWith('.yaml') && !/^(data|challenges)/.test(name))
  .sort();
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const misconceptions = {text: text('data/misconceptions.yaml'), file: 'misconceptions.yaml'};
const cards = {text: text('data/cards.yaml'), file: 'cards.yaml'};
const cardFile = {text: text('data/cards.yaml'), file: 'cards.yaml'};

const loaded = (name: string): Lesson =>
  allLessons().find(({track, id}) => `${track}/${id}.yaml` === name) ?? expect.fail(`${name} is not read`);

test('no text was encoded twice: control characters of Latin-1 are what that leaves behind', () => {
  const data = ['rules', 'misconceptions', 'glossary', 'cards', 'curriculum'].map(
    (name) => `data/${name}.yaml`,
  );
  for (const name of [...files, ...data]) expect(text(name), name).not.toMatch(/[\u0080-\u009f\ufffd]/);
});

test('the data that lessons share can be read', () => {
  const of = (name: string) => ({text: text(`data/${name}.yaml`), file: `${name}.yaml`});
  const data = loadData({
    misconceptions,
    rules: of('rules'),
    glossary: of('glossary'),
    cards: cardFile,
  });
  if (!data.ok) expect.fail(data.error.map(errorLine).join('\n'));
  const {misconceptions: beliefs, glossary, cards} = data.value;
  expect(beliefs.length).toBeGreaterThanOrEqual(29);
  // Curriculum 5.1 has 79 rows, 5.2 the eleven states; RST is there as reset, the other flags have entries of their own; two
  // more are of http-status, three of url-to-page, three of https-tls12; address, TCB, PRR, AEAD, HKDF and PSK came with the plain sentences.
  expect(glossary).toHaveLength(79 + 4 + 11 + 2 + 3 + 3 + 7);
  for (const {id, head, rows} of cards)
    for (const row of rows) expect(row, `${id}: ${row[0]?.en}`).toHaveLength(head.length);
});

test('both lessons of the first slice are there', () => {
  expect(files).toEqual(expect.arrayContaining(['tcp-close/teardown.yaml', 'foundations/handshake.yaml']));
});

const bound = new Map<string, ReturnType<typeof bindBeats>>();

const boundTo = (lesson: Lesson, run: string): ReturnType<typeof bindBeats> => {
  const name = `${lesson.id} ${run}`;
  const beats = bound.get(name) ?? bindBeats(lesson, run, traceOf(lesson, run));
  bound.set(name, beats);
  return beats;
};

/** With all its seeds; `npm run lessons`, a static check of each change, does so with every lesson. `npm test`: one of the shortest. */
const shortest = files.toSorted((one, other) => text(one).length - text(other).length).slice(0, 6);
const checked = asksOthers() ? few(files, 3) : some(shortest, 1);

describe.each([...new Set([...checked, ...some(files, 2)])])('%s', (name) => {
  if (checked.includes(name)) {
    test('passes its checks', () => {
      const data = loadData({misconceptions, cards: cardFile});
      if (!data.ok) expect.fail('misconceptions, cards');
      expect(checkLesson(loaded(name), simulate, data.value).map(errorLine)).toEqual([]);
    });

    test('survives JSON, as the built program reads it', () => {
      const lesson = loaded(name);
      const again: Lesson = JSON.parse(JSON.stringify(lesson));
      expect(again).toEqual(lesson);
      for (const {name: run} of lesson.runs)
        expect(bindBeats(again, run, traceOf(again, run))).toEqual(
          bindBeats(lesson, run, traceOf(lesson, run)),
        );
    });
  }

  test('its texts fit: three lines and a note at 80 columns, two lines at 120', () => {
    const lesson = loaded(name);
    const rows = (text: Text | undefined, narrow: boolean): readonly number[] =>
      text ? [wrap(text.en, narrow ? 72 : 109).length, wrap(text.zh, narrow ? 68 : 105).length] : [];
    for (const run of lesson.runs) {
      for (const beat of boundTo(lesson, run.name).beats) {
        const place = `beat ${beat.index + 1}`;
        if (beat.kind === 'narration') {
          expect(Math.max(...rows(beat.say, true)), place).toBeLessThanOrEqual(3);
          expect(Math.max(...rows(beat.say, false)), place).toBeLessThanOrEqual(2);
          expect(Math.max(1, ...rows(beat.note, true)), place).toBe(1);
        } else {
          expect(Math.max(...rows(beat.ask, true)), place).toBeLessThanOrEqual(2);
          expect(Math.max(1, ...rows(beat.hint, true)), place).toBe(1);
          expect(Math.max(1, ...rows(beat.explain, true)), place).toBeLessThanOrEqual(2);
          for (const choice of beat.choices) expect(Math.max(...rows(choice.text, true)), place).toBe(1);
        }
      }
    }
  });

  test('each narration stands at a moment of its own: of two at one moment only the later would be read', () => {
    const lesson = loaded(name);
    for (const run of lesson.runs) {
      const trace = traceOf(lesson, run.name);
      const {beats} = boundTo(lesson, run.name);
      const places = narrationPlaces({beats, pacing: pacing(trace)});
      expect(new Set(places).size, run.name).toBe(places.length);
    }
  });

  test('Chinese text has full-width punctuation and 「」, and a space beside Latin words', () => {
    const lesson = loaded(name);
    for (const beat of lesson.runs.flatMap(({name: run}) => boundTo(lesson, run).beats)) {
      const texts =
        beat.kind === 'narration'
          ? [beat.say, beat.note]
          : [beat.ask, beat.hint, beat.explain, ...beat.choices.map((choice) => choice.text)];
      for (const zh of texts.flatMap((each) => each?.zh ?? [])) {
        expect(zh, zh).not.toMatch(
          /[“”]|[\u4e00-\u9fff][,.;:?!]|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/,
        );
        expect(zh, zh).not.toMatch(/[，。：；、「」？] | [，。：；、？]/);
      }
    }
  });
});

test('the handshake says what the mock-ups say', () => {
  const lesson = loaded('foundations/handshake.yaml');
  const {beats} = bindBeats(lesson, 'base', traceOf(lesson));
  const narration = beats.filter((beat) => beat.kind === 'narration');
  expect(narration).toHaveLength(7);
  expect(narration[2]?.say).toEqual(
    everywhere({
      en: 'This segment does two jobs: ack=1001 acknowledges the client’s SYN, and seq=9000 announces the server’s own initial sequence number. A SYN uses up one number, so the ack is 1000 + 1, not 1000.',
      zh: '这个报文段做两件事：ack=1001 确认客户端的 SYN，seq=9000 报出服务器自己的初始序号。SYN 占用一个序号，所以 ack 是 1000 + 1，而不是 1000。',
    }),
  );
  expect(narration[2]?.note).toEqual(
    everywhere({
      en: 'ACK is a flag, ack= a number that is valid only if the flag is set.',
      zh: 'ACK 是标志位，ack= 是确认号：带 ACK 标志时，确认号才有效。',
    }),
  );
  const question = beats.find((beat) => beat.kind !== 'narration');
  if (!question) expect.fail('no question');
  expect(question.ask).toEqual(
    everywhere({
      en: 'Which acknowledgment number will the server send?',
      zh: '服务器会在 ack= 里填多少？',
    }),
  );
  expect(question.hint?.zh).toBe('客户端的 SYN 报文段 seq=1000，不带数据。');
  expect(question.choices.map(({id, text: shown}) => `${id} ${shown.en}`)).toEqual([
    'a 1',
    'b 1001',
    'c 1000',
    'd 9001',
  ]);
  expect(question.hides).toEqual({packet: 2, fields: ['tcp.ack_raw', 'tcp.ack', 'server.rcv.nxt']});
});

test('the close has the eight beats of the mock-ups', () => {
  const lesson = loaded('tcp-close/teardown.yaml');
  const trace = traceOf(lesson);
  const {beats} = bindBeats(lesson, 'base', trace);
  const times = beats.flatMap((beat) =>
    beat.kind === 'narration' ? [trace.event(beat.event).atUs / 1000] : [],
  );
  expect(times).toEqual([1000, 1050, 1100, 1250, 1300, 1350, 1400, 61350]);
});

test('each belief has a name that fits the narrowest list, and no other has it', () => {
  const data = loadData({misconceptions});
  if (!data.ok) expect.fail('misconceptions');
  for (const language of ['en', 'zh'] as const) {
    const names = data.value.misconceptions.map(({name}) => name[language]);
    expect(names.filter((name) => textWidth(name) > 30)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('the example of docs/lessons.md passes its checks', () => {
  const page = readFileSync(new URL('../../docs/lessons.md', import.meta.url), 'utf8');
  const lesson = loadLesson(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '', 'first-contact.yaml');
  const data = loadData({misconceptions, cards});
  if (!lesson.ok || !data.ok) expect.fail('the example cannot be read');
  expect(checkLesson(lesson.value, simulate, data.value).map(errorLine)).toEqual([]);
});
