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

/**
 * Returns the page that compares two nodes of the tree of runs, the first at the left; undefined if one has not been simulated in this
 * session.
 */
const nodesBeside = (player: PlayerState, [a, b]: Sided<number>): CompareOverlay | undefined => {
  const tree = player.forks?.tree;
  const [left, right] = [traceOfFork(player, a), traceOfFork(player, b)];
  if (!tree || !left || !right) return undefined;
  const sides = sidesOf(changesOf(tree, a), changesOf(tree, b));
  return overlayOf(player, [left, right], {sides, codes: [forkCode(tree, a), forkCode(tree, b)]});
};

/**
 * Returns the title of a run on the page that compares it, without a leading “A” or “B” if that is the letter that its side of the page
 * shows anyway.
 */
const sideOf = ({title, lettered}: TitleBeside, letter: string): CompareSide => {
  const shown = lettered?.letter === letter ? lettered.title : title;
  return {title: shown, change: shown};
};

/** Returns the page that compares the two runs which the lesson compares, named by their titles; undefined if the lesson compares none. */
export const lessonBeside = (player: PlayerState): CompareOverlay | undefined => {
  const {together} = player.run;
  if (!together) return undefined;
  const [a, b] = together.titles;
  const sides = [sideOf(a, 'A'), sideOf(b, 'B')] as const;
  return overlayOf(player, together.traces(), {sides, codes: together.codes});
};

/** Returns the settings and faults that differ from the lesson's own and with which the run was opened, as by a replay code. */
const openedChanges = ({replay: {set = [], faults}}: ForkTree): readonly Change[] => [...set, ...faults];

/** Returns the page that compares the lesson's unaltered run with this one; undefined if this one was opened without changes. */
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
 * Returns the nodes of the two runs to compare: the current fork and its parent; in the first run, that run and the fork shown last.
 * undefined if there is only one run.
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
 * Returns the page that compares node `chosen` with the current run. Without `chosen`, or if it is the current run: that run with its
 * parent or its lesson's unaltered run, or the two runs of the lesson. undefined if nothing can be compared.
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
