// Tells which topic and which track the questions of a lesson belong to, and which kinds are about the lesson's own subject.
import type {Lesson} from '../lesson/lesson.ts';
import type {Track} from '../lesson/tracks.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import {isPacket} from './prompt.ts';
import type {Question} from './question.ts';

/** Lessons about TCP among those before the tracks of TCP. */
const aboutTcp: readonly string[] = ['first-packet', 'tcp-header'];

type Placed = Pick<Lesson, 'id' | 'track'>;

/**
 * Returns the track whose questions a lesson is asked: the handshake comes among the foundations, since everybody needs it early, but is
 * asked about as the lessons on opening are.
 */
export const askedTrack = ({id, track}: Placed): Track => (id === 'handshake' ? 'tcp-open' : track);

export const topicOf = (lesson: Placed): Topic => {
  const {id} = lesson;
  const track = askedTrack(lesson);
  if (id === 'cookies-session') return 'cookies';
  if (aboutTcp.includes(id) || track.startsWith('tcp')) return 'tcp';
  if (track === 'dns' || track === 'http') return track;
  return track === 'https' ? 'tls' : 'layers';
};

/** Kinds that are about the subject of their lesson. */
export const lessonsOwn: readonly QuestionKind[] = [
  ...(['is-it-so', 'which-is-so', 'which-are-so', 'prediction', 'question'] as const),
];

/** Kinds whose questions are sentences about several runs of a track. */
export const ofTrack: readonly QuestionKind[] = ['which-is-so', 'which-are-so'];

/** Flags, states, timers and calls by which connections close (RFC 9293 §3.6), in capitals, as the data of a question name them. */
const closing: ReadonlySet<string> = new Set([
  ...['FIN', 'RST', 'KEEPALIVE', 'KEEP-ALIVE', 'CLOSE', 'SHUTDOWN'],
  ...['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'],
]);

/** Kinds that ask about what happens late, after a FIN or an RST, whatever their data are. */
const closingKinds: readonly QuestionKind[] = ['if-delayed', 'rst-taken', 'ends-in-time-wait'];

/** Tells whether a value names something of closing. Each word counts, as in `FIN, ACK`, and each key whose value is true. */
const isOfClosing = (value: unknown): boolean => {
  if (typeof value === 'string')
    return value.split(/[^\w-]+/).some((word) => closing.has(word.toUpperCase()));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, each]) => isOfClosing(each) || (each === true && closing.has(name.toUpperCase())),
  );
};

/** A question, or what is known of it before it is asked. */
type Known = Pick<Question, 'kind'> & Partial<Pick<Question, 'prompt' | 'givens'>>;

/**
 * Tells whether a question is about the lesson's subject itself, and not only about what leads up to it: every TCP run can be asked about
 * numbers and states.
 */
export const isCentral = (
  {kinds, track}: Pick<Lesson, 'kinds' | 'track'>,
  {kind, prompt, givens}: Known,
): boolean => {
  if (lessonsOwn.includes(kind)) return true;
  if (track === 'tcp-close') {
    if (prompt === undefined || closingKinds.includes(kind)) return true;
    return [givens, ...prompt.filter(isPacket)].some(isOfClosing);
  }
  return kinds?.includes(kind) ?? true;
};
