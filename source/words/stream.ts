// The words of a followed stream, in both languages.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const streamTexts = {
  title: text('stream', '数据流'),
  none: text('No data has been sent yet.', '还没有发出数据。'),
  end: text('end of the stream (FIN)', '数据流结束（FIN）'),
} as const;

type Wording = {
  readonly missing: (bytes: number) => string;
  readonly earlier: (pieces: number) => string;
  readonly later: (pieces: number) => string;
  /** Heard: who says it, and in which packet. */
  readonly said: (host: string, packet: number) => string;
  readonly onTheWay: string;
  readonly bytes: (host: string, bytes: number) => string;
};

export const streamWords: {readonly [language in Language]: Wording} = {
  en: {
    missing: (bytes) => `${bytes} bytes were not captured`,
    earlier: (pieces) => `${pieces} earlier`,
    later: (pieces) => `${pieces} more`,
    said: (host, packet) => `${host}, packet ${packet}`,
    onTheWay: 'on the way',
    bytes: (host, bytes) => `${bytes} B from ${host}`,
  },
  zh: {
    missing: (bytes) => `${bytes} 字节没有抓到`,
    earlier: (pieces) => `前面还有 ${pieces} 段`,
    later: (pieces) => `后面还有 ${pieces} 段`,
    said: (host, packet) => `${host}，第 ${packet} 个分组`,
    onTheWay: '在途中',
    bytes: (host, bytes) => `${host}发来 ${bytes} B`,
  },
};
