// The kinds of questions: what each is about, and its name for lists and reports.

import type {Text} from '../lesson/text.ts';
import {
  cookieKinds,
  dnsKinds,
  httpKinds,
  kindsSentences,
  layerKinds,
  moreTcpKinds,
  tcpKinds,
  tlsKinds,
} from '../words/catalogue/question-kinds.ts';

export type Topic = 'tcp' | 'dns' | 'http' | 'cookies' | 'tls' | 'layers';

type Kind = {readonly topic: Topic; readonly name: Text};

const tcp = (name: Text): Kind => ({topic: 'tcp', name});
const cookies = (name: Text): Kind => ({topic: 'cookies', name});
const dns = (name: Text): Kind => ({topic: 'dns', name});
const layers = (name: Text): Kind => ({topic: 'layers', name});
const tls = (name: Text): Kind => ({topic: 'tls', name});
const http = (name: Text): Kind => ({topic: 'http', name});

export const kinds = {
  'next-ack': tcp(tcpKinds['next-ack']),
  'next-seq': tcp(tcpKinds['next-seq']),
  'fill-in-handshake': tcp(tcpKinds['fill-in-handshake']),
  'which-flags': tcp(tcpKinds['which-flags']),
  'state-after': tcp(tcpKinds['state-after']),
  'who-sends-next': tcp(tcpKinds['who-sends-next']),
  'order-packets': tcp(tcpKinds['order-packets']),
  'which-packet-lost': tcp(tcpKinds['which-packet-lost']),
  'if-dropped': tcp(tcpKinds['if-dropped']),
  'if-delayed': tcp(tcpKinds['if-delayed']),
  'which-timer': tcp(tcpKinds['which-timer']),
  'ends-in-time-wait': tcp(tcpKinds['ends-in-time-wait']),
  'state-of-peer': tcp(tcpKinds['state-of-peer']),
  'rfc-name': tcp(tcpKinds['rfc-name']),
  'usable-window': tcp(tcpKinds['usable-window']),
  'cwnd-after': tcp(tcpKinds['cwnd-after']),
  'next-query-to': {topic: 'dns', name: kindsSentences['next-query-to'].name},
  'ttl-left': {topic: 'dns', name: kindsSentences['ttl-left'].name},
  'which-cache-answers': {topic: 'dns', name: kindsSentences['which-cache-answers'].name},
  'which-status': {topic: 'http', name: kindsSentences['which-status'].name},
  'body-ends': http(httpKinds['body-ends']),
  'response-bytes': http(httpKinds['response-bytes']),
  'connection-after': http(httpKinds['connection-after']),
  'pipelined-order': http(httpKinds['pipelined-order']),
  'unanswered-request': http(httpKinds['unanswered-request']),
  'first-byte': http(httpKinds['first-byte']),
  'redirect-method': http(httpKinds['redirect-method']),
  'redirect-url': http(httpKinds['redirect-url']),
  'fresh-or-stale': http(httpKinds['fresh-or-stale']),
  'cookie-sent': {topic: 'cookies', name: kindsSentences['cookie-sent'].name},
  'cookie-ends': cookies(cookieKinds['cookie-ends']),
  'cookies-kept': cookies(cookieKinds['cookies-kept']),
  'cookie-goes-to': cookies(cookieKinds['cookie-goes-to']),
  'cookie-readers': cookies(cookieKinds['cookie-readers']),
  'session-for': cookies(cookieKinds['session-for']),
  'eavesdropper-reads': {topic: 'tls', name: kindsSentences['eavesdropper-reads'].name},
  'key-of-record': {topic: 'tls', name: kindsSentences['key-of-record'].name},
  'record-type': {topic: 'tls', name: kindsSentences['record-type'].name},
  'layer-size': {topic: 'layers', name: kindsSentences['layer-size'].name},
  'dns-says': dns(dnsKinds['dns-says']),
  'dns-section': dns(dnsKinds['dns-section']),
  'dns-flags': dns(dnsKinds['dns-flags']),
  'name-octets': dns(dnsKinds['name-octets']),
  'answer-fits': dns(dnsKinds['answer-fits']),
  'negative-ttl': dns(dnsKinds['negative-ttl']),
  'cache-holds': dns(dnsKinds['cache-holds']),
  'reply-taken': dns(dnsKinds['reply-taken']),
  'hop-address': layers(layerKinds['hop-address']),
  'hop-ttl': layers(layerKinds['hop-ttl']),
  'router-changes': layers(layerKinds['router-changes']),
  'which-layer': layers(layerKinds['which-layer']),
  'frame-bytes': layers(layerKinds['frame-bytes']),
  'reply-addresses': layers(layerKinds['reply-addresses']),
  'window-bytes': tcp(moreTcpKinds['window-bytes']),
  'right-edge': tcp(moreTcpKinds['right-edge']),
  'flight-size': tcp(moreTcpKinds['flight-size']),
  'options-agreed': tcp(moreTcpKinds['options-agreed']),
  'timestamp-echo': tcp(moreTcpKinds['timestamp-echo']),
  'sack-first': tcp(moreTcpKinds['sack-first']),
  'bytes-read': tcp(moreTcpKinds['bytes-read']),
  'rst-taken': tcp(moreTcpKinds['rst-taken']),
  'resent-seq': tcp(moreTcpKinds['resent-seq']),
  'srtt-after': tcp(moreTcpKinds['srtt-after']),
  'ssthresh-after': tcp(moreTcpKinds['ssthresh-after']),
  'raw-number': tcp(moreTcpKinds['raw-number']),
  'recv-q': tcp(moreTcpKinds['recv-q']),
  'clear-messages': tls(tlsKinds['clear-messages']),
  'missing-message': tls(tlsKinds['missing-message']),
  'tls-resumed': tls(tlsKinds['tls-resumed']),
  'record-bytes': tls(tlsKinds['record-bytes']),
  'leaked-key': tls(tlsKinds['leaked-key']),
  'tls-alert': tls(tlsKinds['tls-alert']),
  'spot-faulty': {topic: 'layers', name: kindsSentences['spot-faulty'].name},
  'is-it-so': {topic: 'layers', name: kindsSentences['is-it-so'].name},
  'which-is-so': {topic: 'layers', name: kindsSentences['which-is-so'].name},
  'which-are-so': {topic: 'layers', name: kindsSentences['which-are-so'].name},
  prediction: {topic: 'layers', name: kindsSentences.prediction.name},
  question: {topic: 'layers', name: kindsSentences.question.name},
} as const satisfies {readonly [kind: string]: Kind};

export type QuestionKind = keyof typeof kinds;
