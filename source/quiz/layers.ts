// Questions about layers: how many bytes each part of a frame has, and which packet of a run was altered.

import {entriesBetween} from '../account/entries.ts';
import {ipPacketOf, packetOf, segmentOf} from '../account/packet.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {Fault} from '../sim/fault.ts';
import type {Watch} from '../sim/scenario.ts';
import type {EventOf, Trace, TraceEvent} from '../sim/trace.ts';
import {dissect} from '../wire/dissect.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqAdd} from '../wire/seq.ts';
import {hasFlag, type TcpSegment, tcpLength} from '../wire/tcp.ts';
import {layersSentences as said} from '../words/catalogue/questions.ts';
import {alteredIn, mendedIn} from './altered-line.ts';
import {fieldEvidence} from './field-evidence.ts';
import {frameOf, sizes} from './headers.ts';
import {beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import {type PromptPacket, packetLine, valuesLine} from './prompt.ts';
import {lineOf, printed, rowsIn, saidBy, sentLine} from './said.ts';
import {isSegmentSent, type Sent, segmentsOf, sendingsOf} from './segments.ts';
import {sumText} from './sums.ts';
import type {Asked} from './variant.ts';

/**
 * Tells whether a frame is plain Ethernet without tags and an IPv4 header without options, and holds a whole datagram, as the question
 * describes it.
 */
const isPlain = (trace: Trace, packet: number): boolean => {
  const {bytes, linkType, originalLength} = packetOf(trace, packet);
  const [link, ip] = dissect(bytes, linkType, originalLength).layers;
  const value = (name: string): string | undefined => ip?.fields.find((field) => field.name === name)?.value;
  const isWhole =
    value('ip.frag_offset') === '0' && value('ip.flags.mf') !== '1' && value('ip.flags.mf') !== 'True';
  return link?.protocol === 'eth' && value('ip.hdr_len') === String(sizes.ip) && isWhole;
};

/** Returns IPv4 packets with TCP or UDP, one for each size. */
const sized = oncePer((trace: Trace): readonly EventOf<'send'>[] => {
  const seen = new Set<number>();
  const found: EventOf<'send'>[] = [];
  for (const event of sendingsOf(trace)) {
    const ip = ipPacketOf(event);
    const {transport} = ip ?? {};
    if (ip?.version !== 4 || (transport?.kind !== 'tcp' && transport?.kind !== 'udp')) continue;
    const size =
      transport.kind === 'tcp' ? tcpLength(transport.segment) : sizes.UDP + transport.datagram.payload.length;
    if (seen.has(size) || !isPlain(trace, event.packet)) continue;
    seen.add(size);
    found.push(event);
  }
  return found;
});

const fields = {tcp: ['ip.len', 'tcp.hdr_len', 'tcp.len'], udp: ['ip.len', 'udp.length']} as const;

type SizeField = (typeof fields)['tcp' | 'udp'][number];

type SizeGivens = {
  readonly transport: 'TCP' | 'UDP';
  /** The number of bytes of TCP options in the segment; 0 for UDP. */
  readonly options: number;
  readonly frame: number;
  readonly field: SizeField;
};

const ownHeader = ({transport, options}: SizeGivens): number => sizes[transport] + options;

const sizeOf = (givens: SizeGivens): number => {
  const total = givens.frame - sizes.eth;
  switch (givens.field) {
    case 'ip.len':
      return total;
    case 'tcp.hdr_len':
      return ownHeader(givens);
    case 'tcp.len':
      return total - sizes.ip - ownHeader(givens);
    case 'udp.length':
      return total - sizes.ip;
  }
};

/**
 * Returns a function that computes the wrong size of a learner who forgets a header or counts one too many; undefined if that changes
 * nothing.
 */
const sizedWith = (change: (givens: SizeGivens) => number | undefined) => (givens: SizeGivens) => {
  const by = change(givens);
  const size = sizeOf(givens) + (by ?? 0);
  return by === undefined || by === 0 || size < 0 ? undefined : String(size);
};

export const layerSize = kindOf<SizeGivens, EventOf<'send'>>({
  kind: 'layer-size',
  form: 'numeral',
  tells: (givens) => [frameOf(givens, givens.frame)],
  among: ({trace}) => sized(trace),
  at: ({n}) => n,
  find({trace}, event, draw) {
    const {packet} = event;
    const isTcp = segmentOf(event) !== undefined;
    const field = draw.one<SizeField>('field', fields[isTcp ? 'tcp' : 'udp']) ?? 'ip.len';
    const evidence = fieldEvidence(trace, packet, field);
    const own = Number(fieldEvidence(trace, packet, 'tcp.hdr_len')?.value ?? sizes.TCP);
    const frame = packetOf(trace, packet).originalLength;
    return {
      givens: {transport: isTcp ? 'TCP' : 'UDP', options: own - sizes.TCP, frame, field},
      ...{did: evidence?.value ?? '', n: event.n, evidence},
    };
  },
  ask: ({transport, options, frame, field}) => [
    said.sizeDraft.prompt.given,
    valuesLine(wordedWithNames(said.sizeDraft.prompt.values, {frame, transport, options})),
    said.asks[field],
  ],
  solve(givens) {
    const own = ownHeader(givens);
    const total = givens.frame - sizes.eth;
    const data = total - sizes.ip - own;
    if (data < 0) return undefined;
    const shown = {
      frame: givens.frame,
      eth: sizes.eth,
      total,
      ip: sizes.ip,
      transport: givens.transport,
      own,
      data,
      udp: givens.field === 'udp.length',
      right: sizeOf(givens),
    };
    return {
      answer: String(sizeOf(givens)),
      explain:
        givens.field === 'tcp.hdr_len'
          ? wordedWithNames(said.sizeDraft.header, {...shown, options: givens.options})
          : wordedWithNames(said.sizeDraft.explain, shown),
      hints: [said.sizeDraft.hints.eachLayerCounts, said.sizeDraft.hints.theEthernetHeader],
    };
  },
  beliefs: beliefsIn(said.sizeDraft.beliefs, {
    ethernet: sizedWith(({field}) => (field === 'tcp.hdr_len' ? undefined : sizes.eth)),
    ip: sizedWith(({field}) => (field === 'tcp.hdr_len' || field === 'ip.len' ? undefined : sizes.ip)),
    ownHeader: sizedWith((givens) =>
      givens.field === 'ip.len' ? -sizes.ip : givens.field === 'udp.length' ? -sizes.UDP : undefined,
    ),
    options: sizedWith(({field, options}) => {
      if (field === 'tcp.hdr_len') return -options;
      return field === 'tcp.len' ? options : undefined;
    }),
    words: (givens) => (givens.field === 'tcp.hdr_len' ? ownHeader(givens) / 4 : undefined),
    counted: sizedWith(({field}) => (field === 'tcp.hdr_len' ? sizes.ip : undefined)),
  }),
});

/** Returns the segments that can be altered for a question: early ones that carry an ACK and were not lost. */
const alterable = oncePer((trace: Trace): readonly Sent[] =>
  segmentsOf(trace).sent.filter(({event, segment}) => {
    const {packet, connection, lost} = event;
    return packet >= 3 && packet <= 30 && connection !== undefined && !lost && hasFlag(segment, 'ACK');
  }),
);

type FaultyGivens = {readonly lines: readonly PromptPacket[]};

/** The amounts by which a seq or ack is altered, which are as far off as a wrong count would be. */
const offBy: readonly number[] = [1, -1, 2, 10, 20, 100, -20, -100];

const lineCount = 4;

/** The numbers of rows that may follow the altered one. One of them is drawn, so that the altered row's position does not give it away. */
const follow: readonly number[] = [0, 1, 2, 3];

/** Returns a watch that ends the simulation when enough segments for the printed lines have followed the altered one. */
const seenWith = (n: number, isAltered: Watch): Watch => {
  let altered = false;
  let behind = 0;
  return (event) => {
    altered ||= isAltered(event);
    if (event.n > n && isSegmentSent(event)) behind += 1;
    return altered && behind >= Math.max(...follow);
  };
};

/**
 * Tells whether all other lines of the same sender have one value in the altered field, so that the altered line stands out without any
 * knowledge of TCP.
 */
const standsOut = (lines: readonly PromptPacket[], packet: number, field: string): boolean => {
  const altered = lines.find(({number}) => number === packet);
  const others = lines.filter((each) => each !== altered && each.from === altered?.from);
  const values = others.map(({parts}) => saidBy(parts)?.[field === 'tcp.seq_raw' ? 'seq' : 'ack']);
  return values.length > 1 && new Set(values).size === 1;
};

type Rows = {
  readonly fork: Asked;
  readonly sent: EventOf<'send'>;
  readonly shown: TcpSegment;
  readonly field: string;
};

/** Returns the four printed lines of which `after` follow the altered one, or the reason why they make no question. */
const faultyLines = (
  {fork, sent, shown, field}: Rows,
  after: number,
): readonly PromptPacket[] | Rejection => {
  const {packet} = sent;
  const own = segmentsOf(fork.trace).sent;
  const end = own.findIndex((each) => each.event.packet === packet) + 1 + after;
  const rows = own.slice(Math.max(0, end - lineCount), end);
  const ends = new Set(rows.flatMap(({flow, back}) => [flow, back]));
  if (rows.length < lineCount || ends.size > 2 || rows.some((each) => each.event.lost)) return 'hidden';
  const lines = rows.map((each) =>
    each.event.packet === packet ? packetLine(fork.trace, packet, lineOf(shown)) : sentLine(fork.trace, each),
  );
  const left = segmentOf(sent);
  // If the altered segment was sent again, a later line shows its right numbers.
  const isAgain = left !== undefined && lines.some(({parts}) => printed(parts) === printed(lineOf(left)));
  if (isAgain || standsOut(lines, packet, field)) return 'trivial';
  const odd = alteredIn(lines);
  const isTold = odd && mendedIn(lines, odd)?.right === left?.[odd.odd === 'ack' ? 'ack' : 'seq'];
  return isTold && odd.line.number === packet ? lines : 'undecided';
};

const faultyFound = (
  asked: Asked,
  event: EventOf<'send'>,
  fault: Extract<Fault, {kind: 'edit'}>,
  order: readonly number[],
): Found<FaultyGivens> | Rejection => {
  const isAltered = (each: TraceEvent): boolean =>
    each.kind === 'arrive' && each.packet === event.packet && each.altered !== undefined;
  const fork = asked.fork(fault, seenWith(event.n, isAltered));
  const altered = [...entriesBetween(fork.trace, event.n)].find(isAltered);
  const shown =
    altered?.kind === 'arrive' && altered.altered ? segmentOf({frame: altered.altered}) : undefined;
  if (!shown) return 'hidden';
  const tried = order.map((after) => faultyLines({fork, sent: event, shown, field: fault.field}, after));
  const lines = tried.find((each) => typeof each !== 'string');
  if (!lines) return tried.find((each) => typeof each === 'string') ?? 'hidden';
  const did = String(event.packet);
  const left = segmentOf(event);
  // The altered line in its original form is a secret, because it would give the answer away on the same sheet.
  return {
    givens: {lines},
    did,
    n: event.n + 1,
    of: fork,
    secrets: left ? [printed(lineOf(left))] : [],
    evidence: {packet: event.packet, field: 'frame.number', value: did},
  };
};

export const spotFaulty = kindOf<FaultyGivens, Sent>({
  kind: 'spot-faulty',
  form: 'packet',
  simulates: true,
  among: ({trace}) => alterable(trace),
  at: ({event}) => event.n,
  find(asked, {event, segment}, draw) {
    const field = draw.one('field', ['tcp.ack_raw', 'tcp.seq_raw'] as const) ?? 'tcp.ack_raw';
    const by = draw.one('by', offBy) ?? 1;
    const value = seqAdd(field === 'tcp.ack_raw' ? segment.ack : segment.seq, by);
    const fault = {kind: 'edit', field, value, mend: true, at: {packet: event.packet}} as const;
    return faultyFound(asked, event, fault, draw.shuffled('after', follow));
  },
  ask: ({lines}) => [...lines, said.faultyDraft.prompt],
  solve(givens, called) {
    const odd = alteredIn(givens.lines);
    const packet = odd?.line.number;
    const mended = odd && mendedIn(givens.lines, odd);
    if (packet === undefined || !mended) return undefined;
    const by = rowsIn(givens.lines).find(({number}) => number === mended.by);
    const sum = by && by.length > 0 ? sumText(by.seq, by.length) : String(mended.right);
    return {
      answer: String(packet),
      explain: wordedWithNames(said.faultyDraft.explain, {
        ...{packet, field: `${odd.odd}=`, right: mended.right, by: mended.by, how: mended.how, sum},
        ...{also: mended.also[0]?.how ?? 'none', alsoBy: mended.also[0]?.by ?? 0},
      }),
      hints: [
        said.faultyHints.seqGoesOn,
        wordedWithNames(said.faultyHints.itComesFrom, {from: called(odd.line.from).within}),
      ],
    };
  },
  beliefs: [],
  astray: (packet) => worded(said.faultyDraft.astray, {packet}),
});
