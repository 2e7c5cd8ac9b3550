import type { Card } from '../../lesson/data.ts';
import type { Text } from '../../lesson/text.ts';
import type { SceneInput } from '../scene-input.ts';
import { type Narration } from '../time/waypoints.ts';
export type LinkedLesson = {
    readonly id: string;
    readonly title: Text;
};
type Place = Pick<SceneInput, 'beats' | 'pacing' | 'playback' | 'reference'>;
export declare const cardAt: (place: Place) => Card | undefined;
export declare const linkAt: (place: Place) => LinkedLesson | undefined;
/** What this narration leads to. */
export declare const linkIn: (place: Place, narration: Narration | undefined) => LinkedLesson | undefined;
export {};
