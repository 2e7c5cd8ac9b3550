// Tells whether finished lessons have named what a question is about: the words of its kind, and those in its data.
import type {Lesson} from '../lesson/lesson.ts';
import {properNamesIn} from '../lesson/named-words.ts';
import {TcpFlag} from '../wire/tcp.ts';
import {flagBits} from './flag-bits.ts';
import {generators} from './generators.ts';
import type {QuestionKind} from './kinds.ts';
import {lessonsOwn} from './lesson-topic.ts';
import {isPacket} from './prompt.ts';
import type {Question} from './question.ts';

/**
 * The words that a kind takes for granted in its prompt and reply: ids of glossary terms, and proper names. A kind that is not here is asked
 * after lessons that have it among their `kinds:`.
 */
const wordsOfKind: {readonly [kind in QuestionKind]?: readonly string[]} = {
  'next-ack': ['rcv-nxt', 'field-ack'],
  'next-seq': ['field-seq', 'segment'],
  'fill-in-handshake': [],
  'which-flags': ['flag', 'snd-nxt', 'rcv-nxt', 'psh'],
  'state-after': [],
  'who-sends-next': [],
  'order-packets': ['packet'],
  'which-packet-lost': [],
  'if-dropped': ['rto', 'segment'],
  'if-delayed': ['duplicate-ack', 'segment'],
  'which-timer': ['timer', 'rto', 'msl', 'persist-timer'],
  'ends-in-time-wait': ['time-wait', 'msl'],
  'state-of-peer': [],
  'rfc-name': ['SYN_RECV'],
  'usable-window': ['snd-una', 'snd-nxt', 'snd-wnd', 'congestion-window'],
  'cwnd-after': ['congestion-window', 'ssthresh', 'selective-ack', 'mss'],
  'window-bytes': ['window-scale'],
  'right-edge': ['snd-nxt', 'snd-wnd', 'sequence-number'],
  'flight-size': ['flight-size'],
  'options-agreed': ['window-scale', 'selective-ack', 'timestamps'],
  'timestamp-echo': ['timestamps'],
  'sack-first': ['selective-ack', 'rcv-nxt'],
  'bytes-read': ['rcv-nxt', 'duplicate-ack'],
  'rst-taken': ['reset', 'challenge-ack', 'rcv-nxt'],
  'resent-seq': ['rto', 'snd-una'],
  'srtt-after': ['srtt'],
  'ssthresh-after': ['ssthresh', 'congestion-window', 'mss'],
  'recv-q': ['Recv-Q', 'backlog'],
  'loss-probe': ['TLP', 'srtt', 'rto', 'selective-ack'],
  'rack-window': ['RACK', 'selective-ack'],
  'cubic-ssthresh': ['CUBIC', 'ssthresh', 'mss'],
  'cubic-k': ['CUBIC', 'congestion-window'],
  'next-query-to': ['RD', 'referral', 'root-server'],
  'ttl-left': ['ttl', 'DNS'],
  'which-cache-answers': ['ttl', 'referral'],
  'dns-says': ['AA', 'RCODE', 'AUTHORITY'],
  'dns-section': ['ANSWER', 'AUTHORITY', 'ADDITIONAL'],
  'dns-flags': ['RD', 'RA', 'QR', 'AA'],
  'name-octets': ['EDNS', 'domain-name'],
  'answer-fits': ['EDNS', 'TC'],
  'negative-ttl': ['SOA', 'MINIMUM', 'ttl'],
  'cache-holds': ['ttl', 'NS'],
  'reply-taken': ['DNSSEC', 'port'],
  'which-status': ['status-code'],
  'body-ends': ['Content-Length'],
  'response-bytes': ['Content-Length', 'request-line'],
  'connection-after': ['Content-Length', 'keepalive'],
  'pipelined-order': ['pipelining'],
  'unanswered-request': ['idempotent'],
  'first-byte': ['TLS', 'address'],
  'redirect-method': ['status-code', 'method'],
  'redirect-url': ['status-code', 'url'],
  'fresh-or-stale': ['status-code', 'ETag'],
  'cookie-sent': ['cookie', 'Set-Cookie'],
  'cookie-ends': ['cookie', 'Set-Cookie'],
  'cookies-kept': ['cookie', 'Set-Cookie'],
  'cookie-goes-to': ['cookie', 'Set-Cookie'],
  'cookie-readers': ['cookie', 'Set-Cookie', 'HttpOnly'],
  'session-for': ['cookie', 'stateless'],
  'eavesdropper-reads': ['sni', 'certificate'],
  'key-of-record': ['certificate', 'EncryptedExtensions'],
  'record-type': ['ClientHello', 'header'],
  'clear-messages': ['ClientHello', 'ServerHello'],
  'missing-message': ['ClientHello', 'ServerHello'],
  'tls-resumed': ['ServerHello', 'session-ticket'],
  'record-bytes': ['aead', 'header'],
  'leaked-key': ['key-pair', 'ServerKeyExchange'],
  'tls-alert': ['cipher-suite'],
  'layer-size': ['frame', 'header', 'FCS'],
  'hop-address': ['MAC', 'frame'],
  'hop-ttl': ['ttl', 'MAC'],
  'router-changes': ['ttl', 'MAC', 'header'],
  'which-layer': ['header', 'frame'],
  'frame-bytes': ['FCS', 'frame'],
  'reply-addresses': ['port', 'address', 'segment'],
  'spot-faulty': ['packet'],
};

/** Kinds that set the case of SYN cookies aside, which has to be known, where a handshake is still going on. */
const setCookiesAside: readonly QuestionKind[] = ['state-of-peer', 'state-after', 'which-flags'];
const handshaking: readonly string[] = ['LISTEN', 'SYN-RECEIVED'];

/** The labels of a line's parts that have an entry in the glossary. */
const labelsOfParts: {readonly [part: string]: string} = {
  seq: 'field-seq',
  ack: 'field-ack',
  length: 'field-len',
  // The next segment of `next-seq` is one that a timer repeats.
  again: 'timer',
};

/** Returns the strings in a value, and the flags that it has as `fin: true`. */
const leavesOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (!(value instanceof Object)) return [];
  const flags = Object.entries(value).flatMap(([name, each]) => (each === true ? [name.toUpperCase()] : []));
  return [...flags.filter((name) => Object.hasOwn(TcpFlag, name)), ...Object.values(value).flatMap(leavesOf)];
};

/** Returns the flags of a value of `tcp.flags`, such as `0x0012`. */
const flagsIn = (bits: string): readonly string[] =>
  Object.keys(TcpFlag).filter((flag) => (Number(bits) & Number(flagBits(flag))) !== 0);

/** Returns the words in the data of a question: states, flags, names of messages and fields, labels of its lines. */
const wordsInData = ({givens, prompt, choices, evidence}: Question): readonly string[] => {
  const rows = prompt.filter(isPacket);
  const values = choices.map(({value}) => value);
  const words = leavesOf([givens, rows.map(({parts}) => parts)]);
  const labels = words.flatMap((word) => labelsOfParts[word] ?? []);
  const flags = evidence.field === 'tcp.flags' ? values.flatMap(flagsIn) : [];
  return [...labels, ...flags, ...[...words, ...values].flatMap(properNamesIn)];
};

/** The lessons that a learner has finished, as far as questions need them. */
export type Finished = {
  readonly lessons: readonly Pick<Lesson, 'id' | 'kinds' | 'counters' | 'taught'>[];
  /** The lesson that corrects each belief, by the belief's id. */
  readonly homes: ReadonlyMap<string, string>;
};

/** The questions that the quiz of the menu may ask. */
export type MenuQuestions = {
  readonly kinds: readonly QuestionKind[];
  readonly accepts: (question: Question) => boolean;
  /** How many questions about each belief are enough. */
  readonly each: number;
  readonly isSmall: true;
};

/** Numbers with more digits than this are tedious to type. */
const mostDigits = 6;

/**
 * Returns what may be asked after these lessons: what they have named, without long numbers to be typed. A lesson's own questions are part
 * of its story; sentences about beliefs are asked after the lessons that correct those.
 */
export const menuQuestions = ({lessons, homes}: Finished): MenuQuestions => {
  const named = new Set(lessons.flatMap(({taught = []}) => taught));
  const ids = new Set(lessons.map(({id}) => id));
  const wanted = new Set(lessons.flatMap(({kinds = []}) => kinds));
  const isNamed = (word: string): boolean => named.has(word);
  const counters = lessons.flatMap((lesson) => lesson.counters ?? []);
  const saidOf = new Map(counters.map(({misconception, words = []}) => [misconception, words]));
  const isCorrected = (belief: string): boolean =>
    ids.has(homes.get(belief) ?? '') && (saidOf.get(belief) ?? []).every(isNamed);
  const isTyped = ({form, answer}: Question): boolean =>
    form === 'number' && String(answer).length > mostDigits;
  const isTaught = (question: Question): boolean => {
    const {kind, touches, secrets = []} = question;
    if (kind === 'prediction' || kind === 'question') return true;
    if (lessonsOwn.includes(kind)) return [...touches, ...secrets].every(isCorrected);
    const words = wordsInData(question);
    const isAside = setCookiesAside.includes(kind) && words.some((word) => handshaking.includes(word));
    return [...words, ...(isAside ? ['syn-cookie'] : [])].every(isNamed);
  };
  return {
    kinds: generators
      .map(({kind}) => kind)
      .filter((kind) => lessonsOwn.includes(kind) || (wordsOfKind[kind]?.every(isNamed) ?? wanted.has(kind))),
    accepts: (question) => !isTyped(question) && isTaught(question),
    each: 4,
    isSmall: true,
  };
};
