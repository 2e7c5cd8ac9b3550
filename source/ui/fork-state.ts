// Makes forks of the run in the player: the reader alters a packet or a setting, the resulting run replaces the present one, and he can
// return.
import {packetOf} from '../account/packet.ts';
import {aside, type BoundBeat, takenIn} from '../lesson/bound-beat.ts';
import {everShown} from '../lesson/shown.ts';
import {
  changesOf,
  type ForkError,
  type ForkTree,
  fork,
  forkScenario,
  isSetting,
  type Touch,
} from '../sim/fork.ts';
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

/** Returns the trace of a node in the tree of runs; undefined if it has not been simulated in this session. */
export function traceOfFork({forks, run}: PlayerState, id: number): Trace | undefined {
  return forks?.tree.current === id ? run.trace : forks?.seen.get(id)?.run.trace;
}

/**
 * A fork that is to be simulated: the current node of `tree`. `packet` is the number of the altered packet; undefined if a setting was
 * altered, so that the run differs from its beginning.
 */
export type Forking = {
  readonly player: PlayerState;
  readonly tree: ForkTree;
  readonly packet: number | undefined;
};

/**
 * The most events of a run whose fork is simulated at once, before the next key is read; the fork of a longer run is simulated in parts.
 */
const mostAtOnce = 4000;

export const isLong = ({run}: PlayerState): boolean => run.trace.length > mostAtOnce;

/**
 * Returns the fork that is to be simulated because a packet of this run, or a setting, is altered; undefined if the run cannot be forked, or
 * the error if the change is impossible.
 */
export function forking(player: PlayerState, touch: Touch): Result<Forking | undefined, ForkError> {
  const {forks, run} = player;
  if (forks === undefined) return ok(undefined);
  const grown = fork(forks.tree, run.trace, touch);
  const packet = 'packet' in touch ? touch.packet : undefined;
  return grown.ok ? ok({player, tree: grown.value, packet}) : grown;
}

/**
 * Returns the player with the run of a fork, paused where the altered packet is sent, or at the beginning if a setting was altered; `made`
 * is the run if it is already simulated.
 */
export function forked({player, tree, packet}: Forking, made?: Simulated): PlayerState {
  const arrived = goToNode(player, tree, made);
  return {...arrived, playback: startsAt(arrived, player, packet), overlay: undefined};
}

/** Returns the player with the run that is current in `tree`, simulated if it was not shown before. */
export function goToNode(from: PlayerState, tree: ForkTree, made?: Simulated): PlayerState {
  if (from.forks === undefined || tree.current === from.forks.tree.current) return from;
  // Questions about captured packets are removed, because they would be different ones in the other run.
  const player = withoutPredictions(from);
  const {run, context, playback: here} = player;
  const {forks} = from;
  const seen = new Map(forks.seen).set(forks.tree.current, {run, context, playback: here});
  const branch = seen.get(tree.current) ?? simulated(player, tree, made);
  return {...player, ...branch, playback: kept(branch.playback, here), forks: {tree, seen}};
}

/** Returns the playback of another run, with the reader's choices from the present one, such as speed and focus. */
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
  const added = changesOf(tree);
  const own = tree.nodes[tree.current]?.changes ?? [];
  const changes = [...(tree.replay.set ?? []), ...tree.replay.faults, ...added];
  const last = own.at(-1);
  if (again === undefined || last === undefined) return player;
  const {trace} = again;
  const bound = again.beats();
  const begins = isSetting(last) ? 1 : packetOf(trace, last.at.packet ?? 1).sendEvent;
  const index = bound.reduce((most, beat) => Math.max(most, beat.index + 1), 0);
  const taken = takenIn(bound);
  const fitting = bound.filter((beat) => stillAsked(beat, first.beats));
  // A run that the lesson itself suggests has the lesson's own text at its beginning; any other gets a text on the change.
  const begun = taken.length > 0 ? [] : [aside(index, begins, forkStory(own))];
  const beats = [...fitting, ...begun].toSorted((a, b) => a.event - b.event);
  const made: OpenedRun = {
    ...{...run, trace, beats, runTitle: outcomesOf(changes), yours: true},
    // A run that the lesson itself suggests ends with the lesson's what-ifs; any other has none.
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

/** Tells whether two beats ask the same question with the same choices and the same right answer. */
function asksTheSame(one: BoundBeat, other: BoundBeat): boolean {
  return (
    isQuestion(one) &&
    isQuestion(other) &&
    JSON.stringify([one.ask, one.choices]) === JSON.stringify([other.ask, other.choices])
  );
}

/** Tells whether a beat of the lesson is kept in a fork: a narration always is, a question only if the fork asks the same one. */
function stillAsked(beat: BoundBeat, before: readonly BoundBeat[]): boolean {
  return !isQuestion(beat) || before.some((other) => other.index === beat.index && asksTheSame(other, beat));
}

/** Returns the answers of a run to those questions that another run's beats ask in the same way. */
function answersFor(before: Branch, beats: readonly BoundBeat[]): PlaybackState['answers'] {
  const {answers} = before.playback;
  const entries = before.run.beats.flatMap((beat) => {
    const answer = answers[beat.index];
    const asked = beats.some((other) => other.index === beat.index && asksTheSame(beat, other));
    return answer === undefined || !asked ? [] : [[beat.index, answer] as const];
  });
  return Object.fromEntries(entries);
}

/** Returns the bookmarks before the time `lastUs`, up to which both runs are equal, as places in the other run. */
function bookmarksUntil(
  {playback: {bookmarks}, context}: Branch,
  pacing: Pacing,
  lastUs: number,
): readonly number[] {
  const places = bookmarks.map((viewMs) => usAt(context.pacing, viewMs)).filter((us) => us <= lastUs);
  return [...new Set(places)].map((us) => msAt(pacing, us));
}

/**
 * Returns the playback of a fork, paused where packet `packet` is sent, with the answers and bookmarks of the run before that still hold.
 */
function startsAt(
  {context, playback: there, run}: Branch,
  before: Branch,
  packet: number | undefined,
): PlaybackState {
  const answers = {...there.answers, ...answersFor(before, run.beats)};
  if (packet === undefined) return playback({...there, answers}, {kind: 'standAt', viewMs: 0}, context);
  const viewMs = viewOf(context.pacing, packetOf(run.trace, packet).sendEvent);
  const sentUs = packetOf(run.trace, packet).sentUs;
  const bookmarks = bookmarksUntil(before, context.pacing, sentUs);
  return playback({...there, answers, bookmarks}, {kind: 'standAt', viewMs}, context);
}
