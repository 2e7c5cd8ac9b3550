// Converts addresses between text and octets: IPv4 dotted quads, IPv6 (read by RFC 4291 §2.2, written by RFC 5952), MAC addresses.
import {hexOf, readUint} from './octets.ts';
import {err, ok, type Result} from './result.ts';
import type {WireError} from './wire-error.ts';

/** A MAC address in lower-case hexadecimal digits with colons, `02:00:00:00:00:01`. */
export type MacAddress = string;
/** An IP address as canonical text: a dotted quad, or IPv6 as in RFC 5952. */
export type IpAddress = string;

const digitValue = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : 16;
};

/** Writes four octets; false if `text` is no dotted quad. Leading zeros are refused as ambiguous (RFC 6943 §3.1.1). */
export const writeIpv4 = (bytes: Uint8Array, at: number, text: string): boolean => {
  let octet = -1;
  let count = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0x2e;
    if (code === 0x2e) {
      if (octet < 0 || count === 4) return false;
      bytes[at + count++] = octet;
      octet = -1;
    } else {
      const digit = digitValue(code);
      if (digit > 9 || octet === 0) return false;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return false;
    }
  }
  return count === 4;
};

/** Writes the six octets of a MAC address in two-digit groups between colons or hyphens; false if `text` is none. */
export const writeMac = (bytes: Uint8Array, at: number, text: string): boolean => {
  if (text.length !== 17) return false;
  for (let i = 0; i < 6; i++) {
    const high = digitValue(text.charCodeAt(3 * i));
    const low = digitValue(text.charCodeAt(3 * i + 1));
    const separator = text.charAt(3 * i + 2);
    if (high > 15 || low > 15 || (separator !== ':' && separator !== '-' && i < 5)) return false;
    bytes[at + i] = 16 * high + low;
  }
  return true;
};

/**
 * Returns the 16-bit groups of one side of `::` in an IPv6 address, or undefined if they are invalid; the last one may be a dotted quad
 * if `quadAllowed`.
 */
const groupsOf = (text: string, quadAllowed: boolean): readonly number[] | undefined => {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (quadAllowed && index === parts.length - 1 && part.includes('.')) {
      const quad = new Uint8Array(4);
      if (!writeIpv4(quad, 0, part)) return undefined;
      groups.push(readUint(quad, 0, 2), readUint(quad, 2, 2));
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
};

/** Writes the sixteen octets of an IPv6 address; returns false if `text` is none (zone identifiers are not supported). */
export const writeIpv6 = (bytes: Uint8Array, at: number, text: string): boolean => {
  const gap = text.indexOf('::');
  const head = groupsOf(gap < 0 ? text : text.slice(0, gap), gap < 0);
  const tail = gap < 0 ? [] : groupsOf(text.slice(gap + 2), true);
  if (!head || !tail || text === '') return false;
  const zeros = 8 - head.length - tail.length;
  if (gap < 0 ? zeros !== 0 : zeros < 1) return false;
  for (const [index, group] of [...head, ...Array<number>(zeros).fill(0), ...tail].entries()) {
    bytes[at + 2 * index] = group >> 8;
    bytes[at + 2 * index + 1] = group & 0xff;
  }
  return true;
};

export const formatMac = (bytes: Uint8Array, at = 0): MacAddress => hexOf(bytes, at, at + 6, ':');

export const formatIpv4 = (bytes: Uint8Array, at = 0): IpAddress =>
  `${bytes[at] ?? 0}.${bytes[at + 1] ?? 0}.${bytes[at + 2] ?? 0}.${bytes[at + 3] ?? 0}`;

/**
 * Returns the run of zero groups that `::` replaces in an IPv6 address: the longest of at least two, the first of equals (RFC 5952 §4.2);
 * `start` is -1 if there is none.
 */
const zeroRun = (groups: readonly number[]): {readonly start: number; readonly length: number} => {
  let best = {start: -1, length: 1};
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (groups[i] === 0) continue;
    if (i - start > best.length) best = {start, length: i - start};
    start = i + 1;
  }
  return best;
};

export const formatIpv6 = (bytes: Uint8Array, at = 0): IpAddress => {
  const groups: number[] = [];
  for (let index = 0; index < 8; index++) groups.push(readUint(bytes, at + 2 * index, 2));
  const run = zeroRun(groups);
  // An IPv4-mapped IPv6 address is written with a dotted quad at its end (RFC 5952 §5).
  if (run.start === 0 && run.length === 5 && groups[5] === 0xffff)
    return `::ffff:${formatIpv4(bytes, at + 12)}`;
  const digits = groups.map((group) => group.toString(16));
  if (run.start < 0) return digits.join(':');
  return `${digits.slice(0, run.start).join(':')}::${digits.slice(run.start + run.length).join(':')}`;
};

/** Returns the octets of an IP address's text, four for IPv4 and sixteen for IPv6, or an error. */
export const parseIpAddress = (text: string): Result<Uint8Array, WireError> => {
  const isV6 = text.includes(':');
  const bytes = new Uint8Array(isV6 ? 16 : 4);
  return (isV6 ? writeIpv6 : writeIpv4)(bytes, 0, text) ? ok(bytes) : err({code: 'address', text});
};

export const formatIpAddress = (bytes: Uint8Array): IpAddress =>
  bytes.length === 4 ? formatIpv4(bytes) : formatIpv6(bytes);
