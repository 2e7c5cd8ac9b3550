import type { PacketFacts } from '../packet-facts.ts';
type MessageConditions = {
    /** Of a request. */
    readonly method?: string;
    /** Of a response. */
    readonly status?: number;
};
export type HttpConditions = {
    readonly http?: MessageConditions;
};
export declare const fulfilsHttp: ({ http }: HttpConditions, { httpHeads }: PacketFacts) => boolean;
export declare const describeHttpConditions: ({ http }: HttpConditions) => readonly string[];
export {};
