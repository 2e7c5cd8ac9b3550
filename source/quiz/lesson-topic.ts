// Tells which topic and track the questions of a lesson belong to, and whether a question is about the lesson's own subject.
import type {Lesson, Naming} from '../lesson/lesson.ts';
import {subjectWords} from '../lesson/question-kinds.ts';
import type {Track} from '../lesson/tracks.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import {isPacket} from './prompt.ts';
import type {Question} from './question.ts';

/** The ids of lessons that are about TCP although they are not in one of the TCP tracks. */
const aboutTcp: readonly string[] = ['first-packet', 'tcp-header'];

export type Placed = Pick<Lesson, 'id' | 'track'>;

/**
 * Returns the track whose questions a lesson asks. It is the lesson's own, except for `handshake`: that is among the foundations but asks
 * like the lessons on opening.
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

/** Kinds of questions that are always about the subject of their lesson. */
export const lessonsOwn: readonly QuestionKind[] = [
  ...(['is-it-so', 'which-is-so', 'which-are-so', 'prediction', 'question'] as const),
];

/** Kinds of questions whose choices are sentences about several runs of a track. */
export const ofTrack: readonly QuestionKind[] = ['which-is-so', 'which-are-so'];

const named: ReadonlySet<string> = new Set(subjectWords);

/**
 * Kinds of questions that belong to what happens late in a connection, so that they fit a lesson about it without naming its flags or
 * states.
 */
const late: readonly QuestionKind[] = ['if-delayed', 'rst-taken', 'ends-in-time-wait'];

/** Returns the TCP flags, states and timers that a question's data name; each word counts, as in `FIN, ACK`. */
const namesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.split(/[^\w-]+/).filter((word) => named.has(word));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    each === true && named.has(name.toUpperCase()) ? [name.toUpperCase()] : namesIn(each),
  );
};

/** A question, or the part of it that is known before it is made. */
export type Known = Pick<Question, 'kind'> & Partial<Pick<Question, 'prompt' | 'givens' | 'evidence'>>;

/** Tells whether the names in a question fit a lesson's list: it has one of the listed words, or exactly all words of a listed group. */
const isNamed = (names: ReadonlySet<string>, about: Naming): boolean =>
  about.some((each) =>
    typeof each === 'string'
      ? names.has(each)
      : each.length === names.size && each.every((word) => names.has(word)),
  );

/**
 * Tells whether a question is about the lesson's subject and not only about what leads up to it. Its kind and run have to be among the
 * lesson's, and if its data name flags, states or timers, some have to be those that the lesson is about.
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

/** Returns the lessons without their limit to certain runs, if the user has chosen a run or a fault. */
export const askedAnyhow = (
  lessons: readonly Lesson[],
  {run, faults = []}: {readonly run?: string | undefined; readonly faults?: readonly unknown[]},
): readonly Lesson[] =>
  run === undefined && faults.length === 0
    ? lessons
    : lessons.map(({askedRuns: _, ...lesson}): Lesson => lesson);
