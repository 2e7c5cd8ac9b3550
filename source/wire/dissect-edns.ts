// Dissects EDNS options as inspector rows with Wireshark's names (RFC 6891 §6.1.2): cookies (RFC 7873 §4), client subnets (RFC 7871 §6),
// keep-alive (RFC 7828 §3.1), padding (RFC 7830 §3), errors (RFC 8914 §2).
import type {Place} from './dissect-name.ts';
import {bytesField, computed, numberField} from './dissect-step.ts';
import {EdnsOption} from './dns/registry.ts';
import {formatIpv4, formatIpv6} from './ip-address.ts';
import type {Field} from './layer.ts';
import {readUint} from './octets.ts';
import {decodeUtf8} from './utf8.ts';

const clientCookieOctets = 8;

const cookieRows = (bytes: Uint8Array, {start, end}: Place): readonly Field[] => {
  const clientEnd = Math.min(end, start + clientCookieOctets);
  const server =
    clientEnd < end
      ? bytesField('dns.opt.cookie.server', bytes, clientEnd, end)
      : computed('dns.opt.cookie.server', '<MISSING>', end);
  return [bytesField('dns.opt.cookie.client', bytes, start, clientEnd), server];
};

const errorRows = (bytes: Uint8Array, {start, end}: Place): readonly Field[] => {
  const text = {name: 'dns.opt.ext_error.extra_text', start: start + 2, end};
  return [
    numberField('dns.opt.ext_error.info_code', bytes, start, 2),
    ...(start + 2 < end ? [{...text, value: decodeUtf8(bytes.subarray(start + 2, end))}] : []),
  ];
};

/**
 * Returns the inspector row of the address in an EDNS Client Subnet option, which contains only as many octets as the prefix needs; the
 * others are shown as 0.
 */
const addressRow = (bytes: Uint8Array, start: number, end: number, family: number): Field => {
  const whole = new Uint8Array(16);
  whole.set(bytes.subarray(start, Math.min(end, start + 16)));
  return family === 1
    ? {name: 'dns.opt.client.addr4', value: formatIpv4(whole, 0), start, end}
    : {name: 'dns.opt.client.addr6', value: formatIpv6(whole, 0), start, end};
};

const subnetRows = (bytes: Uint8Array, {start, end}: Place): readonly Field[] => {
  const family = readUint(bytes, start, 2);
  return [
    numberField('dns.opt.client.family', bytes, start, 2),
    numberField('dns.opt.client.netmask', bytes, start + 2, 1),
    numberField('dns.opt.client.scope', bytes, start + 3, 1),
    ...((family === 1 || family === 2) && start + 4 < end ? [addressRow(bytes, start + 4, end, family)] : []),
  ];
};

type Reader = {readonly least: number; readonly rows: (bytes: Uint8Array, place: Place) => readonly Field[]};

/**
 * Maps the code of an EDNS option to the function that returns its inspector rows; `least` is the number of octets that the option must
 * have for that.
 */
const readers: ReadonlyMap<number, Reader> = new Map([
  [EdnsOption.COOKIE, {least: 1, rows: cookieRows}],
  [EdnsOption.EDE, {least: 2, rows: errorRows}],
  [EdnsOption.ECS, {least: 4, rows: subnetRows}],
  [
    EdnsOption.KEEPALIVE,
    {
      least: 2,
      rows: (bytes, {start}) => [numberField('dns.opt.edns_tcp_keepalive.timeout', bytes, start, 2)],
    },
  ],
  [
    EdnsOption.PADDING,
    {least: 1, rows: (bytes, {start, end}) => [bytesField('dns.opt.padding', bytes, start, end)]},
  ],
]);

export const optionRows = (bytes: Uint8Array, {start, end}: Place): Field[] => {
  const rows: Field[] = [];
  for (let at = start; at < end; at += 4 + readUint(bytes, at + 2, 2)) {
    const data = {start: at + 4, end: at + 4 + readUint(bytes, at + 2, 2)};
    rows.push(numberField('dns.opt.code', bytes, at, 2), numberField('dns.opt.len', bytes, at + 2, 2));
    if (data.end === data.start) continue;
    rows.push(bytesField('dns.opt.data', bytes, data.start, data.end));
    const reader = readers.get(readUint(bytes, at, 2));
    if (reader && data.end - data.start >= reader.least) rows.push(...reader.rows(bytes, data));
  }
  return rows;
};
