// Draws the page on which the reader changes a host or a link: its settings with their present values, and what the marked one means.
import type {Settable} from '../../lesson/settable.ts';
import {type Language, type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import {boundsText} from '../../lesson/value-bounds.ts';
import type {Trace} from '../../sim/trace.ts';
import {partSentences, varyGroups, varySentences} from '../../words/catalogue/alter.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut, cutStart, padEnd, textWidth} from '../../words/width.ts';
import {accent, muted, plain, strong} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Message} from '../note.ts';
import {type Part, partName} from './parts.ts';
import type {Sheet, SheetRow} from './sheet.ts';
import {
  chosenIn,
  enterDoes,
  firstSettables,
  markedSettable,
  type VaryRow,
  type VaryState,
  varyRows,
} from './vary.ts';

export type VaryView = {
  readonly trace: Trace;
  readonly language: Language;
  readonly glyphs: Glyphs;
  readonly columns: number;
  /** All settings of the run that the reader can change, with their present values. */
  readonly settables: readonly Settable[];
  /** The reason for which the last change of a setting could not be made, shown until the next key. */
  readonly problem: Text | undefined;
};

const warning = {role: 'warning'} as const;

const nameColumns = 20;
const valueColumns = 16;
/** The width in columns of a setting's value in its row. A longer text is shown in full only where it is typed. */
const mostValue = 28;

const partHeading = (trace: Trace, part: Part): Text => {
  const name = partName(trace, part);
  return 'host' in part ? name : wordedWithNames(partSentences.link, {link: part.link, name});
};

/** The number of settings of a marked host or link that the note on it names. */
const mostNamed = 4;

/** Returns the note on the marked host or link: what it is, and the values of its first settings. */
export const partNote = (trace: Trace, settables: readonly Settable[], part: Part): Message => {
  const of = partHeading(trace, part);
  const addresses = 'host' in part ? trace.header.hosts.find(({name}) => name === part.host)?.ip : undefined;
  const values = firstSettables(settables, part).flatMap(({place, value, group, unit}) =>
    value === '' || !(group === 'link' || unit === 'text') ? [] : [`${shortPlace(place)} ${value}`],
  );
  const parts = [...(addresses ?? []), ...values.slice(0, mostNamed)];
  const note = parts.length === 0 ? of : worded(partSentences.marked, {part: of, parts});
  return {...note, marks: true};
};

/** Returns the name of a setting's place without the host or link, which the page's heading already says. */
const shortPlace = (place: string): string => place.slice(place.indexOf('.') + 1);

const shownValue = (value: string, {glyphs, language}: VaryView): string =>
  value === '' ? varySentences.absent[language] : cut(value, mostValue, glyphs.ellipsis);

const settableRow = (settable: Settable, state: VaryState, view: VaryView): SheetRow => {
  const {place, value, means} = settable;
  const {language, glyphs} = view;
  const chosen = chosenIn(state, place);
  const present = shownValue(value, view);
  const shown =
    chosen === undefined ? present : `${present} ${glyphs.arrivedRight} ${shownValue(chosen, view)}`;
  const name = padEnd(shortPlace(place), nameColumns);
  return {
    text: `${name} ${padEnd(shown, valueColumns)} ${means[language]}`,
    style: plain,
    said: [shortPlace(place), heard(chosen ?? present)],
    exact: 'field',
  };
};

const rowOf = (row: VaryRow, state: VaryState, view: VaryView): SheetRow =>
  'heading' in row
    ? {text: varyGroups[row.heading][view.language], style: row.heading === 'more' ? strong : muted}
    : settableRow(row.settable, state, view);

/** Returns a setting's value for a screen reader: with a space between number and unit of time, and minutes given in seconds. */
const heard = (value: string): string =>
  value
    .replace(/^(\d+)m$/, (_, minutes: string) => `${Number(minutes) * secondsOfMinute}s`)
    .replace(
      /^([\d.]+)(us|ms|s|h)$/,
      (_, count: string, unit: string) => `${count} ${unit.replace('us', 'µs')}`,
    );

const secondsOfMinute = 60;

/** Returns a text on which values a setting accepts; `written` turns each bound into what is read or heard. */
const takesText = ({bounds, unit}: Settable, written?: (value: string) => string): Text =>
  worded(varySentences.takes, {bounds: boundsText(unit, bounds, written)});

const typedRows = (state: VaryState, {glyphs, columns}: VaryView): readonly SheetRow[] => {
  if (state.typed === undefined) return [];
  const prompt = `${state.place} = `;
  const typed = cutStart(state.typed, Math.max(8, columns - textWidth(prompt) - 4), glyphs.ellipsis);
  const said = [`${prompt}${state.typed}`.trim()];
  return [{text: `${prompt}${typed}${glyphs.typing}`, style: accent, said, exact: 'field'}];
};

/** Returns a text on what `enter` does now on the page that changes settings, and what else can be done. */
const enterText = (marked: Settable, state: VaryState): Text => {
  const {enter} = varySentences;
  if (state.typed !== undefined) return enter.typed;
  const does = enterDoes(marked, state);
  return does === 'type' ? worded(enter.type, {others: state.chosen.length > 0}) : enter[does];
};

export const varySheet = (state: VaryState, view: VaryView): Sheet => {
  const {language, glyphs, settables, problem} = view;
  const {part} = state;
  const rows = varyRows(settables, part);
  const marked = markedSettable(settables, state);
  const meaning = marked ? `${marked.place}${punctuation.colon[language]}${marked.means[language]}` : '';
  const says = (text: Text): SheetRow => ({text: text[language], style: muted});
  return {
    heading: wordedWithNames(varySentences.heading, {part: partHeading(view.trace, part)})[language],
    above: [],
    list: rows.map((row) => rowOf(row, state, view)),
    marked: marked ? rows.findIndex((row) => 'settable' in row && row.settable.place === marked.place) : -1,
    below: [
      ...typedRows(state, view),
      ...(problem
        ? [{text: `${glyphs.lost} ${problem[language]}`, style: warning, said: [problem[language]]}]
        : []),
      ...(marked
        ? [
            {text: meaning, style: plain},
            {...says(takesText(marked)), said: [takesText(marked, heard)[language]]},
            says(enterText(marked, state)),
          ]
        : []),
    ],
  };
};
