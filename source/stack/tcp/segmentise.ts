// Chooses the next piece of the send buffer that may be sent: by the peer's window, cwnd, Nagle's rule and silly-window avoidance
// (RFC 9293 §3.7.4, §3.8.6.2.1; Minshall's variant: draft-minshall-nagle-01; limited transmit: RFC 3042).
import {seqAdd, seqDiff, seqLe} from '../../wire/seq.ts';
import {flightSize} from './congestion.ts';
import {type Connection, dataStart} from './connection.ts';
import {segmentsInFlight} from './flight.ts';
import {sackBytes} from './options.ts';
import {nextLost, pipe} from './recovery.ts';
import type {RuleId} from './rules.ts';
import type {TcpSettings} from './settings.ts';

export type Piece = {readonly lengthBytes: number; readonly fin: boolean};

export const maySend = (tcb: Connection): boolean => {
  switch (tcb.state) {
    case 'ESTABLISHED':
    case 'CLOSE-WAIT':
    case 'FIN-WAIT-1':
    case 'CLOSING':
    case 'LAST-ACK':
      return tcb.finSeq === undefined;
    case 'SYN-RECEIVED':
      return tcb.early !== undefined;
    default:
      return false;
  }
};

export const unsentBytes = (tcb: Connection): number =>
  tcb.sendBuffer.length - seqDiff(tcb.snd.nxt, dataStart(tcb));

/** Returns the usable window in bytes: what the peer's window has room for beyond SND.NXT, negative if it has shrunk. */
export const usableWindow = ({snd}: Connection): number => seqDiff(seqAdd(snd.una, snd.wnd), snd.nxt);

/** The next piece of unsent data that may be sent, or the rule that keeps it back; undefined if there is nothing to send. */
type Next = Piece | RuleId | undefined;

/**
 * The circumstances in which a piece to send is chosen; `unlisted` is the number of segments of this burst that are not on the
 * retransmission queue yet.
 */
type Asked = {
  /** True if a piece smaller than silly-window avoidance allows may be sent, because the override timer has expired. */
  readonly override?: boolean;
  readonly unlisted?: number;
  /** True or false to act as if TCP_CORK were set or not; undefined: the setting of the connection counts. */
  readonly corked?: boolean;
};

function nextOf(tcb: Connection, settings: TcpSettings, asked: Asked): Next {
  const {override = false, unlisted = 0, corked = settings.cork} = asked;
  if (!maySend(tcb)) return undefined;
  const unsent = unsentBytes(tcb);
  const room = usableWindow(tcb);
  const full = Math.max(1, tcb.mss - sackBytes(tcb));
  const record = recordLeft(tcb);
  const lengthBytes = Math.max(0, Math.min(unsent, room, full, record));
  const last = lengthBytes === unsent && tcb.sendWaiting.length === 0;
  const fin = tcb.closeCalled && last && room > lengthBytes;
  const counted = settings.cwndCounts === 'segments';
  // A FIN without data needs no room in cwnd, unless cwnd counts segments.
  if (lengthBytes === 0 && !(fin && counted)) return fin ? finOr(settings) : nothingFits(tcb, unsent);
  const whole = fin || override || lengthBytes >= full || lengthBytes === record;
  const small = whole ? undefined : notWorthSending(tcb, lengthBytes, {settings, corked});
  if (small !== undefined) return small;
  const held = counted
    ? tcb.cwnd < (segmentsAway(tcb) + unlisted + 1) * tcb.mss
    : !networkHolds(tcb, lengthBytes, settings);
  if (held) return '5681:3.1/cwnd/full';
  return settings.deviceQueue === 'full' ? 'linux:queue/full' : {lengthBytes, fin};
}

const finOr = ({deviceQueue}: TcpSettings): Next =>
  deviceQueue === 'full' ? 'linux:queue/full' : {lengthBytes: 0, fin: true};

/**
 * Returns the bytes from SND.NXT to the end of the present record, beyond which no segment may reach (MSG_EOR); infinite if no record ends.
 */
const recordLeft = ({recordEnds, snd}: Connection): number =>
  recordEnds[0] === undefined ? Number.POSITIVE_INFINITY : seqDiff(recordEnds[0], snd.nxt);

/** Returns the number of segments in flight. */
export const segmentsAway = (tcb: Connection): number => {
  const {loss, mss} = tcb;
  const whole = loss.phase === 'none' && loss.sacked.length === 0;
  return whole ? segmentsInFlight(tcb) : Math.ceil(pipe(tcb) / mss);
};

/**
 * Returns the rule that keeps back data or a FIN for which the window has no room; undefined if nothing waits. If all data in the buffer
 * are sent, a FIN may wait, or what SEND could not put into the buffer.
 */
function nothingFits({snd, closeCalled, sendWaiting}: Connection, unsent: number): RuleId | undefined {
  if (unsent === 0 && sendWaiting.length > 0) return '9293:3.10.2/send/waits';
  if (unsent === 0 && !closeCalled) return undefined;
  return snd.wnd === 0 ? '9293:3.8.6/window/closed' : '9293:3.8.6/window/full';
}

export function nextPiece(tcb: Connection, settings: TcpSettings, asked: Asked = {}): Piece | undefined {
  const next = nextOf(tcb, settings, asked);
  return typeof next === 'string' ? undefined : next;
}

/** Short names of the rules that keep back data or a FIN. The rule of a segment that is sent after the wait has a case of that name. */
const keepers = {
  '9293:3.7.4/nagle': 'nagle',
  '5681:3.1/cwnd/full': 'cwnd',
  '9293:3.8.6/window/closed': 'closed',
  '9293:3.8.6/window/full': 'full',
  '9293:3.8.6.2.1/override/start': 'silly',
  '9293:3.9.1.2/send/more': 'more',
  '9293:3.10.2/send/queue': 'opening',
  '9293:3.10.2/send/waits': 'buffer',
  'linux:queue/full': 'queue',
} as const satisfies {readonly [rule in RuleId]?: string};

const isKeeper = (rule: string | undefined): rule is keyof typeof keepers =>
  rule !== undefined && Object.hasOwn(keepers, rule);

/** Returns the short name of what keeps data waiting, such as `nagle`, by the rule of the wait; undefined for any other rule. */
export const keeperOf = (rule: string | undefined): (typeof keepers)[keyof typeof keepers] | undefined =>
  isKeeper(rule) ? keepers[rule] : undefined;

/** Returns the rule that keeps back data or a FIN that this end could send; undefined if nothing waits. */
export function holdOn(tcb: Connection, settings: TcpSettings): RuleId | undefined {
  const opening = tcb.state === 'SYN-SENT' || tcb.state === 'SYN-RECEIVED';
  if (opening && !maySend(tcb)) return unsentBytes(tcb) > 0 ? '9293:3.10.2/send/queue' : undefined;
  const next = nextOf(tcb, settings, {});
  if (next === undefined || typeof next === 'string') return next;
  // These data could be sent but were not: lost data are retransmitted first, or SEND has announced more.
  return nextLost(tcb) === undefined ? '9293:3.9.1.2/send/more' : '5681:3.1/cwnd/full';
}

/**
 * Returns the rule that keeps back a segment that is not full, undefined if it may be sent: the last data, or what the window has cut
 * (§3.8.6.2.1, conditions 2 and 3).
 */
function notWorthSending(
  tcb: Connection,
  lengthBytes: number,
  {settings, corked}: {readonly settings: TcpSettings; readonly corked: boolean},
): RuleId | undefined {
  const {snd, smallEnd} = tcb;
  const isCut = lengthBytes < unsentBytes(tcb);
  if (isCut && settings.sendsCut === 'never') return '9293:3.8.6.2.1/override/start';
  if (corked && !isCut) return '9293:3.9.1.2/send/more';
  const unacknowledged = settings.nagle === 'any' ? snd.una !== snd.nxt : !seqLe(smallEnd, snd.una);
  if (unacknowledged && !settings.noDelay)
    return isCut ? '9293:3.8.6.2.1/override/start' : '9293:3.7.4/nagle';
  if (isCut) return 2 * lengthBytes >= snd.maxWnd ? undefined : '9293:3.8.6.2.1/override/start';
  // The send buffer ends here, but SEND has more data, for which an acknowledgment will make room.
  return tcb.sendWaiting.length === 0 || snd.una === snd.nxt ? undefined : '9293:3.10.2/send/waits';
}

/** Tells whether cwnd allows `lengthBytes` more in flight. With nothing in flight, one segment may always be sent. */
export function networkHolds(tcb: Connection, lengthBytes: number, settings: TcpSettings): boolean {
  const {loss, cwnd, mss, sackPermitted} = tcb;
  const watching = loss.phase === 'none' && loss.dupAcks > 0;
  const away = watching && !settings.limitedTransmit ? flightSize(tcb) : pipe(tcb);
  if (away === 0) return true;
  // SACK lets each duplicate ACK reduce *pipe* (RFC 6675 §5, step 3), so limited transmit adds nothing.
  const limited = watching && settings.limitedTransmit && !sackPermitted;
  return away + lengthBytes <= cwnd + (limited ? Math.min(loss.dupAcks, 2) * mss : 0);
}
