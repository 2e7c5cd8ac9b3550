// Describes the player for a screen reader: the present state of the run, and every change of it.
import {type Text, worded} from '../../lesson/text.ts';
import {type Scene, scene} from '../../view/scene.ts';
import type {SceneInput} from '../../view/scene-input.ts';
import {spokenSelection} from '../../view/spoken/spoken-rows.ts';
import {at, momentAt} from '../../view/time/pace.ts';
import type {PlaybackState} from '../../view/time/playback-state.ts';
import {narrationAt} from '../../view/time/waypoints.ts';
import {viewOf} from '../../view/view.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {sentences, spokenPlaces, spokenSentences, spokenTexts} from '../../words/catalogue/spoken.ts';
import {notTcpText} from '../../words/not-tcp.ts';
import {asSentence, ended, headed, spokenSentence} from '../../words/spoken.ts';
import {spokenText} from '../../words/spoken-text.ts';
import {panelLines, panelNews, stateLines, typingLines} from './focused.ts';
import {flightLines, momentLines, packetsInFlight, type SpokenRun} from './moments.ts';
import {againLines, hintLines, markedLines, storyLines, whyLines} from './story.ts';

/** The most moments that are retold on request, and the most that are told after a jump. Nobody would listen to more. */
const recapMost = 12;
const jumpMost = 40;

const runOf = (input: SceneInput): SpokenRun => {
  const {pacing, playback, beats} = input;
  const {language, relative} = playback;
  const view = viewOf(input);
  return {trace: view.input.trace, pacing, language, relative, questions: view.hidden, beats};
};

const momentOf = ({pacing, playback}: SceneInput): number => momentAt(pacing, playback.viewMs);

const isAtRest = ({playing, step}: PlaybackState): boolean => !playing && step === undefined;

const isOver = ({pacing, playback}: SceneInput): boolean => playback.viewMs >= pacing.durationMs;

/** Returns the line that names the run, such as `Lesson handshake: The three-way handshake.`; a file without a title has only its name. */
const nameLine = ({trace}: SceneInput, {source, title, language}: Scene): string => {
  const heading = trace.header.profile === 'capture' ? spokenTexts.capture : spokenTexts.lesson;
  return title === '' || title === source
    ? ended(trace.header.profile === 'capture' ? `${heading[language]} ${source}` : source, language)
    : ended(`${heading[language]} ${source}${punctuation.colon[language]}${title}`, language);
};

const placeText = (input: SceneInput, {now, language}: Scene): string => {
  const {playing, gate} = input.playback;
  const time = spokenText(now, language);
  const place = playing
    ? spokenPlaces.playingFrom
    : gate
      ? spokenPlaces.waitingAt
      : isOver(input)
        ? spokenPlaces.overAt
        : spokenPlaces.pausedAt;
  return ended(place[language]({time}), language);
};

/** Returns the first line, such as `Lesson handshake: The three-way handshake. Beat 2 of 4. Paused at 78 milliseconds.` */
const headingLine = (input: SceneInput, shown: Scene): string => {
  const {beat, runTitle, language} = shown;
  const {notTcp} = input.trace.header;
  const beats = beat.number > 0 ? worded(spokenSentences.beat, beat) : worded(spokenSentences.beats, beat);
  return [
    nameLine(input, shown),
    ...(runTitle === undefined ? [] : [headed('run', spokenText(runTitle, language), language)]),
    ...(notTcp === undefined ? [] : [asSentence(notTcpText(notTcp, language), language)]),
    ...(beat.total === 0 ? [] : [ended(beats[language], language)]),
    placeText(input, shown),
  ].join(punctuation.space[language]);
};

/** Returns the sentences for the moments after `from` up to `to`. If there are more than `most`, the first ones are only counted. */
const wayLines = (
  input: SceneInput,
  way: {readonly from: number; readonly to: number; readonly most: number},
): readonly string[] => {
  const run = runOf(input);
  const {from, to, most} = way;
  const first = to - from > most ? to - most + 1 : from + 1;
  const skipped = first - from - 1;
  const flying = new Set(restingFlights(input).map(({id}) => id));
  const lines =
    skipped > 0 ? [ended(sentences.leftOut[run.language]({instants: skipped}), run.language)] : [];
  for (let moment = first; moment <= to; moment++) lines.push(...momentLines(run, moment, flying));
  return lines;
};

/** Returns the packets in flight while the player is at rest; none during playback, because their places would be too much to hear. */
const restingFlights = (input: SceneInput) =>
  isAtRest(input.playback) ? packetsInFlight(runOf(input), momentOf(input)) : [];

const flightsNow = (input: SceneInput): readonly string[] => flightLines(runOf(input), restingFlights(input));

/** Returns the sentences that retell the run up to the present moment, beginning with the first packet; long runs are shortened. */
const recapLines = (input: SceneInput): readonly string[] => {
  const {pacing} = input;
  const to = momentOf(input);
  let from = 0;
  while (from < to && at(pacing.sent, from + 1) === 0) from++;
  return wayLines(input, {from, to, most: recapMost});
};

/** Returns the sentences for everything that a look at the screen shows: place, past, packets in flight, story, and an open explanation. */
export const statusLines = (input: SceneInput): readonly string[] => {
  const shown = scene(input);
  return [
    headingLine(input, shown),
    ...recapLines(input),
    ...flightsNow(input),
    ...storyLines(shown),
    ...(shown.why ? whyLines(shown.why, shown.language) : []),
  ];
};

/** Returns the sentences after a jump back in time; none if playback goes on, because its own line already gives the time. */
const backLines = (input: SceneInput, shown: Scene): readonly string[] =>
  input.playback.playing
    ? []
    : [
        ended(
          worded(spokenPlaces.backAt, {time: spokenText(shown.now, shown.language)})[shown.language],
          shown.language,
        ),
        ...stateLines(shown),
        ...flightsNow(input),
      ];

const moveLines = (before: SceneInput, after: SceneInput, shown: Scene): readonly string[] => {
  const was = before.playback;
  const now = after.playback;
  const closedQuestion = was.gate !== undefined && now.gate === undefined && !was.gate.replied;
  const skipped = closedQuestion && now.answers[was.gate?.beat ?? -1] !== undefined;
  const leftEnding = was.ending !== undefined && now.ending === undefined;
  const turnedBack =
    now.viewMs === was.viewMs && isAtRest(now) && (leftEnding || (closedQuestion && !skipped));
  const skippedLines = skipped ? [ended(spokenTexts.skippedOnly[shown.language], shown.language)] : [];
  if (now.viewMs < was.viewMs || turnedBack) return [...skippedLines, ...backLines(after, shown)];
  const from = momentOf(before);
  const to = momentOf(after);
  const stopped = was.playing && isAtRest(now);
  const way = to > from ? wayLines(after, {from, to, most: jumpMost}) : [];
  return [...skippedLines, ...way, ...(to > from || stopped ? flightsNow(after) : [])];
};

/**
 * Returns the sentences for a narration that has just been reached, a question that has just opened or been answered, its hint, or the
 * lesson's ending.
 */
const toldLines = (before: SceneInput, after: SceneInput, shown: Scene): readonly string[] => {
  const was = before.playback;
  const now = after.playback;
  const {gate, ending} = now;
  if (gate !== undefined) {
    if (was.gate?.beat !== gate.beat || was.gate.replied !== gate.replied) return storyLines(shown);
    if (now.firstTries[gate.beat] !== was.firstTries[gate.beat]) return againLines(shown);
    return gate.hint && !was.gate.hint ? hintLines(shown) : [];
  }
  if (ending !== undefined) {
    if (was.ending === undefined) return storyLines(shown);
    return was.ending.marked === ending.marked ? [] : markedLines(shown.story, shown.language);
  }
  const reached = narrationAt(after, now.viewMs).beat;
  const isNew = now.viewMs > was.viewMs && reached !== narrationAt(before, was.viewMs).beat;
  return isNew ? storyLines(shown) : [];
};

/** Returns the sentence on where the player is if playback has just begun or stopped, or the run has just ended. */
const playLines = (before: SceneInput, after: SceneInput, shown: Scene): readonly string[] => {
  const was = before.playback;
  const now = after.playback;
  if (now.gate || now.ending || now.why || now.help) return [];
  if (now.playing) return was.playing ? [] : [placeText(after, shown)];
  const arrived = isOver(after) && now.viewMs > was.viewMs;
  return (was.playing && isAtRest(now)) || arrived ? [placeText(after, shown)] : [];
};

const reasonLines = (was: PlaybackState, now: PlaybackState, shown: Scene): readonly string[] => {
  const {why, language} = shown;
  if (why === undefined) return was.why === undefined ? [] : [ended(spokenTexts.closed[language], language)];
  const isSame =
    was.why !== undefined &&
    was.why.event === now.why?.event &&
    was.why.deep === now.why?.deep &&
    was.viewMs === now.viewMs;
  return isSame ? [] : whyLines(why, language);
};

const speedText = (speed: number): Text =>
  speed === 1 ? spokenSentences.speed.normalSpeed : worded(spokenSentences.speed.speedTimes, {speed});

const settingLines = (was: PlaybackState, now: PlaybackState): readonly string[] => {
  const {language} = now;
  const say = (text: Text): string => ended(text[language], language);
  return [
    ...(was.speed === now.speed ? [] : [say(speedText(now.speed))]),
    ...(was.relative === now.relative
      ? []
      : [say(now.relative ? spokenTexts.relative : spokenTexts.absolute)]),
  ];
};

/** Returns the words of the panel that has just received the focus; if the focus has not moved, the panel's new sentences. */
const focusLines = (before: SceneInput, after: SceneInput, shown: Scene): readonly string[] => {
  const was = before.playback;
  const now = after.playback;
  if (was.focus !== now.focus) return panelLines(shown);
  const isSame = was.own === now.own && was.selection === now.selection && was.viewMs === now.viewMs;
  return isSame || !isAtRest(now) ? [] : panelNews(viewOf(before), shown.view);
};

/** Returns the sentence on the event that stepping by events has reached, and the one on a bookmark that was set or removed. */
const markLines = (was: PlaybackState, now: PlaybackState, {story, language}: Scene): readonly string[] => {
  const note = story.kind === 'narration' ? story.note : undefined;
  const isNew = now.event !== undefined && now.event !== was.event && note !== undefined;
  const more = now.bookmarks.length - was.bookmarks.length;
  const mark = spokenTexts[more > 0 ? 'bookmarkSet' : 'bookmarkGone'][language];
  return [...(isNew ? [spokenSentence(note, language)] : []), ...(more === 0 ? [] : [ended(mark, language)])];
};

/** Returns the sentences for everything that differs between two states of the player in the same run. */
export const changeLines = (before: SceneInput, after: SceneInput): readonly string[] => {
  const was = before.playback;
  const now = after.playback;
  const shown = scene(after);
  return [
    ...settingLines(was, now),
    ...moveLines(before, after, shown),
    ...toldLines(before, after, shown),
    ...markLines(was, now, shown),
    ...reasonLines(was, now, shown),
    ...(was.selection.packet === now.selection.packet ? [] : spokenSelection(shown.view)),
    ...focusLines(before, after, shown),
    ...typingLines(viewOf(before), shown.view),
    ...playLines(before, after, shown),
  ];
};
