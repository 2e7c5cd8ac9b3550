// The lines of a replay script without their comments, and their words with places.

import type {Position} from '../../lesson/position.ts';
import {type Problem, problem, wordRemedy} from '../../lesson/problem.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {rplLinesSentences} from '../../words/catalogue/drills-rpl.ts';

/** Thrown inside the parser and caught in `parseReplay`. */
export class ReplaySyntaxError extends Error {
  readonly position: Position;
  readonly problem: Problem;
  constructor(position: Position, problem: Problem) {
    super(problem.message.en);
    this.position = position;
    this.problem = problem;
  }
}

export const refuse = (position: Position, what: Text, remedy: Text): never => {
  throw new ReplaySyntaxError(position, problem(what, remedy));
};

export type Word = {readonly text: string; readonly position: Position};

export type Line = {
  readonly number: number;
  /** The text without its comment; columns are those of the file. */
  readonly text: string;
  readonly words: readonly [Word, ...Word[]];
  /** The place after the last word. */
  readonly end: Position;
};

/** Matches a line up to its comment; a quoted string may contain what would begin one. */
const beforeComment = /^(?:"(?:\\.|[^"\\])*"?|\\.?|[^;"\\])*/;

const lineOf = (source: string, number: number): Line | undefined => {
  const bare = beforeComment.exec(source)?.[0] ?? '';
  const [first, ...rest] = [...bare.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    position: {line: number, column: match.index + 1},
  }));
  if (first === undefined || first.text.startsWith('#')) return undefined;
  const end = {line: number, column: bare.trimEnd().length + 1};
  return {number, text: bare.trimEnd(), words: [first, ...rest], end};
};

/** Reads lines, skipping blank ones and comments. */
export class Lines {
  readonly #lines: readonly string[];
  #next = 0;

  constructor(source: string) {
    this.#lines = source.replaceAll('\r\n', '\n').split('\n');
  }

  next(): Line | undefined {
    while (this.#next < this.#lines.length) {
      const line = lineOf(this.#lines[this.#next] ?? '', ++this.#next);
      if (line !== undefined) return line;
    }
    return undefined;
  }

  /** Returns the next line, which has to exist: `until` is the word that ends what is being read, `begin` the one that began it. */
  within(begin: Word, until: string): Line {
    const line = this.next();
    return (
      line ??
      refuse(
        begin.position,
        worded(rplLinesSentences.within.hasNo, {text: begin.text, until}),
        worded(rplLinesSentences.within.writeWhereIt, {until}),
      )
    );
  }

  get end(): Position {
    return {line: this.#lines.length, column: (this.#lines.at(-1)?.length ?? 0) + 1};
  }
}

/** Returns the word of a line at `index`, or fails with the name of what should be there. */
export const wordAt = (line: Line, index: number, what: Text): Word =>
  line.words[index] ??
  refuse(
    line.end,
    worded(rplLinesSentences.wordAt.isMissing, {what}),
    worded(rplLinesSentences.wordAt.writeHere, {what}),
  );

/** Fails if a line has another word at `index`. */
export const endAt = (line: Line, index: number): void => {
  const extra = line.words[index];
  if (extra === undefined || extra.text.startsWith('#')) return;
  refuse(
    extra.position,
    worded(rplLinesSentences.endAt.isOneWord, {text: extra.text}),
    rplLinesSentences.endAt.leaveItOut,
  );
};

/** Returns the word if it is allowed; `kind` is its name in “no step type …”. */
export const knownWord = <T extends string>(word: Word, allowed: readonly T[], kind: Text): T => {
  const found = allowed.find((each) => each === word.text);
  return (
    found ??
    refuse(
      word.position,
      worded(rplLinesSentences.knownWord, {kind, text: word.text}),
      wordRemedy(word.text, allowed),
    )
  );
};

const stepMost = 1_000_000_000;

export const wholeNumber = (word: Word, what: Text, most = stepMost): number => {
  const value = /^\d{1,10}$/.test(word.text) ? Number(word.text) : Number.NaN;
  if (value <= most) return value;
  return refuse(
    word.position,
    worded(rplLinesSentences.wholeNumber.isNot, {text: word.text, what}),
    worded(rplLinesSentences.wholeNumber.writeAWhole, {most}),
  );
};
