// Everything that one instant shows, for any size of screen. Pure: the same input gives the same scene.
import type {Language} from '../lesson/lesson.ts';
import {formatClock} from './format.ts';
import {harmless} from './harmless.ts';
import {at, momentAt, momentOf, timelineShare, usAt} from './pace.ts';
import type {PanelName, PlaybackContext, Speed} from './playback-state.ts';
import {type Endpoint, endpointsOf} from './scene-endpoints.ts';
import {hostsOf, type SceneHost} from './scene-hosts.ts';
import type {SceneInput} from './scene-input.ts';
import {type LadderItems, ladderItems} from './scene-ladder.ts';
import {type ListRow, listOf} from './scene-list.ts';
import {type Story, storyOf} from './scene-story.ts';
import {marksOf, type TimelineMark} from './scene-timeline.ts';
import {type Why, whyOf} from './scene-why.ts';
import {playerTexts} from './text/player.ts';
import {hiddenAt, narrationAt, type Question} from './waypoints.ts';

export type Scene = {
  readonly language: Language;
  readonly source: string;
  readonly title: string;
  readonly runTitle: string | undefined;
  /** Right of the title: profile, round trip. */
  readonly conditions: readonly string[];
  /** Sequence numbers count from each end's ISN. */
  readonly relative: boolean;
  readonly speed: Speed;
  readonly paused: boolean;
  /** The clock, in digits. */
  readonly now: string;
  readonly nowUs: number;
  readonly hosts: readonly [SceneHost, SceneHost];
  readonly ladder: LadderItems;
  /** undefined: a capture has no states. */
  readonly endpoints: readonly Endpoint[] | undefined;
  readonly panel: PanelName;
  readonly list: readonly ListRow[];
  readonly story: Story;
  readonly why: Why | undefined;
  readonly timeline: {
    readonly share: number;
    readonly marks: readonly TimelineMark[];
    readonly question: boolean;
  };
  /** Which narration is read, from 1, and how many there are; 0 of 0 without a lesson. */
  readonly beat: {readonly number: number; readonly total: number};
  readonly selected: number | undefined;
};

/** One look at the run: what the parts of a scene are computed from. */
export type View = {
  readonly input: SceneInput;
  readonly language: Language;
  /** The moment on the screen, the last visible event and the simulated time. */
  readonly moment: number;
  readonly cursor: number;
  readonly nowUs: number;
  /** Packets move; else they are only on their way or there. */
  readonly comets: boolean;
  /** Predictions whose answers must not be seen. */
  readonly hidden: readonly Question[];
  readonly hosts: readonly [SceneHost, SceneHost];
};

/** What is asked about belongs to an instant, though the picture stands a breath before it. */
const askedUs = ({pacing, playback, beats}: SceneInput): number | undefined => {
  const asked = beats.find(({index}) => index === playback.gate?.beat);
  return asked && at(pacing.atUs, momentOf(pacing, asked.event));
};

const viewOf = (input: SceneInput, context: PlaybackContext): View => {
  const {pacing, playback, trace} = input;
  const moment = momentAt(pacing, playback.viewMs);
  const comets = playback.motion === 'full';
  return {
    input,
    language: playback.language,
    moment,
    cursor: at(pacing.event, moment),
    nowUs: askedUs(input) ?? (comets ? usAt(pacing, playback.viewMs) : at(pacing.atUs, moment)),
    comets,
    hidden: hiddenAt(context, playback),
    hosts: hostsOf(trace, playback.language),
  };
};

const roundTripUs = ({trace}: SceneInput): number =>
  trace.header.links.reduce((sum, {delayUs}) => sum + 2 * delayUs, 0);

const conditionsOf = (input: SceneInput): string[] => {
  const {trace, runTitle, playback} = input;
  const {profile} = trace.header;
  if (profile === 'capture') return [playerTexts.capture[playback.language]];
  const rttUs = roundTripUs(input);
  const rtt = rttUs > 0 && runTitle === undefined ? [`RTT ${formatClock(rttUs)}`] : [];
  return [profile, ...rtt];
};

export const scene = (input: SceneInput): Scene => {
  const {pacing, playback, trace} = input;
  const context: PlaybackContext = {trace, pacing, beats: input.beats, whatIfs: input.whatIfs.length};
  const view = viewOf(input, context);
  const {number, total} = narrationAt(context, playback.viewMs);
  const gate = playback.gate !== undefined;
  const ending = playback.ending !== undefined;
  return {
    language: playback.language,
    // Of a file, its name; where it lies is no news to who opened it.
    source: harmless(input.source.replace(/^.*[/\\]/, '')),
    title: harmless(input.title?.[playback.language] ?? ''),
    runTitle: input.runTitle && harmless(input.runTitle[playback.language]),
    conditions: conditionsOf(input),
    relative: playback.relative,
    speed: playback.speed,
    paused: !playback.playing && playback.step === undefined && !gate && !ending,
    now: formatClock(view.nowUs),
    nowUs: view.nowUs,
    hosts: view.hosts,
    ladder: ladderItems(view),
    endpoints: endpointsOf(view),
    panel: playback.panel,
    list: listOf(view),
    story: storyOf(view, context),
    why: playback.why && whyOf(view, playback.why.event),
    timeline: {
      share: timelineShare(pacing, view.comets ? playback.viewMs : at(pacing.viewMs, view.moment)),
      marks: marksOf(view, context),
      question: gate && !playback.gate?.replied,
    },
    beat: {number: gate ? Math.min(total, number + 1) : number, total},
    selected: playback.selected ?? (at(pacing.sent, view.moment) || undefined),
  };
};
