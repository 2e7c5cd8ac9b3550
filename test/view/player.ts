// For tests of the player: a run with its beats, led to an instant by actions, and its screen as plain text.
import {readFileSync} from 'node:fs';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import type {Misconception} from '../../source/lesson/data.ts';
import type {Rule} from '../../source/lesson/rule.ts';
import type {Language, Text} from '../../source/lesson/text.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {Canvas} from '../../source/view/canvas.ts';
import {type Glyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import type {KeyHint} from '../../source/view/page-frame.ts';
import {type Scene, scene} from '../../source/view/scene.ts';
import type {SceneInput} from '../../source/view/scene-input.ts';
import {compose} from '../../source/view/screen.ts';
import {msAt, type Pacing} from '../../source/view/time/pace.ts';
import {pacing} from '../../source/view/time/pacing.ts';
import {playback, startPlayback} from '../../source/view/time/playback.ts';
import type {PlaybackAction, PlaybackContext, PlaybackState} from '../../source/view/time/playback-state.ts';

export type Opened = Omit<SceneInput, 'playback' | 'message'> & {readonly context: PlaybackContext};

export type Opening = {
  readonly trace: Trace;
  readonly beats?: readonly BoundBeat[];
  readonly source?: string;
  readonly title?: Text;
  readonly runTitle?: Text;
  readonly whatIfs?: readonly Text[];
  readonly rule?: (id: string) => Rule | undefined;
  readonly misconception?: (id: string) => Misconception | undefined;
};

export const open = (opening: Opening): Opened => {
  const {trace, beats = [], source = 'handshake', title, runTitle, whatIfs = []} = opening;
  const paced: Pacing = pacing(trace);
  return {
    trace,
    pacing: paced,
    beats,
    whatIfs,
    source,
    title,
    runTitle,
    rule: opening.rule ?? (() => undefined),
    misconception: opening.misconception ?? (() => undefined),
    context: {trace, pacing: paced, beats, whatIfs: whatIfs.length},
  };
};

export const started = (change: Partial<PlaybackState> = {}): PlaybackState => ({
  ...startPlayback({language: 'en', motion: 'full', speed: 1, stopAtBeats: true, playing: false}),
  ...change,
});

/** As if it played through that simulated time, all questions before it answered. */
export const playingAt = (opened: Opened, us: number, change: Partial<PlaybackState> = {}): PlaybackState =>
  started({
    viewMs: msAt(opened.pacing, us),
    playing: true,
    answers: Object.fromEntries(opened.beats.map(({index}) => [index, 'skipped' as const])),
    ...change,
  });

export const act = (
  opened: Opened,
  state: PlaybackState,
  ...actions: readonly PlaybackAction[]
): PlaybackState => actions.reduce((before, action) => playback(before, action, opened.context), state);

export const sceneOf = (opened: Opened, state: PlaybackState, message?: Text): Scene =>
  scene({...opened, playback: state, message});

export type Shape = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs?: Glyphs;
  readonly keyHints?: readonly KeyHint[];
};

export const canvasOf = (opened: Opened, state: PlaybackState, shape: Shape): Canvas =>
  compose(sceneOf(opened, state), {glyphs: unicodeGlyphs, keyHints: [], ...shape});

export const textOf = (canvas: Canvas): string[] =>
  canvas.lines().map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );

/** A screen that was drawn by hand, without the lines about it. */
export const grid = (name: string): string[] => {
  const path = new URL(`../fixtures/screens/${name}.txt`, import.meta.url);
  const lines = readFileSync(path, 'utf8').replace(/\n$/, '').split('\n');
  return lines.filter((line) => !line.startsWith('#'));
};

export const hints = (
  language: Language,
  ...rows: readonly (readonly [string, string, string])[]
): KeyHint[] => rows.map(([key, en, zh]) => ({key, label: language === 'zh' ? zh : en}));
