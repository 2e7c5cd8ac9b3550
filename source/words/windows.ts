// The words of the sequence-space bars and of a listener's queues, in both languages.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const windowTexts = {
  title: text('window', '窗口'),
  acknowledged: text('acknowledged', '已确认'),
  inFlight: text('in flight', '在途'),
  usable: text('usable', '可用'),
  read: text('read to', '读到'),
  buffered: text('in the buffer', '缓冲区'),
  hole: text('missing', '缺口'),
  nothing: text('Nothing has been sent yet.', '还没有发送。'),
} as const;

type Wording = {
  readonly sends: (host: string) => string;
  readonly receives: (host: string) => string;
  readonly zero: (host: string) => string;
};

export const windowWords: {readonly [language in Language]: Wording} = {
  en: {
    sends: (host) => `${host} sends`,
    receives: (host) => `${host} receives`,
    zero: (host) => `Window 0: ${host} may send probes only.`,
  },
  zh: {
    sends: (host) => `${host}发送`,
    receives: (host) => `${host}接收`,
    zero: (host) => `窗口为 0：${host}只能发探测。`,
  },
};

export const queueTexts = {
  title: text('queues', '队列'),
  syn: text('SYN queue', '半连接队列'),
  accept: text('accept queue', '全连接队列'),
  full: text('full', '已满'),
  none: text('No listener yet.', '还没有监听。'),
} as const;

type QueueWording = {
  readonly heading: (host: string, socket: string, backlog: number) => string;
  readonly dropped: (count: number) => string;
  readonly cookies: (count: number) => string;
  readonly more: (count: number) => string;
  readonly holds: (queue: string, held: number, limit: number) => string;
};

export const queueWords: {readonly [language in Language]: QueueWording} = {
  en: {
    heading: (host, socket, backlog) => `${host} listens at ${socket}, backlog ${backlog}`,
    dropped: (count) => `${count} dropped for want of room (ListenDrops)`,
    cookies: (count) => `${count} SYN cookie${count === 1 ? '' : 's'} sent (SyncookiesSent)`,
    more: (count) => `${count} more`,
    holds: (queue, held, limit) => `${queue}: ${held} of ${limit}`,
  },
  zh: {
    heading: (host, socket, backlog) => `${host}监听 ${socket}，backlog ${backlog}`,
    dropped: (count) => `因队列满丢弃 ${count} 个（ListenDrops）`,
    cookies: (count) => `发出 SYN Cookie ${count} 个（SyncookiesSent）`,
    more: (count) => `还有 ${count} 个`,
    holds: (queue, held, limit) => `${queue}：${held}/${limit}`,
  },
};
