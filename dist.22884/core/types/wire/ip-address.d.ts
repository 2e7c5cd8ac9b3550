import { type Result } from './result.js';
import type { WireError } from './wire-error.js';
/** Lower-case hex with colons, `02:00:00:00:00:01`. */
export type MacAddress = string;
/** Canonical text: dotted quad, or IPv6 by RFC 5952. */
export type IpAddress = string;
/** Writes four octets, or says that `text` is no dotted quad; leading zeros are refused as ambiguous (RFC 6943 §3.1.1). */
export declare const writeIpv4: (bytes: Uint8Array, at: number, text: string) => boolean;
/** Six two-digit groups between colons or hyphens. */
export declare const writeMac: (bytes: Uint8Array, at: number, text: string) => boolean;
/** Writes sixteen octets, or says that `text` is no IPv6 address (zone identifiers are not read). */
export declare const writeIpv6: (bytes: Uint8Array, at: number, text: string) => boolean;
export declare const formatMac: (bytes: Uint8Array, at?: number) => MacAddress;
export declare const formatIpv4: (bytes: Uint8Array, at?: number) => IpAddress;
export declare const formatIpv6: (bytes: Uint8Array, at?: number) => IpAddress;
/** Four or sixteen octets. */
export declare const parseIpAddress: (text: string) => Result<Uint8Array, WireError>;
export declare const formatIpAddress: (bytes: Uint8Array) => IpAddress;
export declare const parseMac: (text: string) => Result<Uint8Array, WireError>;
