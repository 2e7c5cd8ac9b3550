// Draws the page at the beginning of a lesson: what happened before, which hosts there are, what the learner will be able to say, what he
// needs to know.

import {type Language, type Text, worded} from '../../lesson/text.ts';
import {leftOutNames, openingConditions, openingPlace, openingWords} from '../../words/catalogue/opening.ts';
import {placesWords} from '../../words/catalogue/places.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {muted, plain, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Note} from '../note.ts';
import type {PageFrame} from '../page-frame.ts';
import {blankRow, firstColumn, frameRows, type PageRow, quizPage} from '../quiz/row.ts';
import type {Line} from '../span.ts';
import {networkRows, networkSentences} from './network.ts';
import type {OpeningPage} from './opening.ts';
import {
  heard,
  lessonHead,
  type Section,
  sectionPageRows,
  sectionSentences,
  sectionText,
  textColumn,
} from './sections.ts';

type OpeningLook = {
  readonly language: Language;
  readonly glyphs: Glyphs;
  /** Tells whether the learner has completed a lesson that this one requires; undefined if no progress is stored. */
  isDone(lesson: string): boolean | undefined;
  /** The place at which the reader left the lesson, or why it begins again; undefined if he has not begun it. */
  readonly left: Text | undefined;
};

const needSign = (id: string, {language, glyphs, isDone}: OpeningLook) => {
  const done = isDone(id);
  if (done === undefined) return undefined;
  const said = openingWords[done ? 'done' : 'toDo'][language];
  return {text: done ? `${glyphs.right} ${said}` : said, said, good: done};
};

const openingSections = (page: OpeningPage, look: OpeningLook): readonly Section[] => {
  const {language} = look;
  const word = (key: keyof typeof openingWords): string => openingWords[key][language];
  const left = page.leftOut.map((each) => leftOutNames[each][language]);
  return [
    {label: placesWords.heading[language], entries: look.left ? [{text: look.left[language]}] : []},
    {label: word('before'), entries: [{text: page.before[language]}]},
    {
      label: word('who'),
      entries: page.hosts.map(({called, is}) => ({head: called[language], text: is[language]})),
    },
    {label: word('goals'), entries: page.goals.map(({text}) => ({text: text[language]}))},
    {
      label: word('needs'),
      entries: page.needs.map(({id, title}) => ({text: title[language], sign: needSign(id, look)})),
    },
    {
      label: word('leftOut'),
      entries: left.length > 0 ? [{text: left.join(punctuation.listComma[language])}] : [],
    },
  ].filter(({entries}) => entries.length > 0);
};

const conditionsOf = ({minutes, profile, reno, roundTripUs}: OpeningPage, language: Language): string =>
  worded(openingConditions, {
    minutes,
    profile: reno ? 'reno' : profile,
    roundTrip: roundTripUs === undefined ? undefined : formatTime(roundTripUs),
  })[language];

export const openingSentences = (page: OpeningPage, look: OpeningLook): readonly string[] => {
  const {language} = look;
  const head = `${page.title[language]}${punctuation.comma[language]}${conditionsOf(page, language)}`;
  const network: Section = {
    label: openingWords.network[language],
    entries: (page.network ? networkSentences(page.network, language) : []).map((text) => ({text})),
  };
  return [heard(head, language), ...sectionSentences([...openingSections(page, look), network], language)];
};

/** Returns the opening page as text lines of at most `columns`, for the head of a transcript. */
export const openingText = (
  page: OpeningPage,
  columns: number,
  look: Pick<OpeningLook, 'language' | 'glyphs'>,
): readonly string[] =>
  sectionText(
    openingSections(page, {...look, isDone: () => undefined, left: undefined}),
    columns,
    look.glyphs.ellipsis,
  ).map((line) => plainText(line, look.glyphs));

const networkSection = (
  {network}: OpeningPage,
  look: OpeningLook & PageFrame,
  column: number,
): readonly PageRow[] => {
  const picture = network && networkRows(network, look.columns - column, {...look, column});
  const [first, ...rest] = picture ?? [];
  if (first === undefined || rest.length === 0) return [];
  const label = {column: firstColumn, text: openingWords.network[look.language], style: muted};
  return [{pieces: [label, ...first.pieces]}, ...rest];
};

/**
 * Returns the section with the lessons of the track before this one, and which of them are done; empty without others. Titles of later
 * lessons contain words that are not explained yet, and this lesson's title is already at the top.
 */
const shelfSection = (
  {id, shelf}: OpeningPage,
  {language, glyphs, isDone}: OpeningLook,
  column: number,
): readonly PageRow[] => {
  if (shelf === undefined || shelf.lessons.length < 2) return [];
  const place = shelf.lessons.findIndex((lesson) => lesson.id === id);
  const signed = (sign: string, text: string, style: Style): PageRow => ({
    pieces: [
      {column, text: sign, style},
      {column: column + 3, text, style},
    ],
  });
  const named = shelf.lessons.slice(0, place).map((lesson) => {
    const title = lesson.title[language];
    return isDone(lesson.id) ? signed(glyphs.right, title, plain) : signed(glyphs.toDo, title, muted);
  });
  const label = {column: firstColumn, text: openingWords.partOf[language], style: muted};
  const [track, of] = [shelf.name[language], {place: place + 1, count: shelf.lessons.length}];
  return [{pieces: [label, {column, text: openingPlace[language]({track, ...of}), style: plain}]}, ...named];
};

export const openingScreen = (
  page: OpeningPage,
  look: OpeningLook & PageFrame & {readonly note?: Note | undefined},
): readonly Line[] => {
  const {language, note} = look;
  const room = look.rows - frameRows - 1;
  const all = openingSections(page, look);
  const fitsWhole = sectionPageRows(all, look).length <= room;
  const sections = fitsWhole ? all : openingSections({...page, leftOut: []}, look);
  const column = textColumn(sections);
  const body = [...sectionPageRows(sections, look)];
  const fits = (more: readonly PageRow[]): boolean =>
    more.length > 0 && body.length + 1 + more.length <= room;
  // The picture of the network and the list of lessons are useful but unnecessary; each is shown only if all of it fits.
  for (const more of [networkSection(page, look, column), shelfSection(page, look, column)])
    if (fits(more)) body.push(blankRow, ...more);
  return quizPage(
    {...lessonHead(page.id, page.title[language], conditionsOf(page, language), look.columns), body, note},
    look,
  );
};
