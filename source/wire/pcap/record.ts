// Types of what capture files of any format contain: records, interfaces and secrets, and the errors that they can have.
import type {LinkType} from '../layer.ts';

export type CaptureRecord = {
  /** The number of the record in the capture file, counted from 1 through the whole file. */
  readonly frameNumber: number;
  /**
   * When the packet was captured, in whole microseconds since 1970-01-01 UTC. A simple packet block of pcapng has the time of the record
   * before it.
   */
  readonly atUs: number;
  /** The rest of the capture time after its whole microseconds, in nanoseconds, 0 … 999. */
  readonly nanoseconds: number;
  readonly linkType: LinkType;
  /** The packet's length on the wire in bytes, which is more than `bytes.length` if the capture cut the packet. */
  readonly originalLength: number;
  readonly bytes: Uint8Array;
  /** The offset in the capture file at which the packet's `bytes` begin. */
  readonly fileOffset: number;
  readonly comments: readonly string[];
};

export type Stamp = Pick<CaptureRecord, 'atUs' | 'nanoseconds'>;

/** Returns the time between two captured packets in whole microseconds, rounded down after the subtraction. */
export const usBetween = (from: Stamp, to: Stamp): number =>
  to.atUs - from.atUs - (to.nanoseconds < from.nanoseconds ? 1 : 0);

export type CaptureInterface = {
  readonly linkType: LinkType;
  /** False if `dissect` does not know this kind of link. */
  readonly supported: boolean;
  /** The most bytes that the interface captured of a packet; 0 means no limit. */
  readonly snapLength: number;
  readonly name: string;
  readonly comments: readonly string[];
};

/** The type of a pcapng secrets block that contains a TLS key log, `TLSK` (draft-ietf-opsawg-pcapng §4.7). */
export const keyLogSecrets = 0x544c534b;

/** A decryption-secrets block of a pcapng file; `type` is its four-letter secrets type (such as `TLSK`) as a number. */
export type CaptureSecrets = {readonly type: number; readonly bytes: Uint8Array};

/** An error in a capture file; `offset` is the place in the file of the header or block that has it. */
export type CaptureError =
  | {readonly code: 'empty'; readonly offset: number}
  | {readonly code: 'not-a-capture'; readonly offset: number}
  /** The capture file ends inside packet `frameNumber` or before it; the records before it are complete. */
  | {readonly code: 'cut'; readonly offset: number; readonly frameNumber: number}
  | {readonly code: 'malformed'; readonly offset: number; readonly field: string}
  | {readonly code: 'too-long'; readonly offset: number; readonly length: number; readonly limit: number};

/** The byte order and time resolution of a capture file; for pcapng those of its first section. */
export type FileHeader = {readonly endian: 'little' | 'big'; readonly nanoseconds: boolean};

/** The result of reading the next bytes of a capture file: an item, a request for more bytes, or an error. */
export type Parsed =
  | {readonly kind: 'more'}
  | {readonly kind: 'failed'; readonly error: CaptureError}
  | {
      readonly kind: 'taken';
      readonly length: number;
      readonly record?: CaptureRecord;
      readonly interface?: CaptureInterface;
      readonly secrets?: CaptureSecrets;
      readonly file?: FileHeader;
      readonly sectionComments?: readonly string[];
    };

/** Reads one header, record or block of a capture file from `pending[at …]`; `offset` is its place in the file. */
export type Parser = (input: {
  readonly pending: Uint8Array;
  readonly at: number;
  readonly offset: number;
  readonly frameNumber: number;
}) => Parsed;

/** The largest packet or block in octets that is read from a capture file; a larger length field counts as an error. */
export const MAX_BLOCK_BYTES = 16 * 1024 * 1024;
