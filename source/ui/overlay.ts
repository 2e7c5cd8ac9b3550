// The pages over the player: the page of `x`, the tree of runs, two runs side by side.
import type {Text} from '../lesson/text.ts';
import type {Comparison} from '../sim/compare.ts';
import type {CompareTold} from '../view/compare/compare-facts.ts';
import type {CompareState} from '../view/compare/compare-state.ts';
import type {AlterState} from '../view/forks/alter.ts';
import type {Point} from '../view/pointing/points.ts';
import type {CompareSide} from '../words/compare.ts';
import type {KeyContext} from './key-entry.ts';
import type {OpenedRun} from './opened-run.ts';

export type CompareOverlay = {
  readonly kind: 'compare';
  readonly comparison: Comparison;
  readonly state: CompareState;
  readonly sides: readonly [CompareSide, CompareSide];
  /** The replay codes of both runs. */
  readonly codes: readonly [string, string];
  /** A message on what has just been done, until the next key. */
  readonly notice: Text | undefined;
  readonly told: CompareTold;
  /** The right one of the two as a run to be played. */
  readonly other?: OpenedRun;
};

export type Overlay =
  /** The page of `x`; `problem` is the reason why a change was impossible. */
  | {readonly kind: 'alter'; readonly state: AlterState; readonly problem: Text | undefined}
  /** The tree of runs; `marked` is a node. */
  | {readonly kind: 'forks'; readonly marked: number; readonly notice: Text | undefined}
  | CompareOverlay
  /** Pointing at a word of the screen. */
  | {readonly kind: 'pointing'; readonly point: Point}
  /** The first page of a lesson; `goesOn` if it leads to the place where the reader left it. */
  | {readonly kind: 'opening'; readonly goesOn: boolean}
  /** The last page of a lesson; `marked` is the index of a choice. */
  | {readonly kind: 'closing'; readonly marked: number};

export const overlayContext = (overlay: Overlay): KeyContext =>
  overlay.kind === 'alter' && overlay.state.typed !== undefined ? 'typing' : overlay.kind;
