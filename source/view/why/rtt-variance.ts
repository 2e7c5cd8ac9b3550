// RTTVAR as Linux keeps it (stack/tcp/rtt-spread.ts): the largest deviation of a round-trip time, and never less than a quarter of the
// minimum RTO.
import {lawsOfLinux, whyVariable} from '../../words/catalogue/why.ts';
import {formatTime} from '../../words/format.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import type {Place} from '../endpoints/last-change.ts';
import {quantityText} from '../endpoints/variables.ts';
import type {View} from '../view.ts';

/** Tells whether the run has the Linux profile: lessons and scripts cannot choose its RTTVAR or its count of cwnd separately. */
export const isOfLinux = ({input: {trace}}: View): boolean => trace.header.profile === 'linux';

/** The difference in µs that may remain: RTTVAR falls by whole µs, a quarter of the difference at a time, so that the last three stay. */
const left = 4;

/** Returns the minimum RTO if event `n` set RTTVAR to a quarter of it, because no deviation of a round-trip time was as large. */
export const leastTimeout = (view: View, host: string, n: number): string | undefined => {
  const [then, now] = [endAtHand(view, host, n), endAtHand(view, host)];
  if (!isOfLinux(view) || then?.rttvarUs === undefined || now === undefined) return undefined;
  // The largest deviation at event `n` counts only in its own round trip.
  const {nowUs, mostUs} = now.spread.end === then.spread.end ? then.spread : now.spread;
  return nowUs < mostUs && then.rttvarUs - mostUs < left ? formatTime(4 * mostUs) : undefined;
};

/** The minimum RTO of RFC 6298 §2 (2.4) in µs. */
const leastByRfcUs = 1_000_000;

/** Explains an RTO that is the sum of a measurement which is below the minimum by now. */
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
