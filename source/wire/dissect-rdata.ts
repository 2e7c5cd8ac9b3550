// Dissects the RDATA of DNS records as inspector rows with Wireshark's names (RFC 1035 §3.3, RFC 3596 §2.2, RFC 2782, RFC 6672 §2.1).
import {optionRows} from './dissect-edns.ts';
import {nameRow, type Place} from './dissect-name.ts';
import {bytesField, numberField} from './dissect-step.ts';
import {youngRows} from './dissect-young-rdata.ts';
import type {RData} from './dns/message.ts';
import type {PlacedRecord} from './dns/walk.ts';
import type {Field} from './layer.ts';

import {decodeUtf8} from './utf8.ts';

const soaNumbers = ['serial_number', 'refresh_interval', 'retry_interval', 'expire_limit', 'minimum_ttl'];

const soaRows = (bytes: Uint8Array, place: Place): Field[] => {
  const mname = nameRow('dns.soa.mname', bytes, place);
  const rname = nameRow('dns.soa.rname', bytes, {start: mname.end, end: place.end});
  const numbers = soaNumbers.map((name, index) =>
    numberField(`dns.soa.${name}`, bytes, rname.end + 4 * index, 4),
  );
  return [mname, rname, ...numbers];
};

const txtRows = (bytes: Uint8Array, {start, end}: Place): Field[] => {
  const rows: Field[] = [];
  for (let at = start; at < end; at += 1 + (bytes[at] ?? 0)) {
    const next = at + 1 + (bytes[at] ?? 0);
    const value = decodeUtf8(bytes.subarray(at + 1, next));
    rows.push(numberField('dns.txt.length', bytes, at, 1), {
      name: 'dns.txt',
      value,
      start: at + 1,
      end: next,
    });
  }
  return rows;
};

const srvRows = (bytes: Uint8Array, {start, end}: Place): Field[] => [
  numberField('dns.srv.priority', bytes, start, 2),
  numberField('dns.srv.weight', bytes, start + 2, 2),
  numberField('dns.srv.port', bytes, start + 4, 2),
  nameRow('dns.srv.target', bytes, {start: start + 6, end}),
];

const rowsOf = (kind: RData['kind'], bytes: Uint8Array, place: Place): Field[] => {
  const {start, end} = place;
  switch (kind) {
    case 'NS':
      return [nameRow('dns.ns', bytes, place)];
    case 'CNAME':
      return [nameRow('dns.cname', bytes, place)];
    case 'DNAME':
      return [nameRow('dns.dname', bytes, place)];
    case 'PTR':
      return [nameRow('dns.ptr.domain_name', bytes, place)];
    case 'MX':
      return [
        numberField('dns.mx.preference', bytes, start, 2),
        nameRow('dns.mx.mail_exchange', bytes, {start: start + 2, end}),
      ];
    case 'SOA':
      return soaRows(bytes, place);
    case 'TXT':
      return txtRows(bytes, place);
    case 'SRV':
      return srvRows(bytes, place);
    case 'OPT':
      return optionRows(bytes, place);
    default:
      return start < end ? [bytesField('dns.data', bytes, start, end)] : [];
  }
};

/** Returns the inspector rows of a DNS record's RDATA; `bytes` is the whole message that contains the record. */
export const rdataRows = (bytes: Uint8Array, {dataStart: start, end, record}: PlacedRecord): Field[] => {
  const {data} = record;
  if ('octets' in data && data.kind !== 'raw') return youngRows(bytes, {start, end}, data);
  if (data.kind === 'A') return [{name: 'dns.a', value: data.address, start, end}];
  if (data.kind === 'AAAA') return [{name: 'dns.aaaa', value: data.address, start, end}];
  return rowsOf(data.kind, bytes, {start, end});
};
