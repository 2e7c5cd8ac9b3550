// The words in which `quiz --answers` tells a result.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const resultWords = {
  right: (right: number, all: number): Text =>
    text(`${right} of ${all} right`, `共 ${all} 题，答对 ${right} 题`),
  fewer: (made: number, wanted: number): Text =>
    text(
      `these runs can be asked ${made} questions with this seed; ${wanted} were wished for`,
      `这个种子下只能出 ${made} 题，要求的是 ${wanted} 题`,
    ),
  given: (given: string): Text => text(`answered ${given}`, `作答：${given}`),
  unanswered: text('no answer', '未作答'),
  rightIs: (answer: string): Text => text(`right: ${answer}`, `正确：${answer}`),
  belief: (name: Text, wrong: number, asked: number): Text =>
    text(`“${name.en}”: ${wrong} of ${asked}`, `「${name.zh}」：${asked} 题里 ${wrong} 题`),
} as const;
