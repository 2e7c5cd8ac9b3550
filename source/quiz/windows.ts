// Quiz questions about TCP windows (RFC 9293 §3.8.6, RFC 5681): how much may be sent now, and what an acknowledgment does to cwnd.

import {entriesBetween, worldAt} from '../account/entries.ts';
import {repairOf} from '../account/recovery.ts';
import {wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqDiff} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {windowsSentences as said} from '../words/catalogue/questions.ts';
import {type CwndGivens, cwndLines, cwndSolved, isRecovering, newCwnd} from './cwnd-change.ts';
import {type Tcb, tcbAt} from './ends.ts';
import {writtenHost} from './host-names.ts';
import {instantBefore, stateAfter} from './instants.ts';
import {beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import {valuesLine} from './prompt.ts';
import {lineOf} from './said.ts';
import {type Arrived, segmentsOf} from './segments.ts';

/** Returns the expression that names the instant in which a segment arrives: `at({arrives: …, nth: …})`. */
const instantName = (trace: Trace, {host, n}: Arrived): string => {
  let nth = 0;
  for (const event of entriesBetween(trace, 1, n))
    if (event.kind === 'arrive' && event.host === host && event.packet > 0) nth += 1;
  return `at({arrives: ${writtenHost(host)}, nth: ${nth}})`;
};

/** Returns the ACKs that reach a host that sends data, in ESTABLISHED and with no other connection; the first 120 of a run. */
const acks = oncePer((trace: Trace): readonly Arrived[] => {
  const senders = new Set(
    segmentsOf(trace).sent.flatMap(({segment, flow}) => (segment.payload.length > 0 ? [flow] : [])),
  );
  const found: Arrived[] = [];
  for (const arrived of segmentsOf(trace).arrived) {
    const {n, flow, segment, host} = arrived;
    const connection = farEndOf(flow);
    const alone = (worldAt(trace, n)?.hosts[host]?.tcp.connections.size ?? 0) === 1;
    const plain = hasFlag(segment, 'ACK') && !hasFlag(segment, 'RST') && !hasFlag(segment, 'SYN');
    if (!plain || !alone || !senders.has(connection)) continue;
    if (stateAfter(trace, n, host, connection) === 'ESTABLISHED') found.push(arrived);
    if (found.length === 120) break;
  }
  return found;
});

/** Returns the receiving host's TCB just before and just after a segment arrives. */
const tcbsAround = (trace: Trace, {host, n, flow}: Arrived) =>
  [instantBefore(trace, n), n].map((event) => tcbAt(trace, host, farEndOf(flow), event));

type WindowGivens = {
  readonly host: string;
  readonly wnd: number;
  readonly cwnd: number;
  readonly flight: number;
};

const atLeastNone = (bytes: number): string | undefined => (bytes < 0 ? undefined : String(bytes));

const windowFound = (trace: Trace, arrived: Arrived): Found<WindowGivens> | Rejection => {
  const {host, n, packet, flow} = arrived;
  const tcb = tcbAt(trace, host, farEndOf(flow), n);
  if (!tcb) return 'hidden';
  const flight = seqDiff(tcb.snd.nxt, tcb.snd.una);
  if (flight === 0) return 'trivial';
  // Linux counts the segments in flight whatever their size, which gives the same result only if all are full.
  if (trace.header.profile === 'linux' && flight % tcb.mss > 0) return 'hidden';
  const did = String(Math.min(tcb.snd.wnd, tcb.cwnd) - flight);
  const here = `${instantName(trace, arrived)}.${writtenHost(host)}`;
  return {
    givens: {host, wnd: tcb.snd.wnd, cwnd: tcb.cwnd, flight},
    ...{did, n: n + 1},
    evidence: {
      packet,
      field: `expression:min(${here}.snd.wnd, ${here}.cwnd) - ${here}.flightSize`,
      value: did,
    },
  };
};

/**
 * Returns the ACKs after which the question is asked how much may be sent. A sender mostly sends all that it may at once, so most answers
 * would be 0: only as many of these are kept as there are others, but at least one.
 */
const mixedAcks = oncePer((trace: Trace): readonly Arrived[] => {
  const isNone = (arrived: Arrived): boolean => {
    const found = windowFound(trace, arrived);
    return typeof found === 'object' && found.did === '0';
  };
  const [none, some] = [true, false].map((wanted) => acks(trace).filter((each) => isNone(each) === wanted));
  const asked = (some ?? []).filter((each) => typeof windowFound(trace, each) === 'object').length;
  const kept = new Set([...(some ?? []), ...(none ?? []).slice(-Math.max(1, asked))]);
  return acks(trace).filter((each) => kept.has(each));
});

export const usableWindow = kindOf<WindowGivens, Arrived>({
  kind: 'usable-window',
  form: 'numeral',
  among: ({trace}) => mixedAcks(trace),
  at: ({n}) => n,
  find: ({trace}, arrived) => windowFound(trace, arrived),
  ask: ({host, wnd, cwnd, flight}, called) => [
    wordedWithNames(said.windowDraft.prompt.given, {host: called(host).first}),
    valuesLine(`SND.WND=${wnd}  cwnd=${cwnd}  SND.NXT − SND.UNA=${flight}`),
    said.windowDraft.prompt.asks,
  ],
  solve({wnd, cwnd, flight}) {
    const right = Math.min(wnd, cwnd) - flight;
    // The receiver has shrunk the window below the bytes in flight.
    if (right < 0) return undefined;
    const {hints, explain} = said.windowDraft;
    return {
      answer: String(right),
      explain: wordedWithNames(explain, {wnd, cwnd, flight, right}),
      hints: [
        hints.twoWindowsLimit,
        hints.theSmallerOne,
        wordedWithNames(hints.smaller, {bytes: Math.min(wnd, cwnd)}),
      ],
    };
  },
  beliefs: beliefsIn(said.windowDraft.beliefs, {
    'rwnd-is-cwnd': ({wnd, cwnd, flight}) => atLeastNone(Math.max(wnd, cwnd) - flight),
    whole: ({wnd, cwnd}) => Math.min(wnd, cwnd),
    larger: ({wnd, cwnd}) => Math.max(wnd, cwnd),
    waits: ({flight}) => (flight > 0 ? '0' : undefined),
  }),
});

/** Returns the arriving ACKs after which the data sender's cwnd differs from before. */
const changes = oncePer((trace: Trace): readonly Arrived[] =>
  acks(trace).filter((arrived) => {
    const [before, now] = tcbsAround(trace, arrived);
    return before && now && before.cwnd !== now.cwnd;
  }),
);

const whenOf = (before: Tcb, after: Tcb, acked: number): CwndGivens['when'] => {
  const {loss, cwnd, ssthresh, cwndCredit} = before;
  if (repairOf(before) === 'recovery') {
    if (acked === 0) return 'recovers';
    return seqDiff(after.snd.una, loss.point) >= 0 ? 'recovers-all' : 'recovers-part';
  }
  if (acked === 0) return {duplicates: loss.dupAcks + 1};
  return cwnd >= ssthresh && cwndCredit + acked >= cwnd ? 'windowful' : 'grows';
};

/**
 * Tells whether CUBIC processed the ACK on its curve (RFC 9438 §4.2), or HyStart++ measured with it that slow start should end (RFC 9406).
 */
const isOnCurve = (before: Tcb, after: Tcb): boolean =>
  after.cubic.acked !== before.cubic.acked || after.cubic.hystart.found !== before.cubic.hystart.found;

const cwndFound = (trace: Trace, arrived: Arrived): Found<CwndGivens> | Rejection => {
  const {host, n, packet, segment} = arrived;
  const [before, after] = tcbsAround(trace, arrived);
  // The question does not print congestion marks, nor what a SACK tells about losses and duplicates, so such ACKs are left out.
  if (!before || !after || hasFlag(segment, 'ECE')) return 'hidden';
  if (segment.options.some(({kind}) => kind === 'sack')) return 'hidden';
  // On CUBIC's curve cwnd depends on the time, too, which the question does not print.
  if (isOnCurve(before, after)) return 'hidden';
  const acked = seqDiff(after.snd.una, before.snd.una);
  const {loss, cwnd, ssthresh, mss, sackPermitted, episode} = before;
  const repair = repairOf(before);
  // If losses are detected by time, PRR controls cwnd (RFC 9937), and the question is left out.
  if (episode.state !== 'open' || after.episode.state !== 'open') return 'hidden';
  if (repair === 'loss' || (sackPermitted && repair === undefined && acked === 0)) return 'hidden';
  if (loss.limitedBytes > 0 && acked === 0) return 'hidden';
  const did = String(after.cwnd);
  return {
    givens: {
      ...{host, cwnd, mss, acked, line: lineOf(segment)},
      // The initial, largest value of ssthresh stands for “not set yet”.
      ssthresh: ssthresh > 2 ** 30 ? undefined : ssthresh,
      flight: seqDiff(before.snd.nxt, before.snd.una),
      when: whenOf(before, after, acked),
      hasSack: sackPermitted,
    },
    ...{did, n: n + 1},
    evidence: {
      packet,
      field: `expression:${instantName(trace, arrived)}.${writtenHost(host)}.cwnd`,
      value: did,
    },
  };
};

/** The most questions of one run about changes of cwnd for the same reason. */
const mostAlike = 3;

/**
 * Returns the ACKs of a run that change cwnd, by event number, with what is asked about them. There are none if all have the same reason,
 * such as slow start, and no reason occurs too often.
 */
const varied = oncePer((trace: Trace): ReadonlyMap<number, Found<CwndGivens> | Rejection> => {
  const found = new Map<number, Found<CwndGivens> | Rejection>();
  const counts = new Map<string, number>();
  for (const arrived of changes(trace)) {
    const each = cwndFound(trace, arrived);
    const why = typeof each === 'string' ? undefined : newCwnd(each.givens)?.why;
    const count = counts.get(why ?? '') ?? 0;
    if (why !== undefined) counts.set(why, count + 1);
    if (count < mostAlike) found.set(arrived.n, each);
  }
  return counts.size > 1 ? found : new Map();
});

export const cwndAfter = kindOf<CwndGivens, readonly [number, Found<CwndGivens> | Rejection]>({
  kind: 'cwnd-after',
  form: 'numeral',
  among: ({trace}) => [...varied(trace)],
  at: ([n]) => n,
  find: (_, [, found]) => found,
  ask: cwndLines,
  solve: cwndSolved,
  beliefs: beliefsIn(said.cwndDraft.beliefs, {
    stays: ({cwnd}) => cwnd,
    alwaysDoubles: (givens) => (newCwnd(givens)?.why === 'slow' ? undefined : 2 * givens.cwnd),
    alwaysSlowStart: ({cwnd, acked, ssthresh}) =>
      ssthresh !== undefined && cwnd >= ssthresh && acked > 0 ? cwnd + acked : undefined,
    halves: ({cwnd, acked}) => (acked === 0 ? Math.floor(cwnd / 2) : undefined),
    startsAnew: (givens) => (givens.acked === 0 || isRecovering(givens) ? givens.mss : undefined),
    oneAck: (givens) => (newCwnd(givens)?.why === 'slow' ? givens.cwnd + 1 : undefined),
    doublesNow: (givens) => (newCwnd(givens)?.why === 'slow' ? 2 * givens.cwnd : undefined),
  }),
});
