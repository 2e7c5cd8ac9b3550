// Dissects ICMP and ICMPv6 messages as inspector layers (RFC 792, RFC 4443, RFC 4861 §4).
import {bytesField, computed, insertAfter, layerOf, type Next, type Step} from './dissect-step.ts';
import {type Carried, checksumStatus} from './dissect-transport.ts';
import {ICMP_SIZE, icmpHeaders} from './icmp.ts';
import {formatIpv4, formatIpv6} from './ip-address.ts';
import type {Field} from './layer.ts';
import {layout, octets, part, uint} from './layout.ts';
import {hexNumber, hexOf, readUint} from './octets.ts';

type Reader = (bytes: Uint8Array, start: number, end: number) => Field[];

const number =
  (name: string, at: number, size: number, hex = 0): Reader =>
  (bytes, start) => {
    const value = readUint(bytes, start + at, size);
    return [
      {name, value: hex ? hexNumber(value, hex) : String(value), start: start + at, end: start + at + size},
    ];
  };

const raw =
  (name: string, at: number, size: number): Reader =>
  (bytes, start) => [bytesField(name, bytes, start + at, start + at + size)];

const all =
  (...readers: readonly Reader[]): Reader =>
  (bytes, start, end) =>
    readers.flatMap((read) => read(bytes, start, end)).filter((field) => field.end <= end);

/** Returns the inspector row of an ICMP identifier or sequence number read in little-endian order, which some senders use. */
const swapped =
  (name: string, at: number): Reader =>
  (bytes, start) => {
    const value = readUint(bytes, start + at, 1) + 256 * readUint(bytes, start + at + 1, 1);
    return [{name, value: String(value), start: start + at, end: start + at + 2}];
  };

const identified = all(
  number('icmp.ident', 4, 2),
  swapped('icmp.ident_le', 4),
  number('icmp.seq', 6, 2),
  swapped('icmp.seq_le', 6),
);

const gateway: Reader = (bytes, start) => [
  {name: 'icmp.redir_gw', value: formatIpv4(bytes, start + 4), start: start + 4, end: start + 8},
];

const unreachable: Reader = (bytes, start) =>
  readUint(bytes, start + 1, 1) === 4
    ? all(raw('icmp.unused', 4, 2), number('icmp.mtu', 6, 2))(bytes, start, start + ICMP_SIZE)
    : raw('icmp.unused', 4, 4)(bytes, start, start + ICMP_SIZE);

/**
 * How an ICMP message of one type is dissected: the rows after its header, and whether a packet, data or only these rows follow its first
 * eight octets.
 */
type Kind = {readonly rows: Reader; readonly carries: 'packet' | 'data' | 'rows'};

const icmpKinds: ReadonlyMap<number, Kind> = new Map([
  [0, {rows: identified, carries: 'data'}],
  [3, {rows: unreachable, carries: 'packet'}],
  [5, {rows: gateway, carries: 'packet'}],
  [8, {rows: identified, carries: 'data'}],
  [11, {rows: raw('icmp.unused', 4, 4), carries: 'packet'}],
  [12, {rows: all(number('icmp.pointer', 4, 1), raw('icmp.unused', 5, 3)), carries: 'packet'}],
  [
    13,
    {
      rows: all(
        identified,
        number('icmp.originate_timestamp', 8, 4),
        number('icmp.receive_timestamp', 12, 4),
        number('icmp.transmit_timestamp', 16, 4),
      ),
      carries: 'rows',
    },
  ],
]);

const address =
  (name: string): Reader =>
  (bytes, start) => [{name, value: formatIpv6(bytes, start + 8), start: start + 8, end: start + 24}];

/** The field table of a router advertisement (RFC 4861 §4.2). */
const advertisement = layout('icmpv6', [
  octets('head', 4),
  uint('hopLimit', 8, 'icmpv6.nd.ra.cur_hop_limit'),
  uint('flags', 8, 'icmpv6.nd.ra.flag', {
    hex: 2,
    parts: [part('icmpv6.nd.ra.flag.m', 7), part('icmpv6.nd.ra.flag.o', 6)],
  }),
  uint('lifetime', 16, 'icmpv6.nd.ra.router_lifetime'),
  uint('reachable', 32, 'icmpv6.nd.ra.reachable_time'),
  uint('retrans', 32, 'icmpv6.nd.ra.retrans_timer'),
]);

/** The field table of the flags in a neighbour advertisement (RFC 4861 §4.4). */
const neighbourFlags = layout('icmpv6', [
  octets('head', 4),
  uint('flags', 32, 'icmpv6.nd.na.flag', {
    hex: 8,
    parts: [
      part('icmpv6.nd.na.flag.r', 31),
      part('icmpv6.nd.na.flag.s', 30),
      part('icmpv6.nd.na.flag.o', 29),
      part('icmpv6.nd.na.flag.rsv', 0, 29),
    ],
  }),
]);

const linkAddress = (bytes: Uint8Array, start: number, end: number): Field => ({
  name: 'icmpv6.opt.linkaddr',
  value: hexOf(bytes, start, end, ':'),
  start,
  end,
});

/**
 * Returns a reader of the options in a neighbour discovery message, from offset `from` on: type, length in units of eight octets, value
 * (RFC 4861 §4.6).
 */
const options =
  (from: number): Reader =>
  (bytes, start, end) => {
    const rows: Field[] = [];
    let at = start + from;
    while (at + 8 <= end) {
      const length = 8 * readUint(bytes, at + 1, 1);
      if (length === 0 || at + length > end) break;
      const type = readUint(bytes, at, 1);
      rows.push(
        ...number('icmpv6.opt.type', 0, 1)(bytes, at, end),
        ...number('icmpv6.opt.length', 1, 1)(bytes, at, end),
      );
      if (type === 1 || type === 2) rows.push(linkAddress(bytes, at + 2, at + length));
      if (type === 5) rows.push(...number('icmpv6.opt.mtu', 4, 4)(bytes, at, end));
      at += length;
    }
    return rows;
  };

const echo = all(number('icmpv6.echo.identifier', 4, 2, 4), number('icmpv6.echo.sequence_number', 6, 2));
const reserved = raw('icmpv6.reserved', 4, 4);

const icmpv6Kinds: ReadonlyMap<number, Kind> = new Map([
  [1, {rows: reserved, carries: 'packet'}],
  [2, {rows: number('icmpv6.mtu', 4, 4), carries: 'packet'}],
  [3, {rows: reserved, carries: 'packet'}],
  [4, {rows: number('icmpv6.pointer', 4, 4), carries: 'packet'}],
  [128, {rows: echo, carries: 'data'}],
  [129, {rows: echo, carries: 'data'}],
  [133, {rows: all(reserved, options(8)), carries: 'rows'}],
  [134, {rows: all((b, s, e) => advertisement.rows(b, s, e), options(16)), carries: 'rows'}],
  [135, {rows: all(reserved, address('icmpv6.nd.ns.target_address'), options(24)), carries: 'rows'}],
  [
    136,
    {
      rows: all(
        (b, s, e) => neighbourFlags.rows(b, s, e),
        address('icmpv6.nd.na.target_address'),
        options(24),
      ),
      carries: 'rows',
    },
  ],
  // ICMPv6 type 143: multicast listener reports of MLDv2 (RFC 3810 §5.2).
  [
    143,
    {rows: all(raw('icmpv6.reserved', 4, 2), number('icmpv6.mldr.nb_mcast_records', 6, 2)), carries: 'rows'},
  ],
]);

const dissectMessage =
  (protocol: 'icmp' | 'icmpv6', number: number, kinds: ReadonlyMap<number, Kind>) =>
  (carried: Carried): Step => {
    const {bytes, start, end, wireEnd, quoted} = carried;
    const table = icmpHeaders[protocol];
    const rows = table.rows(bytes, start, end);
    if (start + ICMP_SIZE > end)
      return {layers: [layerOf(protocol, carried, rows)], problem: `${protocol}:short`};
    const status = checksumStatus(carried, number, wireEnd - start);
    const head = insertAfter(
      rows,
      `${protocol}.checksum`,
      computed(`${protocol}.checksum.status`, status, start + 2),
    );
    const kind = kinds.get(table.read(bytes, start).type);
    const fields = [...head, ...(kind?.rows(bytes, start, end) ?? [])];
    const after = start + ICMP_SIZE;
    const whole = kind === undefined || kind.carries === 'rows';
    const layers = [layerOf(protocol, {...carried, end: whole ? end : after}, fields)];
    if (whole || after >= end) return {layers};
    // The content of a message that is itself quoted stays data: hosts send no error about an error (RFC 1122 §3.2.2).
    const isPacket = kind.carries === 'packet' && !quoted;
    const next: Next = {...carried, start: after, quoted: quoted || isPacket, as: isPacket ? 'ip' : 'data'};
    return {layers, next};
  };

export const messages = {
  icmp: dissectMessage('icmp', 1, icmpKinds),
  icmpv6: dissectMessage('icmpv6', 58, icmpv6Kinds),
};
