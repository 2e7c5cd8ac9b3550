// The words of a round of the quiz: practice, exam, review, and their results (screens.md (n)).
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const minutesAndSeconds = (ms: number): Text => {
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0
    ? text(`${rest} s`, `${rest} 秒`)
    : text(`${minutes} min ${rest} s`, `${minutes} 分 ${rest} 秒`);
};

export const lessonsGone = ({en, zh}: Text): Text =>
  text(`there is no lesson here any more that asks about ${en}`, `这里已经没有考到 ${zh} 的课程`);

export const quizWords = {
  practice: text('quiz', '测验'),
  exam: text('exam', '考试'),
  review: text('review', '复习'),
  check: text('check', '检查'),
  question: (at: number, count: number): Text =>
    text(`question ${at} of ${count}`, `第 ${at} 题，共 ${count} 题`),
  seed: (seed: number): Text => text(`seed ${seed}`, `种子 ${seed}`),
  streak: (streak: number): Text => text(`streak ${streak}`, `连对 ${streak}`),
  left: (ms: number): Text => text(`${minutesAndSeconds(ms).en} left`, `剩 ${minutesAndSeconds(ms).zh}`),
  took: minutesAndSeconds,
  looking: text('looking for a question', '正在出题'),
  tooSmall: (rows: number): Text =>
    text(`too small for this question: it takes ${rows} rows`, `窗口太小：这道题要 ${rows} 行才放得下`),
  yourNumber: text('your answer', '答案'),
  yourOrder: text('your order', '顺序'),
  several: text('several may be right', '可能不止一项'),
  howSure: text('How sure are you?', '有多大把握？'),
  hint: (at: number, all: number): Text => text(`hint ${at} of ${all}: `, `提示 ${at}/${all}：`),
  right: text('right', '答对了'),
  wrong: (given: string, right: string): Text =>
    text(`not right: ${given}. Right is ${right}`, `不对：答的是 ${given}，正确的是 ${right}`),
  noRule: text('No single rule decides this one.', '这一题不是由单独一条规则决定的。'),
} as const;
