// Dissects the RDATA of DNSSEC records (RFC 4034, RFC 5155 §3) and of SVCB and HTTPS (RFC 9460 §2.2) as inspector rows with Wireshark's
// names.
import {nameRow, type Place} from './dissect-name.ts';
import {bytesField, computed, numberField} from './dissect-step.ts';
import type {RData} from './dns/message.ts';
import {SvcKey} from './dns/registry.ts';
import {typeBits} from './dns/young-rdata.ts';
import {momentOf, monthNames} from './http/calendar.ts';
import {formatIpv4, formatIpv6} from './ip-address.ts';
import type {Field} from './layer.ts';
import {hexNumber, readUint} from './octets.ts';
import {decodeUtf8} from './utf8.ts';

type YoungData = Exclude<Extract<RData, {readonly octets: string}>, {readonly kind: 'raw'}>;

/**
 * Returns an inspector row for four octets that are seconds since 1970, printed as Wireshark does: `Dec 21, 2026 08:53:20.000000000 UTC`.
 */
const timeRow = (name: string, bytes: Uint8Array, start: number): Field => {
  const {year, month, day, hour, minute, second} = momentOf(readUint(bytes, start, 4) * 1_000_000);
  const clock = [hour, minute, second].map((value) => String(value).padStart(2, '0')).join(':');
  const date = `${monthNames[month - 1]} ${String(day).padStart(2)}, ${year}`;
  return {name, value: `${date} ${clock}.000000000 UTC`, start, end: start + 4};
};

const rrsigRows = (bytes: Uint8Array, {start, end}: Place): Field[] => {
  const signer = nameRow('dns.rrsig.signers_name', bytes, {start: start + 18, end});
  return [
    numberField('dns.rrsig.type_covered', bytes, start, 2),
    numberField('dns.rrsig.algorithm', bytes, start + 2, 1),
    numberField('dns.rrsig.labels', bytes, start + 3, 1),
    numberField('dns.rrsig.original_ttl', bytes, start + 4, 4),
    timeRow('dns.rrsig.signature_expiration', bytes, start + 8),
    timeRow('dns.rrsig.signature_inception', bytes, start + 12),
    numberField('dns.rrsig.key_tag', bytes, start + 16, 2),
    signer,
    bytesField('dns.rrsig.signature', bytes, signer.end, end),
  ];
};

const hexRow = (name: string, value: number, {start, end}: Place): Field => ({
  name,
  value: hexNumber(value, 4),
  start,
  end,
});

/** The names and bit positions of a DNSKEY record's flags (RFC 4034 §2.1.1, RFC 5011 §3). */
const keyFlags = [
  ['zone_key', 8],
  ['key_revoked', 7],
  ['secure_entry_point', 0],
] as const;

const dnskeyRows = (bytes: Uint8Array, {start, end}: Place, keyTag: number): Field[] => {
  const flags = readUint(bytes, start, 2);
  const place = {start, end: start + 2};
  return [
    hexRow('dns.dnskey.flags', flags, place),
    ...keyFlags.map(([name, bit]) => ({
      name: `dns.dnskey.flags.${name}`,
      value: String((flags >> bit) & 1),
      ...place,
    })),
    hexRow('dns.dnskey.flags.reserved', flags & 0xfe7e, place),
    numberField('dns.dnskey.protocol', bytes, start + 2, 1),
    numberField('dns.dnskey.algorithm', bytes, start + 3, 1),
    computed('dns.dnskey.key_id', keyTag, start + 4),
    bytesField('dns.dnskey.public_key', bytes, start + 4, end),
  ];
};

const dsRows = (bytes: Uint8Array, {start, end}: Place): Field[] => [
  hexRow('dns.ds.key_id', readUint(bytes, start, 2), {start, end: start + 2}),
  numberField('dns.ds.algorithm', bytes, start + 2, 1),
  numberField('dns.ds.digest_type', bytes, start + 3, 1),
  bytesField('dns.ds.digest', bytes, start + 4, end),
];

const typeRows = (bytes: Uint8Array, {start, end}: Place): Field[] =>
  (typeBits(bytes.subarray(0, end), start) ?? []).map(({type, at}) => ({
    ...{name: 'dns.resp.type', value: String(type), start: at, end: at + 1},
  }));

const nsecRows = (bytes: Uint8Array, place: Place): Field[] => {
  const next = nameRow('dns.nsec.next_domain_name', bytes, place);
  return [next, ...typeRows(bytes, {start: next.end, end: place.end})];
};

const nsec3Rows = (bytes: Uint8Array, {start, end}: Place, nextHashed: string): Field[] => {
  const saltEnd = start + 5 + readUint(bytes, start + 4, 1);
  const hashEnd = saltEnd + 1 + readUint(bytes, saltEnd, 1);
  const optOut = String(readUint(bytes, start + 1, 1) & 1);
  return [
    numberField('dns.nsec3.algo', bytes, start, 1),
    numberField('dns.nsec3.flags', bytes, start + 1, 1),
    {name: 'dns.nsec3.flags.opt_out', value: optOut, start: start + 1, end: start + 2},
    numberField('dns.nsec3.iterations', bytes, start + 2, 2),
    numberField('dns.nsec3.salt_length', bytes, start + 4, 1),
    ...(saltEnd > start + 5 ? [bytesField('dns.nsec3.salt_value', bytes, start + 5, saltEnd)] : []),
    numberField('dns.nsec3.hash_length', bytes, saltEnd, 1),
    {name: 'dns.nsec3.hash_value', value: nextHashed, start: saltEnd + 1, end: hashEnd},
    ...typeRows(bytes, {start: hashEnd, end}),
  ];
};

/** Returns an inspector row for each IP address in an SVCB hint; an address has `size` octets. */
const addressRows = (name: string, bytes: Uint8Array, {start, end}: Place, size: 4 | 16): Field[] => {
  const rows: Field[] = [];
  for (let at = start; at + size <= end; at += size)
    rows.push({name, value: (size === 4 ? formatIpv4 : formatIpv6)(bytes, at), start: at, end: at + size});
  return rows;
};

const protocolRows = (bytes: Uint8Array, {start, end}: Place): Field[] => {
  const rows: Field[] = [];
  for (let at = start; at < end; at += 1 + (bytes[at] ?? 0)) {
    const next = Math.min(end, at + 1 + (bytes[at] ?? 0));
    const value = decodeUtf8(bytes.subarray(at + 1, next));
    rows.push(numberField('dns.svcb.svcparam.alpn.length', bytes, at, 1));
    rows.push({name: 'dns.svcb.svcparam.alpn', value, start: at + 1, end: next});
  }
  return rows;
};

const valueRows = (key: number, bytes: Uint8Array, place: Place): Field[] => {
  const {start, end} = place;
  switch (key) {
    case SvcKey.mandatory:
      return Array.from({length: (end - start) >> 1}, (_, index) =>
        numberField('dns.svcb.svcparam.mandatory.key', bytes, start + 2 * index, 2),
      );
    case SvcKey.alpn:
      return protocolRows(bytes, place);
    case SvcKey.port:
      return end - start === 2 ? [numberField('dns.svcb.svcparam.port', bytes, start, 2)] : [];
    case SvcKey.ipv4hint:
      return addressRows('dns.svcb.svcparam.ipv4hint.ip', bytes, place, 4);
    case SvcKey.ipv6hint:
      return addressRows('dns.svcb.svcparam.ipv6hint.ip', bytes, place, 16);
    case SvcKey.ech:
      return [bytesField('dns.svcb.svcparam.echconfig', bytes, start, end)];
    default:
      return start < end ? [bytesField('dns.svcb.svcparam.value', bytes, start, end)] : [];
  }
};

const svcbRows = (bytes: Uint8Array, {start, end}: Place): Field[] => {
  const target = nameRow('dns.svcb.targetname', bytes, {start: start + 2, end});
  const rows = [numberField('dns.svcb.svcpriority', bytes, start, 2), target];
  for (let at = target.end; at + 4 <= end; at += 4 + readUint(bytes, at + 2, 2)) {
    const value = {start: at + 4, end: Math.min(end, at + 4 + readUint(bytes, at + 2, 2))};
    rows.push(numberField('dns.svcb.svcparam.key', bytes, at, 2));
    rows.push(numberField('dns.svcb.svcparam.value.length', bytes, at + 2, 2));
    rows.push(...valueRows(readUint(bytes, at, 2), bytes, value));
  }
  return rows;
};

/** Returns the inspector rows of RDATA of DNSSEC, SVCB or HTTPS. It was decoded as `data`, so its form is known to be valid. */
export const youngRows = (bytes: Uint8Array, place: Place, data: YoungData): Field[] => {
  switch (data.kind) {
    case 'RRSIG':
      return rrsigRows(bytes, place);
    case 'DNSKEY':
      return dnskeyRows(bytes, place, data.keyTag);
    case 'DS':
      return dsRows(bytes, place);
    case 'NSEC':
      return nsecRows(bytes, place);
    case 'NSEC3':
      return nsec3Rows(bytes, place, data.nextHashed);
    case 'SVCB':
      return svcbRows(bytes, place);
  }
};
