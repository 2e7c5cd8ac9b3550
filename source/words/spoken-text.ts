// Screen text as it is to be heard: flags and names of fields as words, times with their units whole.

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
/** What a segment carries; anywhere else the same flags are the name of a kind of segment. */
const flagsCarried = new RegExp(`^${flag}(?:,${flag})+(?=$| [a-z]+=)`);
/** A field with or without its value: `ack=1001`, `ack=`. */
const field = /\b([A-Za-z][A-Za-z.]*)=(\S?)/g;
const time = /\b(\d+)(?:\.(\d+))? (µs|ms|s|h)\b/g;
const clause = /§\s?(\d+(?:\.\d+)*)/g;
/** Between Chinese words only the eye needs a blank. */
export const unspaced = (text: string): string =>
  text.replace(/(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g, '');

/** `SYN and ACK`, `FIN, PSH and ACK`. */
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

/** In English, what stood after a colon becomes a sentence: a field's long name cannot hang on to it. */
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

/** What was sent, as it stands but for the sign of a cookie or a parameter: it has no fields of ours. */
export const spokenAsSent = (text: string, language: Language): string =>
  text.replaceAll('=', signWords['='][language]);

/** `rto' = 2 × rto` as it would be read out. */
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

/** Before the beginning of a capture time counts backwards. */
export const spokenTime = (us: number, language: Language): string =>
  us <= -1 ? `${minusWords[language]}${spokenTime(-us, language)}` : spokenText(formatTime(us), language);

/** What is said as “about”: as the screen has it behind its sign. */
export const spokenEstimate = (us: number, language: Language): string => {
  const [, minus, length = ''] = /^(−?)(.*)$/.exec(formatEstimate(us)) ?? [];
  return `${minus === '' ? '' : minusWords[language]}${spokenText(length, language)}`;
};

/** A host's name where a sentence begins: names that are addresses have no capitals to lose. */
export const sentence = (text: string, language: Language): string =>
  language === 'zh' ? text : capital(text);
