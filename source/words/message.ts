// The words of HTTP messages and followed streams, in both languages.
import {type Language, spaced} from '../lesson/text.ts';
import {lists} from './catalogue/punctuation.ts';

type Wording = {
  readonly nth: (number: number, count: number) => string;
  readonly packets: (packets: readonly number[]) => string;
  /** Bytes of content that are there, of all where that is known. */
  readonly content: (have: number, total: number | undefined) => string;
  readonly chunks: (count: number) => string;
  readonly toCome: (bytes: number) => string;
  readonly onTheWay: (bytes: number) => string;
  readonly missing: (bytes: number) => string;
  readonly more: (bytes: number) => string;
  readonly spans: (packets: readonly number[]) => string;
  readonly reassembled: (packets: readonly number[]) => string;
  /** Of a field that begins in an earlier packet. */
  readonly inHere: (bytes: number) => string;
  /** Heard of a segment that continues a message. */
  readonly goesOn: (words: string) => string;
};

/** Longer lists are told by their first and last. */
const listed = 3;

const listOf = (all: readonly number[], language: Language): string => {
  if (all.length > listed) return `${all[0]} … ${all.at(-1)}`;
  return all.length < 2
    ? all.join('')
    : spaced(lists.and[language]({before: all.slice(0, -1), last: all.at(-1) ?? ''}));
};

export const messageWords: {readonly [language in Language]: Wording} = {
  en: {
    nth: (number, count) => `${number} of ${count}`,
    packets: (packets) => `packet${packets.length === 1 ? '' : 's'} ${listOf(packets, 'en')}`,
    content: (have, total) =>
      `content: ${total === undefined ? `${have} bytes so far` : `${have} of ${total} bytes`}`,
    chunks: (count) => `${count} chunk${count === 1 ? '' : 's'}`,
    toCome: (bytes) => `${bytes} still to come`,
    onTheWay: (bytes) => `${bytes} on the way`,
    missing: (bytes) => `${bytes} not captured`,
    more: (bytes) => `${bytes} more bytes`,
    reassembled: (packets) => `reassembled from packets ${listOf(packets, 'en')}`,
    inHere: (bytes) => (bytes === 0 ? 'none of them in this packet' : `${bytes} of them in this packet`),
    spans: (packets) => `this line spans segments ${listOf(packets, 'en')}`,
    goesOn: (words) => `more of ${words}`,
  },
  zh: {
    nth: (number, count) => `第 ${number} 个，共 ${count} 个`,
    packets: (packets) => `分组 ${listOf(packets, 'zh')}`,
    content: (have, total) => `正文：${total === undefined ? `目前 ${have} 字节` : `${have}/${total} 字节`}`,
    chunks: (count) => `${count} 块`,
    toCome: (bytes) => `还有 ${bytes} 字节没到`,
    onTheWay: (bytes) => `${bytes} 字节在途中`,
    missing: (bytes) => `${bytes} 字节没有抓到`,
    more: (bytes) => `后面还有 ${bytes} 字节`,
    reassembled: (packets) => `由分组 ${listOf(packets, 'zh')} 重组`,
    inHere: (bytes) => (bytes === 0 ? '都不在这个分组里' : `其中 ${bytes} 字节在这个分组里`),
    spans: (packets) => `这一行跨报文段 ${listOf(packets, 'zh')}`,
    goesOn: (words) => `${words} 的后续`,
  },
};
