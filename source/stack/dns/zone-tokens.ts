// Splits a zone file into entries of words (RFC 1035 §5.1), without comments, with lines joined by parentheses, with escapes as written.
import {err, ok, type Result} from '../../wire/result.ts';
import type {ZonePlace, ZoneProblem} from './zone-problem.ts';

/** A word of a zone file with its place; `text` is without the quotes of a `quoted` word. */
export type ZoneWord = ZonePlace & {readonly text: string; readonly quoted: boolean};

/**
 * An entry of a zone file: a record or a directive. `blank` means that it began with a blank, so its first word is not the owner. `end` is
 * the place after its last word.
 */
export type ZoneEntry = {
  readonly words: readonly [ZoneWord, ...ZoneWord[]];
  readonly blank: boolean;
  readonly end: ZonePlace;
};

const piece =
  /(?<newline>\n)|(?<blank>[^\S\n]+)|(?<comment>;[^\n]*)|(?<open>\()|(?<close>\))|"(?<quoted>(?:\\[^\n]|[^"\\\n])*)"|(?<word>(?:\\[^\n]|[^\s;()"\\])+)/y;

class Scanner {
  readonly entries: ZoneEntry[] = [];
  readonly problems: ZoneProblem[] = [];
  #words: ZoneWord[] = [];
  #end: ZonePlace = {line: 1, column: 1};
  #blank = false;
  #open: ZonePlace | undefined;
  #line = 1;
  #lineStart = 0;

  scan(text: string): void {
    let at = 0;
    while (at < text.length) {
      piece.lastIndex = at;
      const match = piece.exec(text);
      const place = this.#lineAndColumn(at);
      if (match === null) {
        this.problems.push({
          ...place,
          ...(text[at] === '"' ? {code: 'quote'} : {code: 'escape', given: '\\'}),
        });
        const newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length : newline;
      } else {
        at = piece.lastIndex;
        this.#take(match, place, at);
      }
    }
    this.#endLine();
    if (this.#open) {
      this.problems.push({...this.#open, code: 'parenthesis', which: 'open'});
      this.#endEntry();
    }
  }

  #lineAndColumn(at: number): ZonePlace {
    return {line: this.#line, column: at - this.#lineStart + 1};
  }

  #take({groups = {}}: RegExpExecArray, place: ZonePlace, after: number): void {
    const {word, quoted} = groups;
    if (groups['newline'] !== undefined) {
      this.#endLine();
      this.#line++;
      this.#lineStart = after;
    } else if (groups['blank'] !== undefined) {
      if (place.column === 1 && !this.#open) this.#blank = true;
    } else if (groups['open'] !== undefined) {
      if (this.#open) this.problems.push({...place, code: 'parenthesis', which: 'open'});
      this.#open ??= place;
    } else if (groups['close'] !== undefined) {
      if (!this.#open) this.problems.push({...place, code: 'parenthesis', which: 'close'});
      this.#open = undefined;
    } else {
      const text = word ?? quoted;
      if (text === undefined) return;
      this.#words.push({...place, text, quoted: word === undefined});
      this.#end = this.#lineAndColumn(after);
    }
  }

  #endLine(): void {
    if (!this.#open) this.#endEntry();
  }

  #endEntry(): void {
    const [first, ...others] = this.#words;
    if (first) this.entries.push({words: [first, ...others], blank: this.#blank, end: this.#end});
    this.#words = [];
    this.#blank = false;
  }
}

export const zoneEntries = (text: string): Result<readonly ZoneEntry[], readonly ZoneProblem[]> => {
  const scanner = new Scanner();
  scanner.scan(text);
  return scanner.problems.length > 0 ? err(scanner.problems) : ok(scanner.entries);
};
