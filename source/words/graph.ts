// The words of the graphs, in both languages.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const graphTexts = {
  title: text('graph', '曲线图'),
  seconds: text('s', 's'),
  inFlight: text('in flight', '在途'),
  data: text('data', '数据'),
  what: text('what', '事件'),
  nothing: text('No data has left yet.', '还没有发出数据。'),
  other: text('other graph', '换一幅'),
  marks: text('marks', '标记'),
} as const;

/** Numbers are segments of the MSS, as text. */
type Wording = {
  readonly bytesSent: (host: string) => string;
  readonly windows: (mss: number) => string;
  /** Of a capture. */
  readonly told: (mss: number) => string;
  readonly zeroWindow: string;
  readonly unit: (mss: number) => string;
  readonly lost: (seq: string) => string;
  readonly again: (time: string) => string;
  readonly slowStart: (from: string) => string;
  readonly fast: (duplicates: number) => string;
  readonly timeout: string;
  readonly peak: (cwnd: string) => string;
  readonly avoidance: (cwnd: string) => string;
  /** Rows of the table. */
  readonly segments: (count: number) => string;
  readonly rowLost: (count: number, seq: string) => string;
  readonly rowAgain: (count: number, seq: string) => string;
  readonly rowFast: (duplicates: number) => string;
  readonly rowTimeout: (seq: string) => string;
  readonly rowOver: (cwnd: string) => string;
};

const en: Wording = {
  bytesSent: (host) => `bytes sent by ${host}`,
  windows: (mss) => `cwnd, segments of ${mss}`,
  told: (mss) => `in flight, segments of ${mss}`,
  zeroWindow: 'window closed',
  unit: (mss) => `in segments of ${mss} bytes`,
  lost: (seq) => `seq ${seq} lost`,
  again: (time) => `sent again at ${time}`,
  slowStart: (from) => `slow start from ${from}`,
  fast: (duplicates) => `${duplicates} duplicate ACKs`,
  timeout: 'RTO has run out',
  peak: (cwnd) => `${cwnd}: + 1 per duplicate`,
  avoidance: (cwnd) => `${cwnd}: + 1 a round trip`,
  segments: (count) => (count === 1 ? '1 segment' : `${count} segments`),
  rowLost: (count, seq) => `${count} lost, from seq ${seq} on`,
  rowAgain: (count, seq) =>
    count === 1 ? `seq ${seq} sent again` : `${count} sent again, from seq ${seq} on`,
  rowFast: (duplicates) => `${duplicates} duplicate ACKs: recovery begins`,
  rowTimeout: (seq) => `RTO has run out for seq ${seq}`,
  rowOver: (cwnd) => `recovery ends, cwnd is ${cwnd}`,
};

const zh: Wording = {
  bytesSent: (host) => `${host}发出的字节`,
  windows: (mss) => `cwnd，以 ${mss} 字节的报文段计`,
  told: (mss) => `在途，以 ${mss} 字节的报文段计`,
  zeroWindow: '窗口关闭',
  unit: (mss) => `以 ${mss} 字节的报文段计`,
  lost: (seq) => `seq ${seq} 丢失`,
  again: (time) => `${time} 重传`,
  slowStart: (from) => `慢启动，从 ${from} 开始`,
  fast: (duplicates) => `${duplicates} 个重复确认`,
  timeout: 'RTO 超时',
  peak: (cwnd) => `${cwnd}：每个重复确认加 1`,
  avoidance: (cwnd) => `${cwnd}：每个往返加 1`,
  segments: (count) => `${count} 个报文段`,
  rowLost: (count, seq) => `从 seq ${seq} 起丢失 ${count} 个`,
  rowAgain: (count, seq) => (count === 1 ? `重传 seq ${seq}` : `从 seq ${seq} 起重传 ${count} 个`),
  rowFast: (duplicates) => `${duplicates} 个重复确认：恢复开始`,
  rowTimeout: (seq) => `seq ${seq} 的 RTO 超时`,
  rowOver: (cwnd) => `恢复结束，cwnd 是 ${cwnd}`,
};

export const graphWords: {readonly [language in Language]: Wording} = {en, zh};
