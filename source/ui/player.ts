// One open run in the app: what it was opened with, where the reader is in it, and what an action makes of that.

import {takenIn} from '../lesson/bound-beat.ts';
import type {PacketQuestion} from '../quiz/packet-question.ts';
import {forkTree} from '../sim/fork.ts';
import {numbersMeanNothing} from '../sim/relative.ts';
import {focusRing} from '../view/arrange.ts';
import type {Size} from '../view/layout.ts';
import {type ClosingChoice, closingChoices} from '../view/opening/closing.ts';
import {panelsByName} from '../view/panels/registry.ts';
import type {SceneInput} from '../view/scene-input.ts';
import {cardAt, linkAt} from '../view/story/beyond.ts';
import {tellsNumbers} from '../view/story/told-numbers.ts';
import {momentOf, msAt, type Pacing, pacingUntil, viewOf as viewMsOf} from '../view/time/pace.ts';
import {pacing} from '../view/time/pacing.ts';
import {playback, startPlayback} from '../view/time/playback.ts';
import {still} from '../view/time/playback-settings.ts';
import type {PlaybackAction, PlaybackContext, PlaybackState} from '../view/time/playback-state.ts';
import {atEnd, beatMs, openQuestions} from '../view/time/waypoints.ts';
import {type View, viewOf} from '../view/view.ts';
import {tellsMore} from '../view/why/answer.ts';
import {whyAsked} from '../view/why/asked.ts';
import type {Branch, Forks} from './branch.ts';
import type {Action} from './key-entry.ts';
import type {OpenedRun} from './opened-run.ts';
import type {Overlay} from './overlay.ts';
import type {Preferences} from './preferences.ts';

/** What is asked, and the run as it is without. */
export type Unasked = {readonly run: OpenedRun; readonly questions: readonly PacketQuestion[]};

export type PlayerState = Branch & {
  /** The runs that the reader makes of this one. */
  readonly forks?: Forks | undefined;
  /** Of a run that grows: whether the reader goes along with its end, and where it stood when it last grew, in ms. */
  readonly live?: {readonly follows: boolean; readonly seenMs: number};
  readonly overlay?: Overlay | undefined;
  /** Of a capture that asks: what, and the same without its questions. */
  readonly unasked?: Unasked | undefined;
  /** The lesson whose end led to this run. */
  readonly beneath?: PlayerState;
};

/** What matters of a key press beside the action: which key, when by any steady clock, on a screen of which size. */
export type Press = {
  readonly key: string;
  /** With the mouse, on what the key is for. */
  readonly clicked?: boolean;
  readonly atMs: number;
  readonly size: Size;
};

export type Looking = Pick<Preferences, 'language' | 'motion' | 'allValues' | 'presented' | 'unattended'> &
  Partial<Pick<PlaybackState, 'plainFirst'>>;

export function openPlayer(run: OpenedRun, preferences: Looking): PlayerState {
  const tree = run.fork && forkTree(run.fork.scenario, run.fork.replay);
  const live = run.live && {live: {follows: true, seenMs: 0}};
  return {...branchOf(run, preferences), ...live, forks: tree && {tree, seen: new Map()}};
}

/** Without motion nothing leads from the picture before the first packet to what is told first: it begins there. */
const beginning = ({playback: {motion, viewMs}, context: {beats, pacing}}: PlayerState): PlaybackAction => {
  const first = Math.min(...beats.map((beat) => beatMs(pacing, beat)));
  return {kind: motion === 'none' && viewMs < first && Number.isFinite(first) ? 'beatNext' : 'togglePlay'};
};

/** From a lesson's first page into the run: it plays, unless the reader has been further on. */
export const beginRun = (player: PlayerState): PlayerState => {
  const begun = {...player, overlay: undefined};
  const {overlay} = player;
  return overlay?.kind === 'opening' && overlay.goesOn ? begun : playPlayer(begun, beginning(begun));
};

const paced = ({trace, at, endsThere}: OpenedRun): Pacing =>
  endsThere && at && 'event' in at ? pacingUntil(pacing(trace), at.event) : pacing(trace);

function branchOf(run: OpenedRun, preferences: Looking): Branch {
  const {language, motion, allValues, plainFirst, presented, unattended} = preferences;
  const {trace, beats, at} = run;
  const context: PlaybackContext = {trace, pacing: paced(run), beats, whatIfs: run.whatIfs.length};
  const begun = {
    ...startPlayback({
      language,
      motion,
      speed: run.speed ?? 1,
      // What happens now waits for nobody, and nobody is there to go on.
      stopAtBeats: run.live === undefined && !unattended,
      playing: at === undefined,
    }),
    opened: run.challenge === undefined ? [] : ['challenge'],
    alone: presented === true,
    allValues: allValues === true,
    plainFirst: plainFirst === true,
    // A capture's numbers stay as they are, and so do those that are told or asked.
    relative:
      run.fork !== undefined &&
      !run.asked &&
      numbersMeanNothing(run.fork.scenario) &&
      !tellsNumbers(trace, beats),
  };
  if (at === undefined) return {run, context, playback: begun};
  const viewMs = 'us' in at ? msAt(context.pacing, at.us) : viewMsOf(context.pacing, at.event);
  return {run, context, playback: playback(begun, {kind: 'standAt', viewMs}, context)};
}

/** A question that opens is seen, and so is its reply: a panel that may take the whole screen gives the focus back. */
const seeingQuestion = (before: PlaybackState, after: PlaybackState): PlaybackState => {
  const covers = panelsByName.get(after.focus)?.covers;
  const isHidden = covers === 'screen' || covers === 'body';
  const isNew = before.gate?.beat !== after.gate?.beat || before.gate?.replied !== after.gate?.replied;
  return isHidden && after.gate !== undefined && isNew ? {...after, focus: 'ladder'} : after;
};

export function playPlayer(player: PlayerState, action: PlaybackAction): PlayerState {
  const moved = seeingQuestion(player.playback, playback(player.playback, action, player.context));
  if (moved === player.playback) return player;
  const ends = moved.ending !== undefined && player.playback.ending === undefined && closes(player);
  return {...player, playback: moved, ...(ends ? {overlay: {kind: 'closing', marked: 0}} : {})};
}

/** Whether the reader made this run, and the lesson had not asked for it. */
export const isAside = ({yours, beats}: Pick<OpenedRun, 'yours' | 'beats'>): boolean =>
  yours === true && takenIn(beats).length === 0;

/** Whether the end of this run is the lesson's: not where the reader was led to a place. */
export const closes = ({run}: Branch): boolean =>
  run.closing !== undefined && run.at === undefined && !isAside(run);

/** Where one can go on from the end. */
export const closingOf = ({closing, whatIfs, check}: OpenedRun): readonly ClosingChoice[] =>
  closing === undefined ? [] : closingChoices({closing, whatIfs, check});

/** What pictures and sentences of it are made of. */
export const sceneInput = (
  {run, context, playback}: Branch,
  beside: Pick<SceneInput, 'message' | 'told'> = {message: undefined},
): SceneInput => ({...run, pacing: context.pacing, playback, ...beside});

/** What the run's panels are looked at from. */
export const lookOf = (player: Branch): View => viewOf(sceneInput(player));

/** With a page over it: below nothing moves. */
export const under = (player: PlayerState, overlay: Overlay): PlayerState => ({
  ...player,
  playback: {...player.playback, ...still},
  overlay,
});

/** What an action means to the player; undefined: it is the app's own. */
export function playbackAction(
  action: Action,
  {key, atMs, size}: Press,
  player: Branch,
): PlaybackAction | undefined {
  switch (action) {
    case 'answer':
      return {kind: 'answer', choice: key};
    case 'stepForward':
      return {kind: 'stepForward', atMs};
    case 'next':
      return player.playback.playing ? {kind: 'stepForward', atMs} : {kind: 'togglePlay'};
    case 'panelNext':
      return focusBy(player, size, 1);
    case 'panelPrevious':
      return focusBy(player, size, -1);
    case 'panelNumbered':
      return focusOn(player, size, (_name, number) => number === Number(key));
    case 'openBytes':
      return focusOn(player, size, (name) => name === 'bytes');
    case 'openGraph':
      return takeTurns(player, 'graph');
    case 'openCache':
      return takeTurns(player, 'cache');
    case 'openCard':
      return {kind: 'focus', panel: 'card', keep: false, waits: true};
    case 'cause':
    case 'effect':
      return {
        kind: action === 'cause' ? 'causePrevious' : 'causeNext',
        // What is explained is looked up only while it is open.
        from: player.playback.why && whyAsked(lookOf(player)).event,
      };
    default:
      return plainActions.get(action);
  }
}

/** Whether the run that contradicts a belief shows what this one has not asked yet. */
const givesAway = ({run, context, playback: {answers}}: Branch, misconception: string): boolean => {
  const shown = run.counterAt?.(misconception);
  if (shown === undefined) return false;
  const {pacing} = context;
  return openQuestions(context, answers).some(({question: {kind, event}}) => {
    if (shown === 'another' || run.yours) return true;
    const [asked, seen] = [momentOf(pacing, event), momentOf(pacing, shown)];
    return asked < seen || (asked === seen && kind === 'prediction');
  });
};

/** What the wrong answer stands for whose reply is read, where a run contradicts it and tells nothing that is still asked. */
export function beliefShown(player: Branch): string | undefined {
  const {run, playback} = player;
  const {gate, answers} = playback;
  const answer = gate?.replied ? answers[gate.beat] : undefined;
  const beat = run.beats.find(({index}) => index === gate?.beat);
  if (typeof answer !== 'object' || beat === undefined || beat.kind === 'narration') return undefined;
  const tried = [answer.choice, answer.first?.choice];
  const beliefs = beat.choices.flatMap(({id, correct, misconception}) =>
    !correct && tried.includes(id) ? (misconception ?? []) : [],
  );
  return beliefs.find((belief) => run.misconception(belief)?.counter && !givesAway(player, belief));
}

/** At the end of what is looked at over a lesson, and of a run that its last page led to, the key that goes on leads back to it. */
export const leadsBack = (action: Action, {run, context, playback, beneath}: PlayerState): boolean =>
  (action === 'playPause' || action === 'next') &&
  beneath !== undefined &&
  run.whatIfs.length === 0 &&
  run.yours !== true &&
  playback.gate === undefined &&
  atEnd(playback, context);

/** At the end of a run of the learner's own that does not end the lesson, the key that goes on leads back to the run before it. */
export const undoesRun = (action: Action, {run, context, playback, forks}: PlayerState): boolean =>
  (action === 'playPause' || action === 'next') &&
  run.closing !== undefined &&
  isAside(run) &&
  playback.gate === undefined &&
  (forks?.tree.past.length ?? 0) > 0 &&
  atEnd(playback, context);

/** The lesson that can be checked now: its run is over. */
export function checkable(player: PlayerState | undefined): string | undefined {
  if (player === undefined) return undefined;
  const {run, playback, context} = player;
  return atEnd(playback, context) ? run.check : undefined;
}

/** Whether there is what the action is about; whether it would change anything is another question. */
export function isPossible(action: Action, player: PlayerState | undefined): boolean {
  switch (action) {
    case 'why':
      return player === undefined || whyTellsMore(player);
    case 'deepen':
      return player === undefined || tellsDeeper(player);
    case 'predict':
      return player?.run.predictions !== undefined;
    case 'simulate':
      return player?.run.simulate !== undefined;
    case 'allValues':
      return player?.run.shows !== undefined;
    case 'openCard':
      return player !== undefined && cardAt(lookOf(player).input) !== undefined;
    case 'openGraph':
      return isThere(player, 'graph');
    case 'openCache':
      return isThere(player, 'cache');
    case 'openLink':
      return player !== undefined && (player.run.shownBy ?? linkAt(lookOf(player).input)) !== undefined;
    case 'check':
      return player === undefined || checkable(player) !== undefined;
    case 'watch':
      // Without a player it is a page's own.
      return player === undefined || beliefShown(player) !== undefined;
    case 'lookUp':
      return (player?.run.reference?.glossary ?? []).length > 0;
    default:
      return true;
  }
}

/** Whether *Why?* has said only what is plain. */
const tellsDeeper = (player: PlayerState): boolean =>
  player.playback.why !== undefined && whyAsked(lookOf(player)).more === true;

/** A reply that has said all there is to say has no *why?* of its own. */
const whyTellsMore = (player: Branch): boolean => {
  const {gate} = player.playback;
  return gate?.replied !== true || tellsMore(lookOf(player), gate.beat);
};

const isThere = (player: Branch | undefined, panel: string): boolean =>
  player !== undefined && panelsByName.get(panel)?.isAvailable(lookOf(player)) === true;

/** The same key leads to the panel and back to the ladder. */
const takeTurns = ({playback: {focus}}: Branch, panel: string): PlaybackAction =>
  focus === panel ? {kind: 'focus', panel: 'ladder', keep: false} : {kind: 'focus', panel, keep: true};

/** Passing through with `tab` only shows a panel. */
function focusBy(player: Branch, size: Size, by: 1 | -1): PlaybackAction {
  const ring = focusRing(lookOf(player), size).map(({name}) => name);
  const at = Math.max(0, ring.indexOf(player.playback.focus)) + by;
  return {kind: 'focus', panel: ring[(at + ring.length) % ring.length] ?? 'ladder', keep: false};
}

/** Asked for by its name or number, a panel stays until it is closed. One that has nothing to show leaves all as it is. */
function focusOn(
  player: Branch,
  size: Size,
  isWanted: (name: string, number: number) => boolean,
): PlaybackAction {
  const ring = focusRing(lookOf(player), size);
  const wanted = ring.find(({name}, index) => isWanted(name, index + 1));
  return wanted === undefined
    ? {kind: 'focus', panel: player.playback.focus, keep: false}
    : {kind: 'focus', panel: wanted.name, keep: true};
}

const plainActions: ReadonlyMap<Action, PlaybackAction> = new Map<Action, PlaybackAction>([
  ['playPause', {kind: 'togglePlay'}],
  ['stepBack', {kind: 'stepBack'}],
  ['beatBack', {kind: 'beatPrevious'}],
  ['beatForward', {kind: 'beatNext'}],
  ['eventForward', {kind: 'eventNext'}],
  ['eventBack', {kind: 'eventPrevious'}],
  ['bookmark', {kind: 'bookmark'}],
  ['bookmarkNext', {kind: 'bookmarkNext'}],
  ['start', {kind: 'toStart'}],
  ['end', {kind: 'toEnd'}],
  ['faster', {kind: 'faster'}],
  ['slower', {kind: 'slower'}],
  ['packetUp', {kind: 'packetPrevious'}],
  ['packetDown', {kind: 'packetNext'}],
  ['why', {kind: 'toggleWhy'}],
  ['deepen', {kind: 'deepenWhy'}],
  ['numbers', {kind: 'toggleRelative'}],
  ['eyes', {kind: 'nextEyes'}],
  ['markUp', {kind: 'markPrevious'}],
  ['markDown', {kind: 'markNext'}],
  ['hint', {kind: 'hint'}],
  ['skip', {kind: 'skip'}],
  ['goOn', {kind: 'continue'}],
]);
