import { type TlsRecord } from '../wire/tls/record.ts';
import type { Side, Told } from './connections.ts';
export type SeenRecord = {
    readonly side: Side;
    readonly record: TlsRecord;
    /** Where its header begins in the stream of its direction. */
    readonly start: number;
    /** The packet with its last octet. */
    readonly frame: number;
    /** From which on it is whole. */
    readonly event: number;
};
/** Why a direction is not read on: bytes that the capture lacks, or what cannot be a record. */
export type RecordStop = {
    readonly why: 'hole' | 'no-record';
    readonly at: number;
};
export type CutRecords = {
    /** In the order of events. */
    readonly records: readonly SeenRecord[];
    readonly stopped: readonly [RecordStop | undefined, RecordStop | undefined];
};
/** undefined: this is not TLS, or it had begun before the capture. */
export declare const tlsRecordsOf: (told: readonly Told[]) => CutRecords | undefined;
