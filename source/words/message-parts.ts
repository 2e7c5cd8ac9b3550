// What the inspector says of packets that hold a part of an HTTP message, in both languages.
import {type Language, spaced} from '../lesson/text.ts';
import {lists} from './catalogue/punctuation.ts';

/** Content by its own bytes, from 1; `of` undefined: the head does not tell how many there are. */
export type ContentPart = {readonly from: number; readonly to: number; readonly of: number | undefined};

/** `start` and `end` are offsets in the packet's data. */
export type MessagePart = {
  readonly kind: 'request' | 'response';
  readonly words: string;
  /** The packet in which the message begins. */
  readonly begins: number;
  readonly start: number;
  readonly end: number;
} & (
  | {readonly is: 'head'; readonly goesOnIn: readonly number[]}
  /** A line that another packet has a part of. */
  | {readonly is: 'line'; readonly name: string; readonly packets: readonly number[]}
  | ({readonly is: 'content'} & ContentPart)
);

/** Longer lists are told by their first and last. */
const listed = 3;

const named = (all: readonly number[], language: Language): string => {
  if (all.length > listed) return `${all[0]} … ${all.at(-1)}`;
  return all.length < 2
    ? all.join('')
    : spaced(lists.and[language]({before: all.slice(0, -1), last: all.at(-1) ?? ''}));
};

type Of<Is extends MessagePart['is']> = Extract<MessagePart, {readonly is: Is}>;

type Wording = {
  /** The message: `packet 9’s response (200 OK)`. */
  readonly message: (part: MessagePart, packet: number) => string;
  readonly head: (part: Of<'head'>, packet: number, message: string) => string;
  readonly line: (part: Of<'line'>) => string;
  readonly content: (part: Of<'content'>, message: string) => string;
  /** The same beside a row's size. */
  readonly short: (part: Of<'content'>) => string;
};

const en: Wording = {
  message: ({kind, words, begins}, packet) => {
    const whose = begins === packet ? 'this' : `packet ${begins}’s`;
    return `${whose} ${kind}${words === '' ? '' : ` (${words})`}`;
  },
  head: ({begins, goesOnIn}, packet, message) => {
    if (begins !== packet) return `Goes on with the header section of ${message}.`;
    const where = goesOnIn.length === 1 ? 'segment' : 'segments';
    return goesOnIn.length === 0 ? '' : `It goes on in ${where} ${named(goesOnIn, 'en')}.`;
  },
  line: ({name, packets}) =>
    `${name === '' ? 'The start line' : `The header line ${name}`} spans segments ${named(packets, 'en')}.`,
  content: ({from, to, of}, message) =>
    `Bytes ${from}–${to}${of === undefined ? '' : ` of ${of}`} of the content of ${message}.`,
  short: ({from, to, of}) => `content ${from}–${to}${of === undefined ? '' : `/${of}`}`,
};

const zh: Wording = {
  message: ({kind, words, begins}, packet) => {
    const whose = begins === packet ? '这个' : `第 ${begins} 个分组的`;
    return `${whose}${kind === 'request' ? '请求' : '响应'}${words === '' ? '' : `（${words}）`}`;
  },
  head: ({begins, goesOnIn}, packet, message) => {
    if (begins !== packet) return `接着${message}的首部。`;
    return goesOnIn.length === 0 ? '' : `报文在报文段 ${named(goesOnIn, 'zh')} 里继续。`;
  },
  line: ({name, packets}) =>
    `${name === '' ? '起始行' : `首部行 ${name} `}跨报文段 ${named(packets, 'zh')}。`,
  content: ({from, to, of}, message) =>
    `${message}的正文，第 ${from}–${to} 字节${of === undefined ? '' : `，共 ${of} 字节`}。`,
  short: ({from, to, of}) => `正文 ${from}–${to}${of === undefined ? '' : `/${of}`}`,
};

const words: {readonly [language in Language]: Wording} = {en, zh};

/** Empty where there is nothing to be said. */
export const partSentence = (part: MessagePart, packet: number, language: Language): string => {
  const say = words[language];
  const message = say.message(part, packet);
  if (part.is === 'line') return say.line(part);
  return part.is === 'head' ? say.head(part, packet, message) : say.content(part, message);
};

export const contentPlace = (part: Of<'content'>, language: Language): string => words[language].short(part);
