// The words of the keys panel, in both languages.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const keysTexts = {
  title: text('keys', '密钥'),
  none: text('Nobody has spoken TLS yet.', '还没有 TLS。'),
  clear: text('No key yet: all that was said could be read.', '还没有密钥：到此为止都是明文。'),
  /** Of a capture: no record behind the hellos has been opened by now. */
  nothingOpened: text('no record opened yet', '还没有打开任何记录'),
  key: text('key', '密钥'),
  iv: text('IV', 'IV'),
  made: text('after', '依据消息'),
  known: text('known to', '谁知道'),
} as const;

/** More packets than these are counted. */
const framesNamed = 12;

/** Under a secret: which records it has opened. */
export const recordsOpened = (frames: readonly number[], language: Language): string => {
  const named = [...new Set(frames)];
  const more = named.length - framesNamed;
  const list = named.slice(0, framesNamed).join(language === 'zh' ? '、' : ', ');
  if (language === 'zh') return `打开 ${frames.length} 个记录，在第 ${list} ${more > 0 ? '等' : ''}个分组`;
  const records = frames.length === 1 ? '1 record' : `${frames.length} records`;
  return `opened ${records}, ${named.length === 1 ? 'packet' : 'packets'} ${list}${more > 0 ? `, and ${more} more` : ''}`;
};

/** RFC 9846 says main secret where RFC 8446 said master secret: here both stand once. */
export const placeWords = {
  psk: text('PSK', 'PSK'),
  'early secret': text('early secret', '早期秘密'),
  'client early': text('client early data', '客户端早期数据'),
  'shared secret': text('shared secret', '共享秘密'),
  'handshake secret': text('handshake secret', '握手秘密'),
  'client handshake': text('client handshake', '客户端握手'),
  'server handshake': text('server handshake', '服务器握手'),
  'main secret': text('main (master) secret', '主秘密（main/master）'),
  'premaster secret': text('premaster secret', '预主密钥'),
  'master secret': text('master secret', '主密钥'),
  'client application': text('client application', '客户端应用数据'),
  'server application': text('server application', '服务器应用数据'),
  exporter: text('exporter', '导出秘密'),
  'resumption secret': text('resumption', '恢复秘密'),
} as const;

export type KeyPlace = keyof typeof placeWords;

type Wording = {
  readonly update: (name: string, times: number) => string;
  /** `end`: whose message it is, where the name alone leaves that open. */
  readonly made: (message: string, end: string | undefined) => string;
  readonly known: (host: string, time: string) => string;
  readonly more: (lines: number) => string;
  readonly spoken: {
    readonly heading: (choice: string) => string;
    readonly row: (name: string, value: string) => string;
    readonly number: (name: string, number: number) => string;
    readonly made: (message: string) => string;
    readonly since: (host: string, time: string) => string;
    readonly known: (who: string) => string;
  };
};

export const keysWords: {readonly [language in Language]: Wording} = {
  en: {
    update: (name, times) => `${name}, update ${times}`,
    made: (message, end) => (end === undefined ? message : `${message} (${end})`),
    known: (host, time) => `${host} ${time}`,
    more: (lines) => `${lines} more`,
    spoken: {
      heading: (choice) => `Keys of ${choice}`,
      row: (name, value) => `${name} begins with ${value}`,
      number: (name, number) => `key ${number}, ${name}`,
      made: (message) => `computed after ${message}`,
      since: (host, time) => `${host} at ${time}`,
      known: (who) => `known to ${who}`,
    },
  },
  zh: {
    update: (name, times) => `${name}，第 ${times} 次更新`,
    made: (message, end) => (end === undefined ? message : `${message}（${end}）`),
    known: (host, time) => `${host} ${time}`,
    more: (lines) => `还有 ${lines} 行`,
    spoken: {
      heading: (choice) => `${choice} 的密钥`,
      row: (name, value) => `${name}，开头是 ${value}`,
      number: (name, number) => `密钥 ${number}，${name}`,
      made: (message) => `由 ${message} 得出`,
      since: (host, time) => `${host}（${time}）`,
      known: (who) => `知道的有：${who}`,
    },
  },
};
