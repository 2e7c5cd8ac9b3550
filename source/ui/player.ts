// The player of one run in the app: how the run was opened, the reader's place in it, and the effect of actions.

import {isTurnOpen} from '../account/own-turns.ts';
import {takenIn} from '../lesson/bound-beat.ts';
import type {PacketQuestion} from '../quiz/packet-question.ts';
import {forkTree} from '../sim/fork.ts';
import {numbersMeanNothing} from '../sim/relative.ts';
import {focusRing} from '../view/arrange.ts';
import {type SolvedChoice, solvedChoices} from '../view/challenge/challenge-page.ts';
import {verdictAt} from '../view/challenge/verdict.ts';
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

/** The questions that are asked about a capture's packets, and the capture's run without them. */
export type Unasked = {readonly run: OpenedRun; readonly questions: readonly PacketQuestion[]};

export type PlayerState = Branch & {
  /** The tree of runs that the reader has made from this one; undefined if the run cannot be forked. */
  readonly forks?: Forks | undefined;
  /** Set for a capture that is being taken: whether the reader follows its end, and his place in ms of viewing time when it last grew. */
  readonly live?: {readonly follows: boolean; readonly seenMs: number};
  readonly overlay?: Overlay | undefined;
  /** Set while questions about a capture's packets are asked: the questions, and the run without them. */
  readonly unasked?: Unasked | undefined;
  /** True once the page of the solved challenge was shown, so that it does not cover the rest of the run. */
  readonly sawSolved?: true;
  /** The player with the run from which this one was opened, and to which leaving this one leads back. */
  readonly beneath?: PlayerState;
};

/** A pressed key, with the time of a steady clock and the size of the screen. */
export type Press = {
  readonly key: string;
  /** True if the key was pressed by a mouse click on its sign or choice. */
  readonly clicked?: boolean;
  readonly atMs: number;
  readonly size: Size;
};

export type Looking = Pick<Preferences, 'language' | 'motion' | 'allValues' | 'presented' | 'unattended'> &
  Partial<Pick<PlaybackState, 'plainFirst'>>;

export function openPlayer(run: OpenedRun, preferences: Looking): PlayerState {
  const tree = run.fork && forkTree(run.fork.scenario, run.fork.replay, run.fork.vary);
  const live = run.live && {live: {follows: true, seenMs: 0}};
  return {...branchOf(run, preferences), ...live, forks: tree && {tree, seen: new Map()}};
}

/**
 * Returns the playback action that begins a run: playing. Without motion, it jumps to the first beat if that is later than the present
 * place.
 */
const beginning = ({playback: {motion, viewMs}, context: {beats, pacing}}: PlayerState): PlaybackAction => {
  const first = Math.min(...beats.map((beat) => beatMs(pacing, beat)));
  return {kind: motion === 'none' && viewMs < first && Number.isFinite(first) ? 'beatNext' : 'togglePlay'};
};

/** Returns the player after the first page of a lesson is closed; the run plays, unless the reader continues where he left it. */
export const beginRun = (player: PlayerState): PlayerState => {
  const begun = {...player, overlay: undefined};
  const {overlay} = player;
  return overlay?.kind === 'opening' && overlay.goesOn ? begun : playPlayer(begun, beginning(begun));
};

const paced = ({trace, at, endsThere}: OpenedRun): Pacing =>
  endsThere && at && 'event' in at ? pacingUntil(pacing(trace), at.event) : pacing(trace);

function openedFirst({challenge, trace}: OpenedRun): readonly string[] {
  if (challenge === undefined) return [];
  return trace.header.byHand === undefined ? ['challenge'] : ['turn', 'challenge'];
}

function branchOf(run: OpenedRun, preferences: Looking): Branch {
  const {language, motion, allValues, plainFirst, presented, unattended} = preferences;
  const {trace, beats, at} = run;
  const context: PlaybackContext = {trace, pacing: paced(run), beats, whatIfs: run.whatIfs.length};
  const begun = {
    ...startPlayback({
      language,
      motion,
      speed: run.speed ?? 1,
      // Playing stops at no beat in a live capture, nor in an unattended player.
      stopAtBeats: run.live === undefined && !unattended,
      playing: at === undefined,
    }),
    // A learner who plays a host by hand has the focus on the form for his next segment.
    ...(run.trace.header.byHand === undefined ? {} : {focus: 'turn'}),
    opened: openedFirst(run),
    alone: presented === true,
    allValues: allValues === true,
    plainFirst: plainFirst === true,
    // Sequence numbers are relative only if the run is simulated with numbers of no meaning, and no text or question names absolute ones.
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

/**
 * Returns the playback after an action; when a question or its reply opens, the focus goes to the ladder if the focused panel would cover
 * the question.
 */
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
  const next = {...player, playback: moved};
  if (!player.sawSolved && solvedChoicesOf(player.run).length > 0 && verdictAt(sceneInput(next)) === 'solved')
    return {...under(next, {kind: 'closing', marked: 0}), sawSolved: true};
  return ends ? {...next, overlay: {kind: 'closing', marked: 0}} : next;
}

/** Tells whether this run is a fork that the reader made without a suggestion of the lesson. */
export const isAside = ({yours, beats}: Pick<OpenedRun, 'yours' | 'beats'>): boolean =>
  yours === true && takenIn(beats).length === 0;

/**
 * Tells whether the lesson's last page follows this run; false for a run that was opened at a certain place, or a fork that the lesson did
 * not suggest.
 */
export const closes = ({run}: Branch): boolean =>
  run.closing !== undefined && run.at === undefined && !isAside(run);

/** Returns the choices on the page of a solved challenge; empty if the run is not one of a challenge with a task of its own. */
const solvedChoicesOf = ({challenge}: OpenedRun): readonly SolvedChoice[] =>
  challenge?.challenge.task === undefined ? [] : solvedChoices(challenge);

/** Returns the choices on the page at the end of a run. */
export const closingOf = (run: OpenedRun): readonly (ClosingChoice | SolvedChoice)[] => {
  const {closing, whatIfs, check} = run;
  return closing === undefined ? solvedChoicesOf(run) : closingChoices({closing, whatIfs, check});
};

/** Returns the values from which `view` draws or speaks the player's run. */
export const sceneInput = (
  {run, context, playback}: Branch,
  beside: Pick<SceneInput, 'message' | 'told' | 'part'> = {message: undefined},
): SceneInput => ({...run, pacing: context.pacing, playback, ...beside});

/** Returns the view of the run from which its panels are computed. */
export const lookOf = (player: Branch): View => viewOf(sceneInput(player));

/** Returns the player with this page over its run; playback stops. */
export const under = (player: PlayerState, overlay: Overlay): PlayerState => ({
  ...player,
  playback: {...player.playback, ...still},
  overlay,
});

/** Returns the playback action that a key's action stands for; undefined if the app handles the action. */
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
        // Cause and effect are sought from the event that *Why?* explains; it is computed only while *Why?* is open.
        from: player.playback.why && whyAsked(lookOf(player)).event,
      };
    default:
      return plainActions.get(action);
  }
}

/** Tells whether watching the run that contradicts a misconception would reveal the answer to a question that is still open. */
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

/**
 * Returns the misconception behind the wrong answer whose reply is shown, if a run contradicts it without revealing the answer to another
 * question; otherwise undefined.
 */
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

/**
 * Tells whether an action leads back to the lesson: at the end of a run over it, the key that continues does. A run that waits for the
 * learner's segment has not ended.
 */
export const leadsBack = (action: Action, {run, context, playback, beneath}: PlayerState): boolean =>
  (action === 'playPause' || action === 'next') &&
  beneath !== undefined &&
  run.whatIfs.length === 0 &&
  run.yours !== true &&
  !isTurnOpen(run.trace) &&
  playback.gate === undefined &&
  atEnd(playback, context);

/** Tells whether the key that plays leads back to the run before, because a fork that the lesson did not suggest has ended. */
export const undoesRun = (action: Action, {run, context, playback, forks}: PlayerState): boolean =>
  (action === 'playPause' || action === 'next') &&
  run.closing !== undefined &&
  isAside(run) &&
  playback.gate === undefined &&
  (forks?.tree.past.length ?? 0) > 0 &&
  atEnd(playback, context);

/** Returns the id of the lesson whose check can begin because its run is at its end; otherwise undefined. */
export function checkable(player: PlayerState | undefined): string | undefined {
  if (player === undefined) return undefined;
  const {run, playback, context} = player;
  return atEnd(playback, context) ? run.check : undefined;
}

/**
 * Tells whether the run has what an action of the key table needs, such as a glossary for looking up words; the action may change nothing
 * nevertheless.
 */
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
      // Without a player the action belongs to a page of the quiz or of the learner, which decides itself.
      return player === undefined || beliefShown(player) !== undefined;
    case 'lookUp':
      return (player?.run.reference?.glossary ?? []).length > 0;
    default:
      return true;
  }
}

/** Tells whether *Why?* is open and shows only its plain answer, with a full one to follow. */
const tellsDeeper = (player: PlayerState): boolean =>
  player.playback.why !== undefined && whyAsked(lookOf(player)).more === true;

/**
 * Tells whether *Why?* says more than the reply to the answered question; otherwise the reply does not offer it. true if no reply is shown.
 */
const whyTellsMore = (player: Branch): boolean => {
  const {gate} = player.playback;
  return gate?.replied !== true || tellsMore(lookOf(player), gate.beat);
};

const isThere = (player: Branch | undefined, panel: string): boolean =>
  player !== undefined && panelsByName.get(panel)?.isAvailable(lookOf(player)) === true;

/** Returns the playback action of a key that focuses a panel, or returns to the ladder if the panel has the focus. */
const takeTurns = ({playback: {focus}}: Branch, panel: string): PlaybackAction =>
  focus === panel ? {kind: 'focus', panel: 'ladder', keep: false} : {kind: 'focus', panel, keep: true};

/**
 * Returns the playback action by which `tab` moves the focus to the next panel; a panel that was not on the screen is shown only while it
 * has the focus.
 */
function focusBy(player: Branch, size: Size, by: 1 | -1): PlaybackAction {
  const ring = focusRing(lookOf(player), size).map(({name}) => name);
  const at = Math.max(0, ring.indexOf(player.playback.focus)) + by;
  return {kind: 'focus', panel: ring[(at + ring.length) % ring.length] ?? 'ladder', keep: false};
}

/**
 * Returns the action that focuses a panel by its name or number; the panel stays open until it is closed. If there is no such panel, the
 * action changes nothing.
 */
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
