// How large a full segment is: what the path carries, and no more than half of the peer's window (RFC 9293 §3.8.6.2.1 asks for that of
// small windows; Linux, tcp_bound_to_half_wnd, of all).
import {HIGH_THRESHOLD} from './congestion.ts';
import {type Turn, update} from './turn.ts';

/** Up to this the window may go out as one segment: what every host can take (RFC 9293 §3.7.1). */
const SMALL_WINDOW = 536;
/** The least packet that every link carries (RFC 791 §3.2). */
const LEAST_PACKET = 68;
const HEADERS = 40;
const TIMESTAMP_BYTES = 12;

/** After the path or the largest window has changed. A window that counts segments keeps its number. */
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
