// Packets above a question: on a narrow screen what does not fit goes on below, no number is cut.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {promptRows} from '../../../source/view/quiz/prompt-rows.ts';
import {textWidth} from '../../../source/words/width.ts';

const packets = [
  'server → client  FIN,ACK seq=3757643927 ack=3670867528',
  'client → server  PSH,ACK seq=3670867528 ack=3757643928 len=1460',
];
const numbered = packets.map((line, index) => `  ${17 + index}  ${line}`).join('\n');
const third = '  19  client → elsewhere  PSH,ACK seq=3670867528 ack=3757643928 len=1460';
const cookie = `  JSESSIONID=${'F399AA23'.repeat(4)}; Domain=shop.example.com (host-only); Path=/; Secure`;

const rowsAt = (columns: number, prompt: string) =>
  promptRows(
    {prompt: everywhere({en: prompt, zh: prompt})},
    {language: 'en', columns, glyphs: unicodeGlyphs, picked: ''},
  ).map(({pieces}) => pieces);

test.each([60, 64, 70, 80])('nothing goes beyond %i columns, and every number is whole', (columns) => {
  for (const prompt of [numbered, `${numbered}\n${third}`, cookie]) {
    const pieces = rowsAt(columns, prompt).flat();
    for (const {column, text} of pieces) expect(column + textWidth(text) - 1).toBeLessThanOrEqual(columns);
    const shown = pieces.map(({text}) => text).join(' ');
    for (const number of prompt.match(/\d{4,}|Secure/g) ?? []) expect(shown).toContain(number);
  }
});

test('where names go above the arrows, the side says who sent it', () => {
  const [head, first, second] = rowsAt(60, numbered).map((pieces) => pieces.map(({text}) => text).join(' '));
  expect(head).toBe('client ─▸  ◂─ server');
  expect(first).toMatch(/^17 ◂─ FIN,ACK/);
  expect(second).toMatch(/^18 ─▸ PSH,ACK/);
});
