// Chooses the questions of an interview: by a topic, by a set, by words, or a mix of everything.
import {type InterviewQuestion, type InterviewSet, interviewSets} from '../../lesson/interview.ts';
import {nearest} from '../../lesson/nearest.ts';
import type {Text} from '../../lesson/text.ts';
import {type Track, tracks} from '../../lesson/tracks.ts';
import {drawFrom} from '../../quiz/draw.ts';
import {languages} from '../../words/catalogue/language.ts';
import {trackNames} from '../../words/catalogue/tracks.ts';

/** The subject of an interview; `mix` stands for a few questions of all topics, `due` for those that are due for review. */
export type Choice =
  | {readonly kind: 'mix' | 'all' | 'due'}
  | {readonly kind: 'set'; readonly set: InterviewSet}
  | {readonly kind: 'topic'; readonly topic: Track}
  | {readonly kind: 'words'; readonly words: readonly string[]};

export type Draw = {
  readonly from: Choice;
  /** The seed by which an interview's questions are shuffled; undefined for the order of the file. */
  readonly seed?: number | undefined;
  readonly count?: number | undefined;
  /**
   * The minutes that the learner wants an interview to take; 0 for no clock; undefined for the time that its set of questions needs, or for
   * no clock if it has no set.
   */
  readonly minutes?: number | undefined;
};

const mixedCount = 8;

/** The minutes that an interview plans for each question of a set: to answer aloud, and to tick what was said. */
const minutesEach = 2;

export const minutesOf = ({from, minutes}: Draw): number =>
  minutes ?? (from.kind === 'set' ? minutesEach * interviewSets[from.set] : 0);

/**
 * Returns the words of a text in lower case: runs of letters, of digits, and of Chinese characters. A plural `s` is removed, so that a
 * search also finds the singular.
 */
const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/\p{Script=Han}+|\d+|[^\P{L}\p{Script=Han}]+/gu) ?? []).map((word) =>
    word.length > 3 ? word.replace(/(?<![su])s$/, '') : word,
  );

const isHan = (word: string): boolean => /^\p{Script=Han}/u.test(word);

/**
 * Tells whether the words of a text contain the typed words one after the other; a typed Chinese word may stand anywhere within a run of
 * characters.
 */
const says = (text: readonly string[], typed: readonly string[]): boolean =>
  typed.length > 0 &&
  text.some((_, at) =>
    typed.every((word, index) => {
      const there = text[at + index];
      return there !== undefined && (isHan(word) ? there.includes(word) : there === word);
    }),
  );

const every = (text: Text): readonly string[] => languages.map((language) => text[language]);

const namesOf = ({id, topic, ask, words}: InterviewQuestion): readonly string[] => [
  id,
  topic,
  ...every(trackNames[topic]),
  ...every(ask),
  ...words,
];

const textsOf = ({next, points, answer}: InterviewQuestion): readonly string[] =>
  [...next, ...points.map(({text}) => text), answer].flatMap(every);

/** Returns those typed words that at least one of the texts contains. */
const saidIn = (texts: readonly string[], typed: readonly string[]): readonly string[] => {
  const inWords = texts.map(wordsOf);
  const all = new Set(inWords.flat());
  return typed.filter((each) => {
    const words = wordsOf(each);
    // The set answers for a word that no text contains, so that the texts need not be searched for it.
    return words.every((word) => isHan(word) || all.has(word)) && inWords.some((text) => says(text, words));
  });
};

/**
 * Returns the interview questions that contain the most of the typed words. Questions that contain more of them in their topic, id, title
 * or further words come first.
 */
const askedBy = (
  all: readonly InterviewQuestion[],
  typed: readonly string[],
): readonly InterviewQuestion[] => {
  const found = all.map((question) => {
    const named = saidIn(namesOf(question), typed).length;
    return {question, named, said: saidIn([...namesOf(question), ...textsOf(question)], typed).length};
  });
  const most = Math.max(1, ...found.map(({said}) => said));
  return found
    .filter(({said}) => said === most)
    .toSorted((a, b) => b.named - a.named)
    .map(({question}) => question);
};

/**
 * Returns the typed words that no interview question contains, each with the most similar word of a topic, id or title, if there is one.
 */
export const unknownWords = (
  all: readonly InterviewQuestion[],
  typed: readonly string[],
): readonly {readonly word: string; readonly near: string | undefined}[] => {
  const known = saidIn(
    all.flatMap((question) => [...namesOf(question), ...textsOf(question)]),
    typed,
  );
  const names = [...new Set(all.flatMap((question) => namesOf(question).flatMap(wordsOf)))];
  return typed
    .filter((word) => !known.includes(word))
    .map((word) => ({
      word,
      near: nearest(
        word,
        names.filter((name) => name.length > 1),
      ),
    }));
};

const poolOf = (all: readonly InterviewQuestion[], from: Choice): readonly InterviewQuestion[] => {
  switch (from.kind) {
    case 'topic':
      return all.filter(({topic}) => topic === from.topic);
    case 'set':
      return all.filter(({sets}) => sets.includes(from.set));
    case 'words':
      return askedBy(all, from.words);
    default:
      return all;
  }
};

/** Returns questions of all topics in turn: the first of each, then the second of each. */
const inTurn = (questions: readonly InterviewQuestion[]): readonly InterviewQuestion[] => {
  const turns = new Map(questions.map((question) => [question, 0]));
  for (const topic of tracks)
    for (const [turn, question] of questions.filter((each) => each.topic === topic).entries())
      turns.set(question, turn * tracks.length + tracks.indexOf(topic));
  return questions.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0));
};

const sizeOf = (from: Choice): number | undefined => {
  if (from.kind === 'mix') return mixedCount;
  return from.kind === 'set' ? interviewSets[from.set] : undefined;
};

/** Returns how many questions an interview asks if the learner chooses this topic, set or mix. */
export const countOf = (all: readonly InterviewQuestion[], from: Choice): number =>
  Math.min(poolOf(all, from).length, sizeOf(from) ?? all.length);

/**
 * Returns the questions in the order in which they are asked: of several topics in turn, those of a set from easy to hard; those that were
 * found by words in the order in which they were found. All questions without a seed stay in the order of the file.
 */
export const drawn = (
  all: readonly InterviewQuestion[],
  {from, seed, count = sizeOf(from)}: Draw,
): readonly InterviewQuestion[] => {
  const pool = poolOf(all, from);
  if (from.kind === 'words' && seed === undefined) return pool.slice(0, count);
  const order = seed === undefined ? pool : drawFrom(`interview ${seed}`).shuffled('questions', pool);
  if (from.kind === 'topic' || (seed === undefined && count === undefined)) return order.slice(0, count);
  const taken = inTurn(order).slice(0, count);
  return from.kind === 'set' ? taken.toSorted((a, b) => a.level - b.level) : taken;
};
