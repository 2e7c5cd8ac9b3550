// Explains RTTVAR as Linux computes it (stack/tcp/rtt-spread.ts): the largest deviation of a round-trip time, and never less than a quarter
// of the minimum RTO.
import {lawsOfLinux, whyVariable} from '../../words/catalogue/why.ts';
import {formatTime} from '../../words/format.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import type {Place} from '../endpoints/last-change.ts';
import {quantityText} from '../endpoints/variables.ts';
import type {View} from '../view.ts';

/** Tells whether the run has the Linux profile: lessons and scripts cannot choose its RTTVAR or its way of counting cwnd separately. */
export const isOfLinux = ({input: {trace}}: View): boolean => trace.header.profile === 'linux';

/** How far in µs RTTVAR may stay above its lower bound, because it falls by a quarter of the difference at a time, in whole µs. */
const left = 4;

/**
 * Returns Linux's minimum RTO as text if event `n` set RTTVAR to a quarter of it, because no deviation of a round-trip time was larger;
 * otherwise undefined.
 */
export const leastTimeout = (view: View, host: string, n: number): string | undefined => {
  const [then, now] = [endAtHand(view, host, n), endAtHand(view, host)];
  if (!isOfLinux(view) || then?.rttvarUs === undefined || now === undefined) return undefined;
  // The largest deviation counts for RTTVAR only during the round trip of event `n`.
  const {nowUs, mostUs} = now.spread.end === then.spread.end ? then.spread : now.spread;
  return nowUs < mostUs && then.rttvarUs - mostUs < left ? formatTime(4 * mostUs) : undefined;
};

/** The minimum RTO of RFC 6298 §2 (2.4) in µs. */
const leastByRfcUs = 1_000_000;

/**
 * Explains an RTO that a minimum holds up: RTTVAR is at its lower bound (Linux), or the RTO is above SRTT + 4 × RTTVAR; empty for other
 * variables, or if no minimum applies.
 */
export const floorLaw = (
  view: View,
  {host, name, event}: Place & {readonly event: number},
  formula: string,
): readonly string[] => {
  if (name !== 'rto' || !formula.includes('srtt')) return [];
  const end = variablesAt(view)(view.cursor, host);
  const [rto, srtt, rttvar] = ['rto', 'srtt', 'rttvar'].map((each) => end?.quantity(each));
  if (!rto || !srtt || !rttvar) return [];
  const least = leastTimeout(view, host, event);
  if (least !== undefined) return [lawsOfLinux.spread[view.language]({least})];
  const sum = {...rto, value: srtt.value + 4 * rttvar.value};
  if (sum.value >= rto.value) return [];
  const [told, bound] = [sum, rto].map((each) => quantityText(each, false));
  const own = rto.value !== leastByRfcUs;
  return [whyVariable.floor[view.language]({sum: told ?? '', least: bound ?? '', own})];
};
