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
 * Reads a domain name in the whole DNS message `bytes`. A pointer must lead to a place before the labels that it ends, so that none is
 * followed twice and a name takes at most as many steps as the message has octets.
 */
export const readName = (
  bytes: Uint8Array,
  {at: start, end: limit, field}: NamePlace,
): Result<ReadName, WireError> => {
  const malformed = err({code: 'malformed', protocol: 'dns', field} as const);
  const short = (needed: number) => err({code: 'short', protocol: 'dns', needed, found: limit} as const);
  const labels: string[] = [];
  let at = start;
  let stretch = start;
  let stop = limit;
  let end: number | undefined;
  let octets = 1;
  while (at < stop) {
    const length = bytes[at] ?? 0;
    if (length === 0) return ok({name: nameOf(labels), end: end ?? at + 1});
    if (length >= 0xc0) {
      if (at + 2 > stop) return short(at + 2);
      const target = readUint(bytes, at, 2) & 0x3fff;
      if (target >= stretch || target < dnsHeader.size) return malformed;
      end ??= at + 2;
      stop = bytes.length;
      stretch = target;
      at = target;
    } else {
      octets += 1 + length;
      if (length > labelOctetsMost || octets > nameOctetsMost) return malformed;
      if (at + 1 + length > stop) return short(at + 1 + length);
      labels.push(labelText(bytes.subarray(at + 1, at + 1 + length)));
      at += 1 + length;
    }
  }
  return short(at + 1);
};
