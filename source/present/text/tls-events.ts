// What TLS does that packets do not show, in both languages.
import type {Text} from '../../lesson/lesson.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const earlyVerbs = {
  offered: text('offers early data', '请求发送早期数据'),
  accepted: text('early data are accepted', '早期数据被接受'),
  rejected: text('early data are refused', '早期数据被拒绝'),
  skipped: text('passes over early data that it cannot read', '跳过读不了的早期数据'),
} as const;

export const tlsSentences = {
  en: {
    established: (what: string) => `TLS established: ${what}`,
    resumed: 'resumed',
    sent: (alert: string) => `sends the alert ${alert}`,
    received: (alert: string) => `gets the alert ${alert}`,
    closed: 'the other end says that it sends no more',
    truncated: 'the connection ends without close_notify',
    ticket: (seconds: number) => `keeps a ticket for ${seconds} s`,
    refused: (bytes: number) => `early data were not heard: ${bytes} bytes`,
  },
  zh: {
    established: (what: string) => `TLS 已建立：${what}`,
    resumed: '会话恢复',
    sent: (alert: string) => `发出警报 ${alert}`,
    received: (alert: string) => `收到警报 ${alert}`,
    closed: '对方声明不再发送数据',
    truncated: '连接结束，但没有收到 close_notify',
    ticket: (seconds: number) => `保存会话票据，有效期 ${seconds} s`,
    refused: (bytes: number) => `早期数据没有被接收：${bytes} 字节`,
  },
} as const;
