// Reads RDATA whose domain names are never compressed (RFC 3597 §4): that of DNSSEC records (RFC 4034, RFC 5155 §3), and of SVCB and HTTPS
// (RFC 9460 §2.2).
import {hexOf, readUint} from '../octets.ts';
import type {RData, SvcParam} from './message.ts';
import type {DnsName} from './name.ts';
import {readName} from './read-name.ts';
import {RecordType} from './registry.ts';

type Read = RData | undefined;

const wordOctets = 2;

/** Reads an uncompressed domain name in RDATA; undefined if it is invalid or has a compression pointer. */
const nameAt = (
  bytes: Uint8Array,
  at: number,
): {readonly name: DnsName; readonly end: number} | undefined => {
  // Only the octets from the name on are passed, so that no compression pointer can lead anywhere.
  const read = readName(bytes.subarray(at), {at: 0, end: bytes.length - at, field: 'dns.resp.len'});
  return read.ok ? {name: read.value.name, end: at + read.value.end} : undefined;
};

/** A record type in the bit map of an NSEC or NSEC3 record, and the offset of the octet that contains its bit. */
type TypeBit = {readonly type: number; readonly at: number};

/**
 * Reads the type bit map of an NSEC or NSEC3 record (RFC 4034 §4.1.2): blocks of a number, a length and bits, with ascending numbers;
 * undefined if it is not of this form.
 */
export const typeBits = (bytes: Uint8Array, start: number): readonly TypeBit[] | undefined => {
  const found: TypeBit[] = [];
  let before = -1;
  for (let at = start; at < bytes.length; ) {
    const [block = 0, length = 0] = [bytes[at], bytes[at + 1]];
    const end = at + 2 + length;
    if (block <= before || length === 0 || length > 32 || end > bytes.length) return undefined;
    for (let bit = 0; bit < 8 * length; bit++) {
      const octet = at + 2 + (bit >> 3);
      if ((bytes[octet] ?? 0) & (0x80 >> (bit & 7))) found.push({type: 256 * block + bit, at: octet});
    }
    before = block;
    at = end;
  }
  return found;
};

const typesIn = (bytes: Uint8Array, start: number): readonly number[] | undefined =>
  typeBits(bytes, start)?.map(({type}) => type);

/** Returns the key tag of a DNSKEY record's RDATA (RFC 4034 appendix B); for algorithm 1 it is a part of the key (B.1). */
const keyTagOf = (rdata: Uint8Array): number => {
  if (rdata[3] === 1) return readUint(rdata, rdata.length - 3, wordOctets);
  let sum = 0;
  for (let at = 0; at < rdata.length; at += wordOctets) sum += readUint(rdata, at, wordOctets);
  return (sum + (sum >>> 16)) & 0xffff;
};

const base32hex = '0123456789abcdefghijklmnopqrstuv';

/** Returns octets as base32hex text in lower case, without padding (RFC 4648 §7). */
const base32Of = (bytes: Uint8Array): string => {
  let text = '';
  for (let bit = 0; bit < 8 * bytes.length; bit += 5) {
    const word = readUint(bytes, bit >> 3, wordOctets);
    text += base32hex[(word >> (11 - (bit & 7))) & 31];
  }
  return text;
};

const readRrsig = (bytes: Uint8Array): Read => {
  const signer = nameAt(bytes, 18);
  return (
    signer && {
      kind: 'RRSIG',
      octets: hexOf(bytes),
      typeCovered: readUint(bytes, 0, 2),
      algorithm: readUint(bytes, 2, 1),
      labels: readUint(bytes, 3, 1),
      originalTtl: readUint(bytes, 4, 4),
      expiration: readUint(bytes, 8, 4),
      inception: readUint(bytes, 12, 4),
      keyTag: readUint(bytes, 16, 2),
      signer: signer.name,
    }
  );
};

const keyHeader = 4;

const readDnskey = (bytes: Uint8Array): Read =>
  bytes.length < keyHeader
    ? undefined
    : {
        kind: 'DNSKEY',
        octets: hexOf(bytes),
        flags: readUint(bytes, 0, 2),
        protocol: readUint(bytes, 2, 1),
        algorithm: readUint(bytes, 3, 1),
        keyTag: keyTagOf(bytes),
      };

const readDs = (bytes: Uint8Array): Read =>
  bytes.length < keyHeader
    ? undefined
    : {
        kind: 'DS',
        octets: hexOf(bytes),
        keyTag: readUint(bytes, 0, 2),
        algorithm: readUint(bytes, 2, 1),
        digestType: readUint(bytes, 3, 1),
        digest: hexOf(bytes, keyHeader),
      };

const readNsec = (bytes: Uint8Array): Read => {
  const next = nameAt(bytes, 0);
  const types = next && typesIn(bytes, next.end);
  return types && {kind: 'NSEC', octets: hexOf(bytes), next: next.name, types};
};

const saltLengthAt = 4;

const readNsec3 = (bytes: Uint8Array): Read => {
  const saltEnd = saltLengthAt + 1 + readUint(bytes, saltLengthAt, 1);
  const hashEnd = saltEnd + 1 + readUint(bytes, saltEnd, 1);
  const types = hashEnd <= bytes.length ? typesIn(bytes, hashEnd) : undefined;
  return (
    types && {
      kind: 'NSEC3',
      octets: hexOf(bytes),
      hashAlgorithm: readUint(bytes, 0, 1),
      flags: readUint(bytes, 1, 1),
      iterations: readUint(bytes, 2, 2),
      salt: hexOf(bytes, saltLengthAt + 1, saltEnd),
      nextHashed: base32Of(bytes.subarray(saltEnd + 1, hashEnd)),
      types,
    }
  );
};

const readSvcb = (bytes: Uint8Array): Read => {
  const target = nameAt(bytes, wordOctets);
  if (!target) return undefined;
  const params: SvcParam[] = [];
  for (let at = target.end; at < bytes.length; ) {
    const end = at + 4 + readUint(bytes, at + 2, 2);
    if (end > bytes.length) return undefined;
    params.push({key: readUint(bytes, at, 2), value: hexOf(bytes, at + 4, end)});
    at = end;
  }
  const priority = readUint(bytes, 0, 2);
  return {kind: 'SVCB', octets: hexOf(bytes), priority, target: target.name, params};
};

const readers: ReadonlyMap<number, (bytes: Uint8Array) => Read> = new Map([
  [RecordType.RRSIG, readRrsig],
  [RecordType.DNSKEY, readDnskey],
  [RecordType.DS, readDs],
  [RecordType.NSEC, readNsec],
  [RecordType.NSEC3, readNsec3],
  [RecordType.SVCB, readSvcb],
]);

/** Decodes `bytes`, the RDATA of a record of this type; undefined if the type is not read here, or the RDATA violates its RFC. */
export const readYoung = (type: number, bytes: Uint8Array): Read => readers.get(type)?.(bytes);
