// Plays a run without a terminal, frame by frame, as a reader would who takes time for every text and answers every question right.

import {unicodeGlyphs} from '../view/glyphs.ts';
import {openingSentences} from '../view/opening/opening-screen.ts';
import {playback} from '../view/time/playback.ts';
import {readingMs} from '../view/time/playback-settings.ts';
import {atEnd, isQuestion, narrationAt, openQuestions} from '../view/time/waypoints.ts';
import type {Written} from '../words/written.ts';
import type {AppState} from './app-state.ts';
import {initialState, ticked} from './controller.ts';
import {keyHints} from './key-hints.ts';
import {play} from './leaving.ts';
import type {OpenedRun} from './opened-run.ts';
import {beginRun, type PlayerState} from './player.ts';
import {doneBy, playerLines} from './player-screen.ts';
import type {Preferences} from './preferences.ts';
import type {Size} from './screen-output.ts';
import {glyphsOf} from './settings.ts';
import {styleLine, themeOf} from './theme.ts';

/** A frame of a recorded run: the rows of the screen, `atMs` after the first frame. */
export type Frame = {readonly atMs: number; readonly rows: readonly Written<'terminal'>[]};

const frameMs = 50;
/** The greatest length of a recorded run in ms; a longer one is cut off. */
const longestMs = 15 * 60_000;
/** The time in ms for which the last screen of a recorded run stays. */
const endMs = 3000;

function rowsOf(state: AppState, size: Size): readonly Written<'terminal'>[] {
  const {player, message, preferences} = state;
  if (!player) return [];
  const glyphs = glyphsOf(preferences);
  const keys = keyHints(state, size);
  const lines = playerLines({player, message, size, glyphs, keyHints: keys, learner: undefined});
  const theme = themeOf(preferences.theme, 'true');
  return lines.map((line) => styleLine(line, theme));
}

/** A step of the imagined reader of a recording: how long he waits in ms, and the app's state after that. */
type Turn = {readonly waitMs: number; readonly next: AppState};

function atQuestion(state: AppState, {playback: now, context}: PlayerState): Turn | undefined {
  const {gate, language} = now;
  const asked = context.beats.find(({index}) => index === gate?.beat);
  if (!gate || !asked || !isQuestion(asked)) return undefined;
  if (gate.replied) {
    const explained = asked.explain?.[language] ?? '';
    return {waitMs: readingMs(explained), next: play(state, {kind: 'continue'})};
  }
  const choices = asked.choices.map(({text}) => text[language]).join('');
  const right = asked.choices.find(({correct}) => correct)?.id;
  const answered = right === undefined ? state : play(state, {kind: 'answer', choice: right});
  const next = answered === state ? play(state, {kind: 'skip'}) : answered;
  return {waitMs: readingMs(asked.ask[language] + choices), next};
}

function turnOf(state: AppState): Turn | undefined {
  const {player} = state;
  if (!player) return undefined;
  const {playback: now, context, overlay, run} = player;
  if (overlay?.kind === 'opening' && run.opening) {
    const read = openingSentences(run.opening, {
      glyphs: unicodeGlyphs,
      isDone: doneBy(undefined),
      left: undefined,
      language: now.language,
    }).join('');
    return {waitMs: readingMs(read), next: {...state, player: beginRun(player)}};
  }
  if (now.gate) return atQuestion(state, player);
  if (now.playing) return {waitMs: frameMs, next: ticked(state, frameMs)};
  if (atEnd(now, context) && openQuestions(context, now.answers).length === 0) return undefined;
  const read = narrationAt(context, now.viewMs).beat?.say[now.language] ?? '';
  const goesOn = playback(now, {kind: 'togglePlay'}, context);
  return {waitMs: readingMs(read), next: {...state, player: {...player, playback: goesOn}}};
}

/** Yields each frame that differs from the one before; the last one is at the end of the recording. */
export function* recordedFrames(
  run: OpenedRun,
  preferences: Preferences,
  size: Size,
): Generator<Frame, void> {
  let state = initialState({
    lessons: [],
    preferences,
    initial: {screen: 'player', run: {...run, closing: undefined}},
  });
  let atMs = 0;
  let rows = rowsOf(state, size);
  yield {atMs, rows};
  for (let turn = turnOf(state); turn && atMs < longestMs; turn = turnOf(state)) {
    atMs += turn.waitMs;
    if (turn.next === state) break;
    state = turn.next;
    const next = rowsOf(state, size);
    const same = next.length === rows.length && next.every((row, index) => row === rows[index]);
    if (!same) yield {atMs, rows: next};
    rows = next;
  }
  yield {atMs: atMs + endMs, rows};
}
