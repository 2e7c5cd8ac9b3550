// A cursor over the text of a packetdrill script: skips blanks and comments, and tells the line and column of a place.

import {placesIn} from '../../lesson/places.ts';
import type {Position} from '../../lesson/position.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {packetdrillCursorSentences} from '../../words/catalogue/drills-packetdrill.ts';

/** Thrown by the parser of packetdrill scripts at text that it cannot read, and caught in `parseScript`. */
export class ScriptSyntaxError extends Error {
  readonly offset: number;
  readonly what: Text;
  readonly remedy: Text;
  constructor(offset: number, what: Text, remedy: Text) {
    super(what.en);
    this.offset = offset;
    this.what = what;
    this.remedy = remedy;
  }
}

const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const longestShown = 20;

export class Cursor {
  readonly source: string;
  at = 0;
  /** Returns the line and column of an offset in the script's text. */
  readonly positionAt: (offset: number) => Position;

  constructor(source: string) {
    this.source = source;
    this.positionAt = placesIn(source);
  }

  skip(): void {
    blank.lastIndex = this.at;
    if (blank.test(this.source)) this.at = blank.lastIndex;
  }

  /**
   * Skips blanks and comments, then returns the text that a sticky pattern matches at the cursor, and moves behind it; undefined if it does
   * not match.
   */
  take(pattern: RegExp): string | undefined {
    this.skip();
    return this.takeHere(pattern);
  }

  /**
   * Returns the text that a sticky pattern matches at the cursor, without skipping blanks, and moves behind it; undefined if it does not
   * match.
   */
  takeHere(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }

  takeSign(sign: string): boolean {
    this.skip();
    if (!this.source.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  looksAt(sign: string): boolean {
    this.skip();
    return this.source.startsWith(sign, this.at);
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) this.expected(worded(packetdrillCursorSentences.expectSign, {sign}));
  }

  expect(pattern: RegExp, what: Text): string {
    const found = this.take(pattern);
    return found ?? this.expected(what);
  }

  get ended(): boolean {
    this.skip();
    return this.at >= this.source.length;
  }

  expected(what: Text): never {
    this.skip();
    const rest = /[^\n]*/y;
    rest.lastIndex = this.at;
    const line = (rest.exec(this.source)?.[0] ?? '').trim();
    const shown = line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
    const given =
      shown === ''
        ? packetdrillCursorSentences.expected.given.theEnd
        : worded(packetdrillCursorSentences.expected.given.text, {shown});
    return this.fail(
      worded(packetdrillCursorSentences.expected.wasExpectedNot, {what, given}),
      worded(packetdrillCursorSentences.expected.writeHere, {what}),
    );
  }

  fail(what: Text, remedy: Text, offset = this.at): never {
    throw new ScriptSyntaxError(offset, what, remedy);
  }
}
