import type { LinkType } from './layer.ts';
import { type Result } from './result.ts';
import type { WireError } from './wire-error.ts';
/**
 * A copy of `bytes` in which the number that Wireshark calls `fieldName` is `newValue`, in the unit that is shown
 * (bytes for header lengths). The first such field counts; packets quoted by ICMP errors are left alone.
 */
export declare const fieldEdit: (bytes: Uint8Array, linkType: LinkType, fieldName: string, newValue: number, { fixChecksums }: {
    readonly fixChecksums: boolean;
}) => Result<Uint8Array, WireError>;
/** Bits count from 0, the most significant of the first byte. */
export declare const flipBit: (bytes: Uint8Array, bit: number) => Result<Uint8Array, WireError>;
