// Packets above a question: on a narrow screen what does not fit goes on below, no number is cut.

import {expect, test} from 'vitest';
import type {Part} from '../../../source/account/part.ts';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {sameIn, type Text} from '../../../source/lesson/text.ts';
import {isPacket, type Prompt, promptText, valuesLine, withNames} from '../../../source/quiz/prompt.ts';
import type {Question} from '../../../source/quiz/question.ts';
import {sheet} from '../../../source/quiz/sheet.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {promptRows} from '../../../source/view/quiz/prompt-rows.ts';
import {firstColumn} from '../../../source/view/quiz/row.ts';
import type {TcpFlagName} from '../../../source/wire/tcp.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allLessons} from '../../helpers/all-runs.ts';
import {runs as runsOfTier, seed, some} from '../../helpers/seeds.ts';
import {about, questionsOf} from '../../quiz/asked-runs.ts';

const segment = (flags: readonly TcpFlagName[], seq: number, ack: number): readonly Part[] => [
  {kind: 'flags', flags},
  {kind: 'number', field: 'seq', value: seq},
  {kind: 'number', field: 'ack', value: ack},
];
const fin = segment(['FIN', 'ACK'], 3757643927, 3670867528);
const data: readonly Part[] = [
  ...segment(['PSH', 'ACK'], 3670867528, 3757643928),
  {kind: 'length', octets: 1460},
];
const numbered: Prompt = [
  {kind: 'packet', number: 17, from: 'server', to: 'client', parts: fin},
  {kind: 'packet', number: 18, from: 'client', to: 'server', parts: data},
];
const third: Prompt = [{kind: 'packet', number: 19, from: 'client', to: 'elsewhere', parts: data}];
const cookie = `JSESSIONID=${'F399AA23'.repeat(4)}; Domain=shop.example.com; host-only; Path=/; Secure`;

const rowsAt = (columns: number, prompt: Prompt) =>
  promptRows({prompt}, {language: 'en', columns, glyphs: unicodeGlyphs, picked: ''}).map(
    ({pieces}) => pieces,
  );

test.each([60, 64, 70, 80])('nothing goes beyond %i columns, and every number is whole', (columns) => {
  for (const prompt of [numbered, [...numbered, ...third], [valuesLine(cookie)]]) {
    const pieces = rowsAt(columns, prompt).flat();
    for (const {column, text} of pieces) expect(column + textWidth(text) - 1).toBeLessThanOrEqual(columns);
    const shown = pieces.map(({text}) => text).join(' ');
    for (const number of promptText(prompt).en.match(/\d{4,}|Secure/g) ?? []) expect(shown).toContain(number);
  }
});

test('values that look like a packet stay values: nothing is read back out of text', () => {
  const texts = rowsAt(80, [valuesLine('a → b  SYN seq=1'), ...numbered]).flat();
  expect(texts[0]).toMatchObject({text: 'a → b  SYN seq=1', column: firstColumn + 2});
});

test('where names go above the arrows, the side says who sent it', () => {
  const [head, first, second] = rowsAt(60, numbered).map((pieces) => pieces.map(({text}) => text).join(' '));
  expect(head).toBe('client ─▸  ◂─ server');
  expect(first).toMatch(/^17 ◂─ FIN,ACK/);
  expect(second).toMatch(/^18 ─▸ PSH,ACK/);
});

test('the server stands at the right, whatever it is called', () => {
  const names: {readonly [host: string]: Text} = {client: sameIn('笔记本'), server: sameIn('网页服务器')};
  const called = numbered.map((line) =>
    isPacket(line) ? withNames(line, (host) => ({name: names[host] ?? sameIn(host)})) : line,
  );
  expect(rowsAt(60, called)[0]?.map(({text}) => text)).toEqual(['笔记本 ─▸  ◂─ 网页服务器']);
});

/** Without the gap, which goes where there is no room. */
const heightOf = (question: Question, language: 'en' | 'zh'): number =>
  promptRows(question, {language, columns: 80, glyphs: unicodeGlyphs, picked: ''}).filter(
    ({pieces}) => pieces.length > 0,
  ).length;

const tallIn = (questions: Iterable<Question>, most: number): readonly string[] => {
  const tall: string[] = [];
  let count = 0;
  for (const question of questions) {
    for (const language of ['en', 'zh'] as const)
      if (heightOf(question, language) > 8) tall.push(`${question.id} ${language}`);
    count += 1;
    if (count === most) break;
  }
  expect(count).toBeGreaterThan(0);
  return tall;
};

test('a prompt takes eight rows of 80 columns at most: what lessons ask with all that they have told', () => {
  const runs = ['accept-queue', 'cubic', 'loss-recovery/tail', 'syn-flood', 'url-to-page/moved'];
  for (const run of runs) expect(tallIn(questionsOf(about(run), 'prediction'), 99)).toEqual([]);
});

test('and whatever a sheet of one lesson asks', () => {
  for (const lesson of some(allLessons(), 2))
    for (let nth = 0; nth < runsOfTier(4, 1); nth += 1)
      expect(tallIn(sheet({lessons: [lesson], seed: seed + nth, crypto: nodeCrypto}), 10)).toEqual([]);
});
