import type { Language } from '../../lesson/text.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Piece } from '../ladder/flight.ts';
import type { Role } from '../span.ts';
import type { SceneTimer } from './scene-timers.ts';
export type TimerLook = {
    readonly language: Language;
    readonly glyphs: Glyphs;
    /** Of the host whose timer it is. */
    readonly role: Role;
    /** Columns for the bar and the words. */
    readonly room: number;
};
export declare const timerName: ({ name }: SceneTimer, glyphs: Glyphs) => string;
export declare const timerPieces: (timer: SceneTimer, { language, glyphs, role, room }: TimerLook) => readonly Piece[];
