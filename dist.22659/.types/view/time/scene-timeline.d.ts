import { type View } from '../view.ts';
import type { PlaybackContext } from './playback-state.ts';
export type TimelineMark = {
    readonly kind: 'state' | 'lost' | 'again' | 'beat' | 'selected';
    readonly share: number;
}
/** The reader's own; also ahead of the place on the screen. */
 | {
    readonly kind: 'bookmark';
    readonly share: number;
    readonly here: boolean;
} | {
    readonly kind: 'gap';
    readonly share: number;
    readonly end: number;
    readonly length: string;
};
export declare const marksOf: (view: View, { beats }: PlaybackContext) => TimelineMark[];
