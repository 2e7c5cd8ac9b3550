// Handles pointing at words of the player's screen: which word is pointed at, and what keys do.
import type {Size} from '../view/layout.ts';
import {nearestTo, type Point, pointBeside, pointNow, type Way} from '../view/pointing/points.ts';
import {pointingWords} from '../words/catalogue/pointing.ts';
import type {Action} from './key-entry.ts';
import type {OverlayOutcome} from './overlay-outcome.ts';
import {type PlayerState, type Press, playPlayer, under} from './player.ts';
import {wordsOn} from './player-screen.ts';

const wordsOf = ({run}: PlayerState) => run.reference?.glossary ?? [];

export const canPoint = (player: PlayerState): boolean => wordsOf(player).length > 0;

/** Returns the outcome of pointing at the word nearest to a cell; a message if there is no word. */
const pointAt = (player: PlayerState, at: Pick<Point, 'row' | 'column'>, size: Size): OverlayOutcome => {
  const point = nearestTo(wordsOn({player, size}), at);
  if (point === undefined) return {player, message: pointingWords.nothing};
  return {player: under(player, {kind: 'pointing', point})};
};

/** Returns the outcome of beginning to point: at the word nearest to the middle row of the screen. */
export const beginPointing = (player: PlayerState, size: Size): OverlayOutcome =>
  pointAt(player, {row: Math.ceil(size.rows / 2), column: 1}, size);

const ways: ReadonlyMap<Action, Way> = new Map([
  ['pointBack', 'back'],
  ['pointOn', 'on'],
  ['pointUp', 'up'],
  ['pointDown', 'down'],
]);

/** Returns the player in which the word pointed at is opened: a panel gets the focus, any other word is looked up in the glossary. */
const more = (player: PlayerState, {panel, name}: Point): PlayerState => {
  const seen = {...player, overlay: undefined};
  if (panel !== undefined) return playPlayer(seen, {kind: 'focus', panel, keep: true});
  const own = {word: name[player.playback.language], entry: 0};
  const focused = playPlayer(seen, {kind: 'focus', panel: 'glossary', keep: false, waits: true});
  return playPlayer(focused, {kind: 'remember', panel: 'glossary', own});
};

export const pressInPointing = (
  player: PlayerState,
  point: Point,
  {size}: Press,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const way = action && ways.get(action);
  if (way) {
    const points = wordsOn({player, size});
    const next = pointBeside(points, pointNow(points, point) ?? point, way) ?? point;
    return {player: {...player, overlay: {kind: 'pointing', point: next}}};
  }
  if (action === 'pointMore') return {player: more(player, point)};
  return action === 'back' || action === 'point' ? {player: {...player, overlay: undefined}} : undefined;
};
