// The kinds of questions: what each is about, and its name for lists and reports.

import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';

export type Topic = 'tcp' | 'dns' | 'http' | 'cookies' | 'tls' | 'layers';

type Kind = {readonly topic: Topic; readonly name: Text};

const tcp = (en: string, zh: string): Kind => ({topic: 'tcp', name: text(en, zh)});

export const kinds = {
  'next-ack': tcp('the next ack', '下一个 ack'),
  'next-seq': tcp('the next seq', '下一个 seq'),
  'fill-in-handshake': tcp('a handshake with a blank', '补全握手'),
  'which-flags': tcp('which flags', '哪些标志位'),
  'state-after': tcp('the state after it', '之后的状态'),
  'who-sends-next': tcp('who sends next', '接下来谁发'),
  'order-packets': tcp('packets in order', '排列分组'),
  'which-packet-lost': tcp('which packet was lost', '丢了哪个分组'),
  'if-dropped': tcp('if it is lost', '假如丢失'),
  'if-delayed': tcp('if it is late', '假如迟到'),
  'which-timer': tcp('which timer, and when', '哪个定时器，何时'),
  'ends-in-time-wait': tcp('who ends in TIME-WAIT', '谁进入 TIME-WAIT'),
  'state-of-peer': tcp('the other end’s state', '另一端的状态'),
  'rfc-name': tcp('the RFC’s name of a state', '状态在 RFC 里的名称'),
  'usable-window': tcp('how much may be sent', '还能发多少'),
  'cwnd-after': tcp('cwnd after it', '之后的 cwnd'),
  'next-query-to': {topic: 'dns', name: text('whom to ask next', '接下来问谁')},
  'ttl-left': {topic: 'dns', name: text('the TTL left', '剩余 TTL')},
  'which-cache-answers': {topic: 'dns', name: text('which cache answers', '哪个缓存作答')},
  'which-status': {topic: 'http', name: text('which status code', '哪个状态码')},
  'cookie-sent': {topic: 'cookies', name: text('which cookies go along', '带上哪些 Cookie')},
  'eavesdropper-reads': {topic: 'tls', name: text('what an eavesdropper reads', '监听者能读到什么')},
  'key-of-record': {topic: 'tls', name: text('which key protects it', '用哪个密钥保护')},
  'record-type': {topic: 'tls', name: text('what a record shows', '记录显示的类型')},
  'layer-size': {topic: 'layers', name: text('sizes of layers', '各层长度')},
  'spot-faulty': {topic: 'layers', name: text('the altered packet', '被改的分组')},
  'is-it-so': {topic: 'layers', name: text('true or not', '对不对')},
  'which-is-so': {topic: 'layers', name: text('which sentence is so', '哪句话对')},
  prediction: {topic: 'layers', name: text('from the lesson', '课程里的题')},
  question: {topic: 'layers', name: text('beside the lesson', '课程附加题')},
} as const satisfies {readonly [kind: string]: Kind};

export type QuestionKind = keyof typeof kinds;
