import type { Language } from '../lesson/text.ts';
import { type SceneHosts } from './ladder/scene-hosts.ts';
import type { SceneInput } from './scene-input.ts';
import { type Question } from './time/waypoints.ts';
export type View = {
    readonly input: SceneInput;
    readonly language: Language;
    /** The moment on the screen, the last visible event and the simulated time. */
    readonly moment: number;
    readonly cursor: number;
    readonly nowUs: number;
    /** Packets move; else they are only on their way or there. */
    readonly comets: boolean;
    /** Predictions whose answers must not be seen. */
    readonly hidden: readonly Question[];
    readonly hosts: SceneHosts;
};
export declare const viewOf: (given: SceneInput) => View;
/** Three hosts and more have another picture than two (screens.md §4). */
export declare const isMany: ({ hosts }: Pick<View, 'hosts'>) => boolean;
/** That a counterfactual run is not TCP, that the reader altered a packet, that no end sees it so. */
export declare const watermarkOf: ({ input, language }: View) => string | undefined;
/** Of TCP: a capture has none, and where only DNS is spoken nobody needs them. */
export declare const hasStates: ({ input: { trace } }: View) => boolean;
/** The last packet that has left, as all before it have; undefined: none has. */
export declare const newestPacket: ({ input: { pacing }, moment }: Pick<View, 'input' | 'moment'>) => number | undefined;
/** The packet that is selected or, without a choice, the newest; undefined: none was sent yet. */
export declare const selectedPacket: (view: View) => number | undefined;
/** For panels of one packet: without a choice the one that is told about comes before the newest; undefined: none was sent yet. */
export declare const packetAtHand: (view: View) => number | undefined;
/** The next packet or the one before it, as far as they have been sent. */
export declare const packetBeside: (view: View, by: 1 | -1) => number | undefined;
/** Fields of a packet that open questions ask for. */
export declare const hiddenFieldsOf: ({ hidden }: View, packet: number) => readonly string[];
