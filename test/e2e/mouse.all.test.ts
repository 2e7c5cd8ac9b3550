// By mouse alone, from the menu to a packet that the learner has lost, and why it came again; and the terminal is left as it was.
import {expect, test} from 'vitest';
import {textWidth} from '../../source/words/width.ts';
import {terminals} from '../helpers/terminals.ts';

const start = terminals();

const said = {
  en: {
    zero: '▸ Your first packet',
    way: ['Choose a lesson', 'Foundations', 'The three-way handshake', 'space begin'],
    on: /(?:space|enter) (?:go on|play|question)/,
    ...{
      answer: 'a–d answer',
      alter: 'x change',
      lose: 'lose it',
      why: 'w why',
      deeper: 'enter rule and numbers',
    },
  },
  zh: {
    zero: '▸ 你的第一个分组',
    way: ['选一课', '基础', '三次握手', 'space 开始'],
    on: /(?:space|enter) (?:继续|播放|问题)/,
    ...{answer: 'a–d 作答', alter: 'x 改动', lose: '丢弃', why: 'w 为什么', deeper: 'enter 推导'},
  },
} as const;

test.each(['en', 'zh'] as const)('menu, lesson, a packet dropped, and why: %s', async (language) => {
  const {zero, way, on: onward, answer, alter, lose, why, deeper} = said[language];
  const terminal = start(['--lang', language]);
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
  const wayOn = (): string | undefined => onward.exec(terminal.rows().at(-1) ?? '')?.[0];
  const goOnTo = async (end: string): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) {
      await terminal.until(`${end} or a way on`, (text) => text.includes(end) || wayOn() !== undefined);
      await terminal.quiet();
      const on = wayOn();
      if (terminal.text().includes(end)) return;
      for (const _ of [1, 2]) if (on !== undefined && wayOn() === on) await clickAt(23, on);
    }
  };
  await terminal.shows(zero);
  for (const words of way) await click(words);
  await goOnTo(answer);
  await click('1001');
  await goOnTo(alter);
  await click('SYN seq=1000', 1);
  await click(alter);
  await click(lose);
  await goOnTo('↺');
  expect(terminal.text()).toContain('✗');
  await click(why);
  // The plain sentence comes first, the rule with its clause one key deeper.
  await terminal.shows(deeper);
  await click(deeper);
  await terminal.shows('RFC 6298');
});
