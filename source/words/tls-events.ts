// What TLS does that packets do not show, in both languages.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const earlyVerbs = {
  offered: text('offers early data', '请求发送早期数据'),
  accepted: text('early data are accepted', '早期数据被接受'),
  rejected: text('early data are refused', '早期数据被拒绝'),
  skipped: text('passes over early data that it cannot read', '跳过读不了的早期数据'),
} as const;

/** Why a chain of certificates is not accepted (RFC 5280 §6.1, RFC 9525 §6). */
export const pathFaults = {
  'no-certificate': text('none came', '没有收到证书'),
  unreadable: text('it cannot be read', '无法解析'),
  'other-name': text('it is for another name', '证书上的域名对不上'),
  expired: text('it has expired', '已过期'),
  'not-yet-valid': text('it is not valid yet', '尚未生效'),
  'unknown-issuer': text('nobody whom this client trusts has signed it', '签发者不在信任的根证书之列'),
  'too-long': text('the chain is too long', '证书链太长'),
  'not-an-authority': text('who signed it may not sign certificates', '签发者无权签发证书'),
  'bad-signature': text('its signature is wrong', '签名不对'),
  'unknown-algorithm': text('its algorithm is not known here', '不认识的算法'),
  'unknown-extension': text('it has a critical extension that is not known here', '含有不认识的关键扩展'),
  'other-purpose': text('it is for another purpose', '证书不是作此用途的'),
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
    recovered: (client: number, server: number) =>
      `a recorded connection can be read: ${client} bytes of the client, ${server} bytes of the server`,
    unrecovered: 'a recorded connection stays closed: its secret never was on the wire',
    unread: 'a recorded connection stays closed',
    path: 'the certificates lead to a trusted authority',
    pathFault: (fault: string) => `does not accept the certificate: ${fault}`,
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
    recovered: (client: number, server: number) =>
      `录下的连接可以解密：客户端 ${client} 字节，服务器 ${server} 字节`,
    unrecovered: '录下的连接解不开：密钥从未在网络上传输',
    unread: '录下的连接解不开',
    path: '证书链通到受信任的根证书',
    pathFault: (fault: string) => `不接受证书：${fault}`,
  },
} as const;

/** Single steps; the host stands before them. */
export const tlsSteps = {
  en: {
    writes: (message: string) => `writes ${message}`,
    reads: (message: string) => `reads ${message}`,
    record: 'seals a record',
    keys: 'takes a key into use',
    secret: 'computes a secret',
    state: (name: string) => `TLS goes on to ${name}`,
    other: 'goes on with TLS',
  },
  zh: {
    writes: (message: string) => `写出 ${message}`,
    reads: (message: string) => `读到 ${message}`,
    record: '加密一条记录',
    keys: '启用一个密钥',
    secret: '算出一个秘密值',
    state: (name: string) => `TLS 进入 ${name}`,
    other: '继续 TLS',
  },
} as const;
