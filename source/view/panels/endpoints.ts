// The endpoints panel: the TCP variables of both ends, with the formulas behind the last changes.

import {conversationSign} from '../../account/packet.ts';
import type {Text} from '../../lesson/text.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {panelsEndpointsSentences} from '../../words/catalogue/panels.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {textWidth, wrap} from '../../words/width.ts';
import {accent, changed, muted, plain, type Style, strong} from '../canvas.ts';
import {isWatched, observedAtHand} from '../endpoints/observed.ts';
import {
  countYetToCome,
  type Endpoint,
  type EndpointTimer,
  type EndpointValue,
  endpointsOf,
  endsOf,
  isEmpty,
  isNothingMet,
  type Pointed,
  placesOf,
} from '../endpoints/scene-endpoints.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {selectionOf} from '../links.ts';
import type {Pane} from '../pane.ts';
import {definePanel, pageKeys, upDownKeys, wayOf} from '../panel.ts';
import {spokenEndpoints} from '../spoken/spoken-rows.ts';
import {clockOf} from '../time/scene-timeline.ts';
import {hasStates, type View} from '../view.ts';

// The functions below draw the TCP variables of the hosts: below each other if the panel is beside the ladder, or side by side if it covers
// the ladder.

type Drawing = {
  /** The number of columns between the mark of the selected row and the text of the row in the endpoints panel. */
  readonly pane: Pane;
  readonly view: View;
  /** The number of columns between the mark of the selected row and the row's text. */
  readonly gutter: number;
};

/** A row of the endpoints panel with the function that draws it, which is called once the row's place is known. */
type Row = {readonly selected?: boolean; readonly put: (pane: Pane, at: number) => void};

const blank: Row = {put: () => undefined};
const formulaIndent = 2;
/** The number of rows of a formula: its symbols and its numbers. */
const formulaRows = 2;

const textRow = (text: string, style: Style, column = 0): Row => ({
  put: (pane, at) => pane.put(at, column, text, style),
});

/**
 * Returns the width of the longest TCP variable's name with its value, at least `least`, so that all values of the endpoints panel end in
 * one column.
 */
const valueColumns = (endpoints: readonly Endpoint[], pane: Pane, least: number): number =>
  endpoints
    .flatMap(({values}) => values)
    .reduce((most, {name, text}) => Math.max(most, textWidth(name) + 1 + textWidth(pane.plain(text))), least);

type Marks = Pointed & {readonly isChanged: boolean; readonly mark: number; readonly gutter: number};

/**
 * Draws the marks of a row of the endpoints panel: after it, in column `mark`, `◆` if the value has changed or `◂` if the selected packet
 * changed it; if the row is selected, `▸` before it and a background.
 */
const putMarks = (pane: Pane, at: number, {selected, fed, isChanged, mark, gutter}: Marks): void => {
  const {glyphs} = pane;
  if (isChanged) pane.put(at, mark, glyphs.changed, shade(changed, {selected}), 1);
  else if (fed) pane.put(at, mark, glyphs.pausedLeft, accent, 1);
  if (!selected) return;
  pane.put(at, -gutter, glyphs.selected, {...accent, selected});
  pane.fill(at, -gutter, {role: 'text', selected});
};

const shade = (style: Style, {selected}: Pick<Pointed, 'selected'>): Style =>
  selected ? {...style, selected} : style;

const stateRow = ({gutter}: Drawing, {state, stateChanged, statePointed}: Endpoint): Row => ({
  selected: statePointed.selected,
  put: (pane, at) => {
    const style = shade(stateChanged ? changed : plain, statePointed);
    const mark = pane.put(at, 0, state, style, pane.columns - 4) + 2;
    putMarks(pane, at, {...statePointed, isChanged: stateChanged, mark, gutter});
  },
});

/** Returns the row of the endpoints panel with a host's name and its TCP state, which ends in a column of its own. */
const titleRow = ({gutter}: Drawing, endpoint: Endpoint): Row => {
  const {name, role, state, stateChanged, statePointed} = endpoint;
  const columns = 19;
  return {
    selected: statePointed.selected,
    put: (pane, at) => {
      const room = columns - textWidth(pane.plain(state)) - 1;
      pane.put(at, 0, name, shade({role, bold: true}, statePointed), room);
      pane.putEnd(at, state, shade(stateChanged ? changed : plain, statePointed), columns - 1);
      putMarks(pane, at, {...statePointed, isChanged: stateChanged, mark: columns + 1, gutter});
    },
  };
};

const valueRow = ({gutter}: Drawing, value: EndpointValue, columns: number): Row => ({
  selected: value.selected,
  put: (pane, at) => {
    pane.put(at, 0, value.name, shade(muted, value));
    pane.putEnd(at, value.text, shade(value.changed ? changed : plain, value), columns - 1);
    putMarks(pane, at, {...value, isChanged: value.changed, mark: columns + 1, gutter});
  },
});

/**
 * Returns the lines of a TCP variable's formula: symbols and numbers, or only the numbers if the symbols are too long; empty if both are.
 */
const arithmeticLines = ({pane}: Drawing, {arithmetic}: EndpointValue): readonly string[] => {
  const lines = arithmetic.map((line) => pane.plain(line));
  const fits = (line: string): boolean => textWidth(line) <= pane.columns - formulaIndent;
  if (lines.every(fits)) return lines;
  const last = lines.at(-1) ?? '';
  return fits(last) ? [last] : [];
};

const arithmeticRows = (drawing: Drawing, value: EndpointValue): Row[] => {
  const lines = arithmeticLines(drawing, value);
  return lines.map((line, index) => textRow(line, index < lines.length - 1 ? muted : strong, formulaIndent));
};

/**
 * The least number of rows for a host's TCP variables in the endpoints panel; for a host without variables, a text says why there are none.
 */
const leastRows = 2;
const bodyRows = (endpoint: Endpoint): number => Math.max(leastRows, endpoint.values.length);

/**
 * Returns the TCP variables whose formulas fit in the free rows of the endpoints panel: the selected one first, then changed ones, from
 * above.
 */
const budgeted = (
  drawing: Drawing,
  values: readonly EndpointValue[],
  budget: number,
): ReadonlySet<EndpointValue> => {
  const given = new Set<EndpointValue>();
  let left = budget;
  for (const value of values.toSorted((one, other) => Number(other.selected) - Number(one.selected))) {
    const rows = arithmeticLines(drawing, value).length;
    if (rows === 0 || rows > left) continue;
    given.add(value);
    left -= rows;
  }
  return given;
};

type Plan = {
  /** True if a host's name and its TCP state have separate rows in the endpoints panel. */
  readonly roomy: boolean;
  readonly columns: number;
  readonly told: ReadonlySet<EndpointValue>;
  /** The number of rows that each host's part of the endpoints panel keeps for formulas, so that nothing below moves. */
  readonly reserve: number;
  /** True if the endpoints panel leaves out blank rows because not all rows fit. */
  readonly tight: boolean;
};

const noValues = ({deduced}: Endpoint, view: View): Text => {
  if (deduced) return captureTexts.nothingSeen;
  return countYetToCome(view) > 0 ? playerTexts.noConnection : playerTexts.noTcb;
};

const blockRows = (drawing: Drawing, endpoint: Endpoint, plan: Plan): Row[] => {
  const {pane, view} = drawing;
  const {name, role} = endpoint;
  const head = plan.roomy
    ? [textRow(name, {role, bold: true}), stateRow(drawing, endpoint)]
    : [titleRow(drawing, endpoint)];
  const values = endpoint.values.flatMap((value) => [
    valueRow(drawing, value, plan.columns),
    ...(plan.told.has(value) ? arithmeticRows(drawing, value) : []),
  ]);
  const missing =
    endpoint.values.length > 0 || (endpoint.state !== 'CLOSED' && !endpoint.deduced)
      ? []
      : wrap(noValues(endpoint, view)[view.language], pane.columns)
          .slice(0, leastRows)
          .map((line) => textRow(line, muted));
  const body = [...values, ...missing];
  const least = plan.tight ? 0 : bodyRows(endpoint) + plan.reserve;
  return [...head, ...body, ...Array<Row>(Math.max(0, least - body.length)).fill(blank), blank];
};

/**
 * Returns the rows of a running timer in the endpoints panel. Its remaining time is never cut; if the names leave no room, it is in the
 * next row.
 */
const rowsOfTimer = ({pane, gutter}: Drawing, host: string, timer: EndpointTimer): Row[] => {
  const names = `${host} ${timer.name}`;
  const whole = `${names} ${timer.left}`;
  const fits = textWidth(whole) <= pane.columns;
  const first: Row = {
    selected: timer.selected,
    put: (own, at) => {
      own.put(at, 0, fits ? whole : names, shade(plain, timer));
      putMarks(own, at, {...timer, fed: false, isChanged: false, mark: 0, gutter});
    },
  };
  return fits ? [first] : [first, textRow(timer.left, plain, formulaIndent)];
};

const unseenLines = ({view, pane}: Drawing): readonly string[] =>
  wrap(pane.plain(`${unicodeGlyphs.deduced} ${captureTexts.notSeen[view.language]}`), pane.columns);

/** Returns a row that tells how many variables the lesson has not reached yet, and which key shows them; empty if there are none. */
const toCome = (view: View): Row[] => {
  const count = countYetToCome(view);
  return count === 0 ? [] : [textRow(playerTexts.notYet[view.language]({count}), muted)];
};

/**
 * Returns the rows of the endpoints panel below the hosts' variables: the running timers; in a capture, what nobody can know from outside.
 */
const rowsBelow = (drawing: Drawing, endpoints: readonly Endpoint[]): Row[] => {
  const {view} = drawing;
  if (isWatched(view)) return unseenLines(drawing).map((line) => textRow(line, muted));
  const rows = endpoints.flatMap(({name, timers}) =>
    timers.flatMap((timer) => rowsOfTimer(drawing, name, timer)),
  );
  const heading = textRow(playerTexts.timers[view.language], muted);
  return [...(rows.length === 0 ? [] : [heading, ...rows]), ...toCome(view)];
};

/** Draws the rows of the endpoints panel around the selected one; the first or last row tells how many do not fit. */
const putRows = (pane: Pane, all: readonly Row[]): void => {
  const rows = all.slice(0, all.findLastIndex((row) => row !== blank) + 1);
  const selected = rows.findIndex((row) => row.selected);
  pane.putScrolled({
    rows,
    from: firstInSight(selected, rows.length, pane.rows),
    room: pane.rows,
    put: (row, at) => row.put(pane, at),
  });
};

/** The number of rows of the endpoints panel that are reserved for timers, so that the hosts' parts above them keep their size. */
const timersKept = 6;

const lengthOf = (endpoints: readonly Endpoint[], head: number): number =>
  endpoints.reduce((sum, each) => sum + head + bodyRows(each) + 1, 0);

/** The number of formulas for which the endpoints panel reserves rows before it shows further TCP variables. */
const told = 2;

const extraFor = (drawing: Drawing): number => {
  const {view, pane} = drawing;
  const hosts = Math.max(1, endsOf(view).length);
  // A capture shows no timers and hardly any formulas, so the endpoints panel reserves no rows for them.
  if (isWatched(view)) return Math.floor((pane.rows - unseenLines(drawing).length) / hosts) - 3 - 3;
  return Math.floor((pane.rows - timersKept) / hosts) - 3 - 3 - told * formulaRows;
};

/** Draws the hosts' TCP variables below each other, under a heading with the time. */
const putBeside = (whole: Drawing): void => {
  const {pane, view} = whole;
  const word = playerTexts.at[view.language];
  const sign = conversationSign(view.input.trace.header, observedAtHand(view)?.id);
  const when = [word, clockOf(view), ...(sign === undefined ? [] : [sign])].join(' ');
  pane.put(0, 0, when, pane.headStyle);
  const drawing = {...whole, pane: pane.part({row: 2})};
  const {rows} = drawing.pane;
  const endpoints = endpointsOf(view, extraFor(drawing)) ?? [];
  const full = lengthOf(endpoints, 2);
  // The ends of a capture are called by their addresses, which need a row of their own.
  const roomy = isWatched(view) || full + timersKept - 2 <= rows;
  const left = rows - lengthOf(endpoints, roomy ? 2 : 1);
  const all = rowsBelow(drawing, endpoints);
  // The timers are left out if there is room only for their heading.
  const timers = left < 2 && left >= -1 && !all.some(({selected}) => selected) ? [] : all;
  const free = left - timers.length;
  const reserve = Math.min(
    told * formulaRows,
    Math.floor((rows - full - timersKept) / (endpoints.length * formulaRows)) * formulaRows,
  );
  const values = endpoints.flatMap((each) => each.values);
  const scrolls = free < 0;
  const plan: Plan = {
    roomy,
    columns: valueColumns(endpoints, pane, roomy ? 15 : 14),
    reserve: Math.max(0, reserve),
    tight: scrolls,
    told: scrolls
      ? new Set(values.filter(({selected}) => selected))
      : budgeted(drawing, values, Math.max(0, free)),
  };
  putRows(drawing.pane, [...endpoints.flatMap((each) => blockRows(drawing, each, plan)), ...timers]);
};

/** Draws the hosts' TCP variables side by side and the timers below, when the endpoints panel covers the ladder. */
const putAlone = (drawing: Drawing): void => {
  const {view, pane} = drawing;
  const ends = Math.max(1, endsOf(view).length);
  const part = Math.floor(pane.columns / ends);
  const kept = isWatched(view) ? unseenLines(drawing).length + 1 : timersKept + formulaRows;
  const endpoints = endpointsOf(view, pane.rows - kept - 6) ?? [];
  const columns = valueColumns(endpoints, pane, 15);
  const timers = rowsBelow(drawing, endpoints);
  const most = endpoints.reduce((sum, each) => Math.max(sum, bodyRows(each)), 0);
  const rows = pane.rows - timers.length - (timers.length > 0 ? 1 : 0);
  const free = Math.max(0, rows - 2 - most);
  const below = Math.min(rows, 2 + most + Math.min(free, told * formulaRows) + 1);
  for (const [index, endpoint] of endpoints.entries()) {
    const own = {...drawing, pane: pane.part({rows: below - 1, column: index * part, columns: part - 3})};
    const scrolls = 2 + most > rows;
    const plan: Plan = {
      roomy: true,
      columns,
      reserve: 0,
      tight: false,
      told: scrolls
        ? new Set(endpoint.values.filter(({selected}) => selected))
        : budgeted(own, endpoint.values, Math.min(free, told * formulaRows)),
    };
    putRows(own.pane, blockRows(own, endpoint, plan));
  }
  putRows(pane.part({row: below}), timers);
};

const leastForTwo = 50;

const putEndpoints = (pane: Pane, view: View): void => {
  if (isEmpty(endpointsOf(view) ?? [])) {
    if (!pane.focused) return;
    // If there is no connection yet, the panel must not say that variables are missing which only the lesson has not reached yet.
    const which = countYetToCome(view) > 0 ? 'untoldValues' : 'noConnection';
    pane.put(0, 0, playerTexts[which][view.language], accent, Number.POSITIVE_INFINITY);
    putRows(pane.part({row: 2}), toCome(view));
    return;
  }
  // The endpoints panel has only one column for marks beside the ladder, because the ladder's times end close to the panel.
  if (pane.columns < leastForTwo) putBeside({pane, view, gutter: 1});
  else putAlone({pane, view, gutter: 2});
};

/** Returns the index of the endpoints panel's row that the reader has selected; −1 if he has selected none. */
const rowOf = (view: View): number => {
  const {variable: chosen} = view.input.playback.selection;
  return placesOf(view).findIndex(({host, name}) => host === chosen?.host && name === chosen.name);
};

/**
 * Returns the index in the endpoints panel of the first row of the next host or, backwards, of the present or the previous host; −1 if
 * there is none.
 */
const hostFrom = (view: View, by: 1 | -1): number => {
  const places = placesOf(view);
  const starts = places.flatMap(({name}, index) => (name === 'state' ? [index] : []));
  const row = rowOf(view);
  return (by > 0 ? starts.find((start) => start > row) : starts.findLast((start) => start < row)) ?? -1;
};

export const endpointsPanel = definePanel({
  name: 'endpoints',
  title: panelsEndpointsSentences.title,
  keys: [
    upDownKeys(panelsEndpointsSentences.keys['↑↓'].label),
    pageKeys(panelsEndpointsSentences.keys['PgUp PgDn'].label),
  ],
  command(view, _own, command) {
    const by = wayOf(command);
    const row = command.startsWith('page') ? hostFrom(view, by) : rowOf(view) + by;
    const place = placesOf(view)[row];
    return row < 0 || place === undefined ? undefined : {selection: selectionOf(view, place)};
  },
  subject({input: {playback}}) {
    const {variable: chosen} = playback.selection;
    return chosen && {kind: 'variable', ...chosen};
  },
  shows: /^(\w+\.)?((snd|rcv)\.\w+|rto|srtt|rttvar|rtt|queue\.\w+|state)$/,
  isAvailable: (view) => hasStates(view) || isWatched(view),
  isUnmet: isNothingMet,
  least: {columns: 21, rows: 4},
  best: {columns: 46, rows: 20},
  places: ['side'],
  spoken: spokenEndpoints,
  put: putEndpoints,
});
