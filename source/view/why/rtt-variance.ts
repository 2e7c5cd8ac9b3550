// RTTVAR as Linux keeps it (stack/tcp/rtt-spread.ts): the largest deviation of a round trip, and never less than a quarter of the least time-out.
import {lawsOfLinux, whyVariable} from '../../words/catalogue/why.ts';
import {formatTime} from '../../words/format.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import type {Place} from '../endpoints/last-change.ts';
import {quantityText} from '../endpoints/variables.ts';
import type {View} from '../view.ts';

/** By its profile: lessons and scripts choose no variation of RTTVAR and no count of cwnd by themselves. */
export const isOfLinux = ({input: {trace}}: View): boolean => trace.header.profile === 'linux';

/** In µs: a quarter of the difference is lowered in whole ones, so that the last three stay. */
const left = 4;

/** The least time-out, where a quarter of it is what RTTVAR became by event `n`: no deviation of a round trip was as large. */
export const leastTimeout = (view: View, host: string, n: number): string | undefined => {
  const [then, now] = [endAtHand(view, host, n), endAtHand(view, host)];
  if (!isOfLinux(view) || then?.rttvarUs === undefined || now === undefined) return undefined;
  // In another round trip that of event `n` counts no more.
  const {nowUs, mostUs} = now.spread.end === then.spread.end ? then.spread : now.spread;
  return nowUs < mostUs && then.rttvarUs - mostUs < left ? formatTime(4 * mostUs) : undefined;
};

/** RFC 6298 §2 (2.4). */
const leastByRfcUs = 1_000_000;

/** RTO was the sum of a measurement, which has become less since. */
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
