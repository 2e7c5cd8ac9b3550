// The size of a full segment to send: what the path carries, and no more than half of the peer's largest window (RFC 9293 §3.8.6.2.1
// requires that for small windows; Linux, tcp_bound_to_half_wnd, for all).
import {HIGH_THRESHOLD} from './congestion.ts';
import {type Turn, update} from './turn.ts';

/** The largest window in bytes that may be filled by one segment, because every host can receive so much (RFC 9293 §3.7.1). */
const SMALL_WINDOW = 536;
/** The smallest MTU of any link in bytes (RFC 791 §3.2). */
const LEAST_PACKET = 68;
const HEADERS = 40;
const TIMESTAMP_BYTES = 12;

/**
 * Adapts the size of segments after the path's MTU or the peer's largest window has changed. If cwnd counts segments, their number stays.
 */
export function fitSegments(turn: Turn): void {
  const {pathMss, snd, mss: before, timestampsOn, cwnd, ssthresh} = turn.tcb;
  const {segments, cwndCounts} = turn.env.settings;
  const most = snd.maxWnd > SMALL_WINDOW ? Math.floor(snd.maxWnd / 2) : snd.maxWnd;
  const least = LEAST_PACKET - HEADERS - (timestampsOn ? TIMESTAMP_BYTES : 0);
  const bound = segments === 'half-window' && most > 0 ? Math.max(most, least) : Infinity;
  const mss = Math.min(pathMss, bound);
  if (mss === before) return;
  const inSegments = (bytes: number): number => Math.floor(bytes / before) * mss;
  const kept =
    cwndCounts === 'octets'
      ? {}
      : {cwnd: inSegments(cwnd), ssthresh: ssthresh === HIGH_THRESHOLD ? ssthresh : inSegments(ssthresh)};
  update(turn, {mss, ...kept});
}
