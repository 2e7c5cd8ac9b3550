// Checks the form of a DNS message without making values of what it says, because of most messages in a capture nobody wants more.
import {readUint} from '../octets.ts';
import {countsOf, dnsHeader} from './header.ts';
import {scanName} from './read-name.ts';
import type {RDataPlace} from './read-rdata.ts';
import {RecordClass, RecordType} from './registry.ts';

/** How far a DNS message can be decoded. */
export type DnsForm = {
  /** True if all questions and records that the header counts can be decoded; more octets may follow them. */
  readonly isWhole: boolean;
  /** The number of records in the answer section that can be decoded. */
  readonly answers: number;
};

/** The record types whose RDATA ends with one domain name, with the number of octets before it. */
const octetsBeforeName: ReadonlyMap<number, number> = new Map([
  [RecordType.NS, 0],
  [RecordType.CNAME, 0],
  [RecordType.PTR, 0],
  [RecordType.DNAME, 0],
  [RecordType.MX, 2],
  [RecordType.SRV, 6],
]);

/** The octets of numbers after the two domain names in the RDATA of an SOA record (RFC 1035 §3.3.13). */
const soaNumbers = 20;

/**
 * Tells whether RDATA consists of parts that each begin with `before` octets, of which the last `size` give the number of octets that
 * follow.
 */
const isList = (bytes: Uint8Array, {start, end}: RDataPlace, before: number, size: number): boolean => {
  let at = start;
  while (at < end) at += before + readUint(bytes, at + before - size, size);
  return at === end;
};

/** Tells whether RDATA can be decoded; RDATA of a type that is not listed here always can, if need be as mere octets. */
const isData = (bytes: Uint8Array, type: number, recordClass: number, place: RDataPlace): boolean => {
  const {start, end} = place;
  if (start === end) return true;
  if (type === RecordType.OPT) return isList(bytes, place, 4, 2);
  if (type === RecordType.TXT) return isList(bytes, place, 1, 1);
  if (type === RecordType.SOA) {
    const first = scanName(bytes, start, end);
    return first > 0 && scanName(bytes, first, end) + soaNumbers === end;
  }
  const before = octetsBeforeName.get(type);
  const isKnown = before !== undefined && (type !== RecordType.SRV || recordClass === RecordClass.IN);
  return !isKnown || scanName(bytes, start + before, end) === end;
};

/** Returns the offset after the record at `start`; 0 if it cannot be decoded. */
const recordEnd = (bytes: Uint8Array, start: number): number => {
  const nameEnd = scanName(bytes, start, bytes.length);
  const dataStart = nameEnd + 10;
  if (nameEnd <= 0 || dataStart > bytes.length) return 0;
  const end = dataStart + readUint(bytes, nameEnd + 8, 2);
  if (end > bytes.length) return 0;
  const [type, recordClass] = [readUint(bytes, nameEnd, 2), readUint(bytes, nameEnd + 2, 2)];
  return isData(bytes, type, recordClass, {start: dataStart, end}) ? end : 0;
};

/** Returns how far the DNS message can be decoded. */
export const dnsForm = (bytes: Uint8Array): DnsForm => {
  if (bytes.length < dnsHeader.size) return {isWhole: false, answers: 0};
  const {questions, answers, authorities, additionals} = countsOf(bytes);
  let at = dnsHeader.size;
  for (let count = 0; count < questions; count++) {
    const nameEnd = scanName(bytes, at, bytes.length);
    if (nameEnd <= 0 || nameEnd + 4 > bytes.length) return {isWhole: false, answers: 0};
    at = nameEnd + 4;
  }
  const records = answers + authorities + additionals;
  for (let count = 0; count < records; count++) {
    at = recordEnd(bytes, at);
    if (at === 0) return {isWhole: false, answers: Math.min(count, answers)};
  }
  return {isWhole: true, answers};
};
