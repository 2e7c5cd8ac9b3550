// What a lesson's own questions are about.
import type {Lesson} from '../lesson/lesson.ts';
import type {Track} from '../lesson/tracks.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import {isPacket} from './prompt.ts';
import type {Question} from './question.ts';

/** Of those that come before the tracks of TCP. */
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

/** They are about what their lesson is about. */
export const lessonsOwn: readonly QuestionKind[] = [
  ...(['is-it-so', 'which-is-so', 'which-are-so', 'prediction', 'question'] as const),
];

/** Flags, states, timers and calls by which connections close (RFC 9293 §3.6), as the data of a question have them, in capitals. */
const closing: ReadonlySet<string> = new Set([
  ...['FIN', 'RST', 'KEEPALIVE', 'KEEP-ALIVE', 'CLOSE', 'SHUTDOWN'],
  ...['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'],
]);

/** They ask about what comes late, after a FIN or a RST, whatever their data are. */
const closingKinds: readonly QuestionKind[] = ['if-delayed', 'rst-taken', 'ends-in-time-wait'];

/** Looks at each word of each value, so that `FIN, ACK` counts, and at what is true. */
const isOfClosing = (value: unknown): boolean => {
  if (typeof value === 'string')
    return value.split(/[^\w-]+/).some((word) => closing.has(word.toUpperCase()));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, each]) => isOfClosing(each) || (each === true && closing.has(name.toUpperCase())),
  );
};

/** What is known of a question before it is asked, or all of it. */
type Known = Pick<Question, 'kind'> & Partial<Pick<Question, 'prompt' | 'givens'>>;

/** Whether it is about what the lesson is about, and not only about what leads up to it: every run of TCP can be asked about numbers and states. */
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
