import type { TimerName } from '../../stack/tcp/effect.ts';
import type { LadderItem } from '../ladder/ladder-item.ts';
import type { View } from '../view.ts';
export type SceneTimer = {
    readonly host: string;
    readonly onRight: boolean;
    readonly name: string;
    readonly leftUs: number;
    /** From its start to its end. */
    readonly wholeUs: number;
    /** In the ladder only where something waits for it. */
    readonly inLadder: boolean;
};
/** The timer of that name on the screen; undefined: no timer is called so. */
export declare const timerOf: (title: string) => TimerName | undefined;
export declare const timersOf: (view: View, items: readonly LadderItem[]) => SceneTimer[];
