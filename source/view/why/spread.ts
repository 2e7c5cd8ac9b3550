// RTTVAR as Linux keeps it (stack/tcp/rtt-spread.ts): the largest deviation of a round trip, and never less than a quarter of the least time-out.
import {worldAt} from '../../account/entries.ts';
import {formatTime} from '../../words/format.ts';
import {connectionIn, connectionsAtHand} from '../endpoints/at-hand.ts';
import type {View} from '../view.ts';

/** By its profile: lessons and scripts choose no variation of RTTVAR and no count of cwnd by themselves. */
export const isOfLinux = ({input: {trace}}: View): boolean => trace.header.profile === 'linux';

/** In µs: a quarter of the difference is lowered in whole ones, so that the last three stay. */
const left = 4;

/** The least time-out, where a quarter of it is what RTTVAR became by event `n`: no deviation of a round trip was as large. */
export const leastTimeout = (view: View, host: string, n: number): string | undefined => {
  const atHand = connectionsAtHand(view);
  const [then, now] = [n, view.cursor].map((each) =>
    connectionIn(worldAt(view.input.trace, each), host, atHand),
  );
  if (!isOfLinux(view) || then?.rttvarUs === undefined || now === undefined) return undefined;
  // In another round trip that of event `n` counts no more.
  const {nowUs, mostUs} = now.spread.end === then.spread.end ? then.spread : now.spread;
  return nowUs < mostUs && then.rttvarUs - mostUs < left ? formatTime(4 * mostUs) : undefined;
};
