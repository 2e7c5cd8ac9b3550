// The keys that open pages over the player (altering a packet, the tree of runs, comparing, the lesson's last page) and work on them.
import {packetOf} from '../account/packet.ts';
import {withMove} from '../lesson/move.ts';
import type {Text} from '../lesson/text.ts';
import {forkCode, goToFork, redoFork, undoFork} from '../sim/fork.ts';
import {type CompareAction, compareState, moveCompare} from '../view/compare/compare-state.ts';
import {type AlterMove, type AlterState, alterFault, moveAlter, startAlter} from '../view/forks/alter.ts';
import {offeredFields} from '../view/forks/alter-sheet.ts';
import {forkOrder} from '../view/forks/fork-sheet.ts';
import type {Size} from '../view/layout.ts';
import {faultMove} from '../view/story/offers.ts';
import {hiddenFieldsOf, selectedPacket} from '../view/view.ts';
import {alterProblem, forkErrorText, noForks} from '../words/alter.ts';
import {forkTexts} from '../words/catalogue/forks.ts';
import {canCompare, compareRuns} from './compare-runs.ts';
import {forked, forking, goToNode, isLong} from './fork-state.ts';
import {
  canMarkParts,
  leadsToParts,
  markPart,
  partActionWorks,
  pressInParts,
  pressInVary,
} from './fork-world.ts';
import type {Action} from './key-entry.ts';
import {beginAnew} from './left-off.ts';
import {typedOn} from './line-keys.ts';
import {movedMark} from './list-moves.ts';
import type {CompareOverlay, Overlay} from './overlay.ts';
import type {OverlayOutcome} from './overlay-outcome.ts';
import {
  beginRun,
  closingOf,
  lookOf,
  openPlayer,
  type PlayerState,
  type Press,
  playPlayer,
  under,
  undoesRun,
} from './player.ts';
import {beginPointing, canPoint, pressInPointing} from './pointing.ts';

const over = (player: PlayerState, overlay: Overlay): OverlayOutcome => ({player: under(player, overlay)});

/** Returns the outcome of a key that opens a page over the player, or goes to another run of the tree; undefined for other actions. */
export const pressToOverlay = (
  player: PlayerState,
  action: Action,
  size: Size,
): OverlayOutcome | undefined => {
  switch (undoesRun(action, player) ? 'undo' : action) {
    case 'alter':
      return openAlter(player);
    case 'forks':
      return openForks(player);
    case 'compare':
      return openCompare(player);
    case 'undo':
      return stepInHistory(player, 'undo');
    case 'redo':
      return stepInHistory(player, 'redo');
    case 'point':
      return beginPointing(player, size);
    case 'parts':
      return canMarkParts(player) ? markPart(player) : refused(player, notForked(player));
    case 'packetUp':
      return leadsToParts(player) ? markPart(player) : undefined;
    default:
      return undefined;
  }
};

const refused = (player: PlayerState, message: Text): OverlayOutcome => ({player, message});

const notForked = ({run: {trace, challenge}}: PlayerState): Text => {
  if (trace.header.profile === 'capture') return noForks('capture');
  return noForks(challenge === undefined ? 'script' : challenge.challenge.stack ? 'byHand' : 'challenge');
};

/** Tells whether packets of the run can be altered: the run can be forked, or it is a challenge that offers faults as moves. */
const canAlter = ({run, forks}: PlayerState): boolean =>
  forks !== undefined || (run.challenge?.challenge.offer.faults.length ?? 0) > 0;

const openAlter = (player: PlayerState): OverlayOutcome => {
  const {run, forks} = player;
  const packet = selectedPacket(lookOf(player));
  const kinds = run.challenge?.challenge.offer.faults;
  if (forks === undefined && (kinds ?? []).length === 0) return refused(player, notForked(player));
  if (packet === undefined) return refused(player, forkTexts.nothingSent);
  if (packetOf(run.trace, packet).lost) return refused(player, forkErrorText({code: 'lost', packet}));
  return over(player, {kind: 'alter', state: startAlter(packet, kinds), problem: undefined});
};

const openForks = (player: PlayerState): OverlayOutcome =>
  player.forks === undefined
    ? refused(player, notForked(player))
    : over(player, {kind: 'forks', marked: player.forks.tree.current, notice: undefined});

const openCompare = (player: PlayerState): OverlayOutcome => {
  const overlay = compareRuns(player);
  if (overlay) return over(player, overlay);
  return refused(player, player.forks === undefined ? notForked(player) : forkTexts.nothingToCompare);
};

const stepInHistory = (player: PlayerState, way: 'undo' | 'redo'): OverlayOutcome => {
  const {forks, overlay} = player;
  if (forks === undefined) return refused(player, notForked(player));
  const tree = way === 'undo' ? undoFork(forks.tree) : redoFork(forks.tree);
  const moved = goToNode(player, tree);
  const isThere = tree !== forks.tree;
  // A message names the key that reverses the step, because a single key has replaced the run.
  const told = isThere ? forkTexts.wayBack[way] : forkTexts.noWay[way];
  if (overlay?.kind === 'forks')
    return {
      player: {
        ...moved,
        overlay: {...overlay, marked: isThere ? tree.current : overlay.marked, notice: told},
      },
    };
  return isThere
    ? {player: {...moved, overlay: undefined}, message: {...told, isDone: true}}
    : refused(player, told);
};

/** Returns the outcome of a key while a page over the player is open; undefined if the app handles the key. */
export const pressInOverlay = (
  player: PlayerState,
  press: Press,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const {overlay} = player;
  // A key that would change nothing on a page does nothing; only in the tree of runs, and on a marked host or link, does a message tell
  // why.
  if (
    overlay &&
    overlay.kind !== 'forks' &&
    overlay.kind !== 'parts' &&
    action &&
    !overlayActionWorks(action, player, press.size)
  )
    return {player};
  switch (overlay?.kind) {
    case 'alter':
      return overlay.state.typed === undefined
        ? pressInAlter(player, overlay.state, press, action)
        : typeInAlter(player, overlay.state, press, action);
    case 'parts':
      return pressInParts(player, overlay.part, action);
    case 'vary':
      return pressInVary(player, overlay.state, press, action);
    case 'forks':
      return pressInForks(player, overlay.marked, action);
    case 'compare':
      return pressInCompare(player, overlay, action);
    case 'pointing':
      return pressInPointing(player, overlay.point, press, action);
    case 'opening':
      return pressInOpening(player, action);
    case 'closing':
      return pressInClosing(player, overlay.marked, action);
    default:
      return undefined;
  }
};

const pressInOpening = (player: PlayerState, action: Action | undefined): OverlayOutcome | undefined => {
  if (action === 'begin') return {player: beginRun(player)};
  return action === 'beginAnew' ? {player: beginAnew(player)} : undefined;
};

/** Returns the outcome of a key on the last page of a lesson or challenge; undefined for opening the marked choice, which the app does. */
const pressInClosing = (
  player: PlayerState,
  marked: number,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const next = action && movedMark(action, {marked, length: closingOf(player.run).length});
  if (next !== undefined) return {player: {...player, overlay: {kind: 'closing', marked: next}}};
  switch (action) {
    case 'stepBack':
      return {player: playPlayer({...player, overlay: undefined}, {kind: 'stepBack'})};
    case 'stepForward':
      return {player};
    case 'copyCode':
      return {player, message: {...forkTexts.copied, isDone: true}, copy: player.run.challenge?.code ?? ''};
    default:
      return undefined;
  }
};

const offered = (player: PlayerState, packet: number) =>
  offeredFields(player.run.trace, packet, hiddenFieldsOf(lookOf(player), packet));

const altering = (player: PlayerState, state: AlterState, problem?: Text): OverlayOutcome => ({
  player: {...player, overlay: {kind: 'alter', state, problem}},
});

const alterMoves: ReadonlyMap<Action, AlterMove> = new Map([
  ['listUp', 'up'],
  ['listDown', 'down'],
  ['alterLess', 'less'],
  ['alterMore', 'more'],
  ['alterMend', 'mend'],
]);

const pressInAlter = (
  player: PlayerState,
  state: AlterState,
  {key}: Press,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const move = action && alterMoves.get(action);
  if (move) return altering(player, moveAlter(state, move, offered(player, state.packet)));
  switch (action) {
    case 'back':
      return state.field === undefined
        ? {player: {...player, overlay: undefined}}
        : altering(player, {...state, field: undefined});
    case 'alterType':
      return altering(player, {...state, typed: key});
    case 'alterDo':
      return state.kind === 'edit' ? chooseField(player, state) : carryOut(player, state);
    default:
      return undefined;
  }
};

const takesText = ({kind, field}: AlterState): boolean =>
  kind === 'delay' || (kind === 'edit' && field !== undefined);

/**
 * Returns the outcome of `enter` on the fault that edits a field: first the field is chosen, beginning with the selected one, then its
 * value is typed.
 */
const chooseField = (player: PlayerState, state: AlterState): OverlayOutcome => {
  if (state.field !== undefined) return altering(player, {...state, typed: ''});
  const fields = offered(player, state.packet);
  const {field} = player.playback.selection;
  const first = fields.find(({name}) => name === field) ?? fields.find(({name}) => name === 'tcp.seq_raw');
  const name = (first ?? fields[0])?.name;
  return name === undefined
    ? altering(player, state, forkTexts.noFields)
    : altering(player, {...state, field: name});
};

const carryOut = (player: PlayerState, state: AlterState): OverlayOutcome => {
  const fault = alterFault(state, packetOf(player.run.trace, state.packet));
  if (!fault.ok) return altering(player, state, alterProblem(fault.error));
  const {challenge} = player.run;
  if (challenge) {
    const view = lookOf(player);
    const move = faultMove(packetOf(player.run.trace, state.packet), fault.value, view.nowUs);
    return {player: {...player, overlay: undefined}, attempt: withMove(challenge.moves, move)};
  }
  const begun = forking(player, {packet: state.packet, fault: fault.value});
  if (!begun.ok) return altering(player, state, forkErrorText(begun.error));
  if (begun.value === undefined) return {player};
  return isLong(player) ? {player, forking: begun.value} : {player: forked(begun.value)};
};

const longestTyped = 24;

const typeInAlter = (
  player: PlayerState,
  state: AlterState,
  {key}: Press,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  if (action === 'accept') return carryOut(player, state);
  if (action === 'back') return altering(player, {...state, typed: undefined});
  if (action !== undefined) return undefined;
  const typed = typedOn(state.typed ?? '', key);
  return altering(player, typed === undefined ? state : {...state, typed: typed.slice(0, longestTyped)});
};

const pressInForks = (
  player: PlayerState,
  marked: number,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const {forks} = player;
  if (!forks) return undefined;
  const {tree} = forks;
  const page = (node: number, notice?: Text): OverlayOutcome => ({
    player: {...player, overlay: {kind: 'forks', marked: node, notice}},
  });
  const order = forkOrder(tree);
  const next = action && movedMark(action, {marked: order.indexOf(marked), length: order.length});
  if (next !== undefined) return page(order[next] ?? marked);
  switch (action) {
    case 'forkGo':
      return {player: {...goToNode(player, goToFork(tree, marked)), overlay: undefined}};
    case 'compare': {
      const compared = compareRuns(player, marked);
      return compared ? over(player, compared) : page(marked, forkTexts.nothingToCompare);
    }
    case 'copyCode':
      return {...page(marked, forkTexts.copied), copy: forkCode(tree, marked)};
    case 'undo':
    case 'redo':
      return stepInHistory(player, action);
    case 'forks':
    case 'back':
      return {player: {...player, overlay: undefined}};
    default:
      return undefined;
  }
};

const compareMoves: ReadonlyMap<Action, CompareAction> = new Map<Action, CompareAction>([
  ['compareBack', {kind: 'step', by: -1}],
  ['compareOn', {kind: 'step', by: 1}],
  ['differenceBack', {kind: 'difference', by: -1}],
  ['differenceOn', {kind: 'difference', by: 1}],
  ['compareStart', {kind: 'start'}],
  ['compareEnd', {kind: 'end'}],
  ['compareSide', {kind: 'side'}],
]);

const pressInCompare = (
  player: PlayerState,
  overlay: CompareOverlay,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const {comparison, state, codes} = overlay;
  const page = (changed: Partial<CompareOverlay>): OverlayOutcome => ({
    player: {...player, overlay: {...overlay, notice: undefined, ...changed}},
  });
  const move = action && compareMoves.get(action);
  if (move) return page({state: moveCompare(comparison, state, move)});
  switch (action) {
    case 'differenceFirst':
      return page({state: {...compareState(comparison), side: state.side}});
    case 'copyCode':
      return {...page({notice: forkTexts.copied}), copy: codes[1]};
    case 'compareOpen':
      return overlay.other
        ? {player: {...openPlayer(overlay.other, player.playback), beneath: {...player, overlay: undefined}}}
        : page({});
    case 'back':
      return {player: {...player, overlay: undefined}};
    default:
      return undefined;
  }
};

/** The least number of columns at which two ladders fit side by side. */
const bothFit = 110;

/** Tells whether an action that opens a page over the player, or works on one, would change anything now; true for all other actions. */
export const overlayActionWorks = (action: Action, player: PlayerState, {columns}: Size): boolean => {
  const inParts = partActionWorks(action, player);
  if (inParts !== undefined) return inParts;
  const {overlay, forks} = player;
  const altered = overlay?.kind === 'alter' ? overlay.state : undefined;
  switch (action) {
    case 'point':
      return canPoint(player);
    case 'forks':
      return forks !== undefined;
    case 'alter':
      return canAlter(player) && selectedPacket(lookOf(player)) !== undefined;
    case 'compare':
      return canCompare(player);
    case 'undo':
      return forks !== undefined && forks.tree.past.length > 0;
    case 'redo':
      return forks !== undefined && forks.tree.future.length > 0;
    case 'beginAnew':
      return overlay?.kind === 'opening' && overlay.goesOn;
    case 'alterLess':
    case 'alterMore':
      return altered !== undefined && ['delay', 'reorder', 'corrupt'].includes(altered.kind);
    case 'alterType':
      return altered !== undefined && takesText(altered);
    case 'alterMend':
      return altered?.field !== undefined;
    case 'compareSide':
      return columns < bothFit;
    case 'copyCode':
      return overlay?.kind !== 'closing' || player.run.challenge?.code !== undefined;
    case 'compareOpen':
      return overlay?.kind === 'compare' && overlay.other !== undefined;
    default:
      return true;
  }
};
