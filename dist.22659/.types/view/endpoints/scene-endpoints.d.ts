import type { SceneHost } from '../ladder/scene-hosts.ts';
import type { Role } from '../span.ts';
import { type View } from '../view.ts';
import { type Place } from './last-change.ts';
/** How a row of the panel stands to the one selection. */
type Pointed = {
    readonly selected: boolean;
    /** The packet that the reader has chosen changed it. */
    readonly fed: boolean;
};
export type EndpointValue = Pointed & {
    readonly name: string;
    readonly text: string;
    readonly changed: boolean;
    /** How it came to this value: symbols, and the numbers beneath; empty where nothing tells it. */
    readonly arithmetic: readonly string[];
};
export type EndpointTimer = Pointed & {
    readonly name: string;
    readonly left: string;
};
export type Endpoint = {
    /** As the trace calls it. */
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    readonly state: string;
    /** By this instant; `stateFresh`: at the very moment on the screen. */
    readonly stateChanged: boolean;
    readonly stateFresh: boolean;
    readonly statePointed: Pointed;
    /** Of a capture: somebody who looks on says so. */
    readonly deduced?: true;
    /** Without a TCB there are none. */
    readonly values: readonly EndpointValue[];
    readonly timers: readonly EndpointTimer[];
};
/** Both ends of the connection at hand; of three hosts and more not all have a part in it. */
export declare const endsOf: (view: View) => readonly SceneHost[];
/** `extra`: for how many variables more than needed there is room, by host. */
export declare const endpointsOf: (view: View, extra?: number) => Endpoint[] | undefined;
/** Everything that `↑↓` walks over: by host its state and variables, and then all timers. */
export declare const placesOf: (view: View) => readonly Place[];
export {};
