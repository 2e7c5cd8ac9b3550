import type { ConnectionId } from '../stack/tcp/effect.ts';
import { type Draft } from './draft.ts';
import type { TriggerName } from './scenario.ts';
import type { Pending } from './world.ts';
/** Puts a cause into the queue, and keeps the turns of its repetitions, however many they are. */
export declare const scheduleCause: (draft: Draft, index: number, when: {
    atUs: number;
    connection?: ConnectionId;
}) => void;
/** Its next repetition goes into the queue as this one leaves it. */
export declare const scheduleAgain: (draft: Draft, pending: Extract<Pending, {
    kind: 'cause';
}>, order: number) => void;
type Happening = {
    readonly event: TriggerName;
    readonly connection?: ConnectionId;
    /** What the script calls the thing that it happened to; absent: the name of the connection. */
    readonly named?: string;
    readonly bytes?: [number, number];
    readonly status?: number;
};
/** Wakes the script's causes that wait for this. */
export declare const wakeCauses: (draft: Draft, host: string, happening: Happening) => void;
export {};
