// Dissects DHCP for IPv4 as an inspector layer, under Wireshark's names (RFC 2131 §2; options: RFC 2132).
import {bytesField, layerOf, numberField, type Step, type Stretch} from './dissect-step.ts';
import {formatIpv4} from './ip-address.ts';
import type {Field} from './layer.ts';
import {ipv4, layout, mac, octets, part, uint} from './layout.ts';
import {decodeUtf8} from './utf8.ts';

const header = layout('dhcp', [
  uint('operation', 8, 'dhcp.type'),
  uint('hardware', 8, 'dhcp.hw.type', {hex: 2}),
  uint('hardwareLength', 8, 'dhcp.hw.len'),
  uint('hops', 8, 'dhcp.hops'),
  uint('xid', 32, 'dhcp.id', {hex: 8}),
  uint('seconds', 16, 'dhcp.secs'),
  uint('flags', 16, 'dhcp.flags', {hex: 4, parts: [part('dhcp.flags.bc', 15)]}),
  ipv4('client', 'dhcp.ip.client'),
  ipv4('your', 'dhcp.ip.your'),
  ipv4('server', 'dhcp.ip.server'),
  ipv4('relay', 'dhcp.ip.relay'),
  mac('address', 'dhcp.hw.mac_addr'),
  octets('padding', 10),
  octets('serverName', 64),
  octets('file', 128),
  ipv4('cookie', 'dhcp.cookie'),
]);

type Kind = 'address' | 'number' | 'text' | 'list';

/** Maps the code of a DHCP option to its name in Wireshark and the kind of its value. */
const options: ReadonlyMap<number, readonly [name: string, kind: Kind]> = new Map([
  [1, ['subnet_mask', 'address']],
  [3, ['router', 'address']],
  [6, ['domain_name_server', 'address']],
  [12, ['hostname', 'text']],
  [15, ['domain_name', 'text']],
  [28, ['broadcast_address', 'address']],
  [50, ['requested_ip_address', 'address']],
  [51, ['ip_address_lease_time', 'number']],
  [53, ['dhcp', 'number']],
  [54, ['dhcp_server_id', 'address']],
  [55, ['request_list_item', 'list']],
  [57, ['dhcp_max_message_size', 'number']],
  [58, ['renewal_time_value', 'number']],
  [59, ['rebinding_time_value', 'number']],
  [60, ['vendor_class_id', 'text']],
]);

const pad = 0;
const last = 255;
const optionHeader = 2;

const addressRows = (name: string, bytes: Uint8Array, start: number, end: number): readonly Field[] => {
  const rows: Field[] = [];
  for (let at = start; at + 4 <= end; at += 4)
    rows.push({name, value: formatIpv4(bytes, at), start: at, end: at + 4});
  return rows;
};

const valueRows = (code: number, bytes: Uint8Array, start: number, end: number): readonly Field[] => {
  const [called, kind] = options.get(code) ?? [];
  const name = `dhcp.option.${called}`;
  switch (kind) {
    case 'address':
      return addressRows(name, bytes, start, end);
    case 'number':
      return end > start && end - start <= 4 ? [numberField(name, bytes, start, end - start)] : [];
    case 'text':
      return [{name, value: decodeUtf8(bytes.subarray(start, end)), start, end}];
    case 'list':
      return Array.from({length: end - start}, (_, index) => numberField(name, bytes, start + index, 1));
    case undefined:
      return [];
  }
};

/** Returns the inspector rows of a DHCP message's options up to the end option; an option cut by the end of the message is left out. */
const optionRows = (bytes: Uint8Array, start: number, end: number): readonly Field[] => {
  const rows: Field[] = [];
  for (let at = start; at < end; ) {
    const code = bytes[at] ?? 0;
    if (code === pad) {
      at += 1;
      continue;
    }
    rows.push(numberField('dhcp.option.type', bytes, at, 1));
    if (code === last) return [...rows, numberField('dhcp.option.end', bytes, at, 1)];
    const from = at + optionHeader;
    const until = from + (bytes[at + 1] ?? 0);
    if (from > end || until > end) break;
    rows.push(numberField('dhcp.option.length', bytes, at + 1, 1));
    if (until > from) rows.push(bytesField('dhcp.option.value', bytes, from, until));
    rows.push(...valueRows(code, bytes, from, until));
    at = until;
  }
  return rows;
};

export const dissectDhcp = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const rows = header.rows(bytes, start, end);
  const optionsAt = start + header.size;
  if (optionsAt > end) return {layers: [layerOf('dhcp', stretch, rows)], problem: 'dhcp:short'};
  return {layers: [layerOf('dhcp', stretch, [...rows, ...optionRows(bytes, optionsAt, end)])]};
};
