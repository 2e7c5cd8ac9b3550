// What applications do that packets do not show, in both languages.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const cacheVerbs = {
  hit: text('cache hit:', '缓存命中：'),
  miss: text('cache miss:', '缓存未命中：'),
  store: text('cache stores', '存入缓存：'),
  expire: text('expired in the cache:', '缓存过期：'),
} as const;

export const faultWords = {
  lame: text('it does not serve the zone', '它不负责这个区'),
  'recursion-lame': text('it only passes on what others say', '它只会转述别人的应答'),
  error: text('it answers with an error', '它应答出错'),
  empty: text('its answer is empty', '它的应答是空的'),
  silent: text('it does not answer', '它没有应答'),
  unreachable: text('it cannot be reached', '它不可达'),
} as const;

export const noteSentences = {
  en: {
    cache: (verb: string, what: string) => `${verb} ${what}`,
    negative: (verb: string, what: string, negative: string, ttl: number) =>
      `${verb} ${what}: ${negative}, ${ttl} s`,
    flush: (entries: number) => `cache emptied: ${entries} ${entries === 1 ? 'entry' : 'entries'}`,
    hosts: (records: string) => `hosts file: ${records}`,
    zone: (zone: string) => `asks the servers of ${zone}`,
    root: 'asks the servers of the root',
    alias: (name: string, target: string) => `${name} is an alias of ${target}`,
    address: (server: string) => `needs the address of ${server}`,
    server: (server: string, why: string) => `${server}: ${why}`,
    scrubbed: (records: string) => `does not trust ${records}`,
    failed: (what: string) => `finds no answer for ${what}`,
    edit: (origin: string, records: string, serial: number) =>
      `zone ${origin} now has ${records}, serial ${serial}`,
    timer: (timer: string) => `timer of ${timer} runs out`,
  },
  zh: {
    cache: (verb: string, what: string) => `${verb}${what}`,
    negative: (verb: string, what: string, negative: string, ttl: number) =>
      `${verb}${what}：${negative}，${ttl} s`,
    flush: (entries: number) => `清空缓存：${entries} 条`,
    hosts: (records: string) => `hosts 文件：${records}`,
    zone: (zone: string) => `改问 ${zone} 的服务器`,
    root: '去问根服务器',
    alias: (name: string, target: string) => `${name} 是 ${target} 的别名`,
    address: (server: string) => `需要 ${server} 的地址`,
    server: (server: string, why: string) => `${server}：${why}`,
    scrubbed: (records: string) => `不采信 ${records}`,
    failed: (what: string) => `查不到 ${what}`,
    edit: (origin: string, records: string, serial: number) =>
      `区 ${origin} 改为 ${records}，序列号 ${serial}`,
    timer: (timer: string) => `${timer} 的定时器超时`,
  },
} as const;
