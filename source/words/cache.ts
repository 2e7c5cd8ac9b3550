// The words of the cache panel and of the tree of names, in both languages.

import type {Language, Text} from '../lesson/text.ts';
import type {Trust} from '../stack/dns/note.ts';
import {spaced} from './spaced.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const cacheTexts = {
  title: text('cache', '缓存'),
  ttl: text('TTL left', '剩余 TTL'),
  learned: text('learned from', '来自'),
  none: text('Nobody has a cache yet.', '还没有缓存。'),
  hostsFile: text('hosts file', 'hosts 文件'),
} as const;

/** Where in a response it stood: sections by the names of RFC 1034 §3.7, as the lessons have them. */
export const sectionWords: {readonly [trust in Trust]: Text} = {
  additional: text('glue', '粘合记录'),
  additionalAA: text('ADDITIONAL', 'ADDITIONAL'),
  authority: text('AUTHORITY', 'AUTHORITY'),
  authorityAA: text('AUTHORITY', 'AUTHORITY'),
  answer: text('ANSWER', 'ANSWER'),
  answerAA: text('ANSWER', 'ANSWER'),
};

type Wording = {
  readonly heading: (host: string, time: string) => string;
  readonly empty: (heading: string) => string;
  readonly asked: (packet: number) => string;
  readonly more: (count: number) => string;
  /** Caches that found no room, by the names of their hosts. */
  readonly elsewhere: (hosts: string, count: number) => string;
  readonly holds: (what: string, data: string, ttl: number) => string;
  readonly waits: (what: string) => string;
};

export const cacheWords: {readonly [language in Language]: Wording} = {
  en: {
    heading: (host, time) => `cache of ${host} at ${time}`,
    empty: (heading) => `${heading}: empty`,
    asked: (packet) => `asked in ${packet}`,
    more: (count) => `${count} more`,
    elsewhere: (hosts, count) => `${hosts}: ${count} more`,
    holds: (what, data, ttl) => `${what}: ${data}, ${ttl} seconds left`,
    waits: (what) => `${what}: asked, no answer yet`,
  },
  zh: {
    heading: (host, time) => spaced(`${host}的缓存（${time}）`),
    empty: (heading) => `${heading}：空`,
    asked: (packet) => `${packet} 已问，等应答`,
    more: (count) => `还有 ${count} 条`,
    elsewhere: (hosts, count) => `${hosts}：还有 ${count} 条`,
    holds: (what, data, ttl) => `${what}：${data}，剩 ${ttl} 秒`,
    waits: (what) => `${what}：已经问了，还没有应答`,
  },
};

export const treeTexts = {
  title: text('names', '域名树'),
  root: text('root', '根'),
  none: text('No name has been asked for yet.', '还没有查询域名。'),
  packets: text('packets', '分组'),
} as const;
