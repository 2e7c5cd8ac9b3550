// Updates the player for a capture that is still being taken: the longer capture replaces the one that is shown, and a reader at its end
// follows.
import {withCommentary} from '../view/story/commentary.ts';
import {pacing} from '../view/time/pacing.ts';
import {playback} from '../view/time/playback.ts';
import type {PlaybackContext, PlaybackState} from '../view/time/playback-state.ts';
import {atEnd} from '../view/time/waypoints.ts';
import type {Growth} from './opened-run.ts';
import type {PlayerState} from './player.ts';
import {asksAhead, withPredictionsOf} from './predictions.ts';

/** The most ms of viewing time by which a reader who follows a live capture may be behind its end. */
const latestMs = 2000;

/** Returns the player with more of the same capture; the earlier part keeps its events and its viewing time. */
export function grownPlayer(player: PlayerState, growth: Growth): PlayerState {
  const {live, ...before} = player;
  if (live === undefined) {
    const {beneath} = player;
    return beneath ? {...player, beneath: grownPlayer(beneath, growth)} : player;
  }
  const {trace, ended} = growth;
  const {context: shown, playback: here} = player;
  const run = player.unasked?.run ?? player.run;
  const beats = withCommentary(trace, []);
  const context = {...shown, trace, pacing: pacing(trace), beats};
  const follows = atEnd(here, shown) || (live.follows && here.playing && here.viewMs >= live.seenMs);
  const moved = follows && !isReading(player) && !asksAhead(player) ? followed(here, context) : here;
  return withPredictionsOf(player, {
    ...before,
    ...(ended ? {} : {live: {follows, seenMs: moved.viewMs}}),
    run: {...run, trace, beats, runTitle: ended ?? run.runTitle},
    context,
    playback: moved,
  });
}

/**
 * Tells whether a page, *Why?*, the help or a line of text is open over the run, so that new packets of a live capture must not move the
 * reader on.
 */
function isReading({playback: {why, help, typing}, overlay}: PlayerState): boolean {
  return why !== undefined || help || typing !== undefined || overlay !== undefined;
}

/**
 * Returns the playback of a live capture that goes on from its place, or from a place nearer to the end if the reader is too far behind.
 */
function followed(here: PlaybackState, context: PlaybackContext): PlaybackState {
  const {durationMs} = context.pacing;
  const viewMs = here.motion === 'none' ? durationMs : Math.max(here.viewMs, durationMs - latestMs);
  const there = viewMs === here.viewMs ? here : playback(here, {kind: 'standAt', viewMs}, context);
  return {...there, playing: viewMs < durationMs};
}
