// The words of a challenge, in both languages.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const challengeTexts = {
  goal: text('goal', '目标'),
  solved: text('solved', '达成'),
  noMove: text('no move yet', '还没有操作'),
  yourMoves: text('your moves', '你的操作'),
  moves: text('moves, at this instant', '此刻可以做'),
  hint: text('hint: ', '提示：'),
} as const;

/** `3 moves, par 6`. */
export const movesText = (moves: number, par: number): Text =>
  text(`${moves} ${moves === 1 ? 'move' : 'moves'}, par ${par}`, `${moves} 步，标准 ${par} 步`);

/** `3 of 11`. */
export const metText = (met: number, goals: number): Text => text(`${met} of ${goals}`, `${met}/${goals}`);
