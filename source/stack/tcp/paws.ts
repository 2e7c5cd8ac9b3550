// Timestamps of arriving segments: PAWS, TS.Recent, round-trip times (RFC 7323 §3.2, §4, §5).
import {seqLe, seqLt} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {answerUnacceptable} from './challenge.ts';
import {clock, elapsed, stampOf, TICK_US} from './timestamps.ts';
import {discard, type Turn, update} from './turn.ts';

/** After 24 days without a segment, TS.Recent is no longer valid (RFC 7323 §5.5). */
const STALE_US = 24 * 24 * 3600 * 1_000_000;

/** Returns how long ago this end sent what the segment echoes, in µs; undefined if it echoes nothing (RFC 7323 §4.1). */
export function echoedUs({env, tcb}: Turn, segment: TcpSegment): number | undefined {
  const stamp = stampOf(segment);
  if (!tcb.timestampsOn || stamp === undefined || !hasFlag(segment, 'ACK') || stamp.ecr === 0)
    return undefined;
  const ticks = elapsed(clock(env, tcb), stamp.ecr);
  return ticks < 0 ? undefined : Math.max(1, ticks) * TICK_US;
}

/**
 * Notes the timestamp echoed in the answer to a SYN, if the settings say so: if the SYN was repeated, it tells which copy was answered, and
 * so gives the round-trip time.
 */
export function hearEcho(turn: Turn, segment: TcpSegment): void {
  if (turn.env.settings.rttOfRepeatedSyn === 'echo') turn.echoedUs = echoedUs(turn, segment);
}

const older = refused('7323:5.3/paws', 'old');

/** Checks the timestamp of a segment (PAWS, RFC 7323 §3.2 and §5.3 R1); returns false if the segment is dropped. Resets pass. */
export function checkTimestamps(turn: Turn, segment: TcpSegment): boolean {
  const {tcb, env} = turn;
  if (!tcb.timestampsOn || hasFlag(segment, 'RST')) return true;
  const stamp = stampOf(segment);
  if (stamp === undefined) {
    if (env.settings.tolerateMissingTimestamps) return true;
    discard(turn, refused('7323:3.2/missing', 'noStamp'));
    return false;
  }
  const spares = env.settings.pawsSpares === 'old-acks';
  const ticks = elapsed(stamp.val, tcb.tsRecent);
  if (ticks >= (spares ? -1 : 0) || env.nowUs - tcb.tsRecentUs > STALE_US) return true;
  if (spares && saysNothing(turn, segment)) return true;
  if (spares && segLen(segment) === 0 && seqLt(segment.seq, tcb.rcv.nxt)) {
    discard(turn, older);
    return false;
  }
  answerUnacceptable(turn, segment, older);
  return false;
}

/**
 * Tells whether an ACK with an old timestamp is harmless, because it acknowledges nothing new and opens no window: ACKs may overtake each
 * other (tcp_disordered_ack_check).
 */
function saysNothing({tcb, env}: Turn, segment: TcpSegment): boolean {
  const {snd, rcv, scale, rtoUs, tsRecent} = tcb;
  const bare = segLen(segment) === 0 && segment.seq === rcv.nxt && segment.ack === snd.una;
  if (!bare || segment.window << scale.snd > snd.wnd) return false;
  const replayTicks = Math.min(rtoUs * 1.2, env.settings.maxRtoUs) / TICK_US;
  return elapsed(tsRecent, stampOf(segment)?.val ?? 0) <= replayTicks;
}

/** RFC 7323 §4.3: TS.Recent follows the segment that begins at the last acknowledgment number, or before it. */
export function noteTimestamp(turn: Turn, segment: TcpSegment): void {
  const {timestampsOn, tsRecent, lastAckSent} = turn.tcb;
  const stamp = timestampsOn ? stampOf(segment) : undefined;
  if (stamp === undefined || !seqLe(segment.seq, lastAckSent)) return;
  const newer = elapsed(stamp.val, tsRecent) >= 0;
  if (newer || turn.env.nowUs - turn.tcb.tsRecentUs > STALE_US)
    update(turn, {tsRecent: stamp.val, tsRecentUs: turn.env.nowUs});
}
