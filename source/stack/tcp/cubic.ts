// CUBIC (RFC 9438) in Linux's integers: windows in segments, time in 1/1024 s, computed at most once a tick. Comments name what the RFC
// leaves to the implementation and what Linux does differently.

import {bisect} from '../../wire/growing-list.ts';
import type {Connection} from './connection.ts';
import {type Cubic, noCubic} from './growth-state.ts';
import {JIFFY_US} from './timer-wheel.ts';

/** CUBIC's constants as the kernel has them: β_cubic (0.7 in §4.6) and C of §4.2. */
const BETA = 717 / 1024;
const C = 410 / 1024;
/** The kernel's units of time in a second. */
const UNITS_PER_SECOND = 1024;
/** 1024⁴: the cube of these units, times the denominator of C, which is 1024 as well. */
const CUBE_UNITS = 1_099_511_627_776;

const tickOf = (us: number): number => Math.floor(us / JIFFY_US);

/** Returns ssthresh and CUBIC's state after a loss (§4.6, §4.7 fast convergence); the recovery sets cwnd. */
export function afterLoss({cwnd, mss, cubic}: Connection): Pick<Connection, 'ssthresh' | 'cubic'> {
  const window = Math.floor(cwnd / mss);
  const converges = window < cubic.lastMax;
  const lastMax = converges ? Math.floor((window * (1 + BETA)) / 2) : window;
  return {
    ssthresh: Math.max(Math.floor(window * BETA), 2) * mss,
    cubic: {...cubic, lastMax, epochUs: undefined},
  };
}

/** Returns CUBIC's state after a timeout: a fresh one, in which nothing is known of the path. */
export const forgotten = ({snd}: Connection, nowUs: number): Cubic => noCubic(snd.nxt, nowUs);

/**
 * Returns CUBIC's state after an idle time of the program: the curve's beginning moves, so that the window does not grow for the idle time
 * (§5.8).
 */
export function resumed(cubic: Cubic, {idleUs, nowUs}: {idleUs: number; nowUs: number}): Cubic {
  const {epochUs} = cubic;
  return epochUs === undefined ? cubic : {...cubic, epochUs: Math.min(epochUs + idleUs, nowUs)};
}

/** Returns CUBIC's state after an ACK of `acked` segments; `window` is cwnd in segments. */
export function updated(cubic: Cubic, window: number, {acked, nowUs}: {acked: number; nowUs: number}): Cubic {
  const counted = {...cubic, acked: cubic.acked + acked};
  const sinceTicks = tickOf(nowUs) - tickOf(cubic.askedUs);
  // Nothing is computed for HZ/32 ticks while the window is unchanged.
  if (cubic.askedCwnd === window && sinceTicks <= 7) return counted;
  if (cubic.epochUs !== undefined && sinceTicks === 0) return friendly(counted, window);
  const asked = {...counted, askedCwnd: window, askedUs: nowUs};
  const stage = cubic.epochUs === undefined ? begun(asked, window, {acked, nowUs}) : asked;
  return friendly({...stage, perSegment: onCurve(stage, window, nowUs)}, window);
}

function begun(cubic: Cubic, window: number, {acked, nowUs}: {acked: number; nowUs: number}): Cubic {
  const below = cubic.lastMax - window;
  return {
    ...cubic,
    epochUs: nowUs,
    acked,
    reno: window,
    k: below > 0 ? cubeRoot(Math.floor((below * CUBE_UNITS) / 410)) : 0,
    origin: Math.max(cubic.lastMax, window),
  };
}

/**
 * Returns the number of acknowledged segments that make cwnd grow by one: the farther the target W_cubic(t + RTT) of §4.2 is above the
 * window, the smaller it is.
 */
function onCurve(
  {epochUs = 0, minRttUs = 0, k, origin, lastMax}: Cubic,
  window: number,
  nowUs: number,
): number {
  const ticks = tickOf(nowUs) - tickOf(epochUs) + Math.ceil(minRttUs / JIFFY_US);
  const t = Math.floor((ticks * JIFFY_US * UNITS_PER_SECOND) / 1_000_000);
  const off = Math.abs(t - k) / UNITS_PER_SECOND;
  const delta = Math.floor(C * off * off * off);
  const target = t < k ? origin - delta : origin + delta;
  const perSegment = target > window ? Math.floor(window / (target - window)) : 100 * window;
  // While the bandwidth is unknown, the window grows by at least 5 % in a round trip.
  return lastMax === 0 ? Math.min(perSegment, 20) : perSegment;
}

/**
 * Returns CUBIC's state, corrected so that cwnd grows at least as fast as Reno's would with the same losses (§4.3), and never by more than
 * half in a round trip.
 */
function friendly(cubic: Cubic, window: number): Cubic {
  // Reno's window grows by one for 8 · (1 + β) / (3 · (1 − β)) eighths of a window; in the kernel this factor is a whole number, 15.
  const step = (window * 15) >> 3;
  const rounds = step > 0 && cubic.acked > step ? Math.ceil(cubic.acked / step) - 1 : 0;
  const reno = cubic.reno + rounds;
  const most = reno > window ? Math.floor(window / (reno - window)) : Infinity;
  const perSegment = Math.max(Math.min(cubic.perSegment, most), 2);
  return {...cubic, acked: cubic.acked - rounds * step, reno, perSegment};
}

/** Returns the integer cube root of a number up to 2⁵¹, rounded down. */
function cubeRoot(cube: number): number {
  return bisect(1 << 17, (root) => root * root * root > cube) - 1;
}
