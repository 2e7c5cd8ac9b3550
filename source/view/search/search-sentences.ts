// Describes the page for looking things up, in sentences for a screen reader: how much was found, and the whole marked result.
import {type Language, worded} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {searchWords as say} from '../../words/catalogue/search.ts';
import {spokenText} from '../../words/spoken-text.ts';
import {inSentences, typedSaid} from '../list-page.ts';
import {leadsTo, unfoundLines} from './search-screen.ts';
import {markedIn, type SearchState, toldOf} from './search-state.ts';

type TitleOf = (lesson: string) => string;

const markedSentences = (state: SearchState, language: Language, titleOf: TitleOf): readonly string[] => {
  const found = markedIn(state);
  if (found === undefined)
    return inSentences(
      state.line.text === '' ? [say.empty[language]] : unfoundLines(state, language),
      language,
    );
  const place = worded(say.place, {number: state.marked + 1, total: state.found.length})[language];
  const colon = punctuation.colon[language];
  const head = [say.kinds[found.kind], found.name, found.beside]
    .map((text) => text[language])
    .filter((text) => text !== '');
  const lines = [
    `${place}${colon}${head.join(punctuation.comma[language])}`,
    ...toldOf(found, state).map((text) => text[language]),
    leadsTo(found, titleOf)[language],
  ];
  return inSentences(
    lines.map((line) => spokenText(line, language)),
    language,
  );
};

export const searchSentences = (
  state: SearchState,
  language: Language,
  titleOf: TitleOf,
): readonly string[] => [
  ...inSentences([`${say.line[language]}${punctuation.colon[language]}${state.line.text}`], language),
  ...markedSentences(state, language, titleOf),
];

/**
 * Returns sentences for a screen reader on what changed between two states of the search page: while the reader types, the text and the
 * number of results; when the mark moves, the marked result.
 */
export const searchNews = (
  before: SearchState,
  after: SearchState,
  {language, titleOf}: {readonly language: Language; readonly titleOf: TitleOf},
): readonly string[] => {
  if (before === after) return [];
  if (before.line.text === after.line.text)
    return before.marked === after.marked ? [] : markedSentences(after, language, titleOf);
  const typed = typedSaid(before.line.text, after.line.text, language);
  const count = worded(say.count, {found: after.found.length, all: after.ranking.all.length})[language];
  return [
    ...(typed === undefined ? inSentences([after.line.text], language) : [typed]),
    ...inSentences([count], language),
  ];
};
