// By what the screen says alone: from the menu's first row to a packet that the learner has lost, and why it came again.
import {expect, test} from 'vitest';
import {terminals} from '../helpers/terminals.ts';

const start = terminals();

test.each([
  ['en', 'Your first packet', 'You will be able to', 'press x, then enter', 'is lost', 'answer', 'go on'],
  ['zh', '你的第一个分组', '学完后你能', '按 x，再按 enter', '丢失', '作答', '继续'],
] as const)('%s', async (language, row, goals, turn, lost, answer, goOn) => {
  const terminal = start(['--lang', language]);
  await terminal.shows(row);
  terminal.type('\r');
  await terminal.shows(goals);
  terminal.type(' ');
  for (let guard = 0; guard < 40 && !terminal.text().includes(turn); guard++) {
    await terminal.quiet();
    const before = terminal.text();
    if (before.includes(turn)) break;
    terminal.type(before.includes(`a–c ${answer}`) ? 'a' : before.includes(`enter ${goOn}`) ? '\r' : ']');
    await terminal.until('a change', (text) => text !== before);
  }
  expect(terminal.text()).toContain(turn);
  terminal.type('\x1b[A');
  await terminal.quiet();
  terminal.type('\x1b[A');
  await terminal.quiet();
  terminal.type('x');
  await terminal.quiet();
  terminal.type('\r');
  await terminal.shows('✗');
  await terminal.shows(lost);
  for (let guard = 0; guard < 20 && !terminal.text().includes('↺'); guard++) {
    const before = terminal.text();
    terminal.type(']');
    await terminal.until('a change', (text) => text !== before);
    await terminal.quiet();
  }
  expect(terminal.text()).toContain('↺');
});
