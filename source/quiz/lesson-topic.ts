// Tells which topic and which track the questions of a lesson belong to, and which kinds are about the lesson's own subject.
import type {Lesson, Naming} from '../lesson/lesson.ts';
import {subjectWords} from '../lesson/question-kinds.ts';
import type {Track} from '../lesson/tracks.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import {isPacket} from './prompt.ts';
import type {Question} from './question.ts';

/** Lessons about TCP among those before the tracks of TCP. */
const aboutTcp: readonly string[] = ['first-packet', 'tcp-header'];

export type Placed = Pick<Lesson, 'id' | 'track'>;

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

const named: ReadonlySet<string> = new Set(subjectWords);

/** Kinds that are about what happens late, after a SYN, a FIN or an RST, although their data need not name it. */
const late: readonly QuestionKind[] = ['if-delayed', 'rst-taken', 'ends-in-time-wait'];

/** Returns the flags, states and timers that the data of a question name. Each word counts, as in `FIN, ACK`. */
const namesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.split(/[^\w-]+/).filter((word) => named.has(word));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    each === true && named.has(name.toUpperCase()) ? [name.toUpperCase()] : namesIn(each),
  );
};

/** A question, or what is known of it before it is asked. */
export type Known = Pick<Question, 'kind'> & Partial<Pick<Question, 'prompt' | 'givens' | 'evidence'>>;

/** Tells whether the names are those that a lesson gives: one of several words, or all words of a list and no others. */
const isNamed = (names: ReadonlySet<string>, about: Naming): boolean =>
  about.some((each) =>
    typeof each === 'string'
      ? names.has(each)
      : each.length === names.size && each.every((word) => names.has(word)),
  );

/**
 * Tells whether a question is about the lesson's subject itself, and not only about what leads up to it: every TCP run can be asked about
 * numbers and states. Its kind has to be one of the lesson's, its run one that the lesson asks about, and if its data name flags, states
 * or timers, one of them has to be one that the lesson is about, or that it wants of this kind.
 */
export const isCentral = (
  {kinds, about, aboutKinds = {}, askedRuns}: Pick<Lesson, 'kinds' | 'about' | 'aboutKinds' | 'askedRuns'>,
  {kind, prompt, givens, evidence}: Known,
): boolean => {
  if (lessonsOwn.includes(kind)) return true;
  if (kinds?.includes(kind) === false) return false;
  if (evidence && askedRuns && !(askedRuns.includes(evidence.run) && evidence.faults.length === 0))
    return false;
  if (prompt === undefined) return true;
  const names = new Set([givens, ...prompt.filter(isPacket)].flatMap(namesIn));
  const ofKind = aboutKinds[kind];
  if (ofKind) return isNamed(names, ofKind);
  return about === undefined || late.includes(kind) || names.size === 0 || isNamed(names, about);
};

/** Returns the lessons without the runs that they name for questions, if somebody has chosen another run or a fault. */
export const askedAnyhow = (
  lessons: readonly Lesson[],
  {run, faults = []}: {readonly run?: string | undefined; readonly faults?: readonly unknown[]},
): readonly Lesson[] =>
  run === undefined && faults.length === 0
    ? lessons
    : lessons.map(({askedRuns: _, ...lesson}): Lesson => lesson);
