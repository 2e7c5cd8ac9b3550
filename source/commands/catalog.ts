// Every command, light enough to list them all: each one's code is loaded when it is called.
import type {CatalogEntry} from '../app/command.ts';

export const catalog: readonly CatalogEntry[] = [
  {
    name: 'list',
    positionals: '',
    describe: {en: 'lessons by track', zh: '按主题列出课程'},
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'play',
    positionals: '<SOURCE>',
    describe: {
      en: 'the player: a lesson id, a lesson file, a packetdrill script, a capture, or a replay code',
      zh: '播放：课程名、课程文件、packetdrill 脚本、抓包文件或重放码',
    },
    load: async () => (await import('./play.ts')).play,
  },
  {
    name: 'show',
    positionals: '<SOURCE>',
    describe: {en: 'the whole run as text', zh: '以文本输出整个过程'},
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'inspect',
    positionals: '<CAPTURE>',
    describe: {
      en: 'what is in a capture: connections, oddities, DNS, HTTP, TLS',
      zh: '抓包里有什么：连接、异常、DNS、HTTP、TLS',
    },
    load: async () => (await import('./inspect.ts')).inspect,
  },
  {
    name: 'review',
    positionals: '',
    describe: {
      en: 'ask what is due today; without a terminal, list it',
      zh: '做今天到期的复习题；不在终端时只列出来',
    },
    load: async () => (await import('./review.ts')).review,
  },
  {
    name: 'progress',
    positionals: '',
    describe: {en: 'what is known, what is weak', zh: '掌握了什么，哪里薄弱'},
    load: async () => (await import('./progress.ts')).progressCommand,
  },
  {
    name: 'export',
    positionals: '<SOURCE>',
    describe: {
      en: 'write the run as a capture, report, diagram or picture',
      zh: '把运行过程导出为抓包、报告、时序图或图片',
    },
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'quiz',
    positionals: '[LESSON..]',
    describe: {
      en: 'questions about lessons, tracks, lesson files or folders, on fresh numbers',
      zh: '按课程、主题、课程文件或文件夹出题，每次换一组数字',
    },
    load: async () => (await import('./quiz.ts')).quiz,
  },
  {
    name: 'check',
    positionals: '<FILE..>',
    describe: {
      en: 'judge lesson files and folders, packetdrill scripts, resolver replays (.rpl)',
      zh: '检查课程文件和文件夹、packetdrill 脚本、解析器重放脚本（.rpl）',
    },
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'new',
    positionals: '<NAME>',
    describe: {
      en: 'write a lesson, or with --pack a folder of lessons',
      zh: '新建一课；加 --pack 新建课程包',
    },
    load: async () => (await import('./new.ts')).newCommand,
  },
];

/** The bare call. */
export const menuEntry: CatalogEntry = {
  name: '$0',
  positionals: '',
  describe: {en: 'the menu', zh: '菜单'},
  load: async () => (await import('./menu.ts')).menu,
};
