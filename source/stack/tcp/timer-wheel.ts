// When a timer fires: at its instant, or as late as Linux's timer wheel lets it (250 Hz; kernel/time/timer.c). How late the first of a
// row is depends on where the wheel stands, which nobody knows; the others begin on a slot's edge.
import type {TcpSettings} from './settings.ts';

export const JIFFY_US = 4000;
/** So many ticks have slots of their own; longer waits end where a slot of eight does. */
const SINGLE_TICKS = 63;
const WIDE = 8;

/** `inRow`: the wait begins as another timer fires. */
export function firesUs(
  nowUs: number,
  waitUs: number,
  {timers, inRow}: Pick<TcpSettings, 'timers'> & {readonly inRow: boolean},
): number {
  if (timers === 'exact') return nowUs + waitUs;
  const ticks = Math.ceil(waitUs / JIFFY_US);
  const slot = ticks < SINGLE_TICKS ? 1 : WIDE;
  // The least that it may be: in slots of one tick nothing, in wider ones no less than the tick that had begun.
  if (!inRow) return nowUs + waitUs + (slot === 1 ? 0 : JIFFY_US);
  return nowUs + (Math.floor(ticks / slot) + 1) * slot * JIFFY_US;
}

/** How much later than `firesUs` says a timer of the wheel may fire: the rest of the slot that its wait ends in, in µs. */
export const lateUs = (waitUs: number): number => {
  const ticks = waitUs / JIFFY_US;
  let slot = 1;
  while (ticks >= slot * SINGLE_TICKS) slot *= WIDE;
  return slot === 1 ? 2 * JIFFY_US : slot * JIFFY_US;
};
