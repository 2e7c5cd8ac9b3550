import type { BoundBeat } from '../../lesson/bound-beat.ts';
import { type Pacing } from './pace.ts';
import type { PlaybackContext, PlaybackState } from './playback-state.ts';
export type Question = Extract<BoundBeat, {
    kind: 'prediction' | 'concept';
}>;
export type Narration = Extract<BoundBeat, {
    kind: 'narration';
}>;
/**
 * A prediction stands where its answer cannot be seen yet: at the arrival that causes the hidden event, or a moment's breath
 * before it. Everything else stands where its event becomes visible.
 */
export declare const placeOf: (pacing: Pacing, beat: BoundBeat) => number;
/** All that the places of beats follow from. */
type Told = Pick<PlaybackContext, 'beats' | 'pacing'>;
export declare const isQuestion: (beat: BoundBeat) => beat is Question;
/** Questions without an answer, in the order in which the run reaches them. */
export declare const openQuestions: ({ beats, pacing }: Told, answers: PlaybackState['answers']) => {
    readonly question: Question;
    readonly place: number;
}[];
export declare const narrationPlaces: ({ beats, pacing }: Told) => number[];
/** The narrations reached at `viewMs`, in order. */
export declare const narrationsTo: ({ beats, pacing }: Told, viewMs: number) => readonly Narration[];
/** The narration that is read at `viewMs`: the last one reached, with its number among the narrations, from 1. */
export declare const narrationAt: ({ beats, pacing }: Told, viewMs: number) => {
    readonly beat: Narration | undefined;
    readonly number: number;
    readonly total: number;
};
/**
 * The question whose explanation is the last that was told at `viewMs`: answered, and no narration reached since. Where both stand at
 * one place, the narration is read there.
 */
export declare const explainedAt: ({ beats, pacing }: Told, { viewMs, answers }: Pick<PlaybackState, 'viewMs' | 'answers'>) => Question | undefined;
/** Predictions whose answers must not be on the screen now; before its last moment nothing of an answer is computed. */
export declare const hiddenAt: (context: Told, state: PlaybackState) => Question[];
/** Ends of steps around `viewMs`: stops of the run, and narration that play stops at. */
export declare const stopAfter: (context: PlaybackContext, state: PlaybackState) => number;
export declare const stopBefore: (context: PlaybackContext, state: PlaybackState) => number;
export {};
