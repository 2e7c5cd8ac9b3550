// What a capture file holds, whichever its format: records, interfaces, secrets, and what can be wrong with it.
import type {LinkType} from '../layer.ts';

export type CaptureRecord = {
  /** Counts from 1 through the whole file. */
  readonly frameNumber: number;
  /** Absolute: whole microseconds since 1970-01-01 UTC. A simple packet block has the time of the record before it. */
  readonly atUs: number;
  /** What is left of the time, 0 … 999. */
  readonly nanoseconds: number;
  readonly linkType: LinkType;
  /** Length on the wire; more than `bytes.length` in a snapped record. */
  readonly originalLength: number;
  readonly bytes: Uint8Array;
  /** Where `bytes` begin in the file. */
  readonly fileOffset: number;
  readonly comments: readonly string[];
};

export type Stamp = Pick<CaptureRecord, 'atUs' | 'nanoseconds'>;

/** In whole microseconds: subtracted first, cut afterwards. */
export const usBetween = (from: Stamp, to: Stamp): number =>
  to.atUs - from.atUs - (to.nanoseconds < from.nanoseconds ? 1 : 0);

export type CaptureInterface = {
  readonly linkType: LinkType;
  /** False where `dissect` does not know this kind of link. */
  readonly supported: boolean;
  /** 0: no limit. */
  readonly snapLength: number;
  readonly name: string;
  readonly comments: readonly string[];
};

/** `TLSK` (draft-ietf-opsawg-pcapng §4.7): a key log of TLS. */
export const keyLogSecrets = 0x544c534b;

/** A decryption-secrets block; `type` is its four letters as a number. */
export type CaptureSecrets = {readonly type: number; readonly bytes: Uint8Array};

/** `offset` is where in the file the offending header or block begins. */
export type CaptureError =
  | {readonly code: 'empty'; readonly offset: number}
  | {readonly code: 'not-a-capture'; readonly offset: number}
  /** The file ends inside packet `frameNumber` or before it; the records before it are whole. */
  | {readonly code: 'cut'; readonly offset: number; readonly frameNumber: number}
  | {readonly code: 'malformed'; readonly offset: number; readonly field: string}
  | {readonly code: 'too-long'; readonly offset: number; readonly length: number; readonly limit: number};

/** How the file is written; of pcapng as its first section says. */
export type FileHeader = {readonly endian: 'little' | 'big'; readonly nanoseconds: boolean};

/** What a format's parser made of the next bytes. */
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

/** Reads one header, record or block from `pending[at …]`, which stands at `offset` in the file. */
export type Parser = (input: {
  readonly pending: Uint8Array;
  readonly at: number;
  readonly offset: number;
  readonly frameNumber: number;
}) => Parsed;

/** No honest packet or block is longer; in bytes. A length field beyond it is taken for a lie. */
export const MAX_BLOCK_BYTES = 16 * 1024 * 1024;
