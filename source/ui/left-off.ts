// Where the reader has left a lesson: what is to be kept of a player, and the same player made of that again.
import {type Text, worded} from '../lesson/text.ts';
import type {LeftOff} from '../quiz/left-off.ts';
import {parseFault} from '../sim/fault-text.ts';
import {type ForkNode, type ForkTree, forkPath} from '../sim/fork.ts';
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

/** `lesson`: what it is kept by. */
export type Place = {readonly lesson: string; readonly left: Omit<LeftOff, 'atMs'>};

/** What keeps places; absent: nothing is kept. */
export type PlacesDesk = {
  /** The reader is there now; asked for the place a little later. */
  at(place: () => Place): void;
  /** The reader has left this lesson, with nothing to come back to. */
  left(lesson: string): void;
  /** All that was told is kept. */
  keep(): void;
  /** The lesson that was left last, of those. */
  last(lessons: readonly {readonly id: string; readonly keptAs?: string}[]): LessonLeft | undefined;
};

export type LessonLeft = {readonly lesson: string} & Pick<LeftOff, 'beat' | 'beats'>;

/** Undefined: this run has no place that is kept, or has not begun. */
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

/** Of the lesson itself nothing is left to be seen; own runs may be wanted again. */
const isOver = ({run, playback, context}: PlayerState): boolean =>
  !isAside(run) && playback.gate === undefined && atEnd(playback, context);

/** Tells the desk what has changed; `after` is undefined where the player is left. */
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

/** With the way from the first run as what undo takes back; undefined: these are no forks. */
const treeOf = (tree: ForkTree, {forks, fork}: LeftOff): ForkTree | undefined => {
  const nodes = forks.flatMap(({parent, fault: title}, index): readonly ForkNode[] => {
    const fault = parseFault(title);
    return fault.ok ? [{id: index + 1, parent, fault: fault.value, title}] : [];
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

/** Of questions that are still asked, with choices that are still there. */
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
  // A first try counts as an answer once the program has ended; it is asked again all the same.
  const isOpen = gate !== undefined && asked && (!gate.replied || answers[gate.beat] !== undefined);
  const bookmarks = left.bookmarks.filter((each) => each <= durationMs);
  const restored = {viewMs, answers, firstTries, bookmarks, gate: isOpen ? gate : undefined};
  return {...there, playback: {...there.playback, ...still, ...restored}};
}

/** A run as it is opened: where it was left, or at its beginning; before that a lesson’s first page, until a key begins it. */
export function enter(run: OpenedRun, preferences: Looking): PlayerState {
  const fresh = openPlayer(run, preferences);
  const {left, opening, at} = run;
  const back = guarded(
    () => (left && left !== 'changed' ? goneBack(fresh, left) : undefined),
    () => undefined,
  );
  const player = back ?? fresh;
  if (opening === undefined || at !== undefined) return player;
  return under(player, {kind: 'opening', goesOn: back !== undefined});
}

/** What is said of the place where there is no first page to say it; undefined: nothing. */
export function leftMessage({run: {left}, overlay}: PlayerState): Message | undefined {
  if (left === undefined || overlay !== undefined) return undefined;
  return left === 'changed' ? placesWords.changed : {...worded(placesWords.back, left), isDone: true};
}

/** The same on the first page; undefined: it leads to the beginning. */
export function leftText({run, overlay, context, playback}: PlayerState): Text | undefined {
  if (run.left === 'changed') return placesWords.changed;
  if (overlay?.kind !== 'opening' || !overlay.goesOn) return undefined;
  const {number: beat, total: beats} = beatAt(context, playback);
  return worded(placesWords.place, {beat, beats, run: run.yours && run.runTitle});
}

/** Whatever was left of it. */
export const beginAnew = (player: PlayerState): PlayerState => {
  const {left: _, ...run} = player.forks?.seen.get(0)?.run ?? player.run;
  return {...player, ...openPlayer(run, player.playback), overlay: undefined};
};
