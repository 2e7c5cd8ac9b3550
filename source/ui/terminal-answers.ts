// Parses the answers of a terminal to the questions at start-up, and reads what the environment says about it.
import type {ColourEnvironment} from './theme.ts';

export type Background = 'dark' | 'light';

/** The answers of the terminal so far; one that has not arrived is undefined. */
export type TerminalAnswers = {
  /** The column of the cursor after one ambiguous glyph, counted from 1: 2 if the terminal draws the glyph narrow. */
  readonly column?: number;
  readonly background?: Background;
};

type Parsed = {
  readonly answers: TerminalAnswers;
  /** The other text in the input, which the reader typed meanwhile. */
  readonly typed: string;
};

const cursorReport = /\x1b\[\d+;(\d+)R/g;
const backgroundReport = /\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b\\)/g;

const last = (input: string, report: RegExp): string | undefined => [...input.matchAll(report)].at(-1)?.[1];

export function parseAnswers(input: string): Parsed {
  const column = last(input, cursorReport);
  const background = backgroundOf(last(input, backgroundReport) ?? '');
  return {
    answers: {...(column === undefined ? {} : {column: Number(column)}), ...(background && {background})},
    typed: input.replace(cursorReport, '').replace(backgroundReport, ''),
  };
}

/**
 * Returns whether a background colour such as `rgb:1e1e/1e1e/2e2e` (one to four digits a channel) is light or dark; undefined if it cannot
 * be parsed.
 */
function backgroundOf(colour: string): Background | undefined {
  const match = /^rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(colour);
  if (match === null) return undefined;
  const channel = (digits = '0') => Number.parseInt(digits, 16) / (16 ** digits.length - 1);
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = [match[1], match[2], match[3]].map((digits) => linear(channel(digits)));
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  // The luminance at which black and white text have the same contrast to the background (WCAG).
  return luminance > 0.179 ? 'light' : 'dark';
}

/**
 * Returns whether the background is light or dark according to `COLORFGBG`, which is `15;0` or `15;default;0`: foreground first, background
 * last; 7 and 9 … 15 are light. undefined if it is not set.
 */
export function backgroundFromEnvironment(env: ColourEnvironment): Background | undefined {
  const last = env['COLORFGBG']?.split(';').at(-1);
  if (last === undefined || !/^\d+$/.test(last)) return undefined;
  const index = Number(last);
  return index === 7 || (index >= 9 && index <= 15) ? 'light' : 'dark';
}

/** Tells whether the environment requires ASCII. If it sets no locale, the question to the terminal decides. */
export function needsAscii(env: ColourEnvironment): boolean {
  if (env['TERM'] === 'dumb') return true;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => (value ?? '') !== '');
  return locale !== undefined && !/utf-?8/i.test(locale);
}

// Matches the beginning of a report at the end of the input. Nothing else is held back, because alt-] must not swallow the keys after it.
const begunReport = /\x1b\](?:1(?:1(?:;[rgba:0-9a-f/]{0,40}\x1b?)?)?)?$/i;

/**
 * Returns a filter that removes late answers of the terminal from typed text, even if they arrive in pieces, and passes them to `heard`.
 */
export function makeReportFilter(heard: (answers: TerminalAnswers) => void): (chunk: string) => string {
  let held = '';
  return (chunk) => {
    const {answers, typed: text} = parseAnswers(held + chunk);
    if (Object.keys(answers).length > 0) heard(answers);
    held = begunReport.exec(text)?.[0] ?? '';
    return text.slice(0, text.length - held.length);
  };
}
