// The pages over the player for ears: what can be chosen, what is marked, and two runs in sentences.
import type {Language} from '../lesson/text.ts';
import {isReplayCode} from '../sim/replay.ts';
import {differencesAt} from '../view/compare/compare-state.ts';
import {comparisonTold} from '../view/compare/compare-words.ts';
import type {Sheet} from '../view/forks/sheet.ts';
import {unicodeGlyphs} from '../view/glyphs.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {readerWords, spokenOverlaySentences} from '../words/catalogue/reader.ts';
import {formatTime} from '../words/format.ts';
import {ended} from '../words/spoken.ts';
import {sentence, spokenText} from '../words/spoken-text.ts';
import type {AppState} from './app-state.ts';
import type {CompareOverlay} from './overlay.ts';
import {sheetOf} from './overlay-screen.ts';

/** Nothing is cut for ears. */
const allColumns = 1000;
const mostFacts = 20;

const fieldName = /^[a-z]+\.[a-z]/;

const say = (text: string, language: Language): string => {
  // A code is copied by hand, letter by letter.
  if (isReplayCode(text)) return text;
  const words = spokenText(text, language);
  return ended(fieldName.test(words) ? words : sentence(words, language), language);
};

const signs = new RegExp(
  `[${unicodeGlyphs.treeBranch}${unicodeGlyphs.treeEnd}${unicodeGlyphs.lifeline}${unicodeGlyphs.typing}${unicodeGlyphs.lost}]`,
  'g',
);

/** Columns of a row become parts of a sentence. */
const rowText = (text: string, language: Language): string =>
  text
    .replace(unicodeGlyphs.cursor, `${readerWords.current[language]} `)
    .replaceAll(unicodeGlyphs.pausedRight, spokenOverlaySentences.row[language])
    .replace(signs, ' ')
    .trim()
    .replace(/ {2,}/g, punctuation.comma[language]);

type Spoken = {
  readonly heading: string;
  readonly above: readonly string[];
  readonly marked: string;
  readonly below: readonly string[];
};

const spokenSheet = (sheet: Sheet, language: Language): Spoken => {
  const line = (text: string): string => say(rowText(text, language), language);
  const marked = sheet.list[sheet.marked];
  return {
    heading: say(sheet.heading, language),
    above: sheet.above.map(({text}) => line(text)),
    marked: marked === undefined ? '' : line(marked.text),
    below: sheet.below.map(({text}) => line(text)),
  };
};

const pageOf = ({player, preferences: {language}}: AppState): Spoken | undefined => {
  const sheet = player && sheetOf(player, unicodeGlyphs)?.(allColumns);
  return sheet && spokenSheet(sheet, language);
};

const compareLines = (
  {comparison, sides, told = comparisonTold(comparison)}: CompareOverlay,
  language: Language,
): readonly string[] => {
  const colon = punctuation.colon[language];
  const comma = punctuation.comma[language];
  const titles = sides.map(({title}, index) => `${'AB'.charAt(index)}${colon}${title[language]}`);
  const facts = told
    .facts(language, mostFacts)
    .map(({name, left, right, remark}) =>
      [`${name}${colon}A ${left}`, `B ${right}`, ...(remark === '' ? [] : [remark])].join(comma),
    );
  return [...titles, told.say[language], ...facts, told.note[language]].map((text) => say(text, language));
};

const differenceLine = ({comparison, state}: CompareOverlay, language: Language): string => {
  const {seen, total} = differencesAt(comparison, state);
  const time = formatTime(state.atUs);
  return say(spokenOverlaySentences.differenceLine[language]({time, seen, total}), language);
};

/** The whole page; undefined: there is none. */
export function overlaySaid(state: AppState): readonly string[] | undefined {
  const {language} = state.preferences;
  const overlay = state.player?.overlay;
  if (overlay?.kind === 'compare') return compareLines(overlay, language);
  const page = pageOf(state);
  return page && [page.heading, ...page.above, page.marked, ...page.below];
}

/** What a key has changed on the page; undefined: there was none, or it is another one now. */
export function overlayNews(before: AppState, after: AppState): readonly string[] | undefined {
  const {language} = after.preferences;
  const [was, now] = [before.player?.overlay, after.player?.overlay];
  if (was === undefined || was.kind !== now?.kind || before.preferences.language !== language)
    return undefined;
  if (was === now) return [];
  if (now.kind === 'compare') return [differenceLine(now, language)];
  const [old, page] = [pageOf(before), pageOf(after)];
  if (!old || !page) return undefined;
  return [
    ...(old.marked === page.marked ? [] : [page.marked]),
    ...page.below.filter((line) => !old.below.includes(line)),
  ];
}
