// The types of the pages over the player, such as altering a packet, the tree of runs, and two runs side by side.
import type {Text} from '../lesson/text.ts';
import type {Comparison} from '../sim/compare.ts';
import type {CompareTold} from '../view/compare/compare-facts.ts';
import type {CompareState} from '../view/compare/compare-state.ts';
import type {AlterState} from '../view/forks/alter.ts';
import type {Part} from '../view/forks/parts.ts';
import type {VaryState} from '../view/forks/vary.ts';
import type {Point} from '../view/pointing/points.ts';
import type {CompareSide} from '../words/compare.ts';
import type {KeyContext} from './key-entry.ts';
import type {OpenedRun} from './opened-run.ts';

export type CompareOverlay = {
  readonly kind: 'compare';
  readonly comparison: Comparison;
  readonly state: CompareState;
  readonly sides: readonly [CompareSide, CompareSide];
  /** The replay codes of the two compared runs. */
  readonly codes: readonly [string, string];
  /** A message on what the last key on the comparison page did, shown until the next key. */
  readonly notice: Text | undefined;
  readonly told: CompareTold;
  /** The right run of a comparison, ready to be played, if it is the simulation of a capture; otherwise absent. */
  readonly other?: OpenedRun;
};

export type Overlay =
  /** The page on which the reader alters a packet; `problem` is the reason for which a change was impossible. */
  | {readonly kind: 'alter'; readonly state: AlterState; readonly problem: Text | undefined}
  /** The mode in which a host or a link is marked above the ladder. */
  | {readonly kind: 'parts'; readonly part: Part}
  /** The page on which the reader changes a host or a link; `problem` is the reason for which a change was impossible. */
  | {readonly kind: 'vary'; readonly state: VaryState; readonly problem: Text | undefined}
  /** The page with the tree of runs that the reader has made; `marked` is the id of the marked run. */
  | {readonly kind: 'forks'; readonly marked: number; readonly notice: Text | undefined}
  | CompareOverlay
  /** The mode in which the reader points at a word on the player's screen to have it explained. */
  | {readonly kind: 'pointing'; readonly point: Point}
  /** The first page of a lesson; `goesOn`: it leads to the place where the reader left the lesson. */
  | {readonly kind: 'opening'; readonly goesOn: boolean}
  /** The last page of a lesson or solved challenge; `marked` is the index of the marked choice. */
  | {readonly kind: 'closing'; readonly marked: number};

export const overlayContext = (overlay: Overlay): KeyContext =>
  (overlay.kind === 'alter' || overlay.kind === 'vary') && overlay.state.typed !== undefined
    ? 'typing'
    : overlay.kind;
