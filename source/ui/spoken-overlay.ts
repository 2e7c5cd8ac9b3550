// The pages over the player as sentences for a screen reader: the choices, the marked one, and two compared runs.
import type {Language} from '../lesson/text.ts';
import {solvedChoiceSentences, solvedSentences, taskSentences} from '../view/challenge/challenge-page.ts';
import {differencesAt, rowExplained} from '../view/compare/compare-state.ts';
import type {Part} from '../view/forks/parts.ts';
import type {Sheet, SheetRow} from '../view/forks/sheet.ts';
import {unicodeGlyphs} from '../view/glyphs.ts';
import {closingChoiceSentences, closingSentences} from '../view/opening/closing-screen.ts';
import {openingSentences} from '../view/opening/opening-screen.ts';
import {type Point, saidOf} from '../view/pointing/points.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {differenceAt} from '../words/catalogue/reader.ts';
import {formatTime} from '../words/format.ts';
import {asSentence, ended, spokenSentence} from '../words/spoken.ts';
import {spokenText} from '../words/spoken-text.ts';
import type {AppState} from './app-state.ts';
import {challengeShown} from './challenge-solved.ts';
import {noteOnPart} from './fork-world.ts';
import {leftText} from './left-off.ts';
import type {CompareOverlay} from './overlay.ts';
import {sheetOf} from './overlay-screen.ts';
import type {PlayerState} from './player.ts';
import {closingIn, doneBy} from './player-screen.ts';

/** The numbers of columns (`allColumns`) and of facts (`mostFacts`) for spoken pages, so large that nothing is cut. */
const allColumns = 1000;
const mostFacts = 20;

const rowSentence = ({text, said = [text], exact}: SheetRow, language: Language): readonly string[] => {
  const parts = said.filter((part) => part !== '');
  if (parts.length === 0 || exact === 'code') return parts;
  const words = spokenText(parts.join(punctuation.comma[language]), language);
  return [exact === 'field' ? ended(words, language) : asSentence(words, language)];
};

type Spoken = {
  readonly heading: string;
  readonly above: readonly string[];
  readonly marked: string;
  readonly below: readonly string[];
};

const spokenSheet = ({heading, above, list, marked, below}: Sheet, language: Language): Spoken => {
  const spoken = (rows: readonly SheetRow[]): readonly string[] =>
    rows.flatMap((row) => rowSentence(row, language));
  return {
    heading: spokenSentence(heading, language),
    above: spoken(above),
    marked: spoken(list.slice(marked, marked + 1)).join(''),
    below: spoken(below),
  };
};

const pageOf = ({player, preferences: {language}}: AppState): Spoken | undefined => {
  const sheet = player && sheetOf(player, unicodeGlyphs)?.(allColumns);
  return sheet && spokenSheet(sheet, language);
};

const compareLines = (
  {comparison, state, sides, told}: CompareOverlay,
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
  const said = told.say(rowExplained(comparison, state))[language];
  return [...titles, said, ...facts, told.note[language]].map((text) => spokenSentence(text, language));
};

/** Returns the sentence on the present place in a comparison of two runs, and those on the difference there if it is another one. */
const comparedNews = (
  was: CompareOverlay,
  {comparison, state, told}: CompareOverlay,
  language: Language,
): readonly string[] => {
  const {seen, total} = differencesAt(comparison, state);
  const place = differenceAt[language]({time: formatTime(state.atUs), seen, total});
  const [before, row] = [was.state, state].map((each) => rowExplained(comparison, each));
  const said = before === row ? [] : [told.say(row)[language]];
  return [place, ...said].map((text) => spokenSentence(text, language));
};

const pointedLines = (point: Point, {playback: {plainFirst, language}}: PlayerState): readonly string[] => [
  spokenSentence(
    `${point.name[language]}${punctuation.colon[language]}${saidOf(point, plainFirst)[language]}`,
    language,
  ),
];

const markedLines = (part: Part, player: PlayerState): readonly string[] => {
  const {language} = player.playback;
  return [spokenSentence(noteOnPart(player, part)[language], language)];
};

/** Returns sentences on the whole page over the player; undefined if there is none. */
export function overlaySaid(state: AppState): readonly string[] | undefined {
  const {player, learner, preferences} = state;
  const {language} = preferences;
  const overlay = player?.overlay;
  const look = {language, glyphs: unicodeGlyphs};
  if (overlay?.kind === 'compare') return compareLines(overlay, language);
  if (player && overlay?.kind === 'pointing') return pointedLines(overlay.point, player);
  const challenge = player && challengeShown(player, learner);
  if (challenge && overlay?.kind === 'closing') return solvedSentences(challenge, overlay.marked, language);
  if (challenge && overlay?.kind === 'opening' && player.run.opening === undefined)
    return taskSentences(challenge, language);
  if (player && overlay?.kind === 'parts') return markedLines(overlay.part, player);
  if (overlay?.kind === 'opening' && player?.run.opening)
    return openingSentences(player.run.opening, {...look, isDone: doneBy(learner), left: leftText(player)});
  const closing = overlay?.kind === 'closing' && player ? closingIn(player, learner) : undefined;
  if (overlay?.kind === 'closing' && closing) return closingSentences(closing, {...look, ...overlay});
  const page = pageOf(state);
  return page && [page.heading, ...page.above, page.marked, ...page.below];
}

/** Returns sentences on what changed on a page over the player; undefined if no page was open, or another one is open now. */
export function overlayNews(before: AppState, after: AppState): readonly string[] | undefined {
  const {language} = after.preferences;
  const [was, now] = [before.player?.overlay, after.player?.overlay];
  if (was === undefined || was.kind !== now?.kind || before.preferences.language !== language)
    return undefined;
  if (was === now) return [];
  if (was.kind === 'compare' && now.kind === 'compare') return comparedNews(was, now, language);
  if (after.player && now.kind === 'parts') return markedLines(now.part, after.player);
  if (after.player && now.kind === 'pointing') return pointedLines(now.point, after.player);
  const challenge =
    was.kind === 'closing' && after.player ? challengeShown(after.player, after.learner) : undefined;
  if (now.kind === 'closing' && challenge)
    return solvedChoiceSentences(challenge, language).slice(now.marked, now.marked + 1);
  const closing = was.kind === 'closing' && after.player ? closingIn(after.player, after.learner) : undefined;
  if (now.kind === 'closing' && closing) {
    const choices = closingChoiceSentences(closing, {language, glyphs: unicodeGlyphs, ...now});
    return choices.slice(now.marked, now.marked + 1);
  }
  const [old, page] = [pageOf(before), pageOf(after)];
  if (!old || !page) return undefined;
  return [
    ...(old.marked === page.marked ? [] : [page.marked]),
    ...page.below.filter((line) => !old.below.includes(line)),
  ];
}
