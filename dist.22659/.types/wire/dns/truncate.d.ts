import type { DnsMessage } from './message.ts';
/**
 * At most `maxOctets`, which are 12 or more. Where the answer, the authority or needed glue does not fit, that set and all behind
 * it stay away and TC is set; of other additional records those stay away that do not fit.
 */
export declare const encodeDnsWithin: (message: DnsMessage, maxOctets: number) => Uint8Array;
