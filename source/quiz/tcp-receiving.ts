// Quiz questions about what an end does with a segment (RFC 9293 §3.10.7.4, RFC 5681 §3.2, RFC 6298 §2): what the program can read, what an
// RST does, what is retransmitted, SRTT, ssthresh, the raw number behind a relative one.

import {repairOf} from '../account/recovery.ts';
import {sameIn, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {seq, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../wire/tcp.ts';
import {sackBlocksOf} from '../wire/tcp-options.ts';
import {
  bytesRead,
  rawNumber,
  resentSeq,
  rstTaken,
  srttAfter,
  ssthreshAfter,
} from '../words/catalogue/ask-tcp.ts';
import {meetings, timeOuts} from './ends.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {byClause, listedKind, wordsOf} from './listed.ts';
import {numbersLine, valuesLine} from './prompt.ts';
import {segmentsOf, withoutEnd} from './segments.ts';
import {sumText} from './sums.ts';

type ReadGivens = {
  readonly next: number;
  /** The ranges that the receiver holds beyond a gap: the first sequence number and the number of bytes of each. */
  readonly held: readonly {readonly seq: number; readonly bytes: number}[];
  readonly seq: number;
  readonly bytes: number;
};

const readable = ({next, held, seq, bytes}: ReadGivens): number => {
  if (seq > next) return 0;
  let end = Math.max(next, seq + bytes);
  for (const each of held.toSorted((a, b) => a.seq - b.seq))
    if (each.seq <= end) end = Math.max(end, each.seq + each.bytes);
  return end - next;
};

/**
 * Returns the arrivals to ask about, with no more of those after which the program can read nothing than of the others, because many
 * segments arrive after one gap.
 */
const evened = (all: readonly Found<ReadGivens>[]): readonly Found<ReadGivens>[] => {
  const [none, some] = [true, false].map((is) => all.filter(({givens}) => (readable(givens) === 0) === is));
  return [...(some ?? []), ...(none ?? []).slice(0, some?.length)];
};

export const bytesReadKind = listedKind<ReadGivens>({
  kind: 'bytes-read',
  form: 'numeral',
  all(trace) {
    const all = meetings(trace).flatMap(({arrived, before, after}): readonly Found<ReadGivens>[] => {
      const {segment, packet, n} = arrived;
      const bytes = segment.payload.length;
      if (!before || !after || bytes === 0 || hasFlag(segment, 'SYN') || hasFlag(segment, 'FIN')) return [];
      // A segment in order, with no data held beyond a gap, makes the question too easy.
      if (before.reassembly.length === 0 && segment.seq === before.rcv.nxt) return [];
      if (before.peerFinSeq !== undefined || before.readerGone) return [];
      // Data that arrived with the SYN waits until the handshake is complete, although there is no gap before it.
      if (before.reassembly.some((each) => seqDiff(each.seq, before.rcv.nxt) <= 0)) return [];
      const did = String(seqDiff(after.rcv.nxt, before.rcv.nxt));
      return [
        {
          givens: {
            ...{next: before.rcv.nxt, seq: segment.seq, bytes},
            held: before.reassembly.map((each) => ({seq: each.seq, bytes: each.data.length})),
          },
          ...{did, n, evidence: byClause(packet, '9293 §3.10.7.4', did)},
        },
      ];
    });
    return evened(all);
  },
  ask: ({next, held, seq, bytes}) => [
    worded(bytesRead.given, {holds: held.length > 0}),
    valuesLine(`RCV.NXT=${next}`),
    ...(held.length > 0
      ? [valuesLine(held.map((each) => `seq=${each.seq} ${each.bytes} B`).join('  '))]
      : []),
    bytesRead.comes,
    valuesLine(`seq=${seq}  ${bytes} B`),
    bytesRead.asks,
  ],
  solve(givens) {
    const right = readable(givens);
    const {explain} = bytesRead;
    return {
      answer: String(right),
      explain:
        right > 0
          ? worded(explain.fills, {right})
          : givens.seq > givens.next
            ? worded(explain.gap, {seq: givens.seq})
            : explain.old,
      hints: [bytesRead.hint],
    };
  },
  beliefs: beliefsIn(bytesRead.beliefs, {
    own: ({bytes}) => bytes,
    none: () => '0',
    all: ({held, bytes}) => held.reduce((sum, each) => sum + each.bytes, bytes),
    held: ({held}) => held.reduce((sum, each) => sum + each.bytes, 0),
  }),
});

type RstGivens = {
  readonly state: string;
  readonly next: number;
  readonly window: number;
  readonly seq: number;
};

const rstFate = ({next, window, seq: its}: RstGivens): 'reset' | 'challenged' | 'ignored' => {
  if (its === next) return 'reset';
  return seq(its - next) < window ? 'challenged' : 'ignored';
};

/**
 * States in which an RST is not asked about: SYN-SENT has another rule (§3.10.7.3), and TIME-WAIT has two, because RFC 1337 §4 ignores the
 * reset.
 */
const leftOut: readonly TcpState[] = ['SYN-SENT', 'TIME-WAIT'];

export const rstTakenKind = listedKind<RstGivens>({
  kind: 'rst-taken',
  form: 'choice',
  all: (trace) =>
    meetings(trace).flatMap(({arrived, before, events}) => {
      const {segment, packet, n} = arrived;
      if (!before || !hasFlag(segment, 'RST') || leftOut.includes(before.state)) return [];
      const isReset = events.some(({kind}) => kind === 'state');
      const isAnswered = events.some(({kind}) => kind === 'send');
      const did = isReset ? 'reset' : isAnswered ? 'challenged' : 'ignored';
      return [
        {
          givens: {state: before.state, next: before.rcv.nxt, window: before.rcv.wnd, seq: segment.seq},
          ...{did, n, evidence: byClause(packet, '9293 §3.10.7.4', did)},
        },
      ];
    }),
  ask: ({state, next, window, seq}) => [
    worded(rstTaken.given, {state}),
    valuesLine(`RCV.NXT=${next}  RCV.WND=${window}`),
    rstTaken.comes,
    valuesLine(`RST  seq=${seq}`),
    rstTaken.asks,
  ],
  solve(givens) {
    const answer = rstFate(givens);
    return {answer, explain: rstTaken.explain[answer], hints: [rstTaken.hint]};
  },
  beliefs: beliefsIn(rstTaken.beliefs, {
    challenged: (givens) => (rstFate(givens) === 'reset' ? 'challenged' : undefined),
    reset: () => 'reset',
    ignored: () => 'ignored',
    back: () => 'back',
  }),
  words: wordsOf(rstTaken.choices),
});

type ResentGivens = {
  readonly host: string;
  readonly una: number;
  /** The ranges of sequence numbers that the ACK reports by SACK, as `from–to`; `to` is excluded. */
  readonly sacked: readonly string[];
  readonly last: number;
};

/**
 * Returns an ACK's SACK blocks above its acknowledgment number, in order. A D-SACK is left out, because it says nothing new about what is
 * missing (RFC 2883 §4).
 */
const sackedBeyond = ({options, ack}: TcpSegment) =>
  sackBlocksOf(options)
    .filter(({left}) => seqLt(ack, left))
    .sort((one, other) => seqDiff(one.left, other.left));

export const resentSeqKind = listedKind<ResentGivens>({
  kind: 'resent-seq',
  form: 'numeral',
  counts: 'seq',
  all: (trace) =>
    meetings(trace).flatMap(({arrived, before, after, events}) => {
      const again = segmentsOf(trace).sent.find(
        ({event}) => event.retransmission && events.some(({n}) => n === event.n),
      );
      const {host, packet, n} = arrived;
      if (!before || !after || !again) return [];
      if (repairOf(before) !== undefined || repairOf(after) !== 'recovery') return [];
      const sacked = sackedBeyond(arrived.segment).map(({left, right}) => `${left}–${right}`);
      // Without SACK the third duplicate ACK indicates the loss. With SACK but no block in this ACK, earlier ACKs reported the blocks, and
      // the question does not print these.
      if (sacked.length === 0 && before.sackPermitted) return [];
      const did = String(again.segment.seq);
      return [
        {
          givens: {
            ...{host, una: after.snd.una, last: before.retransmissionQueue.at(-1)?.seq ?? 0},
            sacked,
          },
          ...{
            did,
            n: n + 1,
            evidence:
              fieldEvidence(trace, again.event.packet, 'tcp.seq_raw') ?? byClause(packet, '6675 §5', did),
          },
        },
      ];
    }),
  ask: ({host, una, sacked, last}, called, initial) => [
    wordedWithNames(resentSeq.given, {host: called(host).within}),
    numbersLine(initial?.asked, (written) => {
      const ranges = sacked.map((range) =>
        range
          .split('–')
          .map((edge) => written(Number(edge)))
          .join('–'),
      );
      return worded(resentSeq.values, {una: written(una), sacked: ranges.join(' ') || 'none'});
    }),
    worded(resentSeq.asks, {last, hasSack: sacked.length > 0}),
  ],
  solve: ({una}) => ({
    answer: String(una),
    explain: worded(resentSeq.explain, {una}),
    hints: [resentSeq.hint],
  }),
  beliefs: beliefsIn(resentSeq.beliefs, {
    last: ({last}) => last,
    sacked: ({sacked}) => sacked[0]?.split('–')[0],
    behind: ({sacked}) => sacked.at(-1)?.split('–')[1],
    before: ({una}) => una - 1,
  }),
});

type SrttGivens = {readonly srttUs: number; readonly sampleUs: number};

/** Returns a time in ms with all its digits, because a rounded one would give another smoothed round-trip time. */
const wholeText = (us: number): string => `${us / 1000} ms`;

const smoothed = ({srttUs, sampleUs}: SrttGivens, weight = 8): number =>
  Math.round(((weight - 1) * srttUs + sampleUs) / weight);

export const srttAfterKind = listedKind<SrttGivens>({
  kind: 'srtt-after',
  form: 'choice',
  all: (trace) =>
    meetings(trace).flatMap(({arrived, atUs, before, after}) => {
      const {segment, packet, n} = arrived;
      if (before?.srttUs === undefined || after?.srttUs === undefined || !hasFlag(segment, 'ACK')) return [];
      const acked = before.retransmissionQueue
        .slice()
        .filter(
          ({seq, lengthBytes, flags}) =>
            seqLe(seq, segment.ack) && seqDiff(segment.ack, seq) >= lengthBytes + (flags % 4 > 0 ? 1 : 0),
        );
      const isOnce = before.retransmissionQueue.slice().every(({transmissions}) => transmissions === 1);
      const [first, ...others] = acked;
      if (!first || others.length > 0 || !isOnce || before.timestampsOn || after.srttUs === before.srttUs)
        return [];
      const did = String(after.srttUs);
      return [
        {
          givens: {srttUs: before.srttUs, sampleUs: atUs - first.sentUs},
          ...{did, n: n + 1, evidence: byClause(packet, '6298 §2 (2.3)', did)},
        },
      ];
    }),
  ask: ({srttUs, sampleUs}) => [
    worded(srttAfter.given, {srtt: wholeText(srttUs), sample: wholeText(sampleUs)}),
    srttAfter.asks,
  ],
  solve: (givens) => ({
    answer: String(smoothed(givens)),
    explain: worded(srttAfter.explain, {
      ...{srtt: wholeText(givens.srttUs), sample: wholeText(givens.sampleUs)},
      right: wholeText(smoothed(givens)),
    }),
    hints: [srttAfter.hint],
  }),
  beliefs: beliefsIn(srttAfter.beliefs, {
    sample: ({sampleUs}) => sampleUs,
    middle: (givens) => smoothed(givens, 2),
    turned: ({srttUs, sampleUs}) => smoothed({srttUs: sampleUs, sampleUs: srttUs}),
    stays: ({srttUs}) => srttUs,
  }),
  words: (value) => sameIn(wholeText(Number(value))),
});

type ThresholdGivens = {readonly flight: number; readonly cwnd: number; readonly mss: number};

const halved = ({flight, mss}: ThresholdGivens): number => Math.max(Math.floor(flight / 2), 2 * mss);

/** Returns the retransmission timeouts that change ssthresh, while no loss is being repaired, for questions about its new value. */
const timeouts = (trace: Trace): readonly Found<ThresholdGivens>[] =>
  timeOuts(trace).flatMap(({n, packet, before, after}): readonly Found<ThresholdGivens>[] => {
    const flight = seqDiff(before.snd.nxt, before.snd.una);
    if (repairOf(before) !== undefined || before.loss.limitedBytes > 0 || flight === 0) return [];
    if (before.state !== 'ESTABLISHED' || after.ssthresh === before.ssthresh) return [];
    // CUBIC counts cwnd in segments and reduces ssthresh from cwnd, to more than half (RFC 9438 §4.6), so the question leaves it out.
    if (after.episode.state !== 'open') return [];
    const did = String(after.ssthresh);
    return [
      {
        givens: {flight, cwnd: before.cwnd, mss: before.mss},
        ...{did, n: n + 1, evidence: byClause(packet, '5681 §3.1', did)},
      },
    ];
  });

export const ssthreshAfterKind = listedKind<ThresholdGivens>({
  kind: 'ssthresh-after',
  form: 'numeral',
  all: timeouts,
  ask: ({flight, cwnd, mss}) => [
    ssthreshAfter.given,
    valuesLine(`SND.NXT − SND.UNA=${flight}  cwnd=${cwnd}  MSS=${mss}`),
    ssthreshAfter.asks,
  ],
  solve(givens) {
    const right = halved(givens);
    return {
      answer: String(right),
      explain: worded(ssthreshAfter.explain, {...givens, right}),
      hints: [ssthreshAfter.hint],
    };
  },
  beliefs: beliefsIn(ssthreshAfter.beliefs, {
    cwnd: ({cwnd}) => Math.floor(cwnd / 2),
    one: ({mss}) => mss,
    flight: ({flight}) => flight,
  }),
});

type RawGivens = {readonly isn: number; readonly relative: number};

export const rawNumberKind = listedKind<RawGivens>({
  kind: 'raw-number',
  form: 'numeral',
  all(trace) {
    const {sent} = segmentsOf(trace);
    return sent.flatMap(({event, segment, flow}): readonly (Rejection | (() => Found<RawGivens>))[] => {
      const syn = sent.find((each) => each.flow === flow && hasFlag(each.segment, 'SYN'));
      if (!syn || segLen(segment) === 0 || hasFlag(segment, 'SYN') || !seqLt(syn.segment.seq, segment.seq))
        return [];
      // The relative number 1, one after the SYN, would make the answer equal to one of the usual wrong answers.
      if (seqDiff(segment.seq, syn.segment.seq) === 1) return ['trivial'];
      return [
        (): Found<RawGivens> => ({
          givens: {isn: syn.segment.seq, relative: seqDiff(segment.seq, syn.segment.seq)},
          ...{did: String(segment.seq), n: event.n},
          evidence: fieldEvidence(trace, event.packet, 'tcp.seq_raw'),
        }),
      ];
    });
  },
  ask: ({isn, relative}) => [
    rawNumber.given,
    valuesLine(`SYN seq=${isn}`),
    worded(rawNumber.asks, {relative}),
  ],
  solve: ({isn, relative}) => ({
    answer: String(seq(isn + relative)),
    explain: worded(rawNumber.explain, {sum: sumText(isn, relative)}),
    hints: [rawNumber.hint],
  }),
  beliefs: beliefsIn(rawNumber.beliefs, {
    'isn-zero-or-one': ({relative}) => relative,
    'seq-upper-bound': ({isn, relative}) => withoutEnd(isn, relative),
    plusOne: ({isn, relative}) => seq(isn + relative + 1),
    minusOne: ({isn, relative}) => seq(isn + relative - 1),
  }),
});
