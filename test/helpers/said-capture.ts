// A capture of one connection in which each end says what it is given, segment by segment; and a ClientHello for any site.
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import {TcpFlag} from '../../source/wire/tcp.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {traceOfFile} from './captured.ts';

/** `again`: its octets have been sent before, the last of them just now. */
export type Saying = {
  readonly by: 'client' | 'server';
  readonly bytes: Uint8Array;
  readonly again?: boolean;
};

const macs = {client: '02:00:00:00:00:01', server: '02:00:00:00:00:02'} as const;
const addresses = {client: '192.0.2.1', server: '192.0.2.2'} as const;

/** Packets 1 and 2 are SYN and SYN,ACK; saying N is packet N + 3. */
export const saidFile = (port: number, sayings: readonly Saying[]): Uint8Array => {
  const ports = {client: 40_000, server: port};
  const next = {client: 1000, server: 9000};
  const other = {client: 'server', server: 'client'} as const;
  const frame = (by: Saying['by'], flags: number, bytes: Uint8Array) => {
    const far = other[by];
    const segment = {
      ...{srcPort: ports[by], dstPort: ports[far], window: 64_000, urgent: 0, options: []},
      ...{seq: seq(next[by]), ack: seq(flags === TcpFlag.SYN ? 0 : next[far]), flags},
      payload: ropeFromBytes(bytes),
    };
    next[by] += bytes.length + (flags & TcpFlag.SYN ? 1 : 0);
    const ip = {version: 4, ttl: 64, id: 1, dontFragment: true, trafficClass: 0} as const;
    const packet = {
      ...{...ip, src: addresses[by], dst: addresses[far]},
      transport: {kind: 'tcp', segment} as const,
    };
    return encodeFrame({src: macs[by], dst: macs[far], payload: {kind: 'ip', packet}});
  };
  const none = new Uint8Array(0);
  const frames = [
    frame('client', TcpFlag.SYN, none),
    frame('server', TcpFlag.SYN | TcpFlag.ACK, none),
    ...sayings.map(({by, bytes, again}) => {
      if (again) next[by] -= bytes.length;
      return frame(by, TcpFlag.PSH | TcpFlag.ACK, bytes);
    }),
  ];
  const records = frames.map((bytes, index) => ({atUs: index * 1000, bytes, originalLength: bytes.length}));
  return Buffer.concat([...encodePcap(1, records)]);
};

export const saidCapture = (port: number, sayings: readonly Saying[]): CapturedTrace =>
  traceOfFile(saidFile(port, sayings), 'said.pcap');

/** The first `size` octets in one piece, the rest in another. */
export const cutAt = (bytes: Uint8Array, size: number): readonly Uint8Array[] => [
  bytes.subarray(0, size),
  bytes.subarray(size),
];

const octets = (value: number, size: number): readonly number[] =>
  Array.from({length: size}, (_, index) => (value >> (8 * (size - 1 - index))) & 0xff);

const vector = (size: number, inside: readonly number[]): readonly number[] => [
  ...octets(inside.length, size),
  ...inside,
];

/** TLS 1.3 with TLS 1.2 beside it: supported_versions stands behind server_name (RFC 9846 §4.3.1, RFC 6066 §3). */
export const clientHello = (site: string): Uint8Array => {
  const name = vector(2, [0, ...vector(2, [...encodeUtf8(site)])]);
  const versions = vector(1, [0x03, 0x04, 0x03, 0x03]);
  const extensions = [...octets(0, 2), ...vector(2, name), ...octets(43, 2), ...vector(2, versions)];
  const random = Array.from({length: 32}, (_, index) => index);
  const suites = vector(2, octets(0x1301, 2));
  const body = [3, 3, ...random, ...vector(1, []), ...suites, ...vector(1, [0]), ...vector(2, extensions)];
  return Uint8Array.from([22, 3, 1, ...vector(2, [1, ...vector(3, body)])]);
};
