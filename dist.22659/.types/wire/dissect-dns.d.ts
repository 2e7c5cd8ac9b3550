import { type Step, type Stretch } from './dissect-step.ts';
export declare const dissectDns: (stretch: Stretch) => Step;
/**
 * The messages that a segment holds whole. Others stay data: one packet alone does not tell where a message begins that
 * another packet has begun. undefined: there is none.
 */
export declare const dissectDnsSegment: (stretch: Stretch) => Step | undefined;
