// Tells whether finished lessons have taught what a question asks: its kind, the words of the kind, and those in its data.
import type {Lesson} from '../lesson/lesson.ts';
import {properNamesIn} from '../lesson/named-words.ts';
import {oncePer} from '../wire/once-per.ts';
import {TcpFlag} from '../wire/tcp.ts';
import {firstKinds} from './composition.ts';
import {flagBits} from './flag-bits.ts';
import {generators} from './generators.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import {isCentral, lessonsOwn, type Placed, topicOf} from './lesson-topic.ts';
import {isPacket} from './prompt.ts';
import type {Question} from './question.ts';

/**
 * The words that a kind takes for granted in its prompt and reply: ids of glossary terms, and proper names.
 */
const wordsOfKind: {readonly [kind in QuestionKind]?: readonly string[]} = {
  'next-ack': ['rcv-nxt', 'field-ack'],
  'next-seq': ['field-seq', 'segment'],
  'which-flags': ['flag', 'snd-nxt', 'rcv-nxt', 'psh'],
  'order-packets': ['packet'],
  'if-dropped': ['rto', 'segment'],
  'if-delayed': ['duplicate-ack', 'segment'],
  'which-timer': ['timer', 'rto', 'msl', 'persist-timer'],
  'ends-in-time-wait': ['time-wait', 'msl'],
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
  'rst-taken': ['reset', 'challenge-ack', 'rcv-nxt', 'rcv-wnd'],
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

/** The words that one answer of a kind takes for granted, by the value of its evidence. */
const wordsOfAnswer: {readonly [kind in QuestionKind]?: {readonly [value: string]: readonly string[]}} = {
  'dns-says': {referral: ['referral']},
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

type FinishedLesson = Placed & Pick<Lesson, 'kinds' | 'about' | 'counters' | 'taught' | 'beats' | 'whatIfs'>;

/** The lessons that a learner has finished, as far as questions need them. */
export type Finished = {
  readonly lessons: readonly FinishedLesson[];
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

const isWholeStory = ({track}: Placed): boolean => track === 'whole-story';

/** Tells whether the lesson teaches what this kind asks: it names the kind, or it names none and this one needs only its packets. */
const asksKind = (lesson: FinishedLesson, kind: QuestionKind): boolean =>
  lesson.kinds?.includes(kind) ?? (isWholeStory(lesson) || firstKinds.includes(kind));

/** Returns the runs that the lesson tells. A what-if may never have been opened. */
const runsTold = oncePer(({beats, whatIfs}: FinishedLesson): ReadonlySet<string> => {
  const changed = new Set(whatIfs.map(({run}) => run.name));
  return new Set(beats.map(({run}) => run).filter((run) => !changed.has(run)));
});

/** Kinds that lose or alter a packet of the run themselves. */
const changing = new Set(generators.flatMap(({kind, simulates}) => (simulates ? [kind] : [])));

/** Tells whether the question is about a run as the lesson tells it. */
const isAsTold = (lesson: FinishedLesson | undefined, {kind, evidence}: Question): boolean =>
  lesson !== undefined &&
  runsTold(lesson).has(evidence.run) &&
  (evidence.faults.length === 0 || changing.has(kind));

/** Tells whether a beat corrects the belief, or a run that the lesson tells shows it to be wrong. */
const corrects = (lesson: FinishedLesson, belief: string, isHome: boolean): boolean => {
  const told = runsTold(lesson);
  return (
    lesson.beats.some((beat) => beat.kind === 'narration' && beat.myth === belief && told.has(beat.run)) ||
    (isHome &&
      (lesson.counters ?? []).some(({misconception, run}) => misconception === belief && told.has(run)))
  );
};

/**
 * Returns what may be asked after these lessons, without long numbers to be typed. A lesson's own questions are part of its story. Other
 * kinds are asked after a lesson that has them among its `kinds:`, about runs that a lesson tells, in words that lessons of this topic have
 * named: the TTL of DNS is not the one of IP. Sentences about beliefs are asked after the lessons that correct those.
 */
export const menuQuestions = ({lessons, homes}: Finished): MenuQuestions => {
  const ids = new Set(lessons.map(({id}) => id));
  const namedBy = (some: readonly FinishedLesson[]): ((word: string) => boolean) => {
    const named = new Set(some.flatMap(({taught = []}) => taught));
    return (word) => named.has(word);
  };
  const isOfTopic = (topic: Topic) => (lesson: FinishedLesson) =>
    isWholeStory(lesson) || topicOf(lesson) === topic;
  const counters = lessons.flatMap((lesson) => lesson.counters ?? []);
  const saidOf = new Map(counters.map(({misconception, words = []}) => [misconception, words]));
  const isCorrected = (belief: string, isNamed: (word: string) => boolean): boolean =>
    lessons.some((lesson) => corrects(lesson, belief, ids.has(homes.get(belief) ?? ''))) &&
    (saidOf.get(belief) ?? []).every(isNamed);
  const isTyped = ({form, answer}: Question): boolean =>
    form === 'number' && String(answer).length > mostDigits;
  const isTaught = (question: Question): boolean => {
    const {kind, topic, touches, evidence, secrets = []} = question;
    if (kind === 'prediction' || kind === 'question') return true;
    const ofTopic = lessons.filter(isOfTopic(topic));
    if (lessonsOwn.includes(kind))
      return [...touches, ...secrets].every((belief) => isCorrected(belief, namedBy(ofTopic)));
    const teaching = lessons.filter((lesson) => asksKind(lesson, kind) && isCentral(lesson, question));
    const of = lessons.find(({id}) => id === question.lesson);
    if (teaching.length === 0 || !isAsTold(of, question)) return false;
    const words = wordsInData(question);
    const isAside = setCookiesAside.includes(kind) && words.some((word) => handshaking.includes(word));
    return [
      ...[...words, ...(wordsOfKind[kind] ?? []), ...(isAside ? ['syn-cookie'] : [])],
      ...(wordsOfAnswer[kind]?.[evidence.value] ?? []),
    ].every(namedBy([...ofTopic, ...teaching]));
  };
  return {
    kinds: generators
      .map(({kind}) => kind)
      .filter((kind) => lessonsOwn.includes(kind) || lessons.some((lesson) => asksKind(lesson, kind))),
    accepts: (question) => !isTyped(question) && isTaught(question),
    each: 4,
    isSmall: true,
  };
};
