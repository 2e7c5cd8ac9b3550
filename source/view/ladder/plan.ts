// Plans the ladder: the density of its rows, the text beside them, and the columns between which packets' lines are drawn.

import type {Density, Layout} from '../layout.ts';
import {headsOf} from '../panels/fixed.ts';
import type {Scene} from '../scene.ts';
import {isMany} from '../view.ts';
import {labelRoom} from './flight.ts';
import {headRows} from './heads.ts';
import type {BurstItem, PacketItem} from './ladder-item.ts';
import {manyColumns} from './lanes.ts';
import {type Columns, firstLifeline, isRoomy, type LadderPlan, lifelineOf, pairColumns} from './picture.ts';

/** Chooses the density of the rows by the number of rows of the whole run, so that nothing moves while it plays. */
const densityFor = ({whole}: Scene['ladder'], {hasEnds, labelColumn}: Columns, rows: number): Density => {
  const {packets, others} = whole;
  if (!hasEnds)
    return (labelColumn === undefined ? 3 : 2) * packets + 2 * others <= rows ? 'spaced' : 'compact';
  if (2 + 3 * packets + 2 * others <= rows) return 'spaced';
  return 1 + 2 * packets + others <= rows ? 'roomy' : 'dense';
};

/** Plans the rows of two hosts' ladder. The addresses are left out if packets need their row, but stay while a question is shown. */
const pairRows = (scene: Scene, layout: Layout, columns: Columns, bottom: number): LadderPlan => {
  const {kind, ladder, ladderTop} = layout;
  if (ladder.compact) {
    const top = kind === 'small' ? ladderTop : ladderTop - 1;
    return {...columns, density: 'compact', addresses: false, top, bottom};
  }
  const density = densityFor(scene.ladder, columns, ladder.bottom - ladderTop + 1);
  const asks = scene.story.kind !== 'narration';
  const addresses = density !== 'dense' && (asks || bottom >= ladder.bottom);
  return {...columns, density, addresses, top: addresses ? ladderTop : ladderTop - 1, bottom};
};

/** Plans the ladder; `last` is the last column with three and more hosts, `bottom` the last row in any case. */
export const planOf = (
  scene: Scene,
  layout: Layout,
  {last, bottom}: {readonly last: number; readonly bottom: number},
): LadderPlan => {
  if (!isMany(scene)) return pairRows(scene, layout, pairColumns(scene.view, layout), bottom);
  const small = layout.kind === 'small';
  const columns = manyColumns(scene.view, {last, small}, headsOf(scene.view));
  const top = layout.ladderTop - 2 + headRows(scene, columns, small) + (small ? 1 : 0);
  return {
    ...columns,
    density: densityFor(scene.ladder, columns, Math.min(bottom, layout.ladder.bottom) - top + 1),
    addresses: false,
    top,
    bottom,
  };
};

const numberGap = 2;

/** Returns the number of columns for a packet's number before its label, with the gap after it. */
export const numberColumns = ({view}: Scene): number =>
  String(view.input.trace.packetCount).length + numberGap;

/** Returns the number of columns for a packet's label, without its number. */
export const labelColumns = (scene: Scene, plan: LadderPlan): number => {
  const {hasEnds, labelColumn, last, distance, indent} = plan;
  if (hasEnds) return labelRoom(distance - 1, indent, !isRoomy(plan));
  const begin = labelColumn === undefined ? firstLifeline(plan) + 3 : labelColumn;
  return last - begin + 1 - numberColumns(scene);
};

/** The columns of the two ends of a packet's line; `left` is always the smaller one. */
export type Way = {
  readonly left: number;
  readonly right: number;
  readonly toRight: boolean;
  /** True if a packet's line begins at the lifeline of its sender. */
  readonly begins: boolean;
};

/**
 * Returns the columns of a packet's line; undefined if sender and receiver share a lifeline. The line to a receiver that is not drawn leads
 * to the next lifeline.
 */
export const wayOf = (
  plan: LadderPlan,
  {from, to, toRight: isRight, shown}: PacketItem | BurstItem,
): Way | undefined => {
  const {hasEnds, distance, lifelines} = plan;
  const left = firstLifeline(plan);
  if (hasEnds)
    return {
      left,
      right: left + distance,
      toRight: isRight,
      begins: shown === undefined || shown === 'sender',
    };
  const start = lifelineOf(plan, from);
  const end = from === to ? undefined : lifelineOf(plan, to);
  if (!start || end === start) return undefined;
  const {column} = start;
  const toRight = end ? end.column > column : lifelines.at(-1) !== start;
  const far = end?.column ?? column + (toRight ? distance : -distance);
  return {left: Math.min(column, far), right: Math.max(column, far), toRight, begins: true};
};
