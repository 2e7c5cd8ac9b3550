// Describes the content of a capture in sentences for a screen reader: the totals, the first few rows, and the marked one with its texts.
import {type Language, worded} from '../../lesson/text.ts';
import {closedWords, openedWords, pickerWords as say, sortWords} from '../../words/catalogue/picker.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {terminal} from '../../words/written.ts';
import {connectionsIn, everything, rowIn} from './overview.ts';
import {markedIndex, type PickerState} from './picker-state.ts';

/** The most conversations of the table that a screen reader speaks. */
const most = 9;
/** The width in columns at which texts for a screen reader are made, so large that no sentence is wrapped. */
const oneLine = 10_000;

const comma = (language: Language): string => punctuation.comma[language];

const rowWords = ({overview}: PickerState, id: number, language: Language): string => {
  if (id === everything) return say.everything[language];
  const row = rowIn(overview, id);
  if (row === undefined) return '';
  const {label, client, server, opened, closed, packets, lengthUs} = row;
  return [
    worded(say.spokenEnds, {label, client, server})[language],
    ...(opened ? [openedWords[opened][language]] : []),
    ...(closed ? [closedWords[closed][language]] : []),
    worded(say.spokenPackets, {count: packets})[language],
    formatTime(lengthUs),
    ...overview.telling.notableOf(overview, row).map((each) => each[language]),
  ].join(comma(language));
};

const markedLines = (state: PickerState, language: Language): readonly string[] => {
  const {listed, marked, overview} = state;
  if (listed.length === 0) return [say.nothing[language]];
  const {story, lines, legend, lessons} = overview.telling.detailOf(overview, marked, {
    language,
    columns: oneLine,
    ascii: true,
  });
  const colon = punctuation.colon[language];
  return [
    `${worded(say.place, {number: markedIndex(state) + 1, total: listed.length})[language]}${colon}${rowWords(state, marked, language)}`,
    ...[...story, ...lines, ...legend, ...lessons].map((line) => line.replace(/^\s*\* /, '').trim()),
  ];
};

export const pickerSentences = (state: PickerState, language: Language): readonly string[] => {
  const {overview, listed, sort} = state;
  const {name, packets, durationUs} = overview;
  const connections = connectionsIn(overview);
  const head = worded(say.conditions, {packets, connections, us: formatTime(durationUs)})[
    language
  ].replaceAll(' · ', comma(language));
  const heard = listed.slice(0, most);
  return [
    `${name}${comma(language)}${head}${comma(language)}${sortWords[sort][language]}`,
    ...heard.map((id) => rowWords(state, id, language)),
    ...(listed.length > most ? [worded(say.more, {count: listed.length - most})[language]] : []),
    ...markedLines(state, language),
  ].map(terminal.text);
};

/** Returns sentences for a screen reader on what changed between two states of the page on a capture: order, filter, mark. */
export const pickerNews = (
  before: PickerState,
  after: PickerState,
  language: Language,
): readonly string[] => {
  if (before === after) return [];
  if (before.sort !== after.sort) return pickerSentences(after, language);
  const isTyped = before.filter !== after.filter || before.before !== after.before;
  const count = worded(say.shown, {listed: after.listed.length, all: after.overview.rows.length})[language];
  const filter = isTyped ? [`${say.filter[language]} ${after.filter}${comma(language)}${count}`] : [];
  const marked = before.marked === after.marked && !isTyped ? [] : markedLines(after, language);
  return [...filter, ...marked].map(terminal.text);
};
