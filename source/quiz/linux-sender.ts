// Questions about a Linux sender's timing: when a tail loss probe leaves, when a segment counts as lost (RFC 8985), and CUBIC's window and
// curve after a loss (RFC 9438).

import {entriesBetween, entriesOf} from '../account/entries.ts';
import {repairOf} from '../account/recovery.ts';
import {sameIn, worded, wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import type {Trace} from '../sim/trace.ts';
import {cubicK, cubicSsthresh, lossProbe, rackWindow} from '../words/catalogue/ask-tcp.ts';
import {tcbAt} from './ends.ts';
import {instantBefore, lastSent} from './instants.ts';
import {type AnyKind, beliefsIn, type Found, type Rejection} from './kind.ts';
import {askedTrack} from './lesson-topic.ts';
import {byClause, listedKind, replying} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {lengthText, secondsAs} from './times.ts';

/**
 * The times in µs that Linux adds to the wait for a loss probe: TCP_TIMEOUT_MIN, or TCP_RTO_MIN if only one segment is in flight, whose ACK
 * may be delayed.
 */
const SLACK_US = 2000;
const DELAYED_ACK_US = 200_000;

/** Returns the expirations of the TLP or reordering timer at the time for which it was set, each with the TCP variables just before. */
const ranOut = (trace: Trace, wanted: 'TLP' | 'reordering') =>
  [...entriesOf(trace, 'timer')].flatMap((fired) => {
    const {n, host, connection, op, name, atUs} = fired;
    if (op !== 'fire' || name !== wanted || connection === undefined) return [];
    const armed = [...entriesBetween(trace, 1, n - 1)].findLast(
      (each) => each.kind === 'timer' && each.op === 'arm' && each.name === name && each.host === host,
    );
    const before = tcbAt(trace, host, connection, instantBefore(trace, n));
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

const slackOf = ({segments}: Pick<ProbeGivens, 'segments'>): number =>
  segments === 1 ? DELAYED_ACK_US : SLACK_US;

/** Returns for how many µs a tail loss probe waits, before the RTO limits it (RFC 8985 §7.2, with what Linux adds). */
export const ptoOf = (givens: Pick<ProbeGivens, 'srttUs' | 'segments'>): number =>
  2 * givens.srttUs + slackOf(givens);

const probeTimes = ({atUs, srttUs, rtoUs}: ProbeGivens) => secondsAs([atUs, srttUs, rtoUs, SLACK_US]);

/** Returns the loss probes that leave before the RTO would expire. If there are none, it returns all, which are easier questions. */
const uncapped = (all: readonly (Found<ProbeGivens> | Rejection)[]) => {
  const better = all.filter((each) => typeof each === 'object' && ptoOf(each.givens) < each.givens.rtoUs);
  return better.length > 0 ? better : all;
};

const probes = listedKind<ProbeGivens>({
  kind: 'loss-probe',
  form: 'choice',
  all(trace) {
    const all = ranOut(trace, 'TLP').map(({armed, before, host, atUs, packet}) => {
      const {srttUs, rtoUs, retransmissionQueue} = before;
      if (srttUs === undefined) return 'hidden';
      const did = String(atUs);
      return {
        givens: {host, atUs: armed.atUs, srttUs, rtoUs, segments: retransmissionQueue.length},
        ...{did, n: armed.n + 1, because: armed.because, evidence: byClause(packet, '8985 §7.2', did)},
      };
    });
    return uncapped(all);
  },
  ask: (givens, called) => [
    wordedWithNames(lossProbe.given, {
      host: called(givens.host).within,
      at: probeTimes(givens)(givens.atUs),
      segments: givens.segments,
    }),
    valuesLine(worded(lossProbe.values, {srtt: lengthText(givens.srttUs), rto: lengthText(givens.rtoUs)})),
    lossProbe.asks,
  ],
  solve(givens) {
    const {atUs, srttUs, rtoUs, segments} = givens;
    const ptoUs = ptoOf(givens);
    const waitUs = Math.min(ptoUs, rtoUs);
    const shown = {
      ...{srtt: lengthText(srttUs), rto: lengthText(rtoUs), pto: lengthText(ptoUs)},
      ...{isCapped: ptoUs > rtoUs, wait: lengthText(waitUs), due: probeTimes(givens)(atUs + waitUs)},
    };
    return {
      answer: String(atUs + waitUs),
      explain: worded(segments === 1 ? lossProbe.explain.one : lossProbe.explain.more, shown),
      hints: [lossProbe.hint],
    };
  },
  beliefs: [
    ...beliefsIn<ProbeGivens, keyof typeof lossProbe.beliefs>(lossProbe.beliefs, {
      'tail-waits-for-rto': ({atUs, rtoUs}) => atUs + rtoUs,
      once: ({atUs, srttUs}) => atUs + srttUs,
      bare: ({atUs, srttUs}) => atUs + 2 * srttUs,
    }),
    replying(
      lossProbe.replies.delayed,
      ({segments}: ProbeGivens) => ({single: segments === 1}),
      ({atUs, srttUs}) => String(atUs + 2 * srttUs + DELAYED_ACK_US),
    ),
  ],
  words: (us, givens) => sameIn(probeTimes(givens)(Number(us))),
});

/** A question kind: when does a tail loss probe leave? Beginners' lessons (foundations) do not ask it. */
export const lossProbeKind: AnyKind = {
  ...probes,
  places: (asked) => (askedTrack(asked.variant.lesson) === 'foundations' ? [] : probes.places(asked)),
};

type LateGivens = {
  readonly host: string;
  readonly seq: number;
  readonly sentUs: number;
  /** The time in µs at which the later segment, which a SACK has reported, was sent. */
  readonly laterUs: number;
  /** The round-trip time in µs of the segment that was reported last; `leastUs` is the smallest round-trip time so far. */
  readonly rttUs: number;
  readonly leastUs: number;
  readonly rtoUs: number;
};

const lostAtUs = ({sentUs, rttUs}: LateGivens, windowUs: number): number =>
  sentUs + rttUs + windowUs + SLACK_US;

const quarterUs = ({leastUs}: LateGivens): number => Math.floor(leastUs / 4);

/** Returns a format for the printed times that does not round them, because the learner adds them up. */
const lateTimes = ({sentUs, laterUs, rttUs, leastUs}: LateGivens) =>
  secondsAs([sentUs, laterUs, rttUs, Math.floor(leastUs / 4), SLACK_US]);

export const rackWindowKind = listedKind<LateGivens>({
  kind: 'rack-window',
  form: 'choice',
  all: (trace) =>
    ranOut(trace, 'reordering').map(({armed, before, host, atUs, packet}) => {
      const {rack, retransmissionQueue, rtoUs} = before;
      const [head] = retransmissionQueue;
      const usual = rack.quarters === 1 && !rack.reordered;
      if (!head || head.transmissions > 1 || !usual || rack.minRttUs === undefined) return 'hidden';
      const later = retransmissionQueue.slice().find(({sending}) => sending === rack.newest);
      // The question is asked only if the segment's time was not yet over when the SACK arrived, so that the sender set a timer.
      if (!later || later.sentUs + rack.rttUs !== armed.atUs) return 'hidden';
      const {seq, sentUs} = head;
      const did = String(atUs);
      const rtts = {rttUs: rack.rttUs, leastUs: rack.minRttUs, rtoUs};
      return {
        givens: {host, seq, sentUs, laterUs: later.sentUs, ...rtts},
        ...{did, n: armed.n + 1, because: armed.because, evidence: byClause(packet, '8985 §6.2', did)},
      };
    }),
  ask(givens, called) {
    const {host, seq, laterUs, sentUs, rttUs, leastUs, rtoUs} = givens;
    const at = lateTimes(givens);
    return [
      wordedWithNames(rackWindow.given, {host: called(host).first, seq, sent: at(sentUs)}),
      worded(rackWindow.arrived, {later: at(laterUs), rtt: lengthText(rttUs)}),
      worded(rackWindow.values, {least: lengthText(leastUs), rto: lengthText(rtoUs)}),
      worded(rackWindow.asks, {seq}),
    ];
  },
  solve(givens) {
    const right = lostAtUs(givens, quarterUs(givens));
    const at = lateTimes(givens);
    return {
      answer: String(right),
      explain: worded(rackWindow.explain, {
        ...{sent: at(givens.sentUs), rtt: lengthText(givens.rttUs)},
        ...{quarter: lengthText(quarterUs(givens)), due: at(right)},
      }),
      hints: [rackWindow.hint],
    };
  },
  beliefs: beliefsIn(rackWindow.beliefs, {
    'three-duplicates-needed': ({sentUs, rtoUs}) => sentUs + rtoUs,
    atOnce: ({sentUs, rttUs}) => sentUs + rttUs,
    whole: (givens) => lostAtUs(givens, givens.leastUs),
  }),
  words: (us, givens) => sameIn(lateTimes(givens)(Number(us))),
});

/**
 * Returns the retransmissions with which a sender enters loss recovery and CUBIC notes a new maximum, with the TCP variables before and
 * after.
 */
export const lossesOf = (trace: Trace) =>
  [...entriesOf(trace, 'send')].flatMap((sent) => {
    const {n, host, connection, packet, retransmission} = sent;
    if (!retransmission || connection === undefined) return [];
    const before = tcbAt(trace, host, connection, instantBefore(trace, n));
    const after = tcbAt(trace, host, connection, n);
    if (!before || !after || repairOf(before) === 'recovery' || repairOf(after) !== 'recovery') return [];
    const counts = after.cubic.lastMax !== before.cubic.lastMax;
    return counts ? [{host, connection, packet, n, before, after}] : [];
  });

type LossGivens = {readonly host: string; readonly cwnd: number; readonly mss: number};

const kept = ({cwnd, mss}: LossGivens, tenths: number): number =>
  Math.max(Math.floor((Math.floor(cwnd / mss) * tenths) / 10), 2) * mss;

/** Returns a share of cwnd in tenths as a learner computes it who does not count in whole segments. */
const uncut = ({cwnd}: LossGivens, tenths: number): number => Math.floor((cwnd * tenths) / 10);

/** Returns the share of cwnd that is not cut to whole segments; undefined if it equals the right one. */
const ownUncut = (givens: LossGivens, tenths: number): string | undefined =>
  uncut(givens, tenths) === kept(givens, tenths) ? undefined : String(uncut(givens, tenths));

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
    const had = Math.floor(givens.cwnd / givens.mss);
    return {
      answer: String(right),
      explain: worded(cubicSsthresh.explain, {
        ...{segments: had, kept: (had * 7) / 10, whole: right / givens.mss, right},
        isCut: (had * 7) % 10 > 0,
      }),
      hints: [cubicSsthresh.hint],
    };
  },
  beliefs: [
    ...beliefsIn<LossGivens, keyof typeof cubicSsthresh.beliefs>(cubicSsthresh.beliefs, {
      'loss-halves-cwnd': (givens) => kept(givens, 5),
      gone: (givens) => kept(givens, 3),
      one: ({mss}) => mss,
      uncut: (givens) => uncut(givens, 7),
    }),
    {misconception: 'loss-halves-cwnd', answers: (givens) => ownUncut(givens, 5)},
    {says: cubicSsthresh.beliefs.gone, answers: (givens) => ownUncut(givens, 3)},
  ],
});

type CurveGivens = {
  readonly host: string;
  /** The congestion window before the loss, in segments. */
  readonly most: number;
  readonly window: number;
  readonly srttUs: number;
};

const TENTH_US = 100_000;
/** If loss recovery lasts longer than this many arrivals, no question is made about it. */
const SOON = 100;

/** Finds the ACK after a loss at which CUBIC's curve begins, where W_est of §4.3 equals the window; undefined if it does not come soon. */
export function curveAfter(trace: Trace, {host, connection, n}: ReturnType<typeof lossesOf>[number]) {
  let arrivals = 0;
  for (const event of entriesBetween(trace, n)) {
    if (event.kind !== 'arrive' || event.host !== host) continue;
    arrivals += 1;
    const after = tcbAt(trace, host, connection, event.n);
    if (!after || arrivals > SOON) return undefined;
    if (after.cubic.epochUs !== undefined) return {packet: event.packet, n: event.n + 1, after};
  }
  return undefined;
}

/** Returns a time in µs rounded to tenths of a second, so that the wrong choices are as exact as the right one. */
const toTenths = (us: number): string => String(Math.round(us / TENTH_US) * TENTH_US);
const inTenths = (us: number): string => `${(us / 1_000_000).toFixed(1)} s`;

/** Returns CUBIC's time for a cube given in tenths (of s³): its cube root in µs, rounded to a tenth of a second. */
function cubeRootUs(tenths: number): number {
  let n = 0;
  // The condition (n + ½)³ ≤ 100 · tenths, multiplied by eight to avoid fractions.
  while ((2 * n + 1) * (2 * n + 1) * (2 * n + 1) <= 800 * tenths) n += 1;
  return n * TENTH_US;
}

/**
 * Returns the time in µs in which Reno's window grows by `missing` segments: α = 3 (1 − β) / (1 + β) segments per round trip, with β = 0.7.
 */
const friendlyUs = (missing: number, srttUs: number): number => (missing * srttUs * 17) / 9;

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
  solve({most, window, srttUs}) {
    const right = cubeRootUs((most - window) * 25);
    // If Reno's window (W_est of §4.3) reaches the old maximum before the curve does, the curve does not decide.
    if (friendlyUs(most - window, srttUs) <= right) return undefined;
    const explain = worded(cubicK.explain, {most, window, right: inTenths(right)});
    return {answer: String(right), explain, hints: [cubicK.hint]};
  },
  beliefs: beliefsIn(cubicK.beliefs, {
    'growth-by-round-trips': ({most, window, srttUs}) => toTenths((most - window) * srttUs),
    root: ({most, window}) => (most - window) * 25 * TENTH_US,
    scale: ({most, window}) => cubeRootUs((most - window) * 10),
  }),
  words: (us) => sameIn(inTenths(Number(us))),
});
