// Steady-state throughput of TCP Reno as a function of loss: Padhye, Firoiu, Towsley, Kurose, SIGCOMM 1998, equation 32.

export type Pftk = {
  /** Probability that a packet is lost. */
  readonly p: number;
  readonly rttS: number;
  /** First time-out after a loss that duplicates do not repair. */
  readonly t0S: number;
  /** Packets that one ACK acknowledges. */
  readonly b: 1 | 2;
  /** Largest window, in packets. */
  readonly wm: number;
};

/** Probability that a loss in a window of `w` is found by time-out (equation 24). */
const timeoutShare = (p: number, w: number): number => {
  const kept = (n: number): number => (1 - p) ** n;
  return Math.min(1, ((1 - kept(3)) * (1 + kept(3) * (1 - kept(w - 3)))) / (1 - kept(w)));
};

/** Back-off of repeated time-outs (equation 29). */
const backOff = (p: number): number =>
  1 + p + 2 * p ** 2 + 4 * p ** 3 + 8 * p ** 4 + 16 * p ** 5 + 32 * p ** 6;

/** Packets per second. */
export const pftk = ({p, rttS, t0S, b, wm}: Pftk): number => {
  const c = (2 + b) / (3 * b);
  const unlimited = c + Math.sqrt((8 * (1 - p)) / (3 * b * p) + c ** 2);
  const w = Math.min(unlimited, wm);
  const q = timeoutShare(p, w);
  const packets = (1 - p) / p + w + q / (1 - p);
  const rounds = unlimited < wm ? (b / 2) * unlimited + 1 : (b / 8) * wm + (1 - p) / (p * wm) + 2;
  return packets / (rttS * rounds + (q * backOff(p) * t0S) / (1 - p));
};
