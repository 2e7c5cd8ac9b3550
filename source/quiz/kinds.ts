// The kinds of questions: what each is about, and its name for lists and reports.

import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import {kindsSentences} from '../words/catalogue/questions.ts';

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
  'next-query-to': {topic: 'dns', name: kindsSentences['next-query-to'].name},
  'ttl-left': {topic: 'dns', name: kindsSentences['ttl-left'].name},
  'which-cache-answers': {topic: 'dns', name: kindsSentences['which-cache-answers'].name},
  'which-status': {topic: 'http', name: kindsSentences['which-status'].name},
  'cookie-sent': {topic: 'cookies', name: kindsSentences['cookie-sent'].name},
  'eavesdropper-reads': {topic: 'tls', name: kindsSentences['eavesdropper-reads'].name},
  'key-of-record': {topic: 'tls', name: kindsSentences['key-of-record'].name},
  'record-type': {topic: 'tls', name: kindsSentences['record-type'].name},
  'layer-size': {topic: 'layers', name: kindsSentences['layer-size'].name},
  'spot-faulty': {topic: 'layers', name: kindsSentences['spot-faulty'].name},
  'is-it-so': {topic: 'layers', name: kindsSentences['is-it-so'].name},
  'which-is-so': {topic: 'layers', name: kindsSentences['which-is-so'].name},
  prediction: {topic: 'layers', name: kindsSentences.prediction.name},
  question: {topic: 'layers', name: kindsSentences.question.name},
} as const satisfies {readonly [kind: string]: Kind};

export type QuestionKind = keyof typeof kinds;
