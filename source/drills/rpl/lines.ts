// Splits a resolver replay script into lines without comments, and into words with line and column.

import type {Position} from '../../lesson/position.ts';
import {type Problem, problem, wordRemedy} from '../../lesson/problem.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {rplLinesSentences} from '../../words/catalogue/drills-rpl.ts';

/** Thrown by the parser of replay scripts at text that it cannot read, and caught in `parseReplay`. */
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
  /** The line and column after the line's last word. */
  readonly end: Position;
};

/** Matches a line of a replay script up to its comment, which `;` begins unless it is escaped or in a quoted string. */
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

/** Reads the lines of a replay script one after the other, without blank lines and comments. */
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

  /**
   * Returns the next line of the script inside a block that `begin` has begun; if the file ends first, fails because the word `until` is
   * missing.
   */
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

/** Returns the word at `index` of a script's line; if it is missing, fails with a message that names `what` should be there. */
export const wordAt = (line: Line, index: number, what: Text): Word =>
  line.words[index] ??
  refuse(
    line.end,
    worded(rplLinesSentences.wordAt.isMissing, {what}),
    worded(rplLinesSentences.wordAt.writeHere, {what}),
  );

/** Fails if a script's line has a further word at `index`; a comment that begins with `#` is allowed. */
export const endAt = (line: Line, index: number): void => {
  const extra = line.words[index];
  if (extra === undefined || extra.text.startsWith('#')) return;
  refuse(
    extra.position,
    worded(rplLinesSentences.endAt.isOneWord, {text: extra.text}),
    rplLinesSentences.endAt.leaveItOut,
  );
};

/**
 * Returns the word if it is one of the allowed ones; otherwise fails with a message such as “no step type …”, in which `kind` is “step
 * type”.
 */
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
