// Draws the variables of both ends: beside the ladder, or in its place where there is room for one panel.
import type {Canvas, Style} from './canvas.ts';
import {formatClock, formatTime} from './format.ts';
import type {Glyphs} from './glyphs.ts';
import type {Region} from './layout.ts';
import type {Endpoint} from './scene-endpoints.ts';
import {ladderItems} from './scene-ladder.ts';
import {playerTexts} from './text/player.ts';
import type {View} from './view.ts';
import {cut, textWidth, wrap} from './width.ts';

type Drawing = {
  readonly canvas: Canvas;
  readonly view: View;
  readonly endpoints: readonly Endpoint[];
  readonly glyphs: Glyphs;
  readonly region: Region;
  readonly focused: boolean;
};

const changed: Style = {role: 'changed', bold: true};
const accent: Style = {role: 'accent', bold: true};
const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};

/** Width of a name with its number, so that all numbers of the panel end in one column. */
const valueColumns = (endpoints: readonly Endpoint[], least: number): number =>
  endpoints
    .flatMap(({values}) => values)
    .reduce((most, {name, text}) => Math.max(most, textWidth(name) + 1 + textWidth(text)), least);

const putState = ({canvas, glyphs, region}: Drawing, row: number, endpoint: Endpoint): void => {
  const text = cut(endpoint.state, region.columns - 4, glyphs.ellipsis);
  canvas.put(row, region.column, text, endpoint.stateChanged ? changed : plain);
  if (endpoint.stateChanged) canvas.put(row, region.column + textWidth(text) + 2, glyphs.changed, changed);
};

/** Name and state in one line, the state ending in a column of its own. */
const putTitle = ({canvas, glyphs, region}: Drawing, row: number, endpoint: Endpoint): void => {
  const columns = 19;
  const name = cut(endpoint.name, columns - textWidth(endpoint.state) - 1, glyphs.ellipsis);
  canvas.put(row, region.column, name, {role: endpoint.role, bold: true});
  canvas.putEnd(row, region.column + columns - 1, endpoint.state, endpoint.stateChanged ? changed : plain);
  if (endpoint.stateChanged) canvas.put(row, region.column + columns + 1, glyphs.changed, changed);
};

const putValues = (drawing: Drawing, row: number, endpoint: Endpoint, columns: number): void => {
  const {canvas, glyphs, region, view} = drawing;
  for (const [index, value] of endpoint.values.entries()) {
    canvas.put(row + index, region.column, value.name, muted);
    canvas.putEnd(
      row + index,
      region.column + columns - 1,
      value.text === '—' ? glyphs.none : value.text,
      value.changed ? changed : plain,
    );
    if (value.changed) canvas.put(row + index, region.column + columns + 1, glyphs.changed, changed);
  }
  if (endpoint.values.length > 0 || endpoint.state !== 'CLOSED') return;
  for (const [index, line] of wrap(playerTexts.noTcb[view.language], region.columns).slice(0, 2).entries())
    canvas.put(row + index, region.column, line, muted);
};

const timerLines = ({view, region, glyphs}: Drawing): string[] =>
  ladderItems(view).timers.map(({onRight, name, leftUs}) =>
    cut(`${view.hosts[onRight ? 1 : 0].name} ${name} ${formatTime(leftUs)}`, region.columns, glyphs.ellipsis),
  );

const putTimers = (drawing: Drawing, row: number, most: number): void => {
  const {canvas, region, view, glyphs} = drawing;
  const lines = timerLines(drawing);
  if (lines.length === 0 || most < 2) return;
  canvas.put(row, region.column, playerTexts.timers[view.language], muted);
  const fits = lines.length <= most - 1 ? lines.length : most - 2;
  for (const [index, line] of lines.slice(0, fits).entries())
    canvas.put(row + 1 + index, region.column, line, plain);
  if (fits < lines.length)
    canvas.put(
      row + 1 + fits,
      region.column,
      `${glyphs.more} ${lines.length - fits} ${playerTexts.more[view.language]}`,
      muted,
    );
};

const bodyRows = (endpoint: Endpoint): number => Math.max(2, endpoint.values.length);

/** One below the other, under a heading that tells when. */
const putBeside = (drawing: Drawing): void => {
  const {canvas, endpoints, region, view, focused} = drawing;
  const word = playerTexts.at[view.language];
  canvas.put(region.row, region.column, `${word} ${formatClock(view.nowUs)}`, focused ? accent : muted);
  const full = endpoints.reduce((sum, each) => sum + 3 + bodyRows(each), 0) + 6;
  const roomy = full <= region.rows;
  const columns = valueColumns(endpoints, roomy ? 15 : 14);
  const end = region.row + region.rows - 1;
  let row = region.row + 2;
  for (const endpoint of endpoints) {
    if (row + (roomy ? 1 : 0) + bodyRows(endpoint) > end + 1) return;
    if (roomy) {
      canvas.put(row, region.column, endpoint.name, {role: endpoint.role, bold: true});
      putState(drawing, row + 1, endpoint);
    } else putTitle(drawing, row, endpoint);
    row += roomy ? 2 : 1;
    putValues(drawing, row, endpoint, columns);
    row += bodyRows(endpoint) + 1;
  }
  putTimers(drawing, row, end - row + 1);
};

/** In the ladder's place: the left end at the left, the right one beside it. */
const putAlone = (drawing: Drawing): void => {
  const {canvas, endpoints, glyphs, region} = drawing;
  const half = Math.floor(region.columns / 2);
  const columns = valueColumns(endpoints, 15);
  for (const [index, endpoint] of endpoints.entries()) {
    const own = {...region, column: region.column + index * half, columns: half - 2};
    canvas.put(own.row, own.column, cut(endpoint.name, own.columns, glyphs.ellipsis), {
      role: endpoint.role,
      bold: true,
    });
    putState({...drawing, region: own}, own.row + 1, endpoint);
    if (region.rows >= 2 + bodyRows(endpoint))
      putValues({...drawing, region: own}, own.row + 2, endpoint, columns);
  }
  const below = 3 + endpoints.reduce((most, each) => Math.max(most, bodyRows(each)), 0);
  putTimers(drawing, region.row + below, region.rows - below);
};

const leastForTwo = 50;

export const putEndpoints = (drawing: Drawing): void => {
  if (drawing.region.columns < leastForTwo) putBeside(drawing);
  else putAlone(drawing);
};
