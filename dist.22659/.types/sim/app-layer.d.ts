import type { Action, AppAction } from './action.ts';
import { type Draft } from './draft.ts';
import type { Pending } from './world.ts';
/** Moved and cancelled timers leave stale entries in the queue. */
export declare const fireAppTimer: (draft: Draft, pending: Extract<Pending, {
    kind: 'app-timer';
}>) => void;
/** What `wakeApp` has put into the queue. */
export declare const appEvent: (draft: Draft, pending: Extract<Pending, {
    kind: 'app';
}>) => void;
export declare const startApps: (draft: Draft, host: string) => void;
export declare const isAppAction: (action: Action) => action is AppAction;
/** The script calls an application of the host. */
export declare const callApp: (draft: Draft, host: string, action: AppAction) => void;
