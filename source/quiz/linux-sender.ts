// Questions about a sender that goes by time, as Linux does: when a loss probe leaves, when a segment counts as lost (RFC 8985), where a
// loss takes CUBIC and when its curve is back (RFC 9438).
import {entriesBetween, entriesOf} from '../account/entries.ts';
import {repairOf} from '../account/recovery.ts';
import {sameIn, worded, wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import type {Trace} from '../sim/trace.ts';
import {cubicK, cubicSsthresh, lossProbe, rackWindow} from '../words/catalogue/ask-tcp.ts';
import {tcbAt} from './ends.ts';
import {firstOf, instantOf, lastSent} from './instants.ts';
import {byClause, listedKind} from './listed.ts';
import {valuesLine} from './prompt.ts';

/** What Linux waits longer than it must (TCP_TIMEOUT_MIN), and for an ACK that may be delayed (TCP_RTO_MIN). */
const SLACK_US = 2000;
const DELAYED_ACK_US = 200_000;

const inWords = (us: string) => sameIn(timeText(Number(us)));

/** A timer that ran out when it was set to, with the connection as it was just before. */
const ranOut = (trace: Trace, wanted: 'TLP' | 'reordering') =>
  [...entriesOf(trace, 'timer')].flatMap((fired) => {
    const {n, host, connection, op, name, atUs} = fired;
    if (op !== 'fire' || name !== wanted || connection === undefined) return [];
    const armed = [...entriesBetween(trace, 1, n - 1)].findLast(
      (each) => each.kind === 'timer' && each.op === 'arm' && each.name === name && each.host === host,
    );
    const before = tcbAt(trace, host, connection, firstOf(trace, n) - 1);
    const packet = lastSent(trace, n);
    if (armed?.kind !== 'timer' || armed.dueUs !== atUs || !before || packet === undefined) return [];
    return [{armed, before, host, atUs, packet}];
  });

type ProbeGivens = {
  readonly host: string;
  readonly atUs: number;
  readonly srttUs: number;
  readonly rtoUs: number;
  readonly segments: number;
};

export const lossProbeKind = listedKind<ProbeGivens>({
  kind: 'loss-probe',
  form: 'choice',
  all: (trace) =>
    ranOut(trace, 'TLP').map(({armed, before, host, atUs, packet}) => {
      const {srttUs, rtoUs, retransmissionQueue} = before;
      if (srttUs === undefined) return 'hidden';
      const did = String(atUs);
      return {
        givens: {host, atUs: armed.atUs, srttUs, rtoUs, segments: retransmissionQueue.length},
        ...{did, n: armed.n + 1, because: armed.because, evidence: byClause(packet, '8985 §7.2', did)},
      };
    }),
  ask: ({host, atUs, srttUs, rtoUs, segments}, called) => [
    wordedWithNames(lossProbe.given, {host: called(host).within, at: timeText(atUs), segments}),
    valuesLine(worded(lossProbe.values, {srtt: timeText(srttUs), rto: timeText(rtoUs)})),
    lossProbe.asks,
  ],
  solve({atUs, srttUs, rtoUs, segments}) {
    const waitUs = Math.min(2 * srttUs + (segments === 1 ? DELAYED_ACK_US : SLACK_US), rtoUs);
    const shown = {wait: timeText(waitUs), due: timeText(atUs + waitUs)};
    return {
      answer: String(atUs + waitUs),
      explain: worded(segments === 1 ? lossProbe.explain.one : lossProbe.explain.more, shown),
      hints: [lossProbe.hint],
    };
  },
  beliefs: [
    {misconception: 'tail-waits-for-rto', answers: ({atUs, rtoUs}) => String(atUs + rtoUs)},
    {says: lossProbe.beliefs.once, answers: ({atUs, srttUs}) => String(atUs + srttUs)},
    {says: lossProbe.beliefs.doubled, answers: ({atUs, rtoUs}) => String(atUs + 2 * rtoUs)},
    {says: lossProbe.beliefs.atOnce, answers: ({atUs}) => String(atUs)},
  ],
  words: inWords,
});

type LateGivens = {
  readonly host: string;
  readonly seq: number;
  readonly sentUs: number;
  /** Of the newest that has arrived, and the least of all. */
  readonly rttUs: number;
  readonly leastUs: number;
  readonly rtoUs: number;
};

const lostAtUs = ({sentUs, rttUs}: LateGivens, windowUs: number): number =>
  sentUs + rttUs + windowUs + SLACK_US;

export const rackWindowKind = listedKind<LateGivens>({
  kind: 'rack-window',
  form: 'choice',
  all: (trace) =>
    ranOut(trace, 'reordering').map(({armed, before, host, atUs, packet}) => {
      const {rack, retransmissionQueue, rtoUs} = before;
      const [head] = retransmissionQueue;
      const usual = rack.quarters === 1 && !rack.reordered;
      if (!head || head.transmissions > 1 || !usual || rack.minRttUs === undefined) return 'hidden';
      const {seq, sentUs} = head;
      const did = String(atUs);
      return {
        givens: {host, seq, sentUs, rttUs: rack.rttUs, leastUs: rack.minRttUs, rtoUs},
        ...{did, n: armed.n + 1, because: armed.because, evidence: byClause(packet, '8985 §6.2', did)},
      };
    }),
  ask: ({host, seq, sentUs, rttUs, leastUs, rtoUs}, called) => [
    wordedWithNames(rackWindow.given, {host: called(host).first, seq, sent: timeText(sentUs)}),
    worded(rackWindow.arrived, {rtt: timeText(rttUs), least: timeText(leastUs), rto: timeText(rtoUs)}),
    worded(rackWindow.asks, {seq}),
  ],
  solve(givens) {
    const {sentUs, rttUs, leastUs} = givens;
    const right = lostAtUs(givens, Math.floor(leastUs / 4));
    const times = {sent: timeText(sentUs), rtt: timeText(rttUs), quarter: timeText(Math.floor(leastUs / 4))};
    return {
      answer: String(right),
      explain: worded(rackWindow.explain, {...times, due: timeText(right)}),
      hints: [rackWindow.hint],
    };
  },
  beliefs: [
    {misconception: 'three-duplicates-needed', answers: ({sentUs, rtoUs}) => String(sentUs + rtoUs)},
    {says: rackWindow.beliefs.atOnce, answers: ({sentUs, rttUs}) => String(sentUs + rttUs)},
    {says: rackWindow.beliefs.whole, answers: (givens) => String(lostAtUs(givens, givens.leastUs))},
  ],
  words: inWords,
});

/** Where a loss begins an episode of CUBIC's: the first repetition, and the connection before and after. */
const lossesOf = (trace: Trace) =>
  [...entriesOf(trace, 'send')].flatMap((sent) => {
    const {n, host, connection, packet, retransmission} = sent;
    if (!retransmission || connection === undefined) return [];
    const before = tcbAt(trace, host, connection, firstOf(trace, n) - 1);
    const after = tcbAt(trace, host, connection, n);
    if (!before || !after || repairOf(before) === 'recovery' || repairOf(after) !== 'recovery') return [];
    const counts = after.cubic.lastMax !== before.cubic.lastMax;
    return counts ? [{host, connection, packet, n, before, after}] : [];
  });

type LossGivens = {readonly host: string; readonly cwnd: number; readonly mss: number};

const kept = ({cwnd, mss}: LossGivens, tenths: number): number =>
  Math.max(Math.floor((Math.floor(cwnd / mss) * tenths) / 10), 2) * mss;

export const cubicSsthreshKind = listedKind<LossGivens>({
  kind: 'cubic-ssthresh',
  form: 'numeral',
  all: (trace) =>
    lossesOf(trace).map(({host, packet, n, before, after}) => {
      const did = String(after.ssthresh);
      return {
        givens: {host, cwnd: before.cwnd, mss: before.mss},
        ...{did, n, evidence: byClause(packet, '9438 §4.6', did)},
      };
    }),
  ask: ({host, cwnd, mss}, called) => [
    wordedWithNames(cubicSsthresh.given, {host: called(host).first}),
    valuesLine(`cwnd=${cwnd}  MSS=${mss}`),
    cubicSsthresh.asks,
  ],
  solve(givens) {
    const right = kept(givens, 7);
    return {
      answer: String(right),
      explain: worded(cubicSsthresh.explain, {cwnd: givens.cwnd, right}),
      hints: [cubicSsthresh.hint],
    };
  },
  beliefs: [
    {misconception: 'loss-halves-cwnd', answers: (givens) => String(kept(givens, 5))},
    {says: cubicSsthresh.beliefs.gone, answers: (givens) => String(kept(givens, 3))},
    {says: cubicSsthresh.beliefs.one, answers: ({mss}) => String(mss)},
  ],
});

type CurveGivens = {
  readonly host: string;
  /** In segments. */
  readonly most: number;
  readonly window: number;
  readonly srttUs: number;
};

const TENTH_US = 100_000;
/** So many arrivals further on the recovery is over, or the question is left. */
const SOON = 100;

/** The ACK by which the curve begins; W_est of §4.3 is the window then, until the next one. */
function curveAfter(trace: Trace, {host, connection, n}: ReturnType<typeof lossesOf>[number]) {
  let arrivals = 0;
  for (const event of entriesBetween(trace, n)) {
    if (event.kind !== 'arrive' || event.host !== host) continue;
    arrivals += 1;
    const after = tcbAt(trace, host, connection, instantOf(trace, event.n).at(-1)?.n ?? event.n);
    if (!after || arrivals > SOON) return undefined;
    if (after.cubic.epochUs !== undefined) return {packet: event.packet, n: event.n + 1, after};
  }
  return undefined;
}

const tenthsText = (us: number): string => `${Math.round(us / TENTH_US) / 10} s`;

/** The cube root of a number of tenths, to the nearest tenth. */
function cubeRootUs(tenths: number): number {
  let n = 0;
  // (n + ½)³ ≤ 100 · tenths, in eighths.
  while ((2 * n + 1) * (2 * n + 1) * (2 * n + 1) <= 800 * tenths) n += 1;
  return n * TENTH_US;
}

export const cubicKKind = listedKind<CurveGivens>({
  kind: 'cubic-k',
  form: 'choice',
  all: (trace) =>
    lossesOf(trace).flatMap((loss) => {
      const begun = curveAfter(trace, loss);
      const {srttUs, cubic} = begun?.after ?? {};
      if (!begun || !cubic || cubic.k === 0 || srttUs === undefined) return [];
      const {packet, n} = begun;
      const {lastMax, reno, k} = cubic;
      const did = String(Math.round((k * 10) / 1024) * TENTH_US);
      return [
        {
          givens: {host: loss.host, most: lastMax, window: reno, srttUs},
          ...{did, n, evidence: byClause(packet, '9438 §4.2', did)},
        },
      ];
    }),
  ask: ({host, most, window, srttUs}, called) => [
    wordedWithNames(cubicK.given, {host: called(host).first}),
    valuesLine(worded(cubicK.values, {most, window, srtt: timeText(srttUs)})),
    cubicK.asks,
  ],
  solve({most, window}) {
    const right = cubeRootUs((most - window) * 25);
    const explain = worded(cubicK.explain, {most, window, right: tenthsText(right)});
    return {answer: String(right), explain, hints: [cubicK.hint]};
  },
  beliefs: [
    {
      misconception: 'growth-by-round-trips',
      answers: ({most, window, srttUs}) => String((most - window) * srttUs),
    },
    {says: cubicK.beliefs.root, answers: ({most, window}) => String((most - window) * 25 * TENTH_US)},
    {says: cubicK.beliefs.scale, answers: ({most, window}) => String(cubeRootUs((most - window) * 10))},
  ],
  words: (us) => sameIn(tenthsText(Number(us))),
});
