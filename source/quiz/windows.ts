// Questions about windows (RFC 9293 §3.8.6, RFC 5681): how much may be sent now, and what an acknowledgement does to cwnd.

import {entriesBetween, entryAt, worldAt} from '../account/entries.ts';
import {segmentText} from '../account/summary.ts';
import {evaluate} from '../lesson/evaluate.ts';
import type {HostProperty} from '../lesson/host-property.ts';
import {sameIn, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {hasFlag} from '../wire/tcp.ts';
import {windowsSentences} from '../words/catalogue/questions.ts';
import {circumstances, cwndReason, lossAt} from './cwnd-change.ts';
import type {Draft, Generator, Option} from './draft.ts';
import type {Draw} from './draw.ts';
import {writtenHost} from './host-names.ts';
import {arrivedAt, firstOf, stateAfter} from './instants.ts';
import {valuesLine} from './prompt.ts';
import {segmentsOf} from './segments.ts';
import {hostFirst} from './words.ts';

type Arrive = Extract<TraceEvent, {kind: 'arrive'}>;

/** As an expression of a lesson would have it; undefined: no such value. */
const valueAt = (trace: Trace, host: string, property: HostProperty, event: number): number | undefined => {
  const value = evaluate({kind: 'host', host, property}, {trace, event});
  if (!value.ok || value.value.kind === 'time' || value.value.kind === 'text') return undefined;
  return Number(value.value.value);
};

/** The instant of an arrival, as expressions name it. */
const instantName = (trace: Trace, {host, n}: Arrive): string => {
  let nth = 0;
  for (const event of entriesBetween(trace, 1, n))
    if (event.kind === 'arrive' && event.host === host && event.packet > 0) nth += 1;
  return `at({arrives: ${writtenHost(host)}, nth: ${nth}})`;
};

const bytes = (value: number, misconception?: string): Option => ({
  text: sameIn(String(value)),
  value: String(value),
  ...(misconception ? {misconception} : {}),
});

/** Acknowledgements that come to somebody who has data under way, one connection at a time. */
const acks = oncePer((trace: Trace): readonly Arrive[] => {
  const senders = new Set(
    segmentsOf(trace).sent.flatMap(({segment, flow}) => (segment.payload.length > 0 ? [flow] : [])),
  );
  const found: Arrive[] = [];
  for (const {n, flow, segment, host} of segmentsOf(trace).arrived) {
    const event = entryAt(trace, n);
    const connection = farEndOf(flow);
    const alone = (worldAt(trace, n)?.hosts[host]?.tcp.connections.size ?? 0) === 1;
    const plain = hasFlag(segment, 'ACK') && !hasFlag(segment, 'RST') && !hasFlag(segment, 'SYN');
    if (event.kind !== 'arrive' || !plain || !alone || !senders.has(connection)) continue;
    if (stateAfter(trace, n, host, connection) === 'ESTABLISHED') found.push(event);
    if (found.length === 120) break;
  }
  return found;
});

type Windows = {readonly wnd: number; readonly cwnd: number; readonly flight: number; readonly mss: number};

const windowsAt = (trace: Trace, host: string, n: number): Windows | undefined => {
  const [wnd, cwnd, flight, mss] = (['snd.wnd', 'cwnd', 'flightSize', 'mss'] as const).map((property) =>
    valueAt(trace, host, property, n),
  );
  if (wnd === undefined || cwnd === undefined || flight === undefined || mss === undefined) return undefined;
  return {wnd, cwnd, flight, mss};
};

const answering = (right: number, wrong: readonly Option[], draw: Draw) =>
  draw.below('form', 3) === 0
    ? {
        form: 'number' as const,
        right,
        wrong: wrong.flatMap(({value, misconception}) =>
          misconception === undefined ? [] : [{value: Number(value), misconception}],
        ),
      }
    : {form: 'choice' as const, right: bytes(right), wrong: wrong.filter(({value}) => Number(value) >= 0)};

const windowDraft = (trace: Trace, event: Arrive, draw: Draw): Draft | undefined => {
  const {host, n, packet} = event;
  const windows = windowsAt(trace, host, n);
  if (!windows) return undefined;
  const {wnd, cwnd, flight, mss} = windows;
  const right = Math.min(wnd, cwnd) - flight;
  if (right < 0 || flight === 0) return undefined;
  const here = `${instantName(trace, event)}.${writtenHost(host)}`;
  const values = `SND.WND=${wnd}  cwnd=${cwnd}  SND.NXT − SND.UNA=${flight}`;
  const narrow = wnd <= cwnd;
  return {
    ...answering(
      right,
      [
        bytes((narrow ? cwnd : wnd) - flight, 'rwnd-is-cwnd'),
        bytes(narrow ? wnd : cwnd),
        bytes(Math.max(wnd, cwnd)),
        bytes(flight),
        bytes(right + mss),
      ],
      draw,
    ),
    prompt: [
      wordedWithNames(windowsSentences.windowDraft.prompt.given, {host: hostFirst(host)}),
      valuesLine(values),
      windowsSentences.windowDraft.prompt.asks,
    ],
    hints: [
      windowsSentences.windowDraft.hints.twoWindowsLimit,
      windowsSentences.windowDraft.hints.theSmallerOne,
      wordedWithNames(windowsSentences.windowDraft.hints.smaller, {bytes: narrow ? wnd : cwnd}),
    ],
    explain: wordedWithNames(windowsSentences.windowDraft.explain, {wnd, cwnd, flight, right}),
    n: n + 1,
    evidence: {
      packet,
      field: `expression:min(${here}.snd.wnd, ${here}.cwnd) - ${here}.flightSize`,
      value: String(right),
    },
  };
};

const arrivalAt = (trace: Trace, place: number): Arrive | undefined => acks(trace).find(({n}) => n === place);

export const usableWindow: Generator = {
  kind: 'usable-window',
  places: ({trace}) => acks(trace).map(({n}) => n),
  ask: ({trace}, place, draw) => {
    const event = arrivalAt(trace, place);
    return event && windowDraft(trace, event, draw);
  },
};

/** Acknowledgements after which cwnd is another. */
const changes = oncePer((trace: Trace): readonly Arrive[] =>
  acks(trace).filter(({host, n}) => {
    const [before, now] = [firstOf(trace, n) - 1, n].map((event) => valueAt(trace, host, 'cwnd', event));
    return before !== undefined && now !== undefined && before !== now;
  }),
);

const cwndHints = (grown: boolean): Draft['hints'] => [
  windowsSentences.cwndHints.belowSsthreshIt,
  windowsSentences.cwndHints.aThirdDuplicate,
  grown ? windowsSentences.cwndHints.itGrowsHere : windowsSentences.cwndHints.itShrinksHere,
];

const cwndDraft = (trace: Trace, event: Arrive, draw: Draw): Draft | undefined => {
  const {host, n, packet} = event;
  const earlier = firstOf(trace, n) - 1;
  const before = windowsAt(trace, host, earlier);
  const right = valueAt(trace, host, 'cwnd', n);
  const una = [earlier, n].map((at) => valueAt(trace, host, 'snd.una', at));
  const threshold = valueAt(trace, host, 'ssthresh', earlier);
  const segment = arrivedAt(trace, n)?.segment;
  const loss = lossAt(trace, host, earlier);
  if (!before || right === undefined || threshold === undefined || !segment || !loss) return undefined;
  const acked = ((una[1] ?? 0) - (una[0] ?? 0)) | 0;
  const {cwnd, mss, wnd, flight} = before;
  const change = {loss, cwnd, ssthresh: threshold, mss, acked, right};
  const more = circumstances(change);
  // The largest value stands for “not set yet”.
  const limit = threshold > 2 ** 30 ? '∞' : String(threshold);
  const values = worded(windowsSentences.cwndDraft.values, {cwnd, limit, mss, flight});
  const grown = right > cwnd;
  return {
    ...answering(
      right,
      [
        bytes(wnd, 'rwnd-is-cwnd'),
        bytes(cwnd),
        bytes(cwnd + mss),
        bytes(2 * cwnd),
        bytes(Math.floor(cwnd / 2)),
        bytes(mss),
        bytes(cwnd + acked),
      ],
      draw,
    ),
    prompt: [
      wordedWithNames(windowsSentences.cwndDraft.prompt.given, {host: hostFirst(host)}),
      valuesLine(values),
      windowsSentences.cwndDraft.prompt.receives,
      valuesLine(segmentText(segment)),
      wordedWithNames(windowsSentences.cwndDraft.prompt.asks, {acked, more}),
    ],
    hints: cwndHints(grown),
    explain: cwndReason(change),
    because: instantRule(trace, n),
    n: n + 1,
    evidence: {
      packet,
      field: `expression:${instantName(trace, event)}.${writtenHost(host)}.cwnd`,
      value: String(right),
    },
  };
};

/** The rule of what is sent because of it, where something is. */
const instantRule = (trace: Trace, n: number): string | undefined => {
  const next = n < trace.length ? entryAt(trace, n + 1) : undefined;
  return next?.instant === entryAt(trace, n).instant ? next.because : undefined;
};

export const cwndAfter: Generator = {
  kind: 'cwnd-after',
  places: ({trace}) => changes(trace).map(({n}) => n),
  ask: ({trace}, place, draw) => {
    const event = changes(trace).find(({n}) => n === place);
    return event && cwndDraft(trace, event, draw);
  },
};
