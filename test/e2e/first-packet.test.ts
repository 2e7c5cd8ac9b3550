// By what the screen says alone: from the menu's first row to a packet that the learner has lost, and the last page, where its goal is reached.
import {expect, test} from 'vitest';
import {asksOthers, some} from '../helpers/seeds.ts';
import type {Terminal} from '../helpers/terminal.ts';
import {terminals} from '../helpers/terminals.ts';

const start = terminals();

/** What goes on, by the last row of the screen. */
const wayOn = {
  en: [
    [/^ {2}(?:space|enter) (?:go on|begin|finish)/, ' '],
    [/^ {2}[a-d][– a-d]* answer/, 'a'],
  ],
  zh: [
    [/^ {2}(?:space|enter) (?:继续|开始|小结)/, ' '],
    [/^ {2}[a-d][– a-d]* 作答/, 'a'],
  ],
} as const;

/** As long as nothing else is offered, whatever moves is waited for. */
const goOnTo = async (terminal: Terminal, language: keyof typeof wayOn, end: string): Promise<string> => {
  let seen = '';
  for (let presses = 0; presses < 20; presses++) {
    const keyOf = (): string | undefined =>
      wayOn[language].find(([sign]) => sign.test(terminal.rows().at(-1) ?? ''))?.[1];
    await terminal.until('end, or a way', (text) => text.includes(end) || keyOf() !== undefined);
    seen += terminal.text();
    if (seen.includes(end)) return seen;
    const before = terminal.text();
    // A second try lists the choices that are left.
    const choice = /^ {4}([a-c]) {3}\S/m.exec(before)?.[1];
    const isEnter = terminal.rows().at(-1)?.startsWith('  enter') === true;
    terminal.type(isEnter ? '\r' : keyOf() === 'a' ? (choice ?? '') : (keyOf() ?? ''));
    await terminal.until('a change', (text) => text !== before);
    await terminal.quiet();
  }
  throw new Error(`20 keys do not lead to “${end}”:\n${terminal.text()}`);
};

const languages = [
  ['en', 'Your first packet', 'press x, then enter', 'lose it', 'lost on the way', '▸ Next'],
  ['zh', '你的第一个分组', '再按 enter', '丢弃', '丢失', '▸ 下一课'],
] as const;

/** With fewer frames on the way `npm test` sees the same screens. */
const motion = asksOthers() ? [] : ['--motion', 'reduced'];

test.each(some(languages, 1))('%s', async (language, row, turn, lose, lost, learnt) => {
  const terminal = start(['--lang', language, ...motion]);
  await terminal.shows(`▸ ${row}`);
  terminal.type('\r');
  const first = await goOnTo(terminal, language, turn);
  expect(first).toContain('▐ ? ▌');
  expect(first).toContain('"hello"');
  terminal.type('\x1b[A');
  await terminal.quiet();
  terminal.type('x');
  await terminal.shows(lose);
  expect(terminal.text()).toContain('PSH,ACK');
  terminal.type('\r');
  await terminal.until('one’s own run', (text) => !text.includes(lose));
  const seen = await goOnTo(terminal, language, learnt);
  expect(seen).toContain('✗');
  expect(seen).toContain(lost);
  expect(seen).toContain('↺');
  // The last page has a goal for the loss, and it is reached.
  expect(terminal.rows().filter((line) => line.endsWith('✓'))).not.toEqual([]);
});
