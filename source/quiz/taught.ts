// Tells whether the lessons that a learner has finished teach what a quiz question asks: its kind, the words of the kind, and those in its
// data.
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

/** The words that each kind of question takes for granted in its prompt and reply: ids of glossary terms, and proper names. */
const wordsOfKind: {readonly [kind in QuestionKind]?: readonly string[]} = {
  'next-ack': ['rcv-nxt', 'field-ack', 'segment'],
  'next-seq': ['field-seq', 'segment'],
  'which-flags': ['flag', 'segment'],
  'order-packets': ['packet'],
  'if-dropped': ['rto', 'segment'],
  'if-delayed': ['duplicate-ack', 'segment'],
  'which-timer': ['timer', 'rto', 'msl', 'persist-timer', 'segment'],
  'ends-in-time-wait': ['time-wait', 'msl'],
  'rfc-name': ['SYN_RECV'],
  'usable-window': ['snd-una', 'snd-nxt', 'snd-wnd', 'congestion-window'],
  'cwnd-after': ['congestion-window', 'ssthresh', 'selective-ack', 'mss'],
  'window-bytes': ['window-scale', 'segment', 'syn'],
  'right-edge': ['snd-nxt', 'snd-wnd', 'sequence-number', 'field-ack', 'field-win'],
  'flight-size': ['flight-size', 'segment', 'field-seq', 'field-ack'],
  'options-agreed': ['window-scale', 'selective-ack', 'timestamps', 'syn'],
  'timestamp-echo': ['timestamps', 'segment'],
  'sack-first': ['selective-ack', 'rcv-nxt', 'field-seq'],
  'bytes-read': ['rcv-nxt', 'duplicate-ack', 'field-seq'],
  'rst-taken': ['reset', 'challenge-ack', 'rcv-nxt', 'rcv-wnd', 'field-seq'],
  'resent-seq': ['rto', 'snd-una', 'segment', 'field-ack', 'field-seq'],
  'srtt-after': ['srtt'],
  'ssthresh-after': ['ssthresh', 'congestion-window', 'mss', 'timer', 'snd-nxt', 'snd-una'],
  'recv-q': ['Recv-Q', 'backlog'],
  'loss-probe': ['TLP', 'srtt', 'rto', 'selective-ack', 'segment'],
  'rack-window': ['RACK', 'selective-ack', 'rto', 'segment', 'field-seq'],
  'cubic-ssthresh': ['CUBIC', 'ssthresh', 'mss', 'segment', 'congestion-window'],
  'cubic-k': ['CUBIC', 'congestion-window', 'segment', 'srtt'],
  'next-query-to': ['RD', 'referral', 'root-server'],
  'ttl-left': ['ttl', 'DNS'],
  'which-cache-answers': ['ttl', 'referral'],
  'dns-says': ['AA', 'RCODE', 'AUTHORITY', 'ANSWER'],
  'dns-section': ['ANSWER', 'AUTHORITY', 'ADDITIONAL'],
  'dns-flags': ['RD', 'RA', 'QR', 'AA'],
  'name-octets': ['EDNS', 'domain-name'],
  'answer-fits': ['EDNS', 'TC', 'UDP'],
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
  'eavesdropper-reads': ['sni', 'certificate', 'port', 'cookie'],
  'key-of-record': ['certificate', 'EncryptedExtensions'],
  'record-type': ['ClientHello'],
  'clear-messages': ['ClientHello', 'ServerHello', 'certificate'],
  'missing-message': ['ClientHello', 'ServerHello', 'certificate'],
  'tls-resumed': ['ServerHello', 'session-ticket'],
  'record-bytes': ['aead', 'header'],
  'leaked-key': ['key-pair', 'ServerKeyExchange', 'certificate'],
  'tls-alert': ['cipher-suite', 'certificate'],
  'layer-size': ['frame', 'header', 'FCS'],
  'hop-address': ['MAC', 'frame'],
  'hop-ttl': ['ttl', 'MAC'],
  'router-changes': ['ttl', 'MAC', 'header', 'frame', 'port'],
  'which-layer': ['header', 'frame'],
  'frame-bytes': ['FCS', 'frame', 'header'],
  'reply-addresses': ['port', 'address', 'segment'],
  'spot-faulty': ['packet'],
  'ack-reason': ['segment', 'timer', 'delayed-ack'],
  'nagle-leaves': ['segment'],
  'sack-says': ['field-ack', 'selective-ack'],
  'why-again': ['segment', 'field-seq', 'timer', 'srtt', 'rto', 'duplicate-ack', 'selective-ack', 'RACK'],
  'wire-segments': ['segment', 'syn', 'mss', 'TSO'],
  'capture-copies': ['segment'],
  'cubic-max': ['segment', 'CUBIC'],
  'cubic-region': ['segment', 'slow-start', 'CUBIC'],
  'raw-number': ['syn', 'field-seq', 'segment'],
  'rack-lost': ['selective-ack', 'segment', 'field-seq', 'RACK'],
};

/** The words that a single answer of a kind of question takes for granted, by the value of the question's evidence. */
const wordsOfAnswer: {readonly [kind in QuestionKind]?: {readonly [value: string]: readonly string[]}} = {
  'dns-says': {referral: ['referral']},
};

/** The states in whose case a kind sets SYN cookies aside, which have to be known then. */
const setCookiesAside: {readonly [kind in QuestionKind]?: readonly string[]} = {
  'state-of-peer': ['LISTEN', 'SYN-RECEIVED'],
  'state-after': ['LISTEN'],
  'which-flags': ['LISTEN'],
};

/** Maps the names of parts of a printed packet line, such as `seq`, to the glossary term of their label. */
const labelsOfParts: {readonly [part: string]: string} = {
  seq: 'field-seq',
  ack: 'field-ack',
  length: 'field-len',
  // This part says, in questions of the kind `next-seq`, that the next segment is one that a timer retransmits.
  again: 'timer',
  'keep-alive': 'keepalive',
};

/** The variables in the data of a question that its prompt prints by name. */
const namesOfVariables: {readonly [variable: string]: string} = {sndNxt: 'snd-nxt', rcvNxt: 'rcv-nxt'};
/** A timer expires where nothing is given. */
const ofNothing: {readonly [variable: string]: string} = {given: 'timer'};

const variableNames: ReadonlySet<string> = new Set(Object.values({...namesOfVariables, ...ofNothing}));

/** States behind whose name stands that this end has sent its FIN. */
const finished: readonly string[] = ['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSING', 'LAST-ACK'];

/** Returns the strings in a value, the flags that it has as `fin: true`, and its variables. */
const leavesOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (!(value instanceof Object)) return [];
  const own = Object.entries(value).flatMap(([name, each]) => {
    const flag = name.toUpperCase();
    if (each === true && Object.hasOwn(TcpFlag, flag)) return [flag];
    return (each === undefined ? ofNothing : namesOfVariables)[name] ?? [];
  });
  return [...own, ...Object.values(value).flatMap(leavesOf)];
};

/** Returns the names of the TCP flags in a value of `tcp.flags`, such as `0x0012`. */
const flagsIn = (bits: string): readonly string[] =>
  Object.keys(TcpFlag).filter((flag) => (Number(bits) & Number(flagBits(flag))) !== 0);

/** Tells whether somebody made the word up, such as the id of a session, or the data have it as a key, such as `movedForGood`. */
const isValue = (word: string): boolean => /^[a-z]/.test(word) || /^(?=.*\d)[\dA-Z]{16,}$/.test(word);

/** Every line of the ladder with data has this flag, and nothing turns on it unless the question is about flags. */
const ofEveryLine = 'PSH';

/** Returns the words in the data of a question: states, flags, names of messages and fields, labels of its lines. */
const wordsInData = ({givens, prompt, choices, evidence}: Question): readonly string[] => {
  const rows = prompt.filter(isPacket);
  const values = choices.map(({value}) => value);
  const words = leavesOf([givens, rows.map(({parts}) => parts)]);
  const labels = words.flatMap((word) => labelsOfParts[word] ?? []);
  const variables = words.filter((word) => variableNames.has(word));
  const flags = evidence.field === 'tcp.flags' ? values.flatMap(flagsIn) : [];
  const names = [...words, ...values].flatMap(properNamesIn).filter((word) => !isValue(word));
  const fin = names.some((word) => finished.includes(word)) ? ['FIN'] : [];
  return [...labels, ...variables, ...flags, ...fin, ...names.filter((word) => word !== ofEveryLine)];
};

/** Returns all words that a question takes for granted. */
const wordsAsked = (question: Question): readonly string[] => {
  const {kind, givens, evidence} = question;
  const states = leavesOf(givens);
  return [
    ...wordsInData(question),
    ...(wordsOfKind[kind] ?? []),
    ...(wordsOfAnswer[kind]?.[evidence.value] ?? []),
    ...(setCookiesAside[kind]?.some((state) => states.includes(state)) ? ['syn-cookie'] : []),
  ];
};

type FinishedLesson = Placed & Pick<Lesson, 'kinds' | 'counters' | 'taught' | 'beats' | 'whatIfs'>;

/** The lessons that a learner has finished, with the data from which is decided what the quiz may ask. */
export type Finished = {
  readonly lessons: readonly FinishedLesson[];
  /** The id of the lesson that corrects each belief, by the belief's id. */
  readonly homes: ReadonlyMap<string, string>;
};

/** The questions that the quiz in the menu may ask after the lessons that the learner has finished. */
export type MenuQuestions = {
  readonly kinds: readonly QuestionKind[];
  readonly accepts: (question: Question) => boolean;
  /** The number of questions about each belief that are enough for the quiz. */
  readonly each: number;
  readonly isSmall: true;
};

/** The most digits of a number that a learner has to type in the menu's quiz; longer ones are tedious. */
const mostDigits = 6;

const isWholeStory = ({track}: Placed): boolean => track === 'whole-story';

/**
 * Tells whether a finished lesson teaches what this kind of question asks: its `kinds` name it, or it has no `kinds` and the kind is one of
 * `firstKinds` or the lesson is of the track `whole-story`.
 */
const asksKind = (lesson: FinishedLesson, kind: QuestionKind): boolean =>
  lesson.kinds?.includes(kind) ?? (isWholeStory(lesson) || firstKinds.includes(kind));

/** Returns the names of the runs that a lesson's beats tell, without those of its what-ifs, which the learner may never have opened. */
const runsTold = oncePer(({beats, whatIfs}: FinishedLesson): ReadonlySet<string> => {
  const changed = new Set(whatIfs.map(({run}) => run.name));
  return new Set(beats.map(({run}) => run).filter((run) => !changed.has(run)));
});

/** The kinds of questions that add a fault to the run themselves, and so simulate it again. */
const changing = new Set(generators.flatMap(({kind, simulates}) => (simulates ? [kind] : [])));

/** Tells whether a question is about a run as the lesson tells it: without faults, except those that the kind of question adds itself. */
const isAsTold = (lesson: FinishedLesson | undefined, {kind, evidence}: Question): boolean =>
  lesson !== undefined &&
  runsTold(lesson).has(evidence.run) &&
  (evidence.faults.length === 0 || changing.has(kind));

/**
 * Tells whether a finished lesson corrects a belief: one of its beats does, or it is the belief's own lesson and a run that it tells shows
 * the belief to be wrong.
 */
const corrects = (lesson: FinishedLesson, belief: string, isHome: boolean): boolean => {
  const told = runsTold(lesson);
  return (
    lesson.beats.some((beat) => beat.kind === 'narration' && beat.myth === belief && told.has(beat.run)) ||
    (isHome &&
      (lesson.counters ?? []).some(({misconception, run}) => misconception === belief && told.has(run)))
  );
};

/**
 * Returns what the quiz may ask after these lessons. A lesson's own questions always; other kinds after a lesson that teaches them, about
 * runs as told, in words of lessons on the same topic; statements about a belief after a lesson that corrects it; no number with too many
 * digits.
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
    const {kind, topic, touches, secrets = []} = question;
    if (kind === 'prediction' || kind === 'question') return true;
    const ofTopic = lessons.filter(isOfTopic(topic));
    if (lessonsOwn.includes(kind))
      return [...touches, ...secrets].every((belief) => isCorrected(belief, namedBy(ofTopic)));
    const teaching = lessons.filter((lesson) => asksKind(lesson, kind) && isCentral(lesson, question));
    const of = lessons.find(({id}) => id === question.lesson);
    if (teaching.length === 0 || !isAsTold(of, question)) return false;
    return wordsAsked(question).every(namedBy([...ofTopic, ...teaching]));
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
