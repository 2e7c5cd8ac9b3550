// The glossary as cards: what the words of the field mean, found by either language's word.
import type {Card, Term} from '../../lesson/data.ts';
import {termNames} from '../../lesson/term-names.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {glossaryTexts} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';

/** `TIME_WAIT`, `time wait` and `Time-Wait` are one word. */
const folded = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, '-');

/** 0: the word as it is written; then: the word itself, a name begins with it, a name has it, the explanation has it. Undefined: nowhere. */
const rankOf = (term: Term, typed: string): number | undefined => {
  const written = termNames(term);
  if (written.includes(typed)) return 0;
  const wanted = folded(typed);
  const names = [term.id, ...written].map(folded);
  if (names.includes(wanted)) return 1;
  if (names.some((name) => name.startsWith(wanted))) return 2;
  if (names.some((name) => hasWord(name, wanted))) return 3;
  const told = [term.text, term.plain ?? term.text].flatMap(({en, zh}) => [folded(en), folded(zh)]);
  if (told.some((each) => hasWord(each, wanted))) return 4;
  return [...names, ...told].some((each) => each.includes(wanted)) ? inAnotherWord : undefined;
};

/** *ack* is no part of *packet*: such finds are shown where there are no others. */
const inAnotherWord = 5;

const letter = /[a-z0-9]/;

/** A word of letters begins there; Chinese has no gaps between words. */
const hasWord = (text: string, wanted: string): boolean => {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (!letter.test(wanted.charAt(0)) || !letter.test(text.charAt(at - 1))) return true;
  return false;
};

/** Nearest first; an empty word finds everything, in the order of the file. */
export const findTerms = (terms: readonly Term[], typed: string): readonly Term[] => {
  const wanted = typed.trim();
  const found = terms
    .flatMap((term) => {
      const rank = wanted === '' ? 0 : rankOf(term, wanted);
      return rank === undefined ? [] : [{term, rank}];
    })
    .sort((a, b) => a.rank - b.rank);
  const own = found.filter(({rank}) => rank !== inAnotherWord);
  return (own.length > 0 ? own : found).map(({term}) => term);
};

const title = glossaryTexts.title;

/** In plain words first, then as the field says it. */
export const meaningOf = ({plain, text}: Term): Text =>
  plain === undefined
    ? text
    : inEvery((language) => `${plain[language]}${punctuation.space[language]}${text[language]}`);

/** Each word and what it means, in the reader's language alone. */
export const glossaryCard = (terms: readonly Term[], typed: string): Card => {
  const found = findTerms(terms, typed);
  const word = typed.trim();
  const nothing = worded(glossaryTexts.nothing, {word});
  return {
    id: 'glossary',
    title: word === '' ? title : worded(glossaryTexts.named, {title, word}),
    head: [],
    rows: found.map((each) => [each.term, meaningOf(each)]),
    lines: found.length === 0 ? [nothing] : [],
  };
};
