// Draws the variables of the ends: below each other beside the ladder, or side by side where there is room.

import {conversationSign} from '../../account/packet.ts';
import type {Text} from '../../lesson/text.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {cut, textWidth, wrap} from '../../words/width.ts';
import {accent, type Canvas, changed, muted, plain, type Style} from '../canvas.ts';
import {type Glyphs, plainText, unicodeGlyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import {clockOf} from '../time/scene-timeline.ts';
import type {View} from '../view.ts';
import {isWatched, observedAtHand} from './observed.ts';
import {
  countYetToCome,
  type Endpoint,
  type EndpointTimer,
  type EndpointValue,
  endpointsOf,
  endsOf,
  isEmpty,
} from './scene-endpoints.ts';

type Drawing = {
  readonly canvas: Canvas;
  readonly view: View;
  readonly glyphs: Glyphs;
  readonly region: Region;
  readonly focused: boolean;
  /** Columns from the mark of the selected row to its text. */
  readonly gutter: number;
};

/** One row of the panel; drawn once it is known where it stands. */
type Row = {readonly selected?: boolean; readonly put: (at: number) => void};

const blank: Row = {put: () => undefined};
const formulaIndent = 2;
/** Rows that a formula takes with its numbers. */
const formulaRows = 2;

/** Width of a name with its number, so that all numbers of the panel end in one column. */
const valueColumns = (endpoints: readonly Endpoint[], glyphs: Glyphs, least: number): number =>
  endpoints
    .flatMap(({values}) => values)
    .reduce(
      (most, {name, text}) => Math.max(most, textWidth(name) + 1 + textWidth(plainText(text, glyphs))),
      least,
    );

type Pointed = {readonly selected: boolean; readonly fed: boolean};

/** `▸` before a row that is selected and its background; behind one, `◂` if the chosen packet changed it. */
const putPointing = (
  {canvas, glyphs, region, gutter}: Drawing,
  at: number,
  row: Pointed & {mark: number},
): void => {
  if (row.fed) canvas.put(at, region.column + row.mark, glyphs.pausedLeft, accent);
  if (!row.selected) return;
  canvas.put(at, region.column - gutter, glyphs.selected, {...accent, selected: true});
  canvas.fill(
    at,
    {from: region.column - gutter, to: region.column + region.columns - 1},
    {role: 'text', selected: true},
  );
};

const shade = (style: Style, {selected}: Pointed): Style => (selected ? {...style, selected} : style);

const stateRow = (drawing: Drawing, endpoint: Endpoint): Row => {
  const {canvas, glyphs, region} = drawing;
  const {stateChanged, statePointed} = endpoint;
  return {
    selected: statePointed.selected,
    put: (at) => {
      const text = cut(plainText(endpoint.state, glyphs), region.columns - 4, glyphs.ellipsis);
      const mark = textWidth(text) + 2;
      canvas.put(at, region.column, text, shade(stateChanged ? changed : plain, statePointed));
      if (stateChanged) canvas.put(at, region.column + mark, glyphs.changed, shade(changed, statePointed));
      putPointing(drawing, at, {...statePointed, fed: statePointed.fed && !stateChanged, mark});
    },
  };
};

const nameRow = ({canvas, region, glyphs}: Drawing, {name, role}: Endpoint): Row => ({
  put: (at) => canvas.put(at, region.column, cut(name, region.columns, glyphs.ellipsis), {role, bold: true}),
});

/** Name and state in one line, the state ending in a column of its own. */
const titleRow = (drawing: Drawing, endpoint: Endpoint): Row => {
  const {canvas, glyphs, region} = drawing;
  const {stateChanged, statePointed} = endpoint;
  const columns = 19;
  return {
    selected: statePointed.selected,
    put: (at) => {
      const state = plainText(endpoint.state, glyphs);
      const name = cut(endpoint.name, columns - textWidth(state) - 1, glyphs.ellipsis);
      const style = shade(stateChanged ? changed : plain, statePointed);
      canvas.put(at, region.column, name, shade({role: endpoint.role, bold: true}, statePointed));
      canvas.putEnd(at, region.column + columns - 1, state, style);
      if (stateChanged) canvas.put(at, region.column + columns + 1, glyphs.changed, style);
      putPointing(drawing, at, {
        ...statePointed,
        fed: statePointed.fed && !stateChanged,
        mark: columns + 1,
      });
    },
  };
};

const valueRow = (drawing: Drawing, value: EndpointValue, columns: number): Row => {
  const {canvas, glyphs, region} = drawing;
  return {
    selected: value.selected,
    put: (at) => {
      const text = value.text === '—' ? glyphs.none : plainText(value.text, glyphs);
      canvas.put(at, region.column, value.name, shade(muted, value));
      canvas.putEnd(at, region.column + columns - 1, text, shade(value.changed ? changed : plain, value));
      if (value.changed) canvas.put(at, region.column + columns + 1, glyphs.changed, shade(changed, value));
      putPointing(drawing, at, {...value, fed: value.fed && !value.changed, mark: columns + 1});
    },
  };
};

/** Symbols and numbers, or the numbers alone where the symbols are too long; none where those are, too. */
const arithmeticLines = ({region, glyphs}: Drawing, {arithmetic}: EndpointValue): readonly string[] => {
  const lines = arithmetic.map((line) => plainText(line, glyphs));
  const fits = (line: string): boolean => textWidth(line) <= region.columns - formulaIndent;
  if (lines.every(fits)) return lines;
  const last = lines.at(-1) ?? '';
  return fits(last) ? [last] : [];
};

const arithmeticRows = (drawing: Drawing, value: EndpointValue): Row[] => {
  const {canvas, region} = drawing;
  const lines = arithmeticLines(drawing, value);
  return lines.map((line, index) => ({
    put: (at) =>
      canvas.put(
        at,
        region.column + formulaIndent,
        line,
        index < lines.length - 1 ? muted : {role: 'text', bold: true},
      ),
  }));
};

/** A block without variables says why there are none. */
const leastRows = 2;
const bodyRows = (endpoint: Endpoint): number => Math.max(leastRows, endpoint.values.length);

/** Rows that may be spent on arithmetic: the selected value comes first, then what changed, from above. */
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
  /** Name and state on rows of their own. */
  readonly roomy: boolean;
  readonly columns: number;
  readonly told: ReadonlySet<EndpointValue>;
  /** Rows that each block has for arithmetic at any instant: what stands below does not move. */
  readonly reserve: number;
  /** Not even rows that say nothing are left where rows that say something find no room. */
  readonly tight: boolean;
};

const noValues = ({deduced}: Endpoint, view: View): Text => {
  if (deduced) return captureTexts.nothingSeen;
  return countYetToCome(view) > 0 ? playerTexts.noConnection : playerTexts.noTcb;
};

const blockRows = (drawing: Drawing, endpoint: Endpoint, plan: Plan): Row[] => {
  const {canvas, region, view} = drawing;
  const head = plan.roomy
    ? [nameRow(drawing, endpoint), stateRow(drawing, endpoint)]
    : [titleRow(drawing, endpoint)];
  const values = endpoint.values.flatMap((value) => [
    valueRow(drawing, value, plan.columns),
    ...(plan.told.has(value) ? arithmeticRows(drawing, value) : []),
  ]);
  const missing =
    endpoint.values.length > 0 || (endpoint.state !== 'CLOSED' && !endpoint.deduced)
      ? []
      : wrap(noValues(endpoint, view)[view.language], region.columns)
          .slice(0, leastRows)
          .map((line): Row => ({put: (at) => canvas.put(at, region.column, line, muted)}));
  const body = [...values, ...missing];
  const least = plan.tight ? 0 : bodyRows(endpoint) + plan.reserve;
  return [...head, ...body, ...Array<Row>(Math.max(0, least - body.length)).fill(blank), blank];
};

/** A time is never cut: where the names leave no room for it, it takes the next row. */
const rowsOfTimer = (drawing: Drawing, host: string, timer: EndpointTimer): Row[] => {
  const {canvas, region, glyphs} = drawing;
  const names = `${host} ${timer.name}`;
  const whole = `${names} ${timer.left}`;
  const fits = textWidth(whole) <= region.columns;
  const first: Row = {
    selected: timer.selected,
    put: (at) => {
      const text = cut(fits ? whole : names, region.columns, glyphs.ellipsis);
      canvas.put(at, region.column, text, shade(plain, timer));
      putPointing(drawing, at, {...timer, fed: false, mark: 0});
    },
  };
  if (fits) return [first];
  const time = cut(timer.left, region.columns - formulaIndent, glyphs.ellipsis);
  return [first, {put: (at) => canvas.put(at, region.column + formulaIndent, time, plain)}];
};

const unseenLines = ({view, glyphs, region}: Drawing): readonly string[] =>
  wrap(plainText(`${unicodeGlyphs.deduced} ${captureTexts.notSeen[view.language]}`, glyphs), region.columns);

/** How many values the lesson has not come to, and the key that shows them. */
const toCome = ({canvas, region, view, glyphs}: Drawing): Row[] => {
  const count = countYetToCome(view);
  const text = playerTexts.notYet[view.language]({count});
  const shown = cut(text, region.columns, glyphs.ellipsis);
  return count === 0 ? [] : [{put: (at) => canvas.put(at, region.column, shown, muted)}];
};

/** Below the blocks: the timers that run; of a capture, what nobody who looks on can know. */
const rowsBelow = (drawing: Drawing, endpoints: readonly Endpoint[]): Row[] => {
  const {canvas, region, view} = drawing;
  if (isWatched(view))
    return unseenLines(drawing).map(
      (line): Row => ({put: (at) => canvas.put(at, region.column, line, muted)}),
    );
  const rows = endpoints.flatMap(({name, timers}) =>
    timers.flatMap((timer) => rowsOfTimer(drawing, name, timer)),
  );
  const heading: Row = {
    put: (at) => canvas.put(at, region.column, playerTexts.timers[view.language], muted),
  };
  return [...(rows.length === 0 ? [] : [heading, ...rows]), ...toCome(drawing)];
};

/** What does not fit is counted on the first or last row, around the selected one. */
const putRows = (drawing: Drawing, all: readonly Row[]): void => {
  const {canvas, region, glyphs, view} = drawing;
  const last = all.findLastIndex((row) => row !== blank);
  const rows = all.slice(0, last + 1);
  const room = region.rows;
  const selected = Math.max(
    0,
    rows.findIndex((row) => row.selected),
  );
  const start = Math.max(0, Math.min(rows.length - room, selected - Math.floor(room / 2)));
  const word = playerTexts.more[view.language];
  for (let index = 0; index < Math.min(room, rows.length - start); index++) {
    const at = region.row + index;
    if (index === 0 && start > 0)
      canvas.put(at, region.column, `${glyphs.earlier} ${start + 1} ${word}`, muted);
    else if (index === room - 1 && start + room < rows.length)
      canvas.put(at, region.column, `${glyphs.more} ${rows.length - start - room + 1} ${word}`, muted);
    else rows[start + index]?.put(at);
  }
};

/** Rows kept for timers, so that blocks above them do not change their size. */
const timersKept = 6;

const lengthOf = (endpoints: readonly Endpoint[], head: number): number =>
  endpoints.reduce((sum, each) => sum + head + bodyRows(each) + 1, 0);

/** Two rows of arithmetic for each of these are kept free before further variables are shown. */
const told = 2;

const extraFor = (drawing: Drawing): number => {
  const {view, region} = drawing;
  const hosts = Math.max(1, endsOf(view).length);
  // Whoever only watches has no timers and hardly any arithmetic.
  if (isWatched(view)) return Math.floor((region.rows - unseenLines(drawing).length) / hosts) - 3 - 3;
  return Math.floor((region.rows - timersKept) / hosts) - 3 - 3 - told * formulaRows;
};

/** One below the other, under a heading that tells when. */
const putBeside = (whole: Drawing): void => {
  const {canvas, view, focused, region} = whole;
  const word = playerTexts.at[view.language];
  const sign = conversationSign(view.input.trace.header, observedAtHand(view)?.id);
  const when = [word, clockOf(view), ...(sign === undefined ? [] : [sign])].join(' ');
  canvas.put(
    region.row,
    region.column,
    cut(when, region.columns, whole.glyphs.ellipsis),
    focused ? accent : muted,
  );
  const drawing = {...whole, region: {...region, row: region.row + 2, rows: region.rows - 2}};
  const {rows} = drawing.region;
  const endpoints = endpointsOf(view, extraFor(drawing)) ?? [];
  const full = lengthOf(endpoints, 2);
  // An address needs a row of its own.
  const roomy = isWatched(view) || full + timersKept - 2 <= rows;
  const left = rows - lengthOf(endpoints, roomy ? 2 : 1);
  const all = rowsBelow(drawing, endpoints);
  // A heading without a timer says nothing.
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
    columns: valueColumns(endpoints, drawing.glyphs, roomy ? 15 : 14),
    reserve: Math.max(0, reserve),
    tight: scrolls,
    told: scrolls
      ? new Set(values.filter(({selected}) => selected))
      : budgeted(drawing, values, Math.max(0, free)),
  };
  putRows(drawing, [...endpoints.flatMap((each) => blockRows(drawing, each, plan)), ...timers]);
};

/** In the ladder's place: the ends beside each other, the timers below. */
const putAlone = (drawing: Drawing): void => {
  const {view, region} = drawing;
  const ends = Math.max(1, endsOf(view).length);
  const part = Math.floor(region.columns / ends);
  const kept = isWatched(view) ? unseenLines(drawing).length + 1 : timersKept + formulaRows;
  const endpoints = endpointsOf(view, region.rows - kept - 6) ?? [];
  const columns = valueColumns(endpoints, drawing.glyphs, 15);
  const timers = rowsBelow(drawing, endpoints);
  const most = endpoints.reduce((sum, each) => Math.max(sum, bodyRows(each)), 0);
  const rows = region.rows - timers.length - (timers.length > 0 ? 1 : 0);
  const free = Math.max(0, rows - 2 - most);
  const below = Math.min(rows, 2 + most + Math.min(free, told * formulaRows) + 1);
  for (const [index, endpoint] of endpoints.entries()) {
    const own = {
      ...drawing,
      region: {...region, rows: below - 1, column: region.column + index * part, columns: part - 3},
    };
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
    putRows(own, blockRows(own, endpoint, plan));
  }
  putRows({...drawing, region: {...region, row: region.row + below, rows: region.rows - below}}, timers);
};

const leastForTwo = 50;

export const putEndpoints = (drawing: Omit<Drawing, 'gutter'>): void => {
  const {canvas, view, region, focused} = drawing;
  if (isEmpty(endpointsOf(view) ?? [])) {
    if (!focused) return;
    // What the lesson has not told is not what the hosts lack.
    const which = countYetToCome(view) > 0 ? 'untoldValues' : 'noConnection';
    canvas.put(region.row, region.column, playerTexts[which][view.language], accent);
    putRows(
      {...drawing, gutter: 1, region: {...region, row: region.row + 2, rows: region.rows - 2}},
      toCome({...drawing, gutter: 1}),
    );
    return;
  }
  // Beside the ladder its times end in the second column before the panel.
  if (region.columns < leastForTwo) putBeside({...drawing, gutter: 1});
  else putAlone({...drawing, gutter: 2});
};
