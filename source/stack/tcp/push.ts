// The use of PSH (RFC 9293 §3.9.1.2): what a SEND notes, and whether a segment carries it.
import {type Seq, seqAdd, seqDiff, seqLt} from '../../wire/seq.ts';
import {type Connection, dataStart} from './connection.ts';
import {segmentsInPacket} from './large-packet.ts';
import {sackBytes} from './options.ts';
import {nextPiece} from './segmentise.ts';
import type {Turn} from './turn.ts';

/** The most waiting SENDs that have a PSH of their own; those of later ones collapse into one (RFC 9293 §3.9.1.2). */
const mostPushEnds = 1000;

/** Returns the sequence numbers in the unsent data where a segment gets PSH, after a SEND has extended the data to `end`. */
export function pushEndsTo(end: Seq, {tcb, env}: Turn, more: boolean): readonly Seq[] {
  // Data that have left on the SYN need no PSH.
  if (end === tcb.snd.nxt) return [];
  const forced = env.settings.forcedPush ? halfWindows(end, tcb) : [];
  const own = more && env.settings.unpushed === 'rest-waits' ? [] : [end];
  const all = [...tcb.pushEnds, ...forced, ...own];
  return all.length > mostPushEnds ? [...all.slice(0, mostPushEnds - 1), end] : all;
}

/**
 * Returns the ends of full segments at which Linux sets PSH, because more than half of the largest window lies behind the last PSH
 * (forced_push), at most `mostPushEnds` of them.
 */
function halfWindows(end: Seq, tcb: Connection): readonly Seq[] {
  const {nxt, maxWnd} = tcb.snd;
  const full = Math.max(1, tcb.mss - sackBytes(tcb));
  const half = Math.floor(maxWnd / 2);
  /** Returns the first end of a full segment that is more than half a window after `pushed`. */
  const placeBehind = (pushed: Seq): Seq =>
    seqAdd(nxt, Math.max(1, Math.floor((seqDiff(pushed, nxt) + half) / full) + 1) * full);
  const places: Seq[] = [];
  let at = placeBehind(tcb.pushedTo);
  while (seqLt(at, end) && places.length < mostPushEnds) {
    places.push(at);
    at = placeBehind(at);
  }
  return places;
}

type Place = {
  readonly end: Seq;
  readonly passed: Seq | undefined;
  readonly burst: number;
  readonly forced: boolean;
};

/** Tells whether a segment carries PSH in this profile; the TCB is already as after the segment. */
export function isPushed({tcb, env}: Turn, {end, passed, burst, forced}: Place): boolean {
  if (passed === end || (forced && env.settings.forcedPush)) return true;
  switch (env.settings.push) {
    case 'send':
    case 'packet':
      return false;
    case 'burst':
      return burst > 0 && nextPiece(tcb, env.settings, {unlisted: burst + 1}) === undefined;
    case 'emptied':
      return end === seqAdd(dataStart(tcb), tcb.sendBuffer.length);
  }
}

/** Tells whether a large packet is complete, after `sent` segments of a burst of which the last `packed` are in it. */
export function endsPacket({tcb, env: {settings}}: Turn, sent: number, packed: number): boolean {
  if (settings.push !== 'packet') return false;
  if (packed >= segmentsInPacket(tcb, settings.packetSegments, sent - packed)) return true;
  return nextPiece(tcb, settings, {unlisted: sent}) === undefined;
}
