// Reads a domain name in a DNS message, compressed or not (RFC 1035 §4.1.4).
import {readUint} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import type {WireError} from '../wire-error.ts';
import {dnsHeader} from './header.ts';
import {type DnsName, labelOctetsMost, labelText, nameOctetsMost, nameOf} from './name.ts';

/** A domain name read from a DNS message; `end` is the offset after it, or after its compression pointer. */
export type ReadName = {readonly name: DnsName; readonly end: number};

/**
 * The place of a domain name in a DNS message: it begins at `at` and must end by `end`, except for what a pointer leads to. `field` names
 * it in errors.
 */
export type NamePlace = {readonly at: number; readonly end: number; readonly field: string};

/**
 * Goes through the domain name that begins at `start` in the whole DNS message `bytes`, and adds its labels to `labels` if they are wanted.
 * Returns the offset after the name, 0 if the name is malformed, and if octets are missing, the number needed as a negative number. A
 * pointer must lead to a place before the labels that it ends, so that none is followed twice and a name takes at most as many steps as the
 * message has octets.
 */
export const scanName = (bytes: Uint8Array, start: number, limit: number, labels?: string[]): number => {
  let at = start;
  let stretch = start;
  let stop = limit;
  let end = 0;
  let octets = 1;
  while (at < stop) {
    const length = bytes[at] ?? 0;
    if (length === 0) return end > 0 ? end : at + 1;
    if (length >= 0xc0) {
      if (at + 2 > stop) return -(at + 2);
      const target = readUint(bytes, at, 2) & 0x3fff;
      if (target >= stretch || target < dnsHeader.size) return 0;
      if (end === 0) end = at + 2;
      stop = bytes.length;
      stretch = target;
      at = target;
    } else {
      octets += 1 + length;
      if (length > labelOctetsMost || octets > nameOctetsMost) return 0;
      if (at + 1 + length > stop) return -(at + 1 + length);
      labels?.push(labelText(bytes, at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
  return -(at + 1);
};

/** Reads a domain name in the whole DNS message `bytes`. */
export const readName = (
  bytes: Uint8Array,
  {at, end: limit, field}: NamePlace,
): Result<ReadName, WireError> => {
  const labels: string[] = [];
  const end = scanName(bytes, at, limit, labels);
  if (end > 0) return ok({name: nameOf(labels), end});
  return end === 0
    ? err({code: 'malformed', protocol: 'dns', field})
    : err({code: 'short', protocol: 'dns', needed: -end, found: limit});
};
