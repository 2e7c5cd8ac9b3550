import type { Move } from '../../lesson/attempt.ts';
import { type Language } from '../../lesson/text.ts';
import type { Canvas } from '../canvas.ts';
import { type Glyphs } from '../glyphs.ts';
import type { Region } from '../layout.ts';
import type { ChallengeInput } from '../scene-input.ts';
import { type Instant } from './offers.ts';
export type Goal = {
    readonly text: string;
    readonly met: boolean;
};
export type ChallengeScene = {
    readonly goals: readonly Goal[];
    readonly met: number;
    readonly moves: readonly string[];
    readonly par: number;
    readonly offers: readonly {
        readonly move: Move;
        readonly text: string;
    }[];
    readonly hints: readonly string[];
};
/** `cursor`: the last event on the screen; `hints`: how many were asked for. */
export declare const challengeScene: ({ challenge, run, moves, met }: ChallengeInput, at: Instant & {
    readonly cursor: number;
    readonly hints: number;
    readonly language: Language;
}) => ChallengeScene;
type Drawing = {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly language: Language;
    readonly focused: boolean;
    /** Index of the marked offer. */
    readonly marked: number;
};
export declare const putChallenge: (canvas: Canvas, scene: ChallengeScene, drawing: Drawing) => void;
export {};
