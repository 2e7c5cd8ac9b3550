// RTTVAR as in Linux (tcp_rtt_estimator): the largest deviation in a round trip; it rises at once and falls once a round trip, and four
// times its value is never below the smallest RTO.
import {seqLt} from '../../wire/seq.ts';
import type {Connection} from './connection.ts';
import type {Spread} from './repair-state.ts';
import {rtoOf} from './rto.ts';
import type {TcpSettings} from './settings.ts';

type Varied = {readonly rttvarUs: number; readonly spread: Spread};

export function spreadSample(
  tcb: Connection,
  sampleUs: number,
  settings: TcpSettings,
): Pick<Connection, 'srttUs' | 'rttvarUs' | 'rtoUs' | 'spread'> {
  const {srttUs: before} = tcb;
  const srttUs = before === undefined ? sampleUs : Math.round((7 * before + sampleUs) / 8);
  const {rttvarUs, spread} =
    before === undefined
      ? firstSpread(tcb, sampleUs, settings)
      : nextSpread(tcb, sampleUs - before, settings);
  return {rttvarUs, spread, srttUs, rtoUs: rtoOf(srttUs, rttvarUs, settings)};
}

function firstSpread({snd}: Connection, sampleUs: number, {minRtoUs}: TcpSettings): Varied {
  const nowUs = Math.round(sampleUs / 2);
  const mostUs = Math.max(nowUs, minRtoUs / 4);
  return {rttvarUs: mostUs, spread: {nowUs, mostUs, end: snd.nxt}};
}

/** Returns RTTVAR and the state of its measurement after a round-trip time that differs from SRTT by `offUs`. */
function nextSpread({snd, spread, rttvarUs = 0}: Connection, offUs: number, {minRtoUs}: TcpSettings): Varied {
  const nowUs = deviation(spread.nowUs, offUs);
  const mostUs = Math.max(spread.mostUs, nowUs);
  const raisedUs = Math.max(rttvarUs, mostUs);
  const {end} = spread;
  if (!seqLt(end, snd.una)) return {rttvarUs: raisedUs, spread: {nowUs, mostUs, end}};
  const fallenUs = raisedUs - Math.floor((raisedUs - mostUs) / 4);
  return {rttvarUs: fallenUs, spread: {nowUs, mostUs: minRtoUs / 4, end: snd.nxt}};
}

/**
 * Returns the deviation of the round-trip time after a sample. It moves a quarter of the way, but only a thirty-second if the round trip
 * got shorter, so that a faster path does not raise the RTO.
 */
function deviation(nowUs: number, offUs: number): number {
  const moreUs = Math.abs(offUs) - nowUs;
  return nowUs + Math.round(moreUs / (offUs < 0 && moreUs > 0 ? 32 : 4));
}
