// The words of the page that tells what is in a capture, in both languages.
import type {Text} from '../lesson/text.ts';
import {formatLength} from './format.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const pickerWords = {
  heading: {
    client: text('client', '客户端'),
    server: text('server', '服务器'),
    opened: text('open', '打开'),
    closed: text('close', '关闭'),
    packets: text('pkts', '分组'),
    begins: text('begins', '开始'),
    lasts: text('lasts', '历时'),
    bytes: text('bytes', '字节'),
    notable: text('notable', '看点'),
  },
  half: text('half', '半关'),
  everything: text('all packets together', '所有分组一起看'),
  conditions: (packets: number, connections: number, us: number): Text =>
    text(
      `${many(packets, 'packet')} · ${many(connections, 'connection')} · ${formatLength(us)}`,
      `${packets} 个分组 · ${connections} 个连接 · ${formatLength(us)}`,
    ),
  lookups: (count: number): Text => text(many(count, 'DNS lookup'), `DNS 查询 ${count} 次`),
  shown: (listed: number, all: number): Text => text(`${listed} of ${all}`, `${all} 个里的 ${listed} 个`),
  filter: text('filter', '筛选'),
  place: (number: number, total: number): Text =>
    text(`${number} of ${total}`, `第 ${number} 项，共 ${total} 项`),
  spokenEnds: (label: string, client: string, server: string): Text =>
    text(`${label}, ${client} to ${server}`, `${label}，${client} 到 ${server}`),
  spokenPackets: (count: number): Text => text(many(count, 'packet'), `${count} 个分组`),
  nothing: text('nothing here has that in it', '没有符合条件的'),
  more: (count: number): Text => text(`${count} more`, `还有 ${count} 个`),
  moreLines: (count: number): Text => text(`${count} more`, `还有 ${count} 行`),
  deduced: text('deduced or unknown: the capture does not show it', '推断或未知：抓包里看不到'),
  lessons: (ids: readonly string[]): Text =>
    text(
      `Explained by ${ids.length === 1 ? 'the lesson' : 'lessons'}: ${ids.join(', ')}`,
      `相关课程：${ids.join('、')}`,
    ),
  opening: text('opening it', '正在打开'),
  noLesson: text('nothing odd here: no lesson to open', '这里没有异常，也就没有要看的课程'),
} as const;

export const sortWords = {
  number: text('by number', '按编号'),
  packets: text('by packets', '按分组数'),
  interest: text('by interest', '按看点'),
  time: text('by duration', '按历时'),
} as const;
export type Sort = keyof typeof sortWords;

/** For ears: of the opening what is seen to succeed, seen to fail, or not to be known. */
export const openedWords = {
  yes: text('opened', '已打开'),
  no: text('not opened', '没有建立'),
  unknown: text('opened before the capture', '抓包之前已打开'),
} as const;
export type Opened = keyof typeof openedWords;

export const closedWords = {
  FIN: text('closed by FIN', '用 FIN 关闭'),
  RST: text('broken off by RST', '被 RST 中断'),
  half: text('half closed', '半关闭'),
  never: text('never closed', '没有关闭'),
  unknown: text('close not seen', '没看到关闭'),
} as const;
export type Closed = keyof typeof closedWords;
