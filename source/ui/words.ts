// The words of the menu and of Settings, in both languages.
import type {Language, Text} from '../lesson/text.ts';
import {type GraphForm, graphSample} from '../view/glyphs.ts';
import type {Message} from '../view/note.ts';
import type {Motion} from '../view/time/playback-state.ts';
import {captureNote} from '../words/open-capture.ts';
import type {AppState} from './app-state.ts';
import type {MenuItem} from './menu-state.ts';
import type {ThemeName} from './palettes.ts';
import type {Preferences} from './preferences.ts';
import type {LearnerNote} from './quiz-round.ts';
import type {SettingId} from './settings.ts';

export const menuWords = {
  claim: {en: 'What travels on the wire, and why.', zh: '线路上走的是什么，为什么。'},
  invite: {en: 'First time? Press enter.', zh: '第一次用？按 enter。'},
  opening: {en: 'opening the lesson', zh: '正在打开课程'},
  openingRound: {en: 'looking for questions', zh: '正在出题'},
  minutes: {en: 'min', zh: '分钟'},
} as const satisfies Record<string, Text>;

/** Below the entries, while nothing else stands there. */
export const blurb: Text = {
  en: 'You can stop anywhere, step back, open any byte, ask why, and lose any packet to see what a real stack does next.',
  zh: '随时可以停下、后退、翻开每个字节、问一句为什么；也可以弄丢任何一个分组，看真实的协议栈接着怎么做。',
};

export const menuLabels: {readonly [item in MenuItem]: Text} = {
  watch: {en: 'Watch a handshake', zh: '看一次握手'},
  lessons: {en: 'Choose a lesson', zh: '选一课'},
  capture: {en: 'Open a capture', zh: '打开抓包'},
  quiz: {en: 'Quiz', zh: '测验'},
  review: {en: 'Review and progress', zh: '复习和进度'},
  settings: {en: 'Settings', zh: '设置'},
};

/** Right of the entries; the lessons' own line is counted. */
const menuNotes: {readonly [item in Exclude<MenuItem, 'lessons' | 'capture' | 'review'>]: Text} = {
  watch: {en: 'three packets, step by step, nothing to know', zh: '三个分组，一步一步看，不需要基础'},
  quiz: {en: 'ten questions on fresh numbers', zh: '十道题，每次换数字'},
  settings: {en: 'language, theme, motion, ASCII', zh: '语言、配色、动画、ASCII'},
};

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export const lessonsInTrack = (lessons: number): Text => ({
  en: plural(lessons, 'lesson'),
  zh: `${lessons} 课`,
});

/** How much is due, and what is weakest. */
const learnerNote = ({due, weakest}: LearnerNote): Text => {
  const weak =
    weakest === undefined ? {en: '', zh: ''} : {en: `; weakest: ${weakest.en}`, zh: `，最弱：${weakest.zh}`};
  return due === 0
    ? {en: `nothing due${weak.en}`, zh: `没有要复习的${weak.zh}`}
    : {en: `${due} due${weak.en}`, zh: `${due} 项待复习${weak.zh}`};
};

const noLearner: LearnerNote = {due: 0, weakest: undefined, lessons: new Map()};

/** What stands right of an entry of the menu. */
export const menuNote = (
  item: MenuItem,
  lessons: Text,
  {learner, openable}: Pick<AppState, 'learner' | 'openable'>,
): Text => {
  if (item === 'lessons') return lessons;
  if (item === 'capture') return captureNote(openable?.last);
  return item === 'review' ? learnerNote(learner ?? noLearner) : menuNotes[item];
};

/** “2 lessons in 2 tracks”. */
export const lessonsInTracks = (lessons: number, tracks: number): Text => ({
  en: `${plural(lessons, 'lesson')} in ${plural(tracks, 'track')}`,
  zh: `${tracks} 个专题，${lessons} 课`,
});

export const settingWords: {readonly [id in SettingId]: {readonly label: Text; readonly note: Text}} = {
  language: {label: {en: 'Language', zh: '语言'}, note: {en: 'English, 中文', zh: 'English、中文'}},
  theme: {
    label: {en: 'Theme', zh: '配色'},
    note: {en: 'also colour-blind and high contrast', zh: '另有色觉友好和高对比度'},
  },
  motion: {
    label: {en: 'Motion', zh: '动画'},
    note: {en: 'none: space advances one instant', zh: '无：按 space 前进一个时刻'},
  },
  ascii: {
    label: {en: 'Signs', zh: '符号'},
    note: {en: 'ASCII for terminals that draw lines badly', zh: '终端画不好线条时用 ASCII'},
  },
  graphs: {
    label: {en: 'Graphs', zh: '曲线'},
    note: {
      en: `blocks if you see no braille: ${graphSample('braille')}`,
      zh: `看不到盲文点就选方块：${graphSample('braille')}`,
    },
  },
  screenReader: {
    label: {en: 'Output', zh: '输出'},
    note: {en: 'sentences are for screen readers', zh: '句子供读屏软件使用'},
  },
};

export const settingsTitle: Text = {en: 'settings', zh: '设置'};

const languageNames = {en: 'English', zh: '中文'} as const;

const themeLabels: {readonly [name in ThemeName]: Text} = {
  dark: {en: 'dark', zh: '深色'},
  light: {en: 'light', zh: '浅色'},
  'colour-blind-dark': {en: 'colour-blind, dark', zh: '色觉友好，深色'},
  'colour-blind-light': {en: 'colour-blind, light', zh: '色觉友好，浅色'},
  'high-contrast-dark': {en: 'high contrast, dark', zh: '高对比度，深色'},
  'high-contrast-light': {en: 'high contrast, light', zh: '高对比度，浅色'},
};

const motionLabels: {readonly [motion in Motion]: Text} = {
  full: {en: 'full', zh: '完整'},
  reduced: {en: 'reduced', zh: '减弱'},
  none: {en: 'none', zh: '无'},
};

const signNames = {
  unicode: {en: 'Unicode', zh: 'Unicode'},
  ascii: {en: 'ASCII', zh: 'ASCII'},
} as const;

const graphNames: {readonly [form in GraphForm]: Text} = {
  braille: {en: 'braille', zh: '盲文点'},
  blocks: {en: 'blocks', zh: '方块'},
};

const outputNames = {
  pictures: {en: 'pictures', zh: '图形'},
  sentences: {en: 'sentences', zh: '句子'},
} as const;

/** What a setting is now. */
export function settingValue(
  id: SettingId,
  {language, theme, motion, ascii, graphs, screenReader}: Preferences,
): string {
  switch (id) {
    case 'language':
      return languageNames[language];
    case 'theme':
      return themeLabels[theme][language];
    case 'motion':
      return motionLabels[motion][language];
    case 'ascii':
      return signNames[ascii ? 'ascii' : 'unicode'][language];
    case 'graphs':
      return `${graphNames[graphs][language]} ${graphSample(graphs)}`;
    case 'screenReader':
      return outputNames[screenReader ? 'sentences' : 'pictures'][language];
  }
}

/** After a key has changed a setting away from Settings. */
export const forThisSitting = (id: SettingId, preferences: Preferences): Message => {
  const {label} = settingWords[id];
  const value = (language: Language): string =>
    id === 'language' ? languageNames[preferences.language] : settingValue(id, {...preferences, language});
  return {
    en: `${value('en')}: for this sitting; keep it in the settings: ${label.en}`,
    zh: `${value('zh')}：仅本次有效；要保留请到「设置」里改${label.zh}`,
    isDone: true,
  };
};

export const helpFor = {
  menu: {en: 'menu', zh: '菜单'},
  picker: {en: 'what is in a capture', zh: '抓包里有什么'},
  captures: {en: 'open a capture', zh: '打开抓包'},
  player: {en: 'player', zh: '播放'},
  quiz: {en: 'quiz', zh: '测验'},
} as const satisfies Record<string, Text>;

/** At the right of the menu's title. */
export const menuTitle = (theme: ThemeName): Text => ({
  en: `language en   theme ${themeLabels[theme].en}`,
  zh: `语言 zh   配色 ${themeLabels[theme].zh}`,
});
