// The words of the waterfall, in both languages.
import type {Language} from '../lesson/text.ts';

/** Counts come as text: an open question may hide one. */
type Wording = {
  readonly fresh: (connection: number) => string;
  readonly earlier: (count: number) => string;
  readonly totals: (
    requests: string,
    connections: string,
    segments: string,
    time: string,
  ) => readonly string[];
  readonly spoken: {
    readonly row: (name: string, where: string) => string;
    readonly opened: (connection: number, segments: string) => string;
    readonly reused: (connection: number) => string;
    readonly cached: string;
    readonly waits: (phase: string) => string;
    readonly done: (status: string, time: string) => string;
    readonly failed: string;
  };
};

const plural = (count: string, one: string): string => `${count} ${one}${count === '1' ? '' : 's'}`;

export const waterfallWords: {readonly [language in Language]: Wording} = {
  en: {
    fresh: (connection) => `${connection} new`,
    earlier: (count) => `${count} earlier`,
    totals: (requests, connections, segments, time) => [
      plural(requests, 'request'),
      plural(connections, 'connection'),
      plural(segments, 'segment'),
      time,
    ],
    spoken: {
      row: (name, where) => `${name} ${where}`,
      opened: (connection, segments) =>
        `on connection ${connection}, opened for it, ${plural(segments, 'segment')} so far`,
      reused: (connection) => `on connection ${connection}, open already`,
      cached: 'from the cache, without a packet',
      waits: (phase) => `now in the phase ${phase}`,
      done: (status, time) => `answered ${status} after ${time}`,
      failed: 'the connection is gone, no whole response came',
    },
  },
  zh: {
    fresh: (connection) => `${connection} 新`,
    earlier: (count) => `前面还有 ${count} 个`,
    totals: (requests, connections, segments, time) => [
      `${requests} 个请求`,
      `${connections} 条连接`,
      `${segments} 个报文段`,
      time,
    ],
    spoken: {
      row: (name, where) => `${name}，${where}`,
      opened: (connection, segments) => `走新建的连接 ${connection}，至今 ${segments} 个报文段`,
      reused: (connection) => `复用连接 ${connection}`,
      cached: '缓存直接给出，没有发分组',
      waits: (phase) => `当前阶段：${phase}`,
      done: (status, time) => `用时 ${time}，状态码 ${status}`,
      failed: '连接没了，响应没有收全',
    },
  },
};
