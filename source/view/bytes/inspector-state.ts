// The state of the inspector: the selected row, the byte under the cursor, and which rows are unfolded. Selecting a row moves the cursor to
// its bytes, and the other way round.
import {
  type Fold,
  type Folds,
  foldOf,
  type InspectorRow,
  mainLayer,
  pathTo,
  rowTree,
  visibleRows,
} from './inspector-rows.ts';
import type {PacketView} from './inspector-view.ts';

export type InspectorState = {
  /** The key of the inspector's selected row, such as `tcp#1:tcp.ack_raw#1`. */
  readonly selected: string;
  /** The offset in the packet of the byte under the hex dump's cursor. If the selected field has bytes, it is one of them. */
  readonly byte: number;
  /** True if TCP's sequence numbers are shown relative to the connection's initial ones. */
  readonly relative: boolean;
  readonly folds: Folds;
};

export type InspectorAction =
  | {readonly kind: 'field'; readonly by: number}
  | {readonly kind: 'byte'; readonly by: number}
  /** Actions that another panel uses to move the inspector to the byte at an offset, or to the first field with a name. */
  | {readonly kind: 'go to byte'; readonly byte: number}
  | {readonly kind: 'go to field'; readonly name: string}
  | {readonly kind: 'fold'};

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

const select = (state: InspectorState, row: InspectorRow): InspectorState => ({
  ...state,
  selected: row.key,
  byte: row.start,
});

/**
 * Returns the inspector's state for another packet. The row with the same key stays selected, or else the first field of the main layer;
 * rows stay unfolded as they were.
 */
export const inspectorState = (view: PacketView, before?: InspectorState): InspectorState => {
  const rows = rowTree(view);
  if (before && pathTo(rows, before.selected).length > 0) {
    const row = pathTo(rows, before.selected).at(-1);
    return row ? select(before, row) : before;
  }
  const layer = mainLayer(rows);
  const first = layer?.children.find(({minor}) => !minor) ?? layer;
  const fresh: InspectorState = {
    selected: '',
    byte: 0,
    relative: before?.relative ?? false,
    folds: before?.folds ?? {},
  };
  return first ? select(fresh, first) : fresh;
};

/**
 * Returns the inspector's selected row. If it is folded away, returns the nearest visible row that contains it; undefined for a packet
 * without rows.
 */
export const selectedRow = (view: PacketView, state: InspectorState): InspectorRow | undefined => {
  const visible = new Set(visibleRows(view, state.folds).map(({key}) => key));
  return pathTo(rowTree(view), state.selected).findLast(({key}) => visible.has(key));
};

const moveField = (view: PacketView, state: InspectorState, by: number): InspectorState => {
  const rows = visibleRows(view, state.folds);
  const at = rows.findIndex(({key}) => key === selectedRow(view, state)?.key);
  const row = rows[at < 0 ? 0 : clamp(at + by, 0, rows.length - 1)];
  return row ? select(state, row) : state;
};

const holds = ({start, end}: InspectorRow, byte: number): boolean => byte >= start && byte < end;

/** Returns the folds of the inspector's rows, changed so that the last row of `path` is visible. */
const reveal = (view: PacketView, state: InspectorState, path: readonly InspectorRow[]): Folds => {
  const rows = rowTree(view);
  const folds: {[key: string]: Fold} = {...state.folds};
  for (const [index, row] of path.slice(0, -1).entries()) {
    const fold = foldOf(rows, folds, row);
    const minor = path[index + 1]?.minor ?? false;
    if (fold === 'closed' || (fold === 'main' && minor))
      folds[row.key] = minor || row.depth > 0 ? 'all' : 'main';
  }
  return folds;
};

/**
 * Moves the inspector's cursor to a byte. The selected field stays selected if it contains the byte; otherwise the field with the byte is
 * selected and unfolded.
 */
const goToByte = (view: PacketView, state: InspectorState, wanted: number): InspectorState => {
  const byte = clamp(wanted, 0, Math.max(0, view.bytes.length - 1));
  const now = selectedRow(view, state);
  if (now?.field && holds(now, byte)) return {...state, selected: now.key, byte};
  const layer = rowTree(view).find((row) => holds(row, byte));
  const direct = layer?.children.find((row) => holds(row, byte));
  // Payload and padding are fields of a layer, although its header ends before them.
  const outside = rowTree(view).flatMap(({children}) => children.filter((row) => holds(row, byte)))[0];
  const target = direct ?? outside ?? layer;
  if (!target) return {...state, byte};
  return {
    ...state,
    selected: target.key,
    byte,
    folds: reveal(view, state, pathTo(rowTree(view), target.key)),
  };
};

const goToField = (view: PacketView, state: InspectorState, name: string): InspectorState => {
  const find = (rows: readonly InspectorRow[]): InspectorRow | undefined =>
    rows.find(({field}) => field?.name === name) ?? rows.flatMap(({children}) => find(children) ?? [])[0];
  const row = find(rowTree(view));
  if (!row) return state;
  return {...select(state, row), folds: reveal(view, state, pathTo(rowTree(view), row.key))};
};

/**
 * Changes how far the selected inspector row is unfolded: a layer goes from closed to main to all and back, a field with parts opens or
 * closes. For a row without parts, the row above it in the tree closes.
 */
const fold = (view: PacketView, state: InspectorState): InspectorState => {
  const rows = rowTree(view);
  const row = selectedRow(view, state);
  if (!row) return state;
  if (row.children.length === 0) {
    const parent = pathTo(rows, row.key).at(-2);
    return parent ? {...select(state, parent), folds: {...state.folds, [parent.key]: 'closed'}} : state;
  }
  const now = foldOf(rows, state.folds, row);
  const minors = row.children.some(({minor}) => minor);
  const next: Fold =
    now === 'closed' ? (minors ? 'main' : 'all') : now === 'main' && minors ? 'all' : 'closed';
  return {...select(state, row), folds: {...state.folds, [row.key]: next}};
};

export const inspect = (view: PacketView, state: InspectorState, action: InspectorAction): InspectorState => {
  switch (action.kind) {
    case 'field':
      return moveField(view, state, action.by);
    case 'byte':
      return goToByte(view, state, state.byte + action.by);
    case 'go to byte':
      return goToByte(view, state, action.byte);
    case 'go to field':
      return goToField(view, state, action.name);
    case 'fold':
      return fold(view, state);
  }
};
