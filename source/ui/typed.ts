// Cuts the terminal's input into keys and pastes. It is pure: the code that reads the input also tells it when nothing more has come.
import {makeReportFilter, type TerminalAnswers} from './terminal-answers.ts';

/** A click or turn of the mouse wheel; rows and columns count from 1. */
export type Mouse = {readonly did: 'click' | 'up' | 'down'; readonly row: number; readonly column: number};

/** A piece of typed input: a key as the characters that the terminal sends, pasted text, or an event of the mouse. */
export type Typed = string | {readonly pasted: string} | {readonly mouse: Mouse};

export type Arrived = {
  readonly typed: readonly Typed[];
  /** True if the input contained ctrl-c outside of a paste, so that the rest of it is ignored. */
  readonly leaves: boolean;
};

const ctrlC = '\x03';
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** The time in ms for which a lone escape character waits for the rest of a key: escape is a key by itself, and the beginning of others. */
const tornKeyMs = 50;
/**
 * The time in ms without input after which an unfinished paste or key ends, because otherwise a paste without end would swallow all later
 * keys.
 */
const tornPasteMs = 500;
/** The time in ms without input after which a paste ends, on a terminal that does not mark pastes. */
const floodMs = 100;

/**
 * The most characters in one piece of input that count as typed, even on a slow line. A longer piece was pasted, and line ends in it are
 * not `enter`.
 */
const mostTypedAtOnce = 256;
/** The most characters of a paste that are kept, as many as the longest line of text takes (PATH_MAX is 4096 bytes on Linux). */
const mostPasted = 4096;

// Matches one key: a control sequence, a function key of the older kind, alt with a key, or one character; or more characters at once than
// a held key can pile up on a slow line. Such text was pasted, or a file was dropped onto a terminal that does not mark pastes, and it must
// not press keys.
const oneKey =
  /\x1b\[M.{0,3}|\x1b{1,2}\[[0-?]*[ -/]*[@-~]|\x1b{1,2}O[ -~]|\x1b[^\x1b]|[^\x00-\x1f\x7f]{9,}|./gsu;

const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[^\x1b])/gsu;

/** Matches the beginning of a key, or of the mark of a paste, at the end of the input; a slow line may deliver the rest later. */
const begun = /\x1b{1,2}(?:\[<?[0-9;]{0,16}|\[M.{0,2}|O)?$/s;
const onlyEscape = /^\x1b+$/;

const isLong = (text: string): boolean =>
  text.length > mostTypedAtOnce && text.replace(sequences, '').length > mostTypedAtOnce;

/** Returns pasted text as one line without control characters, so that it contains neither `enter` nor ctrl-c. */
const asText = (pasted: string): string =>
  pasted
    .replace(/\x1b\[<[\d;]*[Mm]/g, '')
    .replace(/^[\r\n]+|[\r\n]+$/g, '')
    .replace(/\r\n|[\r\n\t]/g, ' ')
    .replace(/[\x00-\x1f\x7f-\x9f]/g, '');

const pastes = (text: string): readonly Typed[] => {
  const pasted = asText(text);
  return pasted === '' ? [] : [{pasted}];
};

const mouseReport = /^\x1b\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])$/;
/** Matches the rest of a mouse report whose beginning was taken for the escape key because the rest came late. */
const lateReport = /^\[<\d{1,3};\d{1,5};\d{1,5}[Mm]/;
/**
 * The mouse buttons by their numbers in a report: left, wheel up, wheel down. With shift, alt or ctrl they have other numbers and are not
 * for the program.
 */
const buttons: ReadonlyMap<string, Mouse['did']> = new Map([
  ['0', 'click'],
  ['64', 'up'],
  ['65', 'down'],
]);

/** Returns the event in a terminal's mouse report; empty for releases and other buttons; undefined if the key is no mouse report. */
const mouseIn = (key: string): readonly Typed[] | undefined => {
  if (key.startsWith('\x1b[M')) return [];
  const [report, button = '', column, row, way] = mouseReport.exec(key) ?? [];
  if (report === undefined) return undefined;
  const did = buttons.get(button);
  return did === undefined || way === 'm' ? [] : [{mouse: {did, row: Number(row), column: Number(column)}}];
};

const keysIn = (text: string): readonly Typed[] =>
  (text.match(oneKey) ?? []).flatMap(
    (key) => mouseIn(key) ?? (key.startsWith('\x1b') || [...key].length === 1 ? [key] : pastes(key)),
  );

/**
 * Returns the index at which a paste ends that continues at `from`; -1 if it does not end in this piece. A paste may contain a mark of its
 * end, put there so that the rest is pressed as keys; the last mark before another paste begins is the true one.
 */
const endOfPaste = (input: string, from: number): number => {
  let end = input.indexOf(pasteEnd, from);
  if (end < 0) return end;
  const another = input.indexOf(pasteStart, end);
  const last = input.lastIndexOf(pasteEnd, another < 0 ? input.length : another);
  end = Math.max(end, last);
  return end;
};

/** Returns the longest end of `text` with which the mark that ends a paste may begin. */
const markBegun = (text: string): string => {
  for (let length = pasteEnd.length - 1; length > 0; length--)
    if (text.endsWith(pasteEnd.slice(0, length))) return pasteEnd.slice(0, length);
  return '';
};

type Mode = 'keys' | 'paste' | 'flood';

export class TypedInput {
  readonly #heard: (answers: TerminalAnswers) => void;
  #filter: ReturnType<typeof makeReportFilter>;
  #mode: Mode = 'keys';
  /** The input that is held back: a key that may be incomplete, or in a paste the beginning of the mark that ends it. */
  #held = '';
  /** True if a lone escape character was taken for the escape key, so that the rest of a mouse report may follow. */
  #isEscaped = false;
  #text = '';

  /** @param heard is called with late answers of the terminal to the questions at start-up */
  constructor(heard: (answers: TerminalAnswers) => void = () => {}) {
    this.#heard = heard;
    this.#filter = makeReportFilter(heard);
  }

  take(chunk: string): Arrived {
    const late = this.#isEscaped ? chunk.replace(lateReport, '') : chunk;
    const input = this.#held + late;
    this.#isEscaped = false;
    const typed: Typed[] = [];
    this.#held = '';
    for (let at = 0; at < input.length; ) {
      if (this.#mode === 'paste') {
        const end = this.#takePaste(input, at);
        if (end < 0) break;
        typed.push(...this.#ended());
        at = end + pasteEnd.length;
        continue;
      }
      const start = input.indexOf(pasteStart, at);
      const piece = input.slice(at, start < 0 ? input.length : start);
      if (piece.includes(ctrlC)) {
        this.#filter = makeReportFilter(this.#heard);
        [this.#mode, this.#text] = ['keys', ''];
        return {typed: [], leaves: true};
      }
      typed.push(...this.#takeKeys(piece, start < 0));
      if (start < 0) break;
      this.#mode = 'paste';
      at = start + pasteStart.length;
    }
    return {typed, leaves: false};
  }

  /** Returns for how many ms the beginning of a key or paste waits for its rest; undefined if none waits. */
  patienceMs(): number | undefined {
    if (this.#mode === 'paste') return tornPasteMs;
    if (this.#mode === 'flood') return floodMs;
    if (this.#held === '') return undefined;
    return onlyEscape.test(this.#held) ? tornKeyMs : tornPasteMs;
  }

  /** Returns the keys or the paste that count as complete because nothing more came in the time to wait. */
  settle(): readonly Typed[] {
    const rest = this.#held;
    this.#held = '';
    if (this.#mode !== 'keys') return this.#ended();
    // A lone escape is a key; the beginning of anything else is dropped.
    this.#isEscaped = onlyEscape.test(rest);
    return onlyEscape.test(rest) ? [...rest] : [];
  }

  #gather(more: string): void {
    this.#text += more.slice(0, mostPasted - this.#text.length);
  }

  #ended(): readonly Typed[] {
    const all = this.#text;
    this.#text = '';
    this.#mode = 'keys';
    return pastes(all);
  }

  /** Collects a part of a paste; returns the index at which the paste ends, -1 if it does not end in this piece. */
  #takePaste(input: string, at: number): number {
    const end = endOfPaste(input, at);
    if (end < 0) this.#held = markBegun(input.slice(at));
    this.#gather(input.slice(at, end < 0 ? input.length - this.#held.length : end));
    return end;
  }

  /**
   * Returns the keys in a piece of input outside of marked pastes; `isLast` if no paste follows, so that its end may be an incomplete key.
   */
  #takeKeys(piece: string, isLast: boolean): readonly Typed[] {
    if (this.#mode === 'flood' || isLong(piece)) {
      this.#mode = 'flood';
      this.#gather(piece);
      return isLast ? [] : this.#ended();
    }
    const known = this.#filter(piece);
    this.#held = isLast ? (begun.exec(known)?.[0] ?? '') : '';
    return keysIn(known.slice(0, known.length - this.#held.length));
  }
}
