// By mouse alone, from the menu to a packet that the learner has lost, and why it came again; and the terminal is left as it was.
import {expect, test} from 'vitest';
import {textWidth} from '../../source/words/width.ts';
import {terminals} from '../helpers/terminals.ts';

const start = terminals();

test('menu, lesson, a packet dropped, and why', async () => {
  const terminal = start(['--lang', 'en']);
  const clickAt = async (row: number, words: string): Promise<void> => {
    const column = textWidth((terminal.rows()[row] ?? '').split(words)[0] ?? '') + 1;
    for (const way of ['M', 'm']) terminal.type(`\x1b[<0;${column};${row + 1}${way}`);
    await terminal.quiet();
  };
  /** Twice on the same words: the first click marks. */
  const click = async (words: string, times = 2): Promise<void> => {
    await terminal.shows(words);
    await terminal.quiet();
    for (let time = 0; time < times; time++)
      await clickAt(
        terminal.rows().findLastIndex((text) => text.includes(words)),
        words,
      );
  };
  const wayOn = (): string | undefined =>
    /(?:space|enter) (?:go on|play|question)/.exec(terminal.rows().at(-1) ?? '')?.[0];
  const goOnTo = async (end: string): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) {
      await terminal.until(`${end} or a way on`, (text) => text.includes(end) || wayOn() !== undefined);
      await terminal.quiet();
      const on = wayOn();
      if (terminal.text().includes(end)) return;
      for (const _ of [1, 2]) if (on !== undefined && wayOn() === on) await clickAt(23, on);
    }
  };
  await terminal.shows('▸ Your first packet');
  await click('Choose a lesson');
  await click('TCP open');
  await click('The three-way handshake');
  await click('space begin');
  await goOnTo('a–d answer');
  await click('1001');
  await goOnTo('x alter');
  await click('SYN seq=1000', 1);
  await click('x alter');
  await click('lose it');
  await goOnTo('↺');
  expect(terminal.text()).toContain('✗');
  await click('w why');
  await terminal.shows('RFC 6298');
});
