// Draws the variables of both ends: beside the ladder, or in its place where there is room for one panel.
import type {Canvas, Style} from './canvas.ts';
import {formatTime} from './format.ts';
import type {Glyphs} from './glyphs.ts';
import type {Region} from './layout.ts';
import type {Scene} from './scene.ts';
import type {Endpoint} from './scene-endpoints.ts';
import {playerTexts} from './text/player.ts';
import {cut, textWidth, wrap} from './width.ts';

type Drawing = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly glyphs: Glyphs;
  readonly region: Region;
};

const changed: Style = {role: 'changed', bold: true};
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
  const {canvas, glyphs, region, scene} = drawing;
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
  for (const [index, line] of wrap(playerTexts.noTcb[scene.language], region.columns).slice(0, 2).entries())
    canvas.put(row + index, region.column, line, muted);
};

const timerLines = ({scene, region, glyphs}: Drawing): string[] =>
  scene.ladder.timers.map(({onRight, name, leftUs}) =>
    cut(
      `${scene.hosts[onRight ? 1 : 0].name} ${name} ${formatTime(leftUs)}`,
      region.columns,
      glyphs.ellipsis,
    ),
  );

const putTimers = (drawing: Drawing, row: number, most: number): void => {
  const {canvas, region, scene, glyphs} = drawing;
  const lines = timerLines(drawing);
  if (lines.length === 0 || most < 2) return;
  canvas.put(row, region.column, playerTexts.timers[scene.language], muted);
  const fits = lines.length <= most - 1 ? lines.length : most - 2;
  for (const [index, line] of lines.slice(0, fits).entries())
    canvas.put(row + 1 + index, region.column, line, plain);
  if (fits < lines.length)
    canvas.put(
      row + 1 + fits,
      region.column,
      `${glyphs.more} ${lines.length - fits} ${playerTexts.more[scene.language]}`,
      muted,
    );
};

const bodyRows = (endpoint: Endpoint): number => Math.max(2, endpoint.values.length);

export const putEndpointsBeside = (
  canvas: Canvas,
  scene: Scene,
  options: {readonly region: Region; readonly glyphs: Glyphs; readonly headRow: number},
): void => {
  const {region, glyphs, headRow} = options;
  const drawing: Drawing = {canvas, scene, glyphs, region};
  const {endpoints} = scene;
  if (!endpoints) return;
  const word = playerTexts.at[scene.language];
  canvas.put(headRow, region.column, `${word} ${scene.now}`, muted);
  const full = endpoints.reduce((sum, each) => sum + 3 + bodyRows(each), 0) + 4;
  const roomy = full <= region.rows;
  const columns = valueColumns(endpoints, roomy ? 15 : 14);
  const end = region.row + region.rows - 1;
  let {row} = region;
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
export const putEndpointsAlone = (
  canvas: Canvas,
  scene: Scene,
  options: {readonly region: Region; readonly glyphs: Glyphs},
): void => {
  const {region, glyphs} = options;
  const {endpoints} = scene;
  if (!endpoints) return;
  const half = Math.floor(region.columns / 2);
  const columns = valueColumns(endpoints, 15);
  for (const [index, endpoint] of endpoints.entries()) {
    const own = {...region, column: region.column + index * half, columns: half - 2};
    const drawing: Drawing = {canvas, scene, glyphs, region: own};
    canvas.put(own.row, own.column, cut(endpoint.name, own.columns, glyphs.ellipsis), {
      role: endpoint.role,
      bold: true,
    });
    putState(drawing, own.row + 1, endpoint);
    if (region.rows >= 2 + bodyRows(endpoint)) putValues(drawing, own.row + 2, endpoint, columns);
  }
  const below = 3 + endpoints.reduce((most, each) => Math.max(most, bodyRows(each)), 0);
  putTimers({canvas, scene, glyphs, region}, region.row + below, region.rows - below);
};
