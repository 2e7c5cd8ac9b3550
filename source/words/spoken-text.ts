// Turns text of the screen into text for speech: flags and names of fields as words, times with whole units.

import {type Language, spaced, textOf} from '../lesson/text.ts';
import {flagOrder} from '../wire/tcp.ts';
import {lists} from './catalogue/punctuation.ts';
import {
  afterwardsWords,
  fieldAlone,
  fieldWords,
  lengthWords,
  minusWords,
  operatorWords,
  sectionWords,
  signWords,
} from './catalogue/spoken-words.ts';
import {formatEstimate, formatTime} from './format.ts';

const flag = `(?:${flagOrder.join('|')})`;
const flagNames = new RegExp(`\\b${flag}(?:,${flag})+\\b`, 'g');
/**
 * TCP flags at the start of a text with fields behind them are those that a segment carries; elsewhere such a list names a kind of segment.
 */
const flagsCarried = new RegExp(`^${flag}(?:,${flag})+(?=$| [a-z]+=)`);
/**
 * A field as the screen writes it, `ack=1001` or `ack=`, which is read aloud as words. The second group is the first character of the
 * value, empty if there is none.
 */
const field = /\b([A-Za-z][A-Za-z.]*)=(\S?)/g;
const time = /\b(\d+)(?:\.(\d+))? (µs|ms|s|h)\b/g;
const clause = /§\s?(\d+(?:\.\d+)*)/g;
/** Removes spaces between Chinese characters, which are only for the eye, from text for speech. */
export const unspaced = (text: string): string =>
  text.replace(/(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g, '');

/** Returns a list for speech, such as `SYN and ACK` or `FIN, PSH and ACK`. */
export const spokenList = (words: readonly string[], language: Language): string => {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (before.length === 0) return last;
  return spaced(lists.and[language]({before, last}));
};

const isUnit = (unit: string): unit is keyof typeof lengthWords => Object.hasOwn(lengthWords, unit);

const timeWords = (whole: string, part: string, unit: string, language: Language): string => {
  const digits = part.replace(/0+$/, '');
  const value = digits === '' ? whole : `${whole}.${digits}`;
  return isUnit(unit) ? lengthWords[unit][language]({value}) : `${value} ${unit}`;
};

const fieldName = (name: string, value: string, language: Language): string => {
  const words = textOf(fieldWords, name);
  if (words === undefined) return `${name} ${value}`;
  if (value === '?') return `${words[language]} ${signWords['?'][language]}`;
  return /\w/.test(value) ? `${words[language]} ${value}` : `${fieldAlone[language]} ${name}${value}`;
};

const capital = (text: string): string => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** Replaces a colon before a field such as `ack=1` by a full stop in English speech, because a field's long name cannot follow a colon. */
const afterColon = (text: string, language: Language): string =>
  language === 'zh' ? text : text.replace(/: (?=[a-z]+=\d)/g, '. ');

export const spokenText = (text: string, language: Language): string => {
  const words = afterColon(text, language)
    .replace(/\s+/g, ' ')
    .replace(flagsCarried, (flags) => spokenList(flags.split(','), language))
    .replace(flagNames, (flags) => flags.replaceAll(',', ' '))
    .replace(field, (_, name: string, value: string) => fieldName(name, value, language))
    .replace(time, (_, whole: string, part: string | undefined, unit: string) =>
      timeWords(whole, part ?? '', unit, language),
    )
    .replace(clause, (_, number: string) => sectionWords[language]({number}))
    .replace(
      / (?:[×=>▸]) |◌ ?|[=×→≤≥≠≈−“”‘’…—]/g,
      (sign) => textOf(signWords, sign.trim() === '◌' ? '◌' : sign)?.[language] ?? sign,
    )
    .replace(/ +/g, ' ')
    .trim();
  if (language === 'zh') return unspaced(words);
  return words.replace(
    /\. (?:sequence|acknowledgment|length|window) /g,
    (found) => `. ${capital(found.slice(2))}`,
  );
};

/** Returns text that was sent, such as a cookie, for speech. Only its `=` becomes a word; it is not read as a packet field. */
export const spokenAsSent = (text: string, language: Language): string =>
  text.replaceAll('=', signWords['='][language]);

/** Returns a formula such as `rto' = 2 × rto` as it is read aloud. */
export const spokenFormula = (formula: string, language: Language): string =>
  spokenText(
    formula
      .trim()
      .split(/\s+/)
      .map((token) => {
        const afterwards = /^([A-Za-z][A-Za-z.]*)'$/.exec(token)?.[1];
        if (afterwards !== undefined) return afterwardsWords[language]({afterwards});
        return textOf(operatorWords, token)?.[language] ?? token;
      })
      .join(' '),
    language,
  );

/** Returns a time in µs in words for speech; times before the beginning of a capture are negative. */
export const spokenTime = (us: number, language: Language): string =>
  us <= -1 ? `${minusWords[language]}${spokenTime(-us, language)}` : spokenText(formatTime(us), language);

/** Returns an estimated time in µs in words for speech, rounded as on the screen; the caller adds “about”. */
export const spokenEstimate = (us: number, language: Language): string => {
  const [, minus, length = ''] = /^(−?)(.*)$/.exec(formatEstimate(us)) ?? [];
  return `${minus === '' ? '' : minusWords[language]}${spokenText(length, language)}`;
};

/** Capitalizes the first letter of a sentence in English; a Chinese sentence stays as it is. */
export const sentence = (text: string, language: Language): string =>
  language === 'zh' ? text : capital(text);
