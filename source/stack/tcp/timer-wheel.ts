// Computes when a TCP timer expires: exactly, or as late as Linux's timer wheel lets it (250 Hz; kernel/time/timer.c). The delay of a first
// timer depends on the wheel's unknown position; one that follows another starts at a slot's edge.
import type {TcpSettings} from './settings.ts';

export const JIFFY_US = 4000;
/** The number of ticks below which a wait ends in a slot of one tick of the timer wheel; longer waits end in a slot of eight ticks. */
const SINGLE_TICKS = 63;
const WIDE = 8;

/** Returns the time in µs at which a TCP timer expires; `inRow` is true if the wait begins as another timer expires. */
export function firesUs(
  nowUs: number,
  waitUs: number,
  {timers, inRow}: Pick<TcpSettings, 'timers'> & {readonly inRow: boolean},
): number {
  if (timers === 'exact') return nowUs + waitUs;
  const ticks = Math.ceil(waitUs / JIFFY_US);
  const slot = ticks < SINGLE_TICKS ? 1 : WIDE;
  // The smallest possible delay: none for slots of one tick; for wider ones, at least the tick that had begun.
  if (!inRow) return nowUs + waitUs + (slot === 1 ? 0 : JIFFY_US);
  return nowUs + (Math.floor(ticks / slot) + 1) * slot * JIFFY_US;
}

/** Returns how many µs later than `firesUs` says a timer of Linux's wheel may expire: the rest of the slot in which its wait ends. */
export const lateUs = (waitUs: number): number => {
  const ticks = waitUs / JIFFY_US;
  let slot = 1;
  while (ticks >= slot * SINGLE_TICKS) slot *= WIDE;
  return slot === 1 ? 2 * JIFFY_US : slot * JIFFY_US;
};
