import { type Language } from '../../lesson/text.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Role } from '../span.ts';
export type SceneHost = {
    /** As the trace calls it. */
    readonly id: string;
    readonly name: string;
    /** Address and port of the first packet; empty where unknown. */
    readonly address: string;
    readonly role: Role;
    /** The capture was taken on it, as far as can be told. */
    readonly vantage?: true;
};
/** From the left to the right. */
export type SceneHosts = readonly [SceneHost, SceneHost, ...SceneHost[]];
export declare const displayName: (name: string, language: Language) => string;
/** Whoever speaks TCP first stands at the left, whoever it speaks to at the right. */
export declare const pairOf: (trace: Trace, language: Language) => readonly [SceneHost, SceneHost];
/** The cast of the run where it has more than two; a router that only passes packets on is not of it. */
export declare const hostsOf: (trace: Trace, language: Language) => SceneHosts;
