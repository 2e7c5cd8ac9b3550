// The words of a round of the quiz: practice, exam, review, and their results (screens.md (n)).
import type {Text} from '../lesson/text.ts';
import type {Topic} from '../quiz/kinds.ts';
import type {Confidence} from '../quiz/progress-record.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const minutesAndSeconds = (ms: number): Text => {
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0
    ? text(`${rest} s`, `${rest} 秒`)
    : text(`${minutes} min ${rest} s`, `${minutes} 分 ${rest} 秒`);
};

export const everyLesson: Text = text('all lessons', '全部课程');

export const whatIsDue: Text = text('what is due', '到期的内容');
export const whatIsWeak: Text = text('what is weak', '薄弱的内容');

export const lessonsGone = ({en, zh}: Text): Text =>
  text(`there is no lesson here any more that asks about ${en}`, `这里已经没有考到 ${zh} 的课程`);

export const topicNames: {readonly [topic in Topic]: Text} = {
  tcp: text('TCP', 'TCP'),
  dns: text('DNS', 'DNS'),
  http: text('HTTP', 'HTTP'),
  cookies: text('cookies', 'Cookie'),
  tls: text('TLS', 'TLS'),
  layers: text('layers', '分层'),
};

export const sureWords: {readonly [how in Confidence]: Text} = {
  sure: text('sure', '确定'),
  think: text('think so', '大概'),
  guess: text('a guess', '猜的'),
};

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

/** Of a run that contradicts a belief. */
export const counterWords = {
  title: (name: Text): Text => text(`against “${name.en}”`, `反例：「${name.zh}」`),
  believed: (would: Text): Text => text(`The belief says: “${would.en}”`, `那种想法会说：「${would.zh}」`),
} as const;

export const noCounter = (name: Text): Text =>
  text(`no run here contradicts “${name.en}”; w says why`, `没有反驳「${name.zh}」的运行；按 w 看原因`);

export const resultPageWords = {
  result: {
    practice: text('result', '结果'),
    exam: text('exam result', '考试结果'),
    review: text('review result', '复习结果'),
    check: text('check result', '检查结果'),
  },
  questions: (count: number): Text => text(`${count} question${count === 1 ? '' : 's'}`, `${count} 题`),
  score: (right: number, count: number): Text =>
    text(`${right} of ${count} right`, `${count} 题答对 ${right} 题`),
  pass: (at: number): Text => text(`pass at ${at}`, `答对 ${at} 题及格`),
  passed: text('passed', '及格'),
  failed: text('not passed', '不及格'),
  wentWrong: text('what went wrong', '错在哪里'),
  times: text('times', '次数'),
  mendWith: text('mend it with', '补习课程'),
  timesOf: (wrong: number, asked: number): Text => text(`${wrong} of ${asked}`, `${wrong}/${asked}`),
  notShown: text('not shown today: ', '今天没犯：'),
  topics: text('by topic: ', '按主题：'),
  again: text('Again with other numbers: ', '换一组数字再来：'),
  nothingWrong: text('Nothing went wrong.', '没有答错的。'),
  nothingAnswered: text('Nothing was answered.', '没有作答。'),
} as const;
