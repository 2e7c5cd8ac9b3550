import type { RData } from '../../wire/dns/message.ts';
import { type DnsName } from '../../wire/dns/name.ts';
import type { ZonePlace, ZoneProblem } from './zone-problem.ts';
import type { ZoneWord } from './zone-tokens.ts';
/** RFC 2181 §8: the first bit of a TTL is zero. */
export declare const ttlMost = 2147483647;
/** Seconds: `3600`, or with BIND's units `1h30m`; undefined where the text is neither. */
export declare const periodOf: (text: string) => number | undefined;
/** A name as zone files write it: `@` is the origin, one without its final dot is below it. */
export declare const zoneName: (word: ZoneWord, origin: DnsName | undefined) => DnsName | ZoneProblem;
export declare const isZoneType: (type: number, [first]: readonly ZoneWord[]) => boolean;
/** `words`: those behind the type. `end`: where the next one would stand. */
export declare const readRData: (type: number, words: readonly ZoneWord[], { origin, end }: {
    readonly origin: DnsName | undefined;
    readonly end: ZonePlace;
}) => RData | ZoneProblem;
