// Stores where the reader leaves a lesson, and restores the player from that: makes a record of a player, and the same player from a
// record.
import {type Text, worded} from '../lesson/text.ts';
import type {LeftOff} from '../quiz/left-off.ts';
import {changesIn, type ForkNode, type ForkTree, forkPath} from '../sim/fork.ts';
import {encodeReplay} from '../sim/replay.ts';
import {guarded} from '../view/guarded.ts';
import type {Message} from '../view/note.ts';
import {msAt, usAt} from '../view/time/pace.ts';
import {still} from '../view/time/playback-settings.ts';
import {atEnd, beatAt, isQuestion} from '../view/time/waypoints.ts';
import {placesWords} from '../words/catalogue/places.ts';
import type {Forks} from './branch.ts';
import {goToNode} from './fork-state.ts';
import type {OpenedRun} from './opened-run.ts';
import {isAside, type Looking, openPlayer, type PlayerState, under} from './player.ts';

/** A place in a lesson, to be stored; `lesson` is the key under which it is stored. */
export type Place = {readonly lesson: string; readonly left: Omit<LeftOff, 'atMs'>};

/** The functions that store the reader's places in lessons. */
export type PlacesDesk = {
  /** Notes that the reader is at another place in a lesson; `place`, which computes it, is called a little later. */
  at(place: () => Place): void;
  /** Notes that the reader has seen this lesson to its end, so that there is no place to return to. */
  left(lesson: string): void;
  /** Writes all places that were noted to the store. */
  keep(): void;
  /** Returns which of these lessons the reader left last, and how far he had come; undefined if he left none. */
  last(lessons: readonly {readonly id: string; readonly keptAs?: string}[]): LessonLeft | undefined;
};

export type LessonLeft = {readonly lesson: string} & Pick<LeftOff, 'beat' | 'beats'>;

/**
 * Returns the key under which the place in the player's lesson is stored; undefined if the run's place is not stored, or the lesson has not
 * begun.
 */
const lessonKept = (player: PlayerState | undefined): string | undefined => {
  if (player === undefined || player.overlay?.kind === 'opening') return undefined;
  const {keptAs, at, glance} = player.run;
  return at === undefined && glance === undefined ? keptAs : undefined;
};

const playerPlace = ({playback, context}: PlayerState, {tree}: Forks, lesson: string): Place => {
  const {viewMs, answers, firstTries, gate, bookmarks} = playback;
  const {number, total} = beatAt(context, playback);
  return {
    lesson,
    left: {
      code: encodeReplay(tree.replay),
      forks: tree.nodes.flatMap(({parent, title}) => (parent === undefined ? [] : [{parent, fault: title}])),
      fork: tree.current,
      viewMs,
      us: usAt(context.pacing, viewMs),
      beat: number,
      beats: total,
      ...{answers, firstTries},
      ...(gate ? {gate} : {}),
      bookmarks,
    },
  };
};

/**
 * Tells whether the reader has seen a lesson's run to its end with no question open; false in a fork of his own, to which he may want to
 * return.
 */
const isOver = ({run, playback, context}: PlayerState): boolean =>
  !isAside(run) && playback.gate === undefined && atEnd(playback, context);

/**
 * Notes the reader's place in a lesson after a change of the player, or that he has left the lesson; `after` is undefined if he left the
 * player.
 */
export function notePlace(
  desk: PlacesDesk | undefined,
  before: PlayerState | undefined,
  after: PlayerState | undefined,
): void {
  if (desk === undefined || before === after) return;
  const [leaves, comes] = [lessonKept(before), lessonKept(after)];
  if (before && leaves !== undefined && leaves !== comes) {
    if (isOver(before)) desk.left(leaves);
    else desk.keep();
  }
  const forks = after?.forks;
  if (after && forks && comes !== undefined) desk.at(() => playerPlace(after, forks, comes));
}

/**
 * Returns the tree of runs with the forks of a stored place, in which undo leads back to the first run; undefined if any stored fork is
 * invalid.
 */
const treeOf = (tree: ForkTree, {forks, fork}: LeftOff): ForkTree | undefined => {
  const nodes = forks.flatMap(({parent, fault: title}, index): readonly ForkNode[] => {
    const changes = changesIn(title);
    return changes ? [{id: index + 1, parent, changes, title}] : [];
  });
  if (nodes.length < forks.length) return undefined;
  const grown = {...tree, nodes: [...tree.nodes, ...nodes], current: fork};
  return {
    ...grown,
    past: forkPath(grown)
      .slice(0, -1)
      .map(({id}) => id),
  };
};

/** Returns those stored answers whose questions the lesson still asks, with choices that still exist. */
function stillThere<Given extends {readonly choice: string} | 'skipped'>(
  {context}: PlayerState,
  given: {readonly [beat: number]: Given},
): {readonly [beat: number]: Given} {
  const entries = context.beats.filter(isQuestion).flatMap(({index, choices}) => {
    const answer = given[index];
    if (answer === undefined) return [];
    const isThere = answer === 'skipped' || choices.some(({id}) => id === answer.choice);
    return isThere ? [[index, answer] as const] : [];
  });
  return Object.fromEntries(entries);
}

function goneBack(player: PlayerState, left: LeftOff): PlayerState | undefined {
  const tree = player.forks && treeOf(player.forks.tree, left);
  if (tree === undefined) return undefined;
  const there = goToNode(player, tree);
  const {context} = there;
  const {durationMs} = context.pacing;
  const isSame = left.viewMs <= durationMs && usAt(context.pacing, left.viewMs) === left.us;
  const viewMs = isSame ? left.viewMs : Math.min(durationMs, msAt(context.pacing, left.us));
  const [answers, firstTries] = [stillThere(there, left.answers), stillThere(there, left.firstTries)];
  const {gate} = left;
  const asked = context.beats.filter(isQuestion).some(({index}) => index === gate?.beat);
  // A wrong first try became the answer when the program ended, but its question is asked again when the reader returns.
  const isOpen = gate !== undefined && asked && (!gate.replied || answers[gate.beat] !== undefined);
  const bookmarks = left.bookmarks.filter((each) => each <= durationMs);
  const restored = {viewMs, answers, firstTries, bookmarks, gate: isOpen ? gate : undefined};
  return {...there, playback: {...there.playback, ...still, ...restored}};
}

/**
 * Returns the player for a run that is opened: at the place where the reader left it, or at its beginning. A lesson's or challenge's first
 * page covers it until a key begins the run, unless the run is opened at a certain place.
 */
export function enter(run: OpenedRun, preferences: Looking): PlayerState {
  const fresh = openPlayer(run, preferences);
  const {left, opening, at} = run;
  const back = guarded(
    () => (left && left !== 'changed' ? goneBack(fresh, left) : undefined),
    () => undefined,
  );
  // A place that cannot be found again is told like one in a lesson that has changed.
  const player = back ?? (left === undefined ? fresh : {...fresh, run: {...fresh.run, left: 'changed'}});
  const begins = opening !== undefined || run.challenge?.challenge.task !== undefined;
  if (!begins || at !== undefined) return player;
  return under(player, {kind: 'opening', goesOn: back !== undefined});
}

/**
 * Returns the message on the place in the lesson to which the reader has returned; undefined if there is none, or the first page tells it.
 */
export function leftMessage({run: {left}, overlay}: PlayerState): Message | undefined {
  if (left === undefined || overlay !== undefined) return undefined;
  return left === 'changed' ? placesWords.changed : {...worded(placesWords.back, left), isDone: true};
}

/** Returns the text on the place in the lesson to which its first page leads; undefined if it leads to the beginning. */
export function leftText({run, overlay, context, playback}: PlayerState): Text | undefined {
  if (run.left === 'changed') return placesWords.changed;
  if (overlay?.kind !== 'opening' || !overlay.goesOn) return undefined;
  const {number: beat, total: beats} = beatAt(context, playback);
  return worded(placesWords.place, {beat, beats, run: run.yours && run.runTitle});
}

/** Returns the player at the beginning of the lesson's run, without the place where the reader left it. */
export const beginAnew = (player: PlayerState): PlayerState => {
  const {left: _, ...run} = player.forks?.seen.get(0)?.run ?? player.run;
  return {...player, ...openPlayer(run, player.playback), overlay: undefined};
};
