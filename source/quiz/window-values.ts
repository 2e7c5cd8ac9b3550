// Quiz questions about numbers that TCP senders use (RFC 7323 §2, RFC 9293 §3.8.6): a window in bytes, its right edge, the bytes in flight.
import {worded, wordedWithNames} from '../lesson/text.ts';
import {seq, seqAdd, seqDiff, seqLt} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {flightSize, rightEdge, windowBytes} from '../words/catalogue/ask-tcp.ts';
import {meetings} from './ends.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {byClause, listedKind} from './listed.ts';
import {numbersLine, valuesLine} from './prompt.ts';
import {spanText, sumText} from './sums.ts';

type ScaledGivens = {
  readonly field: number;
  /** The window scale shift in the SYN of the end whose window is asked for; undefined if a SYN lacked the option. */
  readonly own: number | undefined;
  readonly other: number;
  readonly isSyn: boolean;
};

const bytesOf = ({field, own, isSyn}: ScaledGivens): number => (isSyn ? field : field << (own ?? 0));

export const windowBytesKind = listedKind<ScaledGivens>({
  kind: 'window-bytes',
  // The window of a SYN is not scaled, so the printed number is the answer, and typing it would be too easy.
  form: ({isSyn}) => (isSyn ? 'choice' : 'numeral'),
  all: (trace) =>
    meetings(trace).flatMap(({arrived, after}) => {
      const {segment, packet, n} = arrived;
      const scaled = after && after.scale.snd + after.scale.rcv > 0;
      if (!after || !scaled || segment.window === 0 || !hasFlag(segment, 'ACK')) return [];
      // The host did not take its send window from this segment, so SND.WND is still that of another one.
      if (after.snd.wl1 !== segment.seq || after.snd.wl2 !== segment.ack) return [];
      const did = String(after.snd.wnd);
      return [
        {
          givens: {
            ...{field: segment.window, own: after.scale.snd, other: after.scale.rcv},
            isSyn: hasFlag(segment, 'SYN'),
          },
          ...{did, n: n + 1, evidence: byClause(packet, '7323 §2.2', did)},
        },
      ];
    }),
  ask: ({field, own, other, isSyn}) => [
    worded(windowBytes.given, {own: own ?? '-', other, same: own === other}),
    valuesLine(`${isSyn ? 'SYN,ACK' : 'ACK'}  Window=${field}`),
    windowBytes.asks,
  ],
  solve(givens) {
    const {own, isSyn, field} = givens;
    const right = bytesOf(givens);
    return {
      answer: String(right),
      explain: isSyn
        ? windowBytes.explain.syn
        : worded(windowBytes.explain.scaled, {field, own: own ?? 0, right}),
      hints: [windowBytes.hint],
    };
  },
  beliefs: beliefsIn(windowBytes.beliefs, {
    plain: ({field}) => field,
    factor: ({field, own}) => field * (own ?? 0),
    // No scale applies in a SYN of either end, and the belief `syn` answers for SYNs already.
    other: ({field, other, isSyn}) => (isSyn ? undefined : field << other),
    syn: ({field, own, isSyn}) => (isSyn ? field << (own ?? 0) : undefined),
  }),
});

type EdgeGivens = {
  readonly host: string;
  readonly ack: number;
  readonly window: number;
  readonly nxt: number;
};

export const rightEdgeKind = listedKind<EdgeGivens>({
  kind: 'right-edge',
  form: 'numeral',
  counts: 'ack',
  all: (trace) =>
    meetings(trace).flatMap(({arrived, after}): readonly (Found<EdgeGivens> | Rejection)[] => {
      const {segment, host, packet, n} = arrived;
      const plain = hasFlag(segment, 'ACK') && !hasFlag(segment, 'SYN') && !hasFlag(segment, 'RST');
      if (!after || !plain || segment.ack !== after.snd.una || after.snd.nxt === after.snd.una) return [];
      const right = seqAdd(after.snd.una, after.snd.wnd);
      // The receiver has shrunk the window, and data beyond it has been sent already.
      if (seqLt(right, after.snd.nxt)) return ['hidden'];
      // The right edge equals SND.NXT, which the question prints.
      if (right === after.snd.nxt) return ['trivial'];
      const did = String(right);
      return [
        {
          givens: {host, ack: segment.ack, window: after.snd.wnd, nxt: after.snd.nxt},
          ...{did, n: n + 1, evidence: byClause(packet, '9293 §3.8.6', did)},
        },
      ];
    }),
  ask: ({host, ack, window, nxt}, called, initial) => [
    wordedWithNames(rightEdge.given, {host: called(host).within}),
    numbersLine(initial?.asked, (written) => `ack=${written(ack)}  Win=${window} B  SND.NXT=${written(nxt)}`),
    rightEdge.asks,
  ],
  solve: ({ack, window}) => ({
    answer: String(seq(ack + window)),
    explain: worded(rightEdge.explain, {sum: sumText(ack, window)}),
    hints: [rightEdge.hint],
  }),
  beliefs: beliefsIn(rightEdge.beliefs, {
    next: ({nxt, window}) => seq(nxt + window),
    last: ({ack, window}) => seq(ack + window - 1),
    alone: ({window}) => window,
  }),
});

type FlightGivens = {
  readonly host: string;
  readonly seq: number;
  readonly length: number;
  readonly ack: number;
};

export const flightSizeKind = listedKind<FlightGivens>({
  kind: 'flight-size',
  form: 'numeral',
  all: (trace) =>
    meetings(trace).flatMap(({arrived, after}): readonly (Found<FlightGivens> | Rejection)[] => {
      const {host, packet, n} = arrived;
      const last = after?.retransmissionQueue.at(-1);
      if (!after || !last || after.retransmissionQueue.slice().some(({transmissions}) => transmissions > 1))
        return [];
      if (last.flags % 4 !== 0) return [];
      // If only one segment is in flight, its printed length is the answer, which is too easy.
      if (last.seq === after.snd.una) return ['trivial'];
      const did = String(seqDiff(after.snd.nxt, after.snd.una));
      return [
        {
          givens: {host, seq: last.seq, length: last.lengthBytes, ack: after.snd.una},
          ...{did, n: n + 1, evidence: byClause(packet, '5681 §2', did)},
        },
      ];
    }),
  ask: ({host, seq: from, length, ack}, called) => [
    wordedWithNames(flightSize.given, {host: called(host).within}),
    valuesLine(`seq=${from}  ${length} B`),
    flightSize.then,
    valuesLine(`ack=${ack}`),
    flightSize.asks,
  ],
  solve: ({seq: from, length, ack}) => ({
    answer: String(seq(from + length - ack)),
    explain: worded(flightSize.explain, {sum: spanText(from, length, ack)}),
    hints: [flightSize.hint],
  }),
  beliefs: beliefsIn(flightSize.beliefs, {
    last: ({length}) => length,
    begins: ({seq: from, ack}) => (from === ack ? undefined : seq(from - ack)),
    one: ({seq: from, length, ack}) => seq(from + length - ack + 1),
    none: () => '0',
  }),
});
