// The words of the records panel, in both languages.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const recordsTexts = {
  title: text('records', '记录'),
  none: text('Nobody has spoken TLS yet.', '还没有 TLS。'),
  from: text('from', '发送方'),
  bytes: text('bytes', '字节'),
  type: text('record', '记录类型'),
  key: text('sealed by', '由谁加密'),
  content: text('what is in it', '内容'),
  clear: text('clear', '明文'),
  sealed: text('cannot be read', '读不出'),
  piece: text('part of a message', '一条消息的一部分'),
  keysChange: text('sealed from here on', '此后加密'),
  nothingChanges: text('without effect, for middleboxes', '没有作用，给中间设备看的'),
} as const;

type Wording = {
  readonly sizes: (name: string, bytes: number) => string;
  readonly data: (bytes: number) => string;
  readonly alert: (name: string) => string;
  readonly earlier: (rows: number) => string;
  readonly more: (rows: number) => string;
  readonly sealedCount: (sealed: number, all: number) => string;
  readonly spoken: {
    readonly row: (packet: number, host: string, type: string, bytes: number) => string;
    readonly clear: string;
    readonly by: (number: number, name: string) => string;
    readonly sealed: string;
  };
};

export const recordsWords: {readonly [language in Language]: Wording} = {
  en: {
    sizes: (name, bytes) => `${name} ${bytes} B`,
    data: (bytes) => `data ${bytes} B`,
    alert: (name) => `Alert ${name}`,
    earlier: (rows) => `${rows} earlier`,
    more: (rows) => `${rows} more`,
    sealedCount: (sealed, all) => `${sealed} of ${all} records sealed`,
    spoken: {
      row: (packet, host, type, bytes) => `Packet ${packet}, ${host}, record ${type}, ${bytes} bytes`,
      clear: 'in clear',
      by: (number, name) => `sealed by key ${number}, ${name}`,
      sealed: 'sealed',
    },
  },
  zh: {
    sizes: (name, bytes) => `${name} ${bytes} B`,
    data: (bytes) => `数据 ${bytes} B`,
    alert: (name) => `警报 ${name}`,
    earlier: (rows) => `前面还有 ${rows} 行`,
    more: (rows) => `后面还有 ${rows} 行`,
    sealedCount: (sealed, all) => `${all} 条记录中 ${sealed} 条加密`,
    spoken: {
      row: (packet, host, type, bytes) => `第 ${packet} 个分组，${host}，记录 ${type}，${bytes} 字节`,
      clear: '明文',
      by: (number, name) => `由密钥 ${number}（${name}）加密`,
      sealed: '已加密',
    },
  },
};
