// What signs, fields, units and keys are called when they are heard, in both languages.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

/** By the name before the equals sign. */
export const fieldWords: {readonly [name: string]: Text} = {
  seq: text('sequence', '序号'),
  ack: text('acknowledgement', '确认号'),
  len: text('length', '长度'),
};

/** Before the name of a field that is spoken of without a number: ACK and ack sound the same. */
export const fieldAlone = text('the field', '字段');

export const unitWords: {
  readonly [unit: string]: {readonly one: string; readonly many: string; readonly zh: string};
} = {
  µs: {one: 'microsecond', many: 'microseconds', zh: '微秒'},
  ms: {one: 'millisecond', many: 'milliseconds', zh: '毫秒'},
  s: {one: 'second', many: 'seconds', zh: '秒'},
  h: {one: 'hour', many: 'hours', zh: '小时'},
};

/** Signs within text; those of arithmetic follow below. */
export const signWords: {readonly [sign: string]: Text} = {
  '×': text(' times ', ' 倍 '),
  ' × ': text(' times ', ' 乘 '),
  '=': text(' equals ', ' 等于 '),
  ' = ': text(' equals ', ' 等于 '),
  '→': text(' to ', ' 变为 '),
  ' > ': text(' to ', ' 到 '),
  ' ▸ ': text(' to ', ' 到 '),
  '≤': text('is at most', '小于等于'),
  '≥': text('is at least', '大于等于'),
  '≠': text('is not', '不等于'),
  '≈': text('about', '约'),
  '◌': text('deduced ', '推断的 '),
  '−': text('minus', '减'),
  '“': text('"', '「'),
  '”': text('"', '」'),
  '‘': text("'", '「'),
  '’': text("'", '」'),
  '?': text('blank', '空白'),
  '…': text('...', '…'),
  '—': text('unknown', '未知'),
};

export const operatorWords: {readonly [operator: string]: Text} = {
  '<': text('is less than', '小于'),
  '=': text('equals', '等于'),
  '+': text('plus', '加'),
  '×': text('times', '乘'),
  'max(': text('the greater of', '较大者：'),
  ',': text('and', '与'),
  ')': text('', ''),
  '?': text('blank', '空白'),
};

export const spokenWords = {
  flags: text('flags', '标志位'),
  noFlags: text('no flags', '没有标志位'),
  blank: text('blank', '空白'),
  connection: (number: string): Text => text(`connection ${number}`, `连接 ${number}`),
  udp: (number: string): Text => text(`UDP conversation ${number}`, `UDP 会话 ${number}`),
  onPort: (port: number): Text => text(`on port ${port}`, `端口 ${port}`),
  toPort: (host: string, port: number): Text =>
    text(`to ${host}, port ${port}`, `目标是${host}的端口 ${port}`),
} as const;

type Keyed = (words: string) => string;

/** What is encrypted under which keys of TLS 1.3 (RFC 9846 §2). */
export const keysSpoken: {
  readonly [language in Language]: {
    readonly early: Keyed;
    readonly handshake: Keyed;
    readonly application: Keyed;
  };
} = {
  en: {
    early: (words) => `under early keys ${words}`,
    handshake: (words) => `under handshake keys ${words}`,
    application: (words) => `under application keys ${words}`,
  },
  zh: {
    early: (words) => `早期密钥加密的 ${words}`,
    handshake: (words) => `握手密钥加密的 ${words}`,
    application: (words) => `应用密钥加密的 ${words}`,
  },
};
