// Questions about layers: how long each header and each field says it is, and which packet of a run has been altered.

import {entriesBetween, entriesOf} from '../account/entries.ts';
import {segmentParts} from '../account/frame-parts.ts';
import {ipPacketOf, packetOf, segmentOf} from '../account/packet.ts';
import {segmentText} from '../account/summary.ts';
import {sameIn, type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {Fault} from '../sim/fault.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {dissect} from '../wire/dissect.ts';
import {oncePer} from '../wire/once-per.ts';
import {hasFlag} from '../wire/tcp.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {layersSentences} from '../words/catalogue/questions.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import type {Draw} from './draw.ts';
import {fieldEvidence} from './fields.ts';
import {packetLine, packetLineText, valuesLine} from './prompt.ts';
import {segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;

const headers = {eth: 14, ip: 20, udp: 8} as const;

/** As the question says: an Ethernet header without tags, an IP header without options, and all of the datagram in it. */
const isPlain = (trace: Trace, packet: number): boolean => {
  const {bytes, linkType, originalLength} = packetOf(trace, packet);
  const [link, ip] = dissect(bytes, linkType, originalLength).layers;
  const value = (name: string): string | undefined => ip?.fields.find((field) => field.name === name)?.value;
  const isWhole =
    value('ip.frag_offset') === '0' && value('ip.flags.mf') !== '1' && value('ip.flags.mf') !== 'True';
  return link?.protocol === 'eth' && value('ip.hdr_len') === String(headers.ip) && isWhole;
};

/** IPv4 packets with a datagram or a segment, of different sizes. */
const sized = oncePer((trace: Trace): readonly SendEvent[] => {
  const seen = new Set<string>();
  const found: SendEvent[] = [];
  for (const event of entriesOf(trace, 'send')) {
    if (event.hop > 0 || event.packet < 1) continue;
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
type Ask = Text & {readonly field: SizeField};

const asks: {readonly [kind in 'tcp' | 'udp']: readonly Ask[]} = {
  tcp: [
    {...layersSentences.asks.tcp.totalLengthOf, field: 'ip.len'},
    {...layersSentences.asks.tcp.headerLengthOf, field: 'tcp.hdr_len'},
    {...layersSentences.asks.tcp.lengthOfTC, field: 'tcp.len'},
  ],
  udp: [
    {...layersSentences.asks.udp.totalLengthOf, field: 'ip.len'},
    {...layersSentences.asks.udp.lengthOfThe, field: 'udp.length'},
  ],
};

const bytes = (value: number): Option => ({text: sameIn(String(value)), value: String(value)});

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
  const ipHeader = sameIn(`IP ${headers.ip}`);
  const ipTotal = worded(layersSentences.sizeDraft.total, {size: total});
  const dataSize = worded(layersSentences.sizeDraft.data, {size: data});
  const told = {
    'ip.len': [ipHeader, sameIn(`${kind.toUpperCase()} ${own}`), dataSize],
    'tcp.hdr_len': [ipTotal, ipHeader, dataSize],
    'tcp.len': [ipTotal, ipHeader, sameIn(`TCP ${own}`)],
    'udp.length': [ipTotal, ipHeader],
  }[asked.field];
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
    prompt: [
      wordedWithNames(layersSentences.sizeDraft.prompt.given, {eth: headers.eth}),
      valuesLine(inEvery((language) => told.map((each) => each[language]).join('  '))),
      wordedWithNames(layersSentences.sizeDraft.prompt.asks, {asked}),
    ],
    hints: [
      layersSentences.sizeDraft.hints.eachLayerCounts,
      layersSentences.sizeDraft.hints.theEthernetHeader,
    ],
    explain: wordedWithNames(layersSentences.sizeDraft.explain, {
      total,
      ip: headers.ip,
      toUpperCase: kind.toUpperCase(),
      own,
      data,
    }),
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
const alterable = oncePer((trace: Trace): readonly SendEvent[] =>
  segmentsOf(trace)
    .sent.filter(({event, segment}) => {
      const {packet, connection, lost} = event;
      return packet >= 3 && packet <= 30 && connection !== undefined && !lost && hasFlag(segment, 'ACK');
    })
    .map(({event}) => event),
);

const lineCount = 4;
const widest = 72;

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
  layersSentences.faultyHints.seqGoesOn,
  field === 'tcp.ack_raw' ? layersSentences.faultyHints.lookAtAck : layersSentences.faultyHints.lookAtSeq,
  wordedWithNames(layersSentences.faultyHints.itComesFrom, {from}),
];

const faultyDraft = (asked: Asked, event: SendEvent, draw: Draw): Draft | undefined => {
  const segment = segmentOf(event);
  if (!segment) return undefined;
  const field = draw.one('field', ['tcp.ack_raw', 'tcp.seq_raw'] as const) ?? 'tcp.ack_raw';
  const by = 100_000 + draw.below('by', 900_000);
  const number = ((field === 'tcp.ack_raw' ? segment.ack : segment.seq) + by) >>> 0;
  const fault: Fault = {kind: 'edit', field, value: number, mend: true, at: {packet: event.packet}};
  const fork = asked.fork(fault);
  const altered = [...entriesBetween(fork.trace, event.n)].find(
    (each) => each.kind === 'arrive' && each.packet === event.packet && each.altered,
  );
  const shown =
    altered?.kind === 'arrive' && altered.altered ? segmentOf({frame: altered.altered}) : undefined;
  if (!shown) return undefined;
  const altering = packetLine(fork.trace, event.packet, segmentParts(shown, []));
  // What came of it may stand below it: the altered one is not always the last.
  const below = [...segmentsOf(fork.trace).sent.filter((each) => each.event.n > event.n)].slice(
    0,
    draw.below('below', 3),
  );
  const all = packetLines(fork.trace, (below.at(-1)?.event.n ?? event.n) + 1, lineCount).map((line) =>
    line.number === event.packet ? altering : line,
  );
  const upTo = all.indexOf(altering);
  if (upTo < 1 || all.length < lineCount || all.some((line) => packetLineText(line).length > widest))
    return undefined;
  if (!shows(fork.trace, event, field, upTo)) return undefined;
  const right = event.packet;
  return {
    form: 'packet',
    right,
    wrong: [],
    prompt: [...all, layersSentences.faultyDraft.prompt],
    hints: faultyHints(field, altering.from),
    explain: wordedWithNames(layersSentences.faultyDraft.explain, {
      right,
      shown: segmentText(shown),
      segment: segmentText(segment),
    }),
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
