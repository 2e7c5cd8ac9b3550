import * as z from 'zod/mini';
import { type DnsName } from '../../wire/dns/name.ts';
import type { IpAddress } from '../../wire/frame.ts';
import type { Path } from '../problems.ts';
import type { Place } from '../vocabulary.ts';
export declare const domainName: z.ZodMiniString<string>;
export declare const recordType: z.ZodMiniString<string>;
export declare const address: z.ZodMiniString<string>;
export declare const ednsSize: z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniLiteral<"off">]>;
/** A line of a zone file, or several. */
export declare const zoneLines: z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniArray<z.ZodMiniString<string>>]>;
/** Like a hosts file, the other way round. */
export declare const hostsFile: z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniArray<z.ZodMiniString<string>>]>>;
export declare const readName: (given: string, path: Path, { problems }: Place) => DnsName | undefined;
export declare const readType: (given: string, path: Path, { problems }: Place) => number | undefined;
export declare const readAddress: (given: string, path: Path, { problems }: Place) => IpAddress | undefined;
/** Those that are addresses; the others have been reported. */
export declare const readAddresses: (given: readonly string[], path: Path, place: Place) => readonly IpAddress[];
type HostsFile = z.infer<typeof hostsFile>;
type HostsLine = {
    readonly name: DnsName;
    readonly address: IpAddress;
};
export declare const readHosts: (given: HostsFile, path: Path, place: Place) => readonly HostsLine[];
export {};
