// What a machine can hold of plain words: articles by sound, phrases that are not used here, long sentences, messages of too many choices.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'yaml';
import {root} from './root.ts';
import {filled, nesting, sentencesIn, type Tongue, type Written} from './shown-texts.ts';

/** A phrase that is not used here. `match`: where it is in a sentence, but for what `except` finds; `say`: what to write instead. */
export type Phrase = {
  readonly phrase: string;
  readonly language: Tongue;
  readonly match: RegExp;
  readonly except: readonly RegExp[];
  readonly say: string;
  readonly found: string;
};

/** A long sentence that may stay. */
export type LongOne = {readonly file: string; readonly begins: string; readonly reason: string};

export type Fault = {
  readonly check: 'article' | 'phrase' | 'length' | 'choices';
  readonly at: string;
  readonly language: Tongue;
  readonly what: string;
  readonly sentence: string;
};

const read = (name: string): unknown => parse(readFileSync(join(root, 'test/fixtures', name), 'utf8'));

type PhraseRow = Record<'phrase' | 'match' | 'say' | 'found', string> & {readonly except?: readonly string[]};

const patternOf = (source: string): RegExp => new RegExp(source, 'giu');

export const phrases: readonly Phrase[] = Object.entries(
  read('plain-phrases.yaml') as Record<Tongue, readonly PhraseRow[]>,
).flatMap(([language, rows]) =>
  rows.map(({except = [], match, ...row}) => ({
    ...row,
    language: language as Tongue,
    match: patternOf(match),
    except: except.map(patternOf),
  })),
);

export const longOnes = read('long-sentences.yaml') as Record<Tongue, readonly LongOne[]>;

/** Abbreviations that are read as words, as far as their first letter would mislead. */
const readAsWords = new Set(
  `SYN FIN SACK NAT LAN MAC RACK SHA MIME REST LISTEN HEAD RENO RETRY MAX RESET NEW MUST MAY NOT NULL NONE RAM ROM SPDY
  STUN HELLO SAN LOST SEND LOSE FAST MAIN NAME REPLY RANGE STEP MATCH NOOP NODE NOW UNIX`.split(/\s+/),
);
/** Longer ones are words, but for these. */
const longestLetters = 5;
const readByLetters = new Set(['RTTVAR', 'NXDOMAIN', 'NXRRSET', 'SSLKEYLOGFILE', 'MTCPRST']);

const vowelLetters = /^[AEFHILMNORSX]/;
const vowelSound = /^(?:[aeiou]|hour|hono|honest|heir)/;
/** Words that begin with a vowel and sound otherwise. */
const consonantSound =
  /^(?:uni(?:[cfoqtvx]|lat)|us(?:[aeu]|ing)|ut[io]|ub[iq]|ur[io]|eu|one(?![a-z])|once(?![a-z])|ufo)/;

/** Returns whether a word wants `an` before it; undefined if that is open. */
const takesAn = (word: string): boolean | undefined => {
  const digits = /^\d+/.exec(word)?.[0];
  if (digits !== undefined) {
    if (/^(?:11|18)\d\d$/.test(digits)) return undefined;
    return digits.startsWith('8') || /^(?:11|18)(?:\d{3})?$/.test(digits);
  }
  const capitals = /^[A-Z]+(?![a-z]{2})/.exec(word)?.[0];
  const name = /^[A-Za-z]+/.exec(word)?.[0] ?? '';
  if (name.length === 1) return vowelLetters.test(name.toUpperCase()) && name.toUpperCase() !== 'U';
  if (capitals !== undefined && capitals.length > 1) {
    const byLetters = capitals.length <= longestLetters || readByLetters.has(capitals);
    if (byLetters && !readAsWords.has(capitals)) return vowelLetters.test(capitals);
  }
  if (/^(?:https?|rtos?|rtts?|mss|nxdomain|srtt|rst)$/.test(name)) return true;
  const lower = word.toLowerCase();
  return vowelSound.test(lower) && !consonantSound.test(lower);
};

/** After these an `a` is a letter or a key and no article. */
const noNoun = /^(?:and|or|is|of|in|at|as|if|it|are|on)$/i;

/** With a capital only where a sentence or a quotation can begin: elsewhere it is a name, as in “run A”; so is `a` in “host a”. */
const article =
  /(?:(?<=^|[.:;—]\s|[(“‘])(An?)|(?<=^|[\s(“‘])(?<!\bhost )(an?))\s+[“"‘'*_`(]*([A-Za-z0-9][\w.-]*)/g;

/** Each `a` that should be `an`, or the other way round, with its word. */
export const wrongArticles = (sentence: string): readonly string[] =>
  [...sentence.matchAll(article)].flatMap(([whole, capital, small, word = '']) => {
    if (noNoun.test(word)) return [];
    const an = takesAn(word);
    return an === undefined || an === /^an$/i.test(capital ?? small ?? '') ? [] : [whole];
  });

const withoutCode = (sentence: string): string => sentence.replaceAll(/`[^`]*`/g, filled);

export const usedPhrases = (sentence: string, language: Tongue): readonly Phrase[] => {
  const prose = withoutCode(sentence);
  return phrases.filter(({language: of, match, except}) => {
    if (of !== language) return false;
    // Few sentences have it at all.
    if (prose.search(match) < 0) return false;
    const rest = except.reduce((text, each) => text.replaceAll(each, ''), prose);
    return rest.search(match) >= 0;
  });
};

export const mostIn: Readonly<Record<Tongue, number>> = {en: 28, zh: 50};

const isWord = (text: string): boolean => /[\p{L}\p{N}◇]/u.test(text);

/** English in words; Chinese in characters, a word or number of other letters as one. */
export const lengthOf = (sentence: string, language: Tongue): number => {
  const prose = withoutCode(sentence);
  if (language === 'en') return prose.split(/\s+/).filter(isWord).length;
  const characters = prose.match(/\p{Script=Han}/gu)?.length ?? 0;
  return (
    characters + prose.split(/[\p{Script=Han}\s\u3000-\u303f\uff00-\uffef“”‘’…—]+/u).filter(isWord).length
  );
};

export const isListed = (long: LongOne, file: string, sentence: string): boolean =>
  long.file === file && sentence.startsWith(long.begins);

export const mostChoicesDeep = 2;

/** What is wrong with one text, each kind once for a word or phrase. */
export const faultsOf = (written: Written): readonly Fault[] => {
  const {file, line, language, text, icu} = written;
  const found = new Map<string, Fault>();
  const add = (check: Fault['check'], what: string, sentence: string): void => {
    const key = `${check} ${check === 'length' ? sentence.slice(0, 20) : what}`;
    const before = found.get(key);
    if (before === undefined || (check === 'length' && Number(before.what) < Number(what)))
      found.set(key, {check, at: `${file}:${line}`, language, what, sentence});
  };
  for (const sentence of sentencesIn(written)) {
    if (language === 'en') for (const each of wrongArticles(sentence)) add('article', each, sentence);
    for (const {phrase, say} of usedPhrases(sentence, language))
      add('phrase', `${phrase} → ${say}`, sentence);
    const length = lengthOf(sentence, language);
    const listed = longOnes[language].some((each) => isListed(each, file, sentence));
    if (length > mostIn[language] && !listed) add('length', `${length}`, sentence);
  }
  const depth = icu ? nesting(text) : 0;
  if (depth > mostChoicesDeep) add('choices', `${depth} choices inside each other`, text.slice(0, 60));
  return [...found.values()];
};
