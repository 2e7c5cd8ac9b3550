// Questions about CUBIC's curve: which of its three regions a window is in (RFC 9438 §4.3 to §4.5), and which maximum a loss makes it
// remember (§4.7).

import {entriesBetween} from '../account/entries.ts';
import {sameIn, textOf, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {cubicMax, cubicRegion} from '../words/catalogue/ask-tcp.ts';
import {tcbAt} from './ends.ts';
import {beliefsIn, type Found} from './kind.ts';
import {curveAfter, lossesOf} from './linux-sender.ts';
import {byClause, listedKind, whereNamed} from './listed.ts';
import {valuesLine} from './prompt.ts';

/** Regions of the curve: below the old maximum, beyond it, and where Reno's line is higher than the curve. */
type Region = 'concave' | 'convex' | 'friendly';

type RegionGivens = {
  readonly host: string;
  /** The window before the loss, the window that Reno would have, and the window on CUBIC's curve at this time, in segments. */
  readonly most: number;
  readonly reno: number;
  readonly curve: number;
  /** The time since CUBIC's curve began and the time from there to its flat part, in tenths of a second. */
  readonly since: number;
  readonly flat: number;
};

/** A question about the curve is made at every 40th ACK after a loss, at no more than eight places. */
const everyNth = 40;
const mostPlaces = 8;
/** The units in a second in which Linux counts CUBIC's time, and the constant C of RFC 9438 §4.2. */
const UNITS = 1024;
const C = 0.4;

const tenths = (us: number): number => Math.round(us / 100_000);

/** Returns CUBIC's region for the printed values; undefined if rounding makes times and windows disagree. */
const regionOf = ({most, reno, curve, since, flat}: Omit<RegionGivens, 'host'>): Region | undefined => {
  if (since === flat || reno === curve) return undefined;
  if (reno > curve) return 'friendly';
  if (curve === most || since < flat !== curve < most) return undefined;
  return since < flat ? 'concave' : 'convex';
};

/**
 * Returns the places after each loss at which CUBIC's region is asked for, with the curve's window computed from the sender's own
 * variables.
 */
const placesOnCurve = (trace: Trace): readonly Found<RegionGivens>[] =>
  lossesOf(trace).flatMap((loss) => {
    const begun = curveAfter(trace, loss);
    if (!begun) return [];
    const found: Found<RegionGivens>[] = [];
    let arrivals = 0;
    for (const event of entriesBetween(trace, begun.n)) {
      if (event.kind !== 'arrive' || event.host !== loss.host) continue;
      arrivals += 1;
      if (arrivals % everyNth !== 0) continue;
      const tcb = tcbAt(trace, loss.host, loss.connection, event.n);
      const {epochUs, origin, k, reno} = tcb?.cubic ?? {};
      if (epochUs === undefined || origin === undefined || k === undefined || reno === undefined) break;
      const seconds = (event.atUs - epochUs) / 1_000_000 - k / UNITS;
      const curve = Math.round(origin + C * seconds * seconds * seconds);
      const times = {since: tenths(event.atUs - epochUs), flat: Math.round((k * 10) / UNITS)};
      const did = regionOf({most: origin, reno, curve, ...times});
      if (did === undefined || k === 0) continue;
      found.push({
        givens: {host: loss.host, most: origin, reno, curve, ...times},
        ...{did, n: event.n + 1, evidence: byClause(event.packet, '9438 §4.2', did)},
      });
      if (found.length === mostPlaces) break;
    }
    return found;
  });

const inSeconds = (tenth: number): string => `${(tenth / 10).toFixed(1)} s`;

export const cubicRegionKind = whereNamed(
  listedKind<RegionGivens>({
    kind: 'cubic-region',
    form: 'choice',
    all: placesOnCurve,
    ask: ({host, most, reno, curve, since, flat}, called) => [
      wordedWithNames(cubicRegion.given, {host: called(host).first, since: inSeconds(since)}),
      valuesLine(worded(cubicRegion.values, {most, flat: inSeconds(flat), curve, reno})),
      cubicRegion.asks,
    ],
    solve(givens) {
      const answer = regionOf(givens);
      if (answer === undefined) return undefined;
      const {since, flat, reno, curve, most} = givens;
      const shown = {since: inSeconds(since), flat: inSeconds(flat), reno, curve, most};
      return {
        answer,
        explain: {
          concave: worded(cubicRegion.explain.concave, shown),
          convex: worded(cubicRegion.explain.convex, shown),
          friendly: worded(cubicRegion.explain.friendly, shown),
        }[answer],
        hints: [cubicRegion.hint],
      };
    },
    beliefs: beliefsIn(cubicRegion.beliefs, {
      concave: () => 'concave',
      convex: () => 'convex',
      friendly: () => 'friendly',
      slowStart: () => 'slowStart',
    }),
    words: (value) => textOf(cubicRegion.choices, value) ?? sameIn(value),
  }),
);

/** The congestion window at a loss and the maximum that CUBIC remembered before it, in segments. */
type MaxGivens = {readonly host: string; readonly window: number; readonly before: number};

const part = (window: number, hundredths: number): number => Math.floor((window * hundredths) / 100);

export const cubicMaxKind = whereNamed(
  listedKind<MaxGivens>({
    kind: 'cubic-max',
    form: 'numeral',
    all: (trace) =>
      lossesOf(trace).map(({host, packet, n, before, after}) => {
        const did = String(after.cubic.lastMax);
        const window = Math.floor(before.cwnd / before.mss);
        return {
          givens: {host, window, before: before.cubic.lastMax},
          ...{did, n, evidence: byClause(packet, '9438 §4.7', did)},
        };
      }),
    ask: ({host, window, before}, called) => [
      wordedWithNames(cubicMax.given, {host: called(host).first, window}),
      worded(cubicMax.before, {before}),
      cubicMax.asks,
    ],
    solve({window, before}) {
      const yields = window < before;
      const right = yields ? part(window, 85) : window;
      return {
        answer: String(right),
        explain: worded(yields ? cubicMax.explain.yields : cubicMax.explain.keeps, {window, before, right}),
        hints: [cubicMax.hint],
      };
    },
    beliefs: beliefsIn(cubicMax.beliefs, {
      kept: ({before}) => (before > 0 ? before : undefined),
      window: ({window, before}) => (window < before ? window : undefined),
      yields: ({window, before}) => (window < before ? undefined : part(window, 85)),
      ssthresh: ({window}) => part(window, 70),
      half: ({window}) => part(window, 50),
    }),
  }),
);
