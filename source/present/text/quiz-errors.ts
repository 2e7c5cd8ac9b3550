// What can be wrong with a call of `quiz`, and the remedy.
import type {Problem} from './errors.ts';

const problem = (whatEn: string, whatZh: string, remedyEn: string, remedyZh: string): Problem => ({
  what: {en: whatEn, zh: whatZh},
  remedy: {en: remedyEn, zh: remedyZh},
});

export const quizNeedsTerminal = (): Problem =>
  problem(
    'a quiz asks in a terminal, and this is none',
    '测验要在终端里作答，这里不是终端',
    'without one: packet-tutor quiz --seed 7 --json prints the questions, --answers FILE grades them',
    '不在终端时：packet-tutor quiz --seed 7 --json 输出题目，--answers 文件名 评分',
  );

export const reportNeedsAnswers = (): Problem =>
  problem(
    '--report is about answers, and none are given',
    '--report 要有答案才能统计，没有给出答案',
    'add --answers FILE',
    '加上 --answers 文件名',
  );

export const noQuestions = (): Problem =>
  problem(
    'nothing can be asked about this',
    '这里出不了题',
    'name other lessons or a track; `packet-tutor list` shows them',
    '换别的课程或主题，可用的见 packet-tutor list',
  );
