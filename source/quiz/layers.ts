// Questions about layers: how long each header and each field says it is, and which packet of a run has been altered.

import {ipPacketOf, segmentOf} from '../account/packet.ts';
import {segmentText} from '../account/summary.ts';
import type {Fault} from '../sim/fault.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {dissect} from '../wire/dissect.ts';
import {hasFlag} from '../wire/tcp.ts';
import {after, packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import type {Draw} from './draw.ts';
import {fieldEvidence} from './fields.ts';
import {perTrace} from './per-trace.ts';
import {segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';
import {same, sentence} from './words.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;

const headers = {eth: 14, ip: 20, udp: 8} as const;

/** As the question says: an Ethernet header without tags, an IP header without options, and all of the datagram in it. */
const isPlain = (trace: Trace, packet: number): boolean => {
  const {bytes, linkType, originalLength} = trace.packet(packet);
  const [link, ip] = dissect(bytes, linkType, originalLength).layers;
  const value = (name: string): string | undefined => ip?.fields.find((field) => field.name === name)?.value;
  const isWhole =
    value('ip.frag_offset') === '0' && value('ip.flags.mf') !== '1' && value('ip.flags.mf') !== 'True';
  return link?.protocol === 'eth' && value('ip.hdr_len') === String(headers.ip) && isWhole;
};

/** IPv4 packets with a datagram or a segment, of different sizes. */
const sized = perTrace((trace: Trace): readonly SendEvent[] => {
  const seen = new Set<string>();
  const found: SendEvent[] = [];
  for (const event of trace.events()) {
    if (event.kind !== 'send' || event.hop > 0 || event.packet < 1) continue;
    const ip = ipPacketOf(event);
    const kind = ip?.transport.kind;
    const size = String(fieldEvidence(trace, event.packet, 'ip.len')?.value);
    if (ip?.version !== 4 || (kind !== 'tcp' && kind !== 'udp') || seen.has(size)) continue;
    if (!isPlain(trace, event.packet)) continue;
    seen.add(size);
    found.push(event);
  }
  return found;
});

type SizeField = 'ip.len' | 'tcp.hdr_len' | 'tcp.len' | 'udp.length';
type Ask = {readonly field: SizeField; readonly en: string; readonly zh: string};

const asks: {readonly [kind in 'tcp' | 'udp']: readonly Ask[]} = {
  tcp: [
    {field: 'ip.len', en: 'Total Length of the IP header', zh: 'IP 首部的总长度字段'},
    {field: 'tcp.hdr_len', en: 'header length of TCP, in bytes', zh: 'TCP 首部长度（字节）'},
    {
      field: 'tcp.len',
      en: 'length of TCP’s data (no header field holds it)',
      zh: 'TCP 数据长度（首部里没有这个字段）',
    },
  ],
  udp: [
    {field: 'ip.len', en: 'Total Length of the IP header', zh: 'IP 首部的总长度字段'},
    {field: 'udp.length', en: 'Length of the UDP header', zh: 'UDP 首部的长度字段'},
  ],
};

const bytes = (value: number): Option => ({text: same(String(value)), value: String(value)});

const sizeDraft = (trace: Trace, event: SendEvent, draw: Draw): Draft | undefined => {
  const segment = segmentOf(event);
  const kind = segment ? 'tcp' : 'udp';
  const asked = draw.one('field', asks[kind]);
  const evidence = asked && fieldEvidence(trace, event.packet, asked.field);
  const total = Number(fieldEvidence(trace, event.packet, 'ip.len')?.value);
  if (!asked || !evidence || Number.isNaN(total)) return undefined;
  const own = kind === 'tcp' ? Number(fieldEvidence(trace, event.packet, 'tcp.hdr_len')?.value) : headers.udp;
  const data = total - headers.ip - own;
  const right = Number(evidence.value);
  // What is asked for is left out of what is told.
  const told = {
    'ip.len': [`IP ${headers.ip}`, `${kind.toUpperCase()} ${own}`, `data ${data}`],
    'tcp.hdr_len': [`IP total ${total}`, `IP ${headers.ip}`, `data ${data}`],
    'tcp.len': [`IP total ${total}`, `IP ${headers.ip}`, `TCP ${own}`],
    'udp.length': [`IP total ${total}`, `IP ${headers.ip}`],
  }[asked.field].join('  ');
  const toldZh = told.replace('IP total', 'IP 总长度').replace('data', '数据');
  return {
    form: 'choice',
    right: bytes(right),
    wrong: [
      total,
      total + headers.eth,
      data,
      own,
      total - headers.ip,
      data + headers.ip,
      own + headers.ip,
      right + headers.eth,
    ]
      .filter((value) => value > 0)
      .map(bytes),
    prompt: sentence(
      `Sizes in an Ethernet frame (header ${headers.eth}), in bytes:\n  ${told}\nWhat is the ${asked.en}?`,
      `一个以太网帧（首部 ${headers.eth}）里的长度，单位字节：\n  ${toldZh}\n${asked.zh}是多少？`,
    ),
    hints: [
      sentence(
        'Each layer counts its own header and what it carries, nothing around it.',
        '每一层只算自己的首部和所载内容，不算外面的。',
      ),
      sentence('The Ethernet header belongs to no IP length.', '以太网首部不计入 IP 的任何长度。'),
    ],
    explain: sentence(
      `IP total ${total} = IP header ${headers.ip} + ${kind.toUpperCase()} header ${own} + data ${data}.`,
      `IP 总长度 ${total} = IP 首部 ${headers.ip} + ${kind.toUpperCase()} 首部 ${own} + 数据 ${data}。`,
    ),
    n: event.n,
    evidence,
  };
};

export const layerSize: Generator = {
  kind: 'layer-size',
  places: ({trace}) => sized(trace).map(({n}) => n),
  ask: ({trace}, place, draw) => {
    const event = sized(trace).find(({n}) => n === place);
    return event && sizeDraft(trace, event, draw);
  },
};

/** Packets that can be altered so that the lines before them show it. */
const alterable = perTrace((trace: Trace): readonly SendEvent[] =>
  segmentsOf(trace)
    .sent.filter(({event, segment}) => {
      const {packet, connection, lost} = event;
      return packet >= 3 && packet <= 30 && connection !== undefined && !lost && hasFlag(segment, 'ACK');
    })
    .map(({event}) => event),
);

const lineCount = 4;

/** Do the packets on the lines above it tell what the field should be: its sender's last segment, or the other side's? */
const shows = (trace: Trace, {n, packet}: SendEvent, field: string, lines: number): boolean => {
  const {sent} = segmentsOf(trace);
  const own = sent.find(({event}) => event.n === n);
  if (!own) return false;
  const flow = field === 'tcp.seq_raw' ? own.flow : own.back;
  const last = sent.findLast((each) => each.flow === flow && each.event.n < n);
  return last !== undefined && last.event.packet >= packet - lines;
};

const faultyHints = (field: string, from: string): Draft['hints'] => [
  sentence(
    'seq= goes on where the sender’s last segment ended; ack= is a number that the other side has reached.',
    'seq= 接着发送方上一个报文段往下数；ack= 是对方已经用到的序号。',
  ),
  field === 'tcp.ack_raw' ? sentence('Look at ack=.', '看 ack=。') : sentence('Look at seq=.', '看 seq=。'),
  sentence(`It comes from ${from}.`, `它来自 ${from}。`),
];

const faultyDraft = (asked: Asked, event: SendEvent, draw: Draw): Draft | undefined => {
  const segment = segmentOf(event);
  if (!segment) return undefined;
  const field = draw.one('field', ['tcp.ack_raw', 'tcp.seq_raw'] as const) ?? 'tcp.ack_raw';
  const by = 100_000 + draw.below('by', 900_000);
  const number = ((field === 'tcp.ack_raw' ? segment.ack : segment.seq) + by) >>> 0;
  const fault: Fault = {kind: 'edit', field, value: number, mend: true, at: {packet: event.packet}};
  const fork = asked.fork(fault);
  const altered = [...fork.trace.events(event.n)].find(
    (each) => each.kind === 'arrive' && each.packet === event.packet && each.altered,
  );
  const shown =
    altered?.kind === 'arrive' && altered.altered ? segmentOf({frame: altered.altered}) : undefined;
  if (!shown) return undefined;
  const {from, to} = fork.trace.packet(event.packet);
  const altering = `  ${event.packet}  ${from} → ${to}  ${segmentText(shown)}`;
  // What came of it may stand below it: the altered one is not always the last.
  const below = [...segmentsOf(fork.trace).sent.filter((each) => each.event.n > event.n)].slice(
    0,
    draw.below('below', 3),
  );
  const all = packetLines(fork.trace, (below.at(-1)?.event.n ?? event.n) + 1, lineCount).map((line) =>
    line.trimStart().startsWith(`${event.packet}  `) ? altering : line,
  );
  const upTo = all.indexOf(altering);
  if (upTo < 1 || all.length < lineCount || all.some((line) => line.length > 74)) return undefined;
  if (!shows(fork.trace, event, field, upTo)) return undefined;
  const right = event.packet;
  return {
    form: 'packet',
    right,
    wrong: [],
    prompt: after(
      all,
      sentence(
        'Somebody on the path has altered one of these, checksum and all. Which one?',
        '途中有人改了其中一个分组，连校验和也补好了。是哪一个？',
      ),
    ),
    hints: faultyHints(field, from),
    explain: sentence(
      `Packet ${right}: ${segmentText(shown)}. It left as ${segmentText(segment)}.`,
      `第 ${right} 个分组：${segmentText(shown)}。发出时是 ${segmentText(segment)}。`,
    ),
    n: event.n + 1,
    of: fork,
    evidence: {packet: right, field: 'frame.number', value: String(right)},
  };
};

export const spotFaulty: Generator = {
  kind: 'spot-faulty',
  simulates: true,
  places: ({trace}) => alterable(trace).map(({n}) => n),
  ask: (asked, place, draw) => {
    const event = alterable(asked.trace).find(({n}) => n === place);
    return event && faultyDraft(asked, event, draw);
  },
};
