// What a lesson's own questions are about.
import type {Lesson} from '../lesson/lesson.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import {promptText} from './prompt.ts';
import type {Question} from './question.ts';

/** Of those that come before the tracks of TCP. */
const aboutTcp: readonly string[] = ['first-packet', 'tcp-header'];

export const topicOf = ({id, track}: Pick<Lesson, 'id' | 'track'>): Topic => {
  if (id === 'cookies-session') return 'cookies';
  if (aboutTcp.includes(id) || track.startsWith('tcp')) return 'tcp';
  if (track === 'dns' || track === 'http') return track;
  return track === 'https' ? 'tls' : 'layers';
};

/** They are about what their lesson is about. */
export const lessonsOwn: readonly QuestionKind[] = [
  ...(['is-it-so', 'which-is-so', 'which-are-so', 'prediction', 'question'] as const),
];

const closing = /\b(FIN|RST|keep-alive|(CLOSE|TIME|FIN)-WAIT|LAST-ACK|CLOSING)\b|close\(\)|shutdown\(\)/;

/** A connection is opened and carries data before it is closed: whether a question is about the close itself. */
export const isCentral = ({track}: Pick<Lesson, 'track'>, {kind, prompt}: Question): boolean =>
  track !== 'tcp-close' || lessonsOwn.includes(kind) || closing.test(promptText(prompt).en);
