// Forks in the player: a packet is altered, another run replaces this one, and the reader can return.
import {packetOf} from '../account/packet.ts';
import {aside, type BoundBeat, takenIn} from '../lesson/bound-beat.ts';
import {everShown} from '../lesson/shown.ts';
import type {FaultKind} from '../sim/fault.ts';
import {type ForkError, type ForkTree, fork, forkPath, forkScenario} from '../sim/fork.ts';
import type {Trace} from '../sim/trace.ts';
import {msAt, type Pacing, usAt, viewOf} from '../view/time/pace.ts';
import {pacing} from '../view/time/pacing.ts';
import {playback, startPlayback} from '../view/time/playback.ts';
import {still} from '../view/time/playback-settings.ts';
import type {PlaybackState} from '../view/time/playback-state.ts';
import {isQuestion} from '../view/time/waypoints.ts';
import {ok, type Result} from '../wire/result.ts';
import {forkStory} from '../words/alter.ts';
import {outcomesOf} from '../words/compare.ts';
import type {Branch} from './branch.ts';
import type {OpenedRun, Simulated} from './opened-run.ts';
import type {PlayerState} from './player.ts';
import {withoutPredictions} from './predictions.ts';

/** Returns the trace of a node that has been shown. */
export function traceOfFork({forks, run}: PlayerState, id: number): Trace | undefined {
  return forks?.tree.current === id ? run.trace : forks?.seen.get(id)?.run.trace;
}

/** A run that is to be simulated: the current one of `tree`, in which that packet was altered. */
export type Forking = {readonly player: PlayerState; readonly tree: ForkTree; readonly packet: number};

/** The most events of a run that is simulated before the next key is read; a longer run is simulated in the background. */
const mostAtOnce = 4000;

export const isLong = ({run}: PlayerState): boolean => run.trace.length > mostAtOnce;

/** Returns the fork that a fault at a packet of this run makes. */
export function forking(
  player: PlayerState,
  packet: number,
  fault: FaultKind,
): Result<Forking | undefined, ForkError> {
  const {forks, run} = player;
  if (forks === undefined) return ok(undefined);
  const grown = fork(forks.tree, run.trace, {packet, fault});
  return grown.ok ? ok({player, tree: grown.value, packet}) : grown;
}

/** Returns the player at the place where the altered packet leaves; `made` is the run if it was already simulated. */
export function forked({player, tree, packet}: Forking, made?: Simulated): PlayerState {
  const arrived = goToNode(player, tree, made);
  return {...arrived, playback: startsAt(arrived, player, packet), overlay: undefined};
}

/** Returns the player with the run that is current in `tree`. */
export function goToNode(from: PlayerState, tree: ForkTree, made?: Simulated): PlayerState {
  if (from.forks === undefined || tree.current === from.forks.tree.current) return from;
  // A question about one run would be another question in the next.
  const player = withoutPredictions(from);
  const {run, context, playback: here} = player;
  const {forks} = from;
  const seen = new Map(forks.seen).set(forks.tree.current, {run, context, playback: here});
  const branch = seen.get(tree.current) ?? simulated(player, tree, made);
  return {...player, ...branch, playback: kept(branch.playback, here), forks: {tree, seen}};
}

/** Keeps the parts of the state that belong to the reader, not to the run. */
function kept(there: PlaybackState, here: PlaybackState): PlaybackState {
  const {language, motion, speed, stopAtBeats, relative, eyes, allValues, plainFirst, focus, opened, own} =
    here;
  const taken = [...new Set([...here.taken, ...there.taken])];
  const looks = {language, motion, speed, stopAtBeats, relative, eyes, allValues, plainFirst};
  const mine = {...looks, focus, opened, own, taken};
  return {...there, ...mine, ...still, help: false, why: undefined, typing: undefined};
}

function simulated(
  player: PlayerState,
  tree: ForkTree,
  again = player.run.fork?.again(forkScenario(tree)),
): Branch {
  const {playback: here} = player;
  const {at: _, ...run} = player.run;
  const first = player.forks?.seen.get(0)?.run ?? run;
  const added = forkPath(tree).flatMap(({fault}) => (fault ? [fault] : []));
  const faults = [...tree.replay.faults, ...added];
  const last = added.at(-1);
  if (again === undefined || last === undefined) return player;
  const {trace} = again;
  const bound = again.beats();
  const begins = packetOf(trace, last.at.packet ?? 1).sendEvent;
  const index = bound.reduce((most, beat) => Math.max(most, beat.index + 1), 0);
  const taken = takenIn(bound);
  const fitting = bound.filter((beat) => stillAsked(beat, first.beats));
  // A run that the lesson asked for has a text of its own for its beginning.
  const begun = taken.length > 0 ? [] : [aside(index, begins, forkStory(last))];
  const beats = [...fitting, ...begun].toSorted((a, b) => a.event - b.event);
  const made: OpenedRun = {
    ...{...run, trace, beats, runTitle: outcomesOf(faults), yours: true},
    // A run that the lesson asked for ends as the lesson does.
    whatIfs: taken.length > 0 ? first.whatIfs : [],
    shows: everShown(first),
  };
  const context = {trace, pacing: pacing(trace), beats, whatIfs: made.whatIfs.length};
  const {language, motion, speed, stopAtBeats, relative, eyes, allValues, plainFirst} = here;
  return {
    run: made,
    context,
    playback: {
      ...startPlayback({language, motion, speed, stopAtBeats, playing: false}),
      relative,
      eyes,
      allValues,
      plainFirst,
      taken: [...new Set([...here.taken, ...taken])],
    },
  };
}

/** Tells whether two beats ask the same question with the same choices. */
function asksTheSame(one: BoundBeat, other: BoundBeat): boolean {
  return (
    isQuestion(one) &&
    isQuestion(other) &&
    JSON.stringify([one.ask, one.choices]) === JSON.stringify([other.ask, other.choices])
  );
}

/** Tells whether a beat is kept in a fork. Narrations use the numbers of the fork; a question is left out if it is another one there. */
function stillAsked(beat: BoundBeat, before: readonly BoundBeat[]): boolean {
  return !isQuestion(beat) || before.some((other) => other.index === beat.index && asksTheSame(other, beat));
}

/** Returns the answers to questions that the other run asks with the same words. */
function answersFor(before: Branch, beats: readonly BoundBeat[]): PlaybackState['answers'] {
  const {answers} = before.playback;
  const entries = before.run.beats.flatMap((beat) => {
    const answer = answers[beat.index];
    const asked = beats.some((other) => other.index === beat.index && asksTheSame(beat, other));
    return answer === undefined || !asked ? [] : [[beat.index, answer] as const];
  });
  return Object.fromEntries(entries);
}

/** Returns the bookmarks in the part that both runs have in common. */
function bookmarksUntil(
  {playback: {bookmarks}, context}: Branch,
  pacing: Pacing,
  lastUs: number,
): readonly number[] {
  const places = bookmarks.map((viewMs) => usAt(context.pacing, viewMs)).filter((us) => us <= lastUs);
  return [...new Set(places)].map((us) => msAt(pacing, us));
}

/** Returns the playback paused where packet `packet` leaves, with the newest packet selected again. */
function startsAt({context, playback: there, run}: Branch, before: Branch, packet: number): PlaybackState {
  const viewMs = viewOf(context.pacing, packetOf(run.trace, packet).sendEvent);
  const answers = {...there.answers, ...answersFor(before, run.beats)};
  const sentUs = packetOf(run.trace, packet).sentUs;
  const bookmarks = bookmarksUntil(before, context.pacing, sentUs);
  return playback({...there, answers, bookmarks}, {kind: 'standAt', viewMs}, context);
}
