// Chooses which two runs are compared, and makes the page that shows them side by side.

import {compareTraces} from '../sim/compare.ts';
import {type Change, changesOf, type ForkTree, forkCode, unaltered} from '../sim/fork.ts';
import type {Trace} from '../sim/trace.ts';
import {compareState} from '../view/compare/compare-state.ts';
import {comparisonTold} from '../view/compare/compare-words.ts';
import {type CompareSide, sidesOf} from '../words/compare.ts';
import {traceOfFork} from './fork-state.ts';
import type {TitleBeside} from './opened-run.ts';
import type {CompareOverlay} from './overlay.ts';
import type {PlayerState} from './player.ts';

type Sided<T> = readonly [T, T];

const overlayOf = (
  {run: {rule}}: PlayerState,
  [left, right]: Sided<Trace>,
  {sides, codes}: {readonly sides: Sided<CompareSide>; readonly codes: Sided<string>},
): CompareOverlay => {
  const comparison = compareTraces(left, right);
  const told = comparisonTold(comparison, rule);
  return {
    kind: 'compare',
    comparison,
    state: compareState(comparison),
    sides,
    codes,
    told,
    notice: undefined,
  };
};

/** Returns the page that compares two nodes of the tree of runs, the first at the left; undefined if one has not been simulated. */
const nodesBeside = (player: PlayerState, [a, b]: Sided<number>): CompareOverlay | undefined => {
  const tree = player.forks?.tree;
  const [left, right] = [traceOfFork(player, a), traceOfFork(player, b)];
  if (!tree || !left || !right) return undefined;
  const sides = sidesOf(changesOf(tree, a), changesOf(tree, b));
  return overlayOf(player, [left, right], {sides, codes: [forkCode(tree, a), forkCode(tree, b)]});
};

/** Returns the title of a compared run without its letter, because each side of the page has a letter. */
const sideOf = ({title, lettered}: TitleBeside, letter: string): CompareSide => {
  const shown = lettered?.letter === letter ? lettered.title : title;
  return {title: shown, change: shown};
};

/** Returns the page with the two runs that the lesson compares, named by their titles; undefined if it compares none. */
export const lessonBeside = (player: PlayerState): CompareOverlay | undefined => {
  const {together} = player.run;
  if (!together) return undefined;
  const [a, b] = together.titles;
  const sides = [sideOf(a, 'A'), sideOf(b, 'B')] as const;
  return overlayOf(player, together.traces(), {sides, codes: together.codes});
};

/** The changes with which the run was opened. */
const openedChanges = ({replay: {set = [], faults}}: ForkTree): readonly Change[] => [...set, ...faults];

/**
 * Returns the page that compares the lesson's unaltered run with the one that was opened with changes; undefined if it was opened without.
 */
const ownBeside = (player: PlayerState): CompareOverlay | undefined => {
  const tree = player.forks?.tree;
  const own = tree && unaltered(tree);
  const left = own && player.run.fork?.again(own.scenario).trace;
  const right = traceOfFork(player, 0);
  if (!tree || !own || !left || !right) return undefined;
  const sides = sidesOf([], openedChanges(tree));
  return overlayOf(player, [left, right], {sides, codes: [forkCode(own), forkCode(tree, 0)]});
};

/**
 * Returns the nodes of the two runs to compare: a fork and its parent, or the first run and the fork that was shown last; undefined if
 * there is only one run.
 */
const partnersOf = ({forks}: PlayerState): Sided<number> | undefined => {
  if (!forks) return undefined;
  const {nodes, current, past, future} = forks.tree;
  const parent = nodes[current]?.parent;
  if (parent !== undefined) return [parent, current];
  const last = [...past, ...future.toReversed()].findLast((id) => id !== current) ?? nodes.at(-1)?.id;
  return last === undefined || last === current ? undefined : [current, last];
};

/**
 * Returns the page that compares the node `chosen` with the current run; for the current run itself, with its parent, or as the lesson
 * does. undefined if nothing can be compared.
 */
export const compareRuns = (player: PlayerState, chosen?: number): CompareOverlay | undefined => {
  const current = player.forks?.tree.current;
  if (chosen !== undefined && current !== undefined && chosen !== current)
    return nodesBeside(player, chosen < current ? [chosen, current] : [current, chosen]);
  const partners = partnersOf(player);
  return partners ? nodesBeside(player, partners) : (ownBeside(player) ?? lessonBeside(player));
};

export const canCompare = (player: PlayerState): boolean =>
  partnersOf(player) !== undefined ||
  (player.forks !== undefined && openedChanges(player.forks.tree).length > 0) ||
  player.run.together !== undefined;
