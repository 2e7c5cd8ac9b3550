// The words of progress and review, and what can be wrong with the file that holds them (screens.md (n)).
import {type Text, worded} from '../lesson/text.ts';
import {progressLostWords, records} from './catalogue/progress.ts';
import {reasonOf, withReason} from './file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const problem = (whatEn: string, whatZh: string, remedyEn: string, remedyZh: string): Problem => ({
  what: text(whatEn, whatZh),
  remedy: text(remedyEn, remedyZh),
});

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** 1 … 12 */
type Day = {readonly month: number; readonly day: number};

export const progressWords = {
  progress: text('progress', '进度'),
  since: ({month, day}: Day, lessons: number, answers: number): Text =>
    text(
      `since ${day} ${months[month - 1]} · ${plural(lessons, 'lesson')} · ${plural(answers, 'answer')}`,
      `${month} 月 ${day} 日开始 · 学完 ${lessons} 课 · 答过 ${answers} 题`,
    ),
  exportedAs: (file: string): Text => text(`written to ${file}`, `已写入 ${file}`),
  notExported: (folder: string, name: string): Text =>
    withReason(`nothing can be written in ${folder}`, `${folder} 里写不了文件`, name),
  nothing: text('nothing answered yet', '还没有作答'),
  begin: text(
    'begin with: packet-tutor play handshake, or packet-tutor quiz',
    '可以这样开始：packet-tutor play handshake，或 packet-tutor quiz',
  ),
  belief: text('belief to mend', '要纠正的误解'),
  answersOnly: text('answers', '作答'),
  oldestFirst: text('answers, oldest first', '作答（从早到晚）'),
  now: text('now', '现状'),
  next: text('next', '下次'),
  today: text('today', '今天'),
  inDays: (days: number): Text => text(`in ${days} d`, `${days} 天后`),
  perDay: text('answers a day', '每天作答'),
  most: (count: number, {month, day}: Day): Text =>
    text(`most ${count}, on ${day} ${months[month - 1]}`, `最多 ${count} 题，${month} 月 ${day} 日`),
  streak: (days: number): Text => text(`${days} days in a row`, `连续 ${days} 天`),
  unseen: (count: number): Text =>
    text(`not asked about yet: ${plural(count, 'belief')}`, `还没问到的误解：${count} 个`),
  notAsked: text('not asked about yet', '还没问到'),
  lesson: text('lesson', '课程'),
  rightAnswers: text('right answers', '答对'),
  check: text('check', '检查'),
  done: text('done', '学完'),
  begun: text('begun', '在学'),
  /** A kind of question as one lesson asks it. */
  skill: (lesson: Text, kind: Text): Text => text(`${kind.en} (${lesson.en})`, `${kind.zh}（${lesson.zh}）`),
  score: (right: number, count: number): Text => text(`${right} of ${count}`, `${right}/${count}`),
  more: (count: number): Text => text(`${count} more`, `还有 ${count} 行`),
  tracks: text('tracks', '专题'),
  where: text(
    'Everything is in one file on this computer. packet-tutor progress --export',
    '全部记录都在本机的一个文件里：packet-tutor progress --export 文件名',
  ),
  review: text('review', '复习'),
  dueToday: (count: number, minutes: number): Text =>
    text(`${count} due today · about ${minutes} min`, `今天要复习 ${count} 项 · 约 ${minutes} 分钟`),
  nothingDue: text('nothing due today', '今天没有要复习的'),
  dueNow: text('now', '现在'),
  /** `times`: in a row, up to now. */
  wrongLast: (days: number, times: number): Text => {
    const missed = times === 1 ? 'wrong' : times === 2 ? 'missed twice' : `missed ${times} times`;
    const inZh = times === 1 ? '答错' : `连错 ${times} 次`;
    return days === 0
      ? text(`${missed}${times === 1 ? '' : ','} today`, times === 1 ? '今天答错' : `${inZh}，最近今天`)
      : text(
          `${missed}${times === 1 ? '' : ','} ${plural(days, 'day')} ago`,
          times === 1 ? `${days} 天前答错` : `${inZh}，最近 ${days} 天前`,
        );
  },
  rightLast: (days: number): Text =>
    days === 0
      ? text('last right today', '今天刚答对')
      : text(`last right ${plural(days, 'day')} ago`, `${days} 天前答对`),
  fresh: text('Each question comes with fresh numbers.', '每道题都换新的数字。'),
  answered: (fresh: number): Text => text(`${plural(fresh, 'record')} added`, `新增 ${fresh} 条记录`),
  exported: (records: number, file: string): Text =>
    text(`${plural(records, 'record')} written to ${file}`, `已把 ${records} 条记录写入 ${file}`),
  resetAsk: (records: number, file: string): Text =>
    text(
      `Forget ${plural(records, 'record')} (${file})? Type yes: `,
      `要删除全部 ${records} 条记录吗（${file}）？输入 yes 确认：`,
    ),
  kept: text('nothing was changed', '没有改动'),
  forgotten: text('progress is empty again', '进度已清空'),
} as const;

export const progressDamaged = (file: string, aside: string | undefined, kept: number): Problem => {
  const rest: Text =
    kept === 0
      ? text('starting empty', '从空白开始')
      : text(`the ${plural(kept, 'record')} that can be read are kept`, `能读出的 ${kept} 条记录都在`);
  return aside === undefined
    ? problem(
        `${file} is damaged and cannot be moved`,
        `${file} 已损坏，又无法移开`,
        `${rest.en}; move the file away yourself`,
        `${rest.zh}；请自行把它移走`,
      )
    : problem(`${file} was damaged: kept as ${aside}`, `${file} 已损坏，原样存为 ${aside}`, rest.en, rest.zh);
};

export const progressNewer = (file: string, format: number, aside: string | undefined): Problem =>
  aside === undefined
    ? problem(
        `${file} is of a newer packet-tutor (format ${format}) and cannot be moved`,
        `${file} 出自更新版本的 packet-tutor（格式 ${format}），又无法移开`,
        'it stays as it is; answers of today are not kept',
        '文件保持原样；今天的作答不会保存',
      )
    : problem(
        `${file} is of a newer packet-tutor (format ${format}): kept as ${aside}`,
        `${file} 出自更新版本的 packet-tutor（格式 ${format}），原样存为 ${aside}`,
        'starting empty; after an update: packet-tutor progress --import FILE',
        '从空白开始；升级后可用 packet-tutor progress --import 文件名 取回',
      );

/** `why`: what is wrong with the file. */
export const progressUnreadable = ({what}: Problem): Problem => ({
  what,
  remedy: text(
    'going on without what was answered before; move it away, or PACKET_TUTOR_DATA names another folder',
    '先不用以前的记录；请把它移走，或用 PACKET_TUTOR_DATA 指定别的文件夹',
  ),
});

export const progressUnwritable = (file: string, name: string): Problem => ({
  what: withReason(`progress cannot be kept in ${file}`, `进度存不进 ${file}`, name),
  remedy: text(
    'going on without; PACKET_TUTOR_DATA names another folder',
    '照常进行，只是不保存；可用 PACKET_TUTOR_DATA 指定别的文件夹',
  ),
});

/** On the screen, where there is room for one line. `name`: undefined where the file is of a newer version. */
export const notSavedYet = (count: number, name: string | undefined): Text => {
  const reason = name === undefined ? text('', '') : reasonOf(name);
  return text(
    `not saved: ${worded(records, {count}).en}${reason.en}`,
    `没有存下：${worded(records, {count}).zh}${reason.zh}`,
  );
};

/** At the end, where nothing tries again. `why`: what is wrong with the file. */
export const progressLost = (count: number, {what}: Problem): Problem =>
  problemOf(progressLostWords, {count: worded(records, {count}), what});
