// The words of the cache panel and of the tree of names, in both languages.

import {type Language, spaced} from '../lesson/text.ts';

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
