// Dissects DNS messages as inspector layers: the one in a UDP datagram, and those that a TCP segment contains completely (RFC 1035 §4.1,
// §4.2).

import {rdataRows} from './dissect-rdata.ts';
import {bytesField, computed, layerOf, numberField, type Step, type Stretch} from './dissect-step.ts';
import {displayName} from './dns/display.ts';
import {dnsHeader} from './dns/header.ts';
import {type DnsName, labelsOf, nameOctets, rootName} from './dns/name.ts';
import {RecordType} from './dns/registry.ts';
import {type PlacedQuestion, type PlacedRecord, walkDns} from './dns/walk.ts';
import type {Field, Layer} from './layer.ts';
import {hexNumber, readUint} from './octets.ts';
import type {WireError} from './wire-error.ts';

const lengthOctets = 2;

const responseOnly = ['dns.flags.authoritative', 'dns.flags.recavail', 'dns.flags.rcode'];

/** Returns the inspector rows of a DNS message's header. A query has no AA, RA and RCODE; its AD is shown if it is set (RFC 6840 §5.7). */
const headerRows = (bytes: Uint8Array, start: number, end: number): readonly Field[] => {
  const rows = dnsHeader.rows(bytes, start, end);
  if (rows.some(({name, value}) => name === 'dns.flags.response' && value === '1')) return rows;
  return rows.filter(
    ({name, value}) => !responseOnly.includes(name) && !(name === 'dns.flags.authenticated' && value === '0'),
  );
};

/** Returns an inspector row whose value is two octets as four hexadecimal digits. */
const hexWord = (name: string, bytes: Uint8Array, start: number): Field => ({
  name,
  value: hexNumber(readUint(bytes, start, 2), 4),
  start,
  end: start + 2,
});

/** Returns the length of a domain name as Wireshark prints it, in octets: without the final dot, 6 for `<Root>`. */
const lengthOf = (name: DnsName): number =>
  name === rootName ? displayName(name).length : nameOctets(name) - 2;

const questionRows = (bytes: Uint8Array, {start, nameEnd, question}: PlacedQuestion): Field[] => {
  return [
    {name: 'dns.qry.name', value: displayName(question.name), start, end: nameEnd},
    computed('dns.qry.name.len', lengthOf(question.name), start),
    // Wireshark counts the root domain name as one label.
    computed('dns.count.labels', Math.max(1, labelsOf(question.name).length), start),
    numberField('dns.qry.type', bytes, nameEnd, 2),
    hexWord('dns.qry.class', bytes, nameEnd + 2),
  ];
};

/** Returns the inspector rows of an OPT record, whose CLASS and TTL fields have another meaning than in other records (RFC 6891 §6.1.3). */
const optRows = (bytes: Uint8Array, at: number): Field[] => {
  const flags = readUint(bytes, at + 6, 2);
  const reserved = flags & 0x7fff;
  const place = {start: at + 6, end: at + 8};
  return [
    numberField('dns.rr.udp_payload_size', bytes, at + 2, 2),
    {
      name: 'dns.resp.ext_rcode',
      value: hexNumber(readUint(bytes, at + 4, 1), 2),
      start: at + 4,
      end: at + 5,
    },
    numberField('dns.resp.edns0_version', bytes, at + 5, 1),
    hexWord('dns.resp.z', bytes, at + 6),
    {name: 'dns.resp.z.do', value: String(flags >> 15), ...place},
    {name: 'dns.resp.z.reserved', value: hexNumber(reserved, 4), ...place},
  ];
};

const classRows = (bytes: Uint8Array, at: number): Field[] => [
  hexWord('dns.resp.class', bytes, at + 2),
  numberField('dns.resp.ttl', bytes, at + 4, 4),
];

const recordRows = (bytes: Uint8Array, placed: PlacedRecord): Field[] => {
  const {start, nameEnd: at, record} = placed;
  return [
    {name: 'dns.resp.name', value: displayName(record.name), start, end: at},
    numberField('dns.resp.type', bytes, at, 2),
    ...(record.type === RecordType.OPT ? optRows(bytes, at) : classRows(bytes, at)),
    numberField('dns.resp.len', bytes, at + 8, 2),
    ...rdataRows(bytes, placed),
  ];
};

const problemOf = (error: WireError): string =>
  error.code === 'malformed' ? `dns:${error.field}` : 'dns:short';

/** Dissects one DNS message in `stretch`; `length` is the row of the length field before it over TCP, empty over UDP. */
const messageStep = (stretch: Stretch, length: readonly Field[]): Step => {
  const {bytes, start, end} = stretch;
  const header = headerRows(bytes, start, end);
  const layer = (fields: readonly Field[]): Layer =>
    layerOf('dns', {...stretch, start: length[0]?.start ?? start}, [...length, ...fields]);
  if (start + dnsHeader.size > end) return {layers: [layer(header)], problem: 'dns:short'};
  const message = bytes.subarray(start, end);
  const walk = walkDns(message);
  const rows = [
    ...walk.questions.flatMap((one) => questionRows(message, one)),
    ...walk.records.flatMap((one) => recordRows(message, one)),
  ];
  const placed = rows.map((row) => ({...row, start: row.start + start, end: row.end + start}));
  const rest =
    walk.error && start + walk.end < end ? [bytesField('dns.data', bytes, start + walk.end, end)] : [];
  return {
    layers: [layer([...header, ...placed, ...rest])],
    ...(walk.error && {problem: problemOf(walk.error)}),
  };
};

export const dissectDns = (stretch: Stretch): Step => messageStep(stretch, []);

/** Returns the place of each DNS message in a TCP segment, after its length field; none if the segment's end cuts one of them. */
const framesIn = ({bytes, start, end, wireEnd}: Stretch): readonly {start: number; end: number}[] => {
  const frames: {start: number; end: number}[] = [];
  let at = start;
  while (at + lengthOctets + dnsHeader.size <= end) {
    const frame = {start: at + lengthOctets, end: at + lengthOctets + readUint(bytes, at, lengthOctets)};
    if (frame.end - frame.start < dnsHeader.size) return [];
    frames.push(frame);
    at = frame.end;
  }
  return at === end && end === wireEnd ? frames : [];
};

/**
 * Dissects the DNS messages of a TCP segment that consists of whole ones only; undefined for any other segment, which stays data, because
 * one packet alone does not show where a message begins.
 */
export const dissectDnsSegment = (stretch: Stretch): Step | undefined => {
  const steps = framesIn(stretch).map(({start, end}) => {
    const at = start - lengthOctets;
    return messageStep({...stretch, start, end}, [numberField('dns.length', stretch.bytes, at, 2)]);
  });
  if (steps.length === 0) return undefined;
  const problem = steps.find((step) => step.problem !== undefined)?.problem;
  return {layers: steps.flatMap(({layers}) => layers), ...(problem !== undefined && {problem})};
};
