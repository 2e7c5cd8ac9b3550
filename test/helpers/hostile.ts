// A capture whose every text is an attack: on terminals, markup, Mermaid, tables. As a file's octets, and as a Trace.
import {everywhere} from '../../source/lesson/everywhere.ts';
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
  '[sound:a.mp3][latex]\\(x\\)\\[y\\]{{c1::z}}',
  "';touch$IFS-X;#$(id)`id`",
  '\u{e0041}\u00ad\u3164\u206e\u180b\u034fx\ufe0f',
  'www.evil.example/http://evil.example',
];

/** Beside those: what cannot be in a name or a target, but in a title, a file's name, a sentence of the system. */
export const hostileTexts = [
  ...attacks,
  '',
  '-rf',
  '#deck:x',
  'two words',
  'a\tb\nc\r\nd\u000b\u000ce',
  '---\n# h',
  '    1. x',
  'A::B :: C:::D',
  '\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\',
  'half \ud83d and \ude00',
  '👩\u200d💻 ❤\ufe0f 👍🏽 🇨🇳 中文（全角）e\u0301',
  '\ufffe\uffff\ufff9\ufffb',
  'end',
  '& &amp; &#38; %41 \\x41 \\101',
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

/** A lesson in whose every text somebody tries it; both languages. As JSON, which is YAML. */
export const hostileLesson = (): string => {
  const attack =
    '\u001b[31m\u0007\u202e<script>alert(1)</script>\u009b31m\u2028\tz|`#;"\'\\end::[sound:x.mp3]\u{e0041}\n# deck';
  const text = (before: string) => everywhere({en: `${before} ${attack}`, zh: `${attack} ${before}`});
  return JSON.stringify({
    format: 1,
    id: 'hostile',
    title: text('title'),
    summary: text('summary'),
    track: 'tcp-open',
    minutes: 5,
    rfc: ['9293 §3.5'],
    script: [
      {at: '0ms', host: 'server', call: 'listen', port: 80},
      {at: '0ms', host: 'client', call: 'connect', to: 'server:80', from: 40_000, as: 'c'},
      {on: {host: 'client', event: 'connected', of: 'c'}, call: 'send', bytes: 100},
    ],
    runs: {base: {}, lost: {title: text('run'), faults: [{drop: {from: 'client', flags: ['SYN'], nth: 1}}]}},
    beats: [
      {when: {sends: 'client', flags: ['SYN']}, show: ['state'], say: text('say')},
      {
        before: {sends: 'server', flags: ['SYN', 'ACK']},
        ask: text('ask'),
        hint: text('hint'),
        answer: 'packet(1).tcp.seq_raw + 1',
        asks: ['tcp.ack_raw'],
        distractors: [{value: 'packet(1).tcp.seq_raw'}, {value: 'packet(1).tcp.seq_raw + 100'}],
        explain: text('explain'),
      },
    ],
    checks: [],
    whatIf: [
      {
        title: text('what if'),
        faults: [{drop: {from: 'client', data: true, nth: 1}}],
        say: text('what if'),
        expect: [{sends: 'client', carries: 'data', retransmission: true}],
        checks: [{that: '1 == 1'}],
      },
    ],
  });
};

export const hostileTrace = (): Trace => {
  const file = hostilePcap();
  const index = new CaptureIndex();
  for (const record of readBytes(file).records) index.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  const source = 'a"b<i>\u001b[31m#;%%.pcap';
  return index.trace({source, read});
};

/** Controls beside line ends and tabs, halves of characters, and what reorders or hides text. */
export const harmful =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]|\u034f|[\u{e0100}-\u{e01ef}]|[\u17b4\u17b5]|[\u180b-\u180f]/u;
