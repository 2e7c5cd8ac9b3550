import * as z from 'zod/mini';
import type { ZoneData } from '../../stack/dns/zone-check.ts';
import type { DnsRecord } from '../../wire/dns/message.ts';
import type { DnsName } from '../../wire/dns/name.ts';
import type { Path } from '../problems.ts';
import type { Place } from '../vocabulary.ts';
export declare const zoneSchema: z.ZodMiniObject<{
    file: z.ZodMiniOptional<z.ZodMiniString<string>>;
    origin: z.ZodMiniOptional<z.ZodMiniString<string>>;
    text: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>;
export type ZoneFile = z.infer<typeof zoneSchema>;
export declare const readZoneEntry: (data: ZoneFile, path: Path, place: Place) => ZoneData | undefined;
/** One line or several; relative names are those of `origin`. */
export declare const readZoneLines: (lines: string | readonly string[], place: Place, { origin, before }?: {
    readonly origin?: DnsName;
    readonly before?: string;
}) => readonly DnsRecord[];
