// Computes everything that one instant shows, for any size of screen. The function is pure: equal input gives an equal scene.

import {isDnsAlone} from '../account/packet.ts';
import {fileName} from '../lesson/file-name.ts';
import type {Language} from '../lesson/text.ts';
import {challengeTexts} from '../words/catalogue/challenge.ts';
import {playerTexts} from '../words/catalogue/player.ts';
import {formatClock} from '../words/format.ts';
import {verdictAt} from './challenge/verdict.ts';
import {roleText} from './dns/roles.ts';
import type {StateLabel} from './ladder/ladder-item.ts';
import {pictureOneWayUs, type SceneHosts} from './ladder/scene-hosts.ts';
import {type LadderItems, ladderItems} from './ladder/scene-ladder.ts';
import {stateOf} from './ladder/states.ts';
import type {Note} from './note.ts';
import type {SceneInput} from './scene-input.ts';
import {messageOf, type Story, storyOf} from './story/scene-story.ts';
import {at, timelineShare} from './time/pace.ts';
import type {PlaybackContext, Speed} from './time/playback-state.ts';
import {clockOf, marksOf, type TimelineMark} from './time/scene-timeline.ts';
import {beatAt} from './time/waypoints.ts';
import {type View, viewOf, watermarkOf} from './view.ts';
import {whyAsked} from './why/asked.ts';
import type {Why} from './why/scene-why.ts';

export type Scene = {
  readonly language: Language;
  readonly source: string;
  readonly title: string;
  readonly runTitle: string | undefined;
  /** The network conditions at the right of the title, such as the profile and the round-trip time. */
  readonly conditions: readonly string[];
  /** A warning that the run is not TCP, shown at every instant; undefined for a run that is. */
  readonly watermark: string | undefined;
  /** True if TCP's sequence numbers are relative to the initial ones; false in a run of DNS alone. */
  readonly relative: boolean;
  readonly speed: Speed;
  readonly paused: boolean;
  /** The text of the clock on the screen. */
  readonly now: string;
  readonly nowUs: number;
  readonly hosts: SceneHosts;
  readonly ladder: LadderItems;
  /** The label under each host's name: its TCP state, or its role in DNS; undefined if it has none. */
  readonly states: readonly (StateLabel | undefined)[];
  readonly story: Story;
  /** A message about what the reader has done, shown in place of a note or above the timeline; undefined if there is none. */
  readonly message: Note | undefined;
  readonly why: Why | undefined;
  readonly timeline: {
    readonly share: number;
    readonly marks: readonly TimelineMark[];
    readonly question: boolean;
  };
  /** The number of the narration that is shown, counted from 1, and the number of all narrations; both 0 without a lesson. */
  readonly beat: {readonly number: number; readonly total: number};
  /** The view of the run from which panels are drawn. */
  readonly view: View;
};

const conditionsOf = (input: SceneInput, cursor: number): string[] => {
  const {trace, runTitle, playback} = input;
  const {profile} = trace.header;
  if (profile === 'capture') return [playerTexts.capture[playback.language]];
  const rttUs = 2 * (pictureOneWayUs(trace) ?? 0);
  const rtt = rttUs > 0 && runTitle === undefined ? [`RTT ${formatClock(rttUs)}`] : [];
  return [playerTexts.profile[playback.language]({profile}), ...rtt, ...goalsOf(input, cursor)];
};

/** Returns a text on how many goals of a challenge are met by now, such as `goal 3/11`; empty without a challenge. */
const goalsOf = (input: SceneInput, cursor: number): string[] => {
  const {challenge, playback} = input;
  if (challenge === undefined) return [];
  const {goals, holds} = challenge.judgement;
  // A challenge's condition is true of the whole run, so it counts as met only once the run is decided, as in the challenge's panel.
  const isDecided = verdictAt(input) !== 'open';
  const met = goals.filter(({event}) => event !== undefined && event <= cursor).length;
  const kept = isDecided ? holds.filter((each) => each).length : 0;
  return [`${challengeTexts.goal[playback.language]} ${met + kept}/${goals.length + holds.length}`];
};

/** Returns the label under a host's name: its TCP state, or its role in DNS if the run has only DNS; undefined if it has none. */
const labelUnder = (view: View, id: string): StateLabel | undefined => {
  const {trace} = view.input;
  if (!isDnsAlone(trace)) return stateOf(view, id, trace.length + 1);
  const text = roleText(view, id);
  return text === '' ? undefined : {text, fresh: false};
};

export const scene = (input: SceneInput): Scene => {
  const {pacing, playback, trace} = input;
  const context: PlaybackContext = {trace, pacing, beats: input.beats, whatIfs: input.whatIfs.length};
  const view = viewOf(input);
  const gate = playback.gate !== undefined;
  const ending = playback.ending !== undefined;
  return {
    language: playback.language,
    // A file is called by its name without its folder, which the reader knows from opening it.
    source: fileName(input.source),
    title: input.title?.[playback.language] ?? '',
    runTitle: input.runTitle?.[playback.language],
    conditions: conditionsOf(input, view.cursor),
    watermark: watermarkOf(view),
    relative: playback.relative && !isDnsAlone(input.trace),
    speed: playback.speed,
    paused: !playback.playing && playback.step === undefined && !gate && !ending,
    now: clockOf(view),
    nowUs: view.nowUs,
    hosts: view.hosts,
    ladder: ladderItems(view),
    states: view.hosts.map(({id}) => labelUnder(view, id)),
    story: storyOf(view, context),
    message: messageOf(view),
    why: playback.why && whyAsked(view),
    timeline: {
      share: timelineShare(pacing, view.comets ? playback.viewMs : at(pacing.viewMs, view.moment)),
      marks: marksOf(view, context),
      question: gate && !playback.gate?.replied,
    },
    beat: beatAt(context, playback),
    view,
  };
};
