// The words of `--help`, in both languages.
import type {Language, Text} from '../lesson/text.ts';

export const helpTexts: Readonly<Record<'usage' | 'epilogue' | 'help' | 'goOn', Text>> = {
  usage: {
    en: 'packet-tutor: what travels on the wire, and why',
    zh: 'packet-tutor：线路上走的是什么，为什么',
  },
  epilogue: {
    en: 'Without a command: the menu. Begin with: packet-tutor play handshake',
    zh: '不带命令：打开菜单。可以这样开始：packet-tutor play handshake',
  },
  help: {en: 'this help', zh: '显示帮助'},
  goOn: {
    en: 'play in a terminal:  packet-tutor play handshake\nread as text:        packet-tutor show handshake',
    zh: '在终端里播放：  packet-tutor play handshake\n读文字：        packet-tutor show handshake',
  },
};

export const appTexts: Readonly<Record<'wideGlyphs', Text>> = {
  wideGlyphs: {
    en: 'this terminal draws some signs two columns wide: ASCII signs instead',
    zh: '这个终端把部分符号画成两列宽，已改用 ASCII 符号',
  },
};

/** What yargs itself writes around our texts, by its own keys. */
export const helpStrings: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  zh: {
    'Commands:': '命令：',
    'Options:': '选项：',
    'Positionals:': '参数：',
    'Examples:': '示例：',
    boolean: '开关',
    string: '文本',
    default: '默认',
    required: '必填',
    aliases: '别名',
  },
};
