// Which two runs are compared, and the page on which they stand beside each other.

import {compareTraces} from '../sim/compare.ts';
import type {Fault} from '../sim/fault.ts';
import {type ForkTree, forkCode, forkPath} from '../sim/fork.ts';
import type {Trace} from '../sim/trace.ts';
import {compareState} from '../view/compare/compare-state.ts';
import {type CompareSide, sidesOf} from '../words/compare.ts';
import {traceOfFork} from './fork-state.ts';
import type {TitleBeside} from './opened-run.ts';
import type {CompareOverlay} from './overlay.ts';
import type {PlayerState} from './player.ts';

type Sided<T> = readonly [T, T];

const overlayOf = (
  [left, right]: Sided<Trace>,
  sides: Sided<CompareSide>,
  codes: Sided<string>,
): CompareOverlay => {
  const comparison = compareTraces(left, right);
  return {kind: 'compare', comparison, state: compareState(comparison), sides, codes, notice: undefined};
};

const faultsOf = (tree: ForkTree, id: number): readonly Fault[] =>
  forkPath(tree, id).flatMap(({fault}) => (fault ? [fault] : []));

/** Two nodes of the tree, the first at the left. */
const nodesBeside = (player: PlayerState, [a, b]: Sided<number>): CompareOverlay | undefined => {
  const tree = player.forks?.tree;
  const [left, right] = [traceOfFork(player, a), traceOfFork(player, b)];
  if (!tree || !left || !right) return undefined;
  const sides = sidesOf(faultsOf(tree, a), faultsOf(tree, b));
  return overlayOf([left, right], sides, [forkCode(tree, a), forkCode(tree, b)]);
};

/** Sides have letters, too: none is said twice. */
const sideOf = ({title, lettered}: TitleBeside, letter: string): CompareSide => {
  const shown = lettered?.letter === letter ? lettered.title : title;
  return {title: shown, change: shown};
};

/** The two runs that the lesson compares, with their names in place of what was altered. */
export const lessonBeside = ({run: {together}}: PlayerState): CompareOverlay | undefined => {
  if (!together) return undefined;
  const [a, b] = together.titles;
  return overlayOf(together.traces(), [sideOf(a, 'A'), sideOf(b, 'B')], together.codes);
};

/** What this run is compared with: the run it left; of the first one, the fork that was looked at last. */
const partnersOf = ({forks}: PlayerState): Sided<number> | undefined => {
  if (!forks) return undefined;
  const {nodes, current, past, future} = forks.tree;
  const parent = nodes[current]?.parent;
  if (parent !== undefined) return [parent, current];
  const last = [...past, ...future.toReversed()].findLast((id) => id !== current) ?? nodes.at(-1)?.id;
  return last === undefined || last === current ? undefined : [current, last];
};

/** `with`: a chosen node; the current run itself gives way to the one it left. */
export const compareRuns = (player: PlayerState, chosen?: number): CompareOverlay | undefined => {
  const current = player.forks?.tree.current;
  if (chosen !== undefined && current !== undefined && chosen !== current)
    return nodesBeside(player, chosen < current ? [chosen, current] : [current, chosen]);
  const partners = partnersOf(player);
  return partners ? nodesBeside(player, partners) : lessonBeside(player);
};

export const canCompare = (player: PlayerState): boolean =>
  partnersOf(player) !== undefined || player.run.together !== undefined;
