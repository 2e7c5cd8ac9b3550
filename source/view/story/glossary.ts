// The glossary as a card: technical terms with their meanings, found by words of either language.
import type {Card, Term} from '../../lesson/data.ts';
import {termNames} from '../../lesson/term-names.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {glossaryTexts} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';

/** Returns a word in the form in which glossary terms are compared: `TIME_WAIT`, `time wait` and `Time-Wait` are the same. */
const folded = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, '-');

/**
 * Returns how well a glossary term matches the typed word: 0 for a name in the same spelling, 1 for the same word, 2 and 3 if a name begins
 * with it or contains it, 4 if an explanation does, 5 if only inside another word; undefined if nothing does.
 */
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

/**
 * The rank of a glossary term that has the typed word only inside another word, such as *ack* in *packet*; it is shown only if there are no
 * better matches.
 */
const inAnotherWord = 5;

const letter = /[a-z0-9]/;

/** Tells whether a text contains a word, or a word that begins with it; Chinese has no gaps between words. */
const hasWord = (text: string, wanted: string): boolean => {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (!letter.test(wanted.charAt(0)) || !letter.test(text.charAt(at - 1))) return true;
  return false;
};

/** Returns the glossary terms that match the typed word, the best first. An empty word matches all, in the order of the file. */
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

/** Returns the meaning of a glossary term: first the one for beginners, if there is one, then the technical one. */
export const meaningOf = ({plain, text}: Term): Text =>
  plain === undefined
    ? text
    : inEvery((language) => `${plain[language]}${punctuation.space[language]}${text[language]}`);

/** Returns a card with the glossary terms that match the typed word and their meanings. */
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
