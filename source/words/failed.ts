// The two lines about a part of the app that failed, in both languages.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const failedParts = {
  screen: text('this screen', '这个画面'),
  speech: text('what was to be said', '要读出的内容'),
  clock: text('the clock of the run', '播放时钟'),
  question: text('a question', '一道题'),
  growth: text('what has arrived since', '新到的数据'),
  learned: text('keeping what you have learned', '保存学习进度'),
  opening: text('opening it', '打开操作'),
  simulation: text('the simulation', '模拟'),
  page: text('this page', '这一页'),
  keeping: text('keeping it', '保存操作'),
  exporting: text('the export', '导出'),
  terminal: text('what the terminal was asked for', '对终端的操作'),
} as const;

export const keyPart = (key: string): Text => text(`the key ${key}`, `按键 ${key}`);

export const panelPart = (title: Text): Text => text(`the panel ${title.en}`, `面板“${title.zh}”`);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What threw, and what somebody needs who is to find out why. */
export type Failed = {
  readonly part: Text;
  readonly error: unknown;
  /** The run: its replay code, or where it has none what was opened, and the seed. */
  readonly run: string | undefined;
  /** The last keys, the newest at the end. */
  readonly keys: readonly string[];
};

const words: {
  readonly [language in Language]: {
    readonly what: (part: string, message: string) => string;
    readonly report: string;
    readonly keys: (keys: string) => string;
    readonly run: (run: string) => string;
    readonly leave: string;
  };
} = {
  en: {
    what: (part, message) => `${part} failed, all else goes on: ${message}`,
    report: 'a bug in packet-tutor; please report it',
    keys: (keys) => ` · keys: ${keys}`,
    run: (run) => ` · run: ${run}`,
    leave: 'q leads on from here.',
  },
  zh: {
    what: (part, message) => `${part}出错，其他照常：${message}`,
    report: '这是 packet-tutor 的缺陷，请报告',
    keys: (keys) => ` · 按键：${keys}`,
    run: (run) => ` · 运行：${run}`,
    leave: '按 q 离开这里。',
  },
};

/** What failed; how to report it: the keys come before the run, whose code may be long. */
export const failedLines = (
  {part, error, run, keys}: Failed,
  language: Language,
): readonly [string, string] => {
  const {what, report, keys: keysText, run: runText} = words[language];
  return [
    what(part[language], messageOf(error)),
    `${report}${keys.length === 0 ? '' : keysText(keys.join(' '))}${run === undefined ? '' : runText(run)}`,
  ];
};

export const leaveWords: Text = text(words.en.leave, words.zh.leave);
