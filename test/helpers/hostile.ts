// A capture whose every text is an attack: on terminals, markup, Mermaid, tables. As a file's octets, and as a Trace.
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {emptyRope, ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import {TcpFlag, type TcpSegment} from '../../source/wire/tcp.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {readBytes} from '../wire/captures.ts';

/** No spaces or line ends: each is a request target, too. */
const attacks = [
  '\u001b[31mred\u001b]0;title\u0007',
  '\u202eexe.txt\u2066\u200b\ufeff',
  '<script>alert(1)</script><img/src=x/onerror=alert(2)>',
  '</script><!--]]>&amp;',
  '";end;%%{init:{}}%%#59;#|`|',
  "style:#x;classDef:#y;'\\",
  '\u0000\u0085\u009b31m\u2028\u2029',
  '[link](javascript:alert(3))**bold**',
];

const ends = {src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02'} as const;
const ip = {
  version: 4,
  src: '192.0.2.1',
  dst: '192.0.2.2',
  ttl: 64,
  id: 1,
  dontFragment: true,
  trafficClass: 0,
} as const;

/** HTTP requests and name queries; the octets of a name are whatever somebody sends. */
export const hostilePcap = (): Uint8Array => {
  const frames = attacks.flatMap((attack, index) => {
    const octets = encodeUtf8(attack);
    const payload = encodeUtf8(`GET /${attack} HTTP/1.1\r\nHost: ${attack}\r\nX-${index}: ${attack}\r\n\r\n`);
    const syn = {
      srcPort: 40_000 + index,
      dstPort: 80,
      seq: seq(0),
      ack: seq(0),
      flags: TcpFlag.SYN,
      window: 1000,
      urgent: 0,
      options: [],
      payload: emptyRope,
    } satisfies TcpSegment;
    const flags = TcpFlag.PSH | TcpFlag.ACK;
    const segment = {...syn, flags, seq: seq(1), ack: seq(1), payload: ropeFromBytes(payload)};
    const query = new Uint8Array([
      ...[0, index, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0],
      ...[Math.min(63, octets.length), ...octets.slice(0, 63)],
      ...[0, 0, 1, 0, 1],
    ]);
    const datagram = {srcPort: 5000, dstPort: 53, payload: ropeFromBytes(query)};
    return [
      {...ip, transport: {kind: 'tcp', segment: syn}} as const,
      {...ip, transport: {kind: 'tcp', segment}} as const,
      {...ip, transport: {kind: 'udp', datagram}} as const,
    ];
  });
  const records = frames.map((packet, index) => {
    const bytes = encodeFrame({...ends, payload: {kind: 'ip', packet}});
    return {atUs: index * 1000, bytes, originalLength: bytes.length};
  });
  return Buffer.concat([...encodePcap(1, records)]);
};

export const hostileTrace = (): Trace => {
  const file = hostilePcap();
  const index = new CaptureIndex();
  for (const record of readBytes(file).records) index.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  const source = 'a"b<i>\u001b[31m#;%%.pcap';
  return index.trace({source, sourceDigest: '', read});
};

/** Controls beside line ends and tabs, and what reorders or hides text. */
export const harmful =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;
