// Explains how a loss set ssthresh: to half of FlightSize (RFC 5681 §3.1), or as Linux counts, in whole segments of cwnd, to half of cwnd
// or CUBIC's 0.7 of it (RFC 9438 §4.6).
import type {TraceEvent} from '../../sim/trace.ts';
import {variableLaws, whyThreshold} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';
import {type Ends, endsAround} from './beginning.ts';
import {isOfLinux} from './rtt-variance.ts';

type Lowered = {
  readonly by: string;
  readonly formula: string;
  readonly clause?: string;
  /** The number of bytes that limited transmit had sent; undefined if the formula for ssthresh has no such term. */
  readonly bytes?: number;
};

/**
 * Explains ssthresh as half of FlightSize, less what limited transmit has sent, at most two segments (RFC 5681 §3.2 (2)); undefined if the
 * numbers do not agree.
 */
const ofBytes = (threshold: number, flight: number, mss: number): Lowered | undefined => {
  if (threshold === Math.floor(flight / 2)) return {by: 'flight', formula: "ssthresh' = flight / 2"};
  const bytes = flight - 2 * threshold;
  const formula = `ssthresh' = flight / 2 − ${bytes} / 2`;
  return bytes === 2 * mss || bytes === mss
    ? {by: 'limited', formula, clause: 'RFC 5681 §3.2', bytes}
    : undefined;
};

/** Tells whether ssthresh `threshold` is the fraction `share` of cwnd, rounded down to whole segments. */
const isShare = (share: number, threshold: number, {cwnd, mss}: {cwnd: number; mss: number}): boolean =>
  threshold % mss === 0 && Math.floor((share * cwnd) / mss + 1e-6) * mss === threshold;

const ofSegments = (threshold: number, window: {cwnd: number; mss: number}): Lowered | undefined => {
  if (isShare(0.7, threshold, window)) {
    const isWhole = 10 * threshold === 7 * window.cwnd;
    const formula = isWhole ? "ssthresh' = 0.7 × cwnd" : "ssthresh' ≤ 0.7 × cwnd < ssthresh' + mss";
    return {by: 'cubic', formula, clause: 'RFC 9438 §4.6'};
  }
  if (!isShare(0.5, threshold, window)) return undefined;
  const isWhole = 2 * threshold === window.cwnd;
  return {by: 'half', formula: isWhole ? "ssthresh' = cwnd / 2" : "ssthresh' ≤ cwnd / 2 < ssthresh' + mss"};
};

const loweredBy = ({before, after}: Ends, isLinux: boolean): Lowered | undefined => {
  const [cwnd = 0, mss = 0, flight = 0] = ['cwnd', 'mss', 'flight'].map(
    (name) => before?.quantity(name)?.value,
  );
  const threshold = after?.quantity('ssthresh')?.value ?? 0;
  if (mss === 0) return undefined;
  const least: Lowered | undefined =
    threshold === 2 * mss ? {by: 'least', formula: "ssthresh' = 2 × mss"} : undefined;
  return isLinux ? (least ?? ofSegments(threshold, {cwnd, mss})) : (ofBytes(threshold, flight, mss) ?? least);
};

/**
 * Returns the sentences, the clause and the formula for ssthresh if `event` set it because of a loss; undefined if it did not, or if the
 * law is unknown.
 */
export const thresholdLaw = (view: View, host: string, event: number) => {
  const {language} = view;
  const ends = endsAround(view, host, event);
  const [cwnd = 0, threshold = 0] = [ends.before?.quantity('cwnd'), ends.after?.quantity('ssthresh')].map(
    (quantity) => quantity?.value,
  );
  const lowered = threshold < cwnd ? loweredBy(ends, isOfLinux(view)) : undefined;
  return (
    lowered && {
      law: [
        variableLaws.ssthresh[language],
        whyThreshold[language]({by: lowered.by, bytes: lowered.bytes ?? 0}),
      ],
      clause: lowered.clause ?? 'RFC 5681 §3.1',
      formula: lowered.formula,
    }
  );
};

/** Returns the formula by which a fast retransmit set ssthresh in this run; undefined for other events, or if no known formula fits. */
export const thresholdFormula = (
  view: View,
  {because}: TraceEvent,
  ends: Ends,
): readonly string[] | undefined => {
  const lowered = because === '5681:3.2/fast-retransmit' ? loweredBy(ends, isOfLinux(view)) : undefined;
  return lowered && [lowered.formula];
};
