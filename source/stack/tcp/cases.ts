// The rules of TCP that cover several cases (their texts and formulas are in lessons/data/rules.yaml).
import {type Seq, seqAdd, seqDiff, seqLt} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import type {CaseTable, Reason} from '../reason.ts';
import {type Refusal, refused} from '../refusal.ts';
import type {RuleId} from './rules.ts';
import type {TcpState} from './states.ts';

export const tcpCases = {
  /** `empty`: the segment has length 0, so its number alone decides (RFC 9293 §3.10.7.4). */
  '9293:3.10.7.4/sequence/duplicate': ['empty'],
  /** `bare`: the SYN,ACK has no data and no FIN, which would move RCV.NXT further. */
  '9293:3.10.7.3/syn-sent/syn-ack': ['bare'],
  '9293:3.10.7.1/closed/no-ack': ['port'],
  /**
   * The case says where an RST's sequence number is: before the receive window, behind it, behind the only number that a closed window
   * accepts, or inside the window.
   */
  '5961:3.2/rst/outside': ['before', 'behind', 'behind-closed', 'inside'],
  /**
   * The case says why data that arrived earlier are delivered only now: `syn`, because the handshake is complete; `gap`, because a gap is
   * filled.
   */
  '9293:3.10.3/receive/outstanding': ['syn', 'gap'],
  '9293:3.10.2/send/segmentise': ['no-delay'],
  /**
   * Each case says what kept back the data that are sent now. `nagle-part` is Nagle's rule in Minshall's form, in which a small segment may
   * leave although older data are unacknowledged.
   */
  '9293:3.8.6/send/window': [
    ...(['nagle', 'nagle-part', 'closed', 'full', 'silly', 'more', 'opening', 'buffer', 'queue'] as const),
    ...(['cwnd', 'pipe'] as const),
  ],
  /**
   * The case says what counts as in flight: `flight`, all unacknowledged data; `pipe`, only those neither SACKed nor lost (RFC 6675 §4).
   */
  '5681:3.2/fast-recovery/new-data': ['flight', 'pipe'],
  /** `no-wait`: the machine is set to skip TIME-WAIT. */
  '9293:3.10.7.4/fin/time-wait': ['no-wait'],
  '9293:3.10.1/open/active': ['data'],
  '9293:3.8.6.3/delayed-ack/timer': ['gathered'],
  '8985:8/rto/restart': ['sacked'],
  '9293:3.8.6.1/persist/start': ['again'],
} as const satisfies CaseTable & {readonly [rule in RuleId]?: unknown};

export type TcpBecause = RuleId | Reason<RuleId, typeof tcpCases>;

const reasonOfGap = <Rule extends RuleId>(rule: Rule, gap: 'behind' | 'filled') => ({rule, facts: {gap}});

/** Reasons for an ACK of data out of order: data or a FIN are behind a gap, or data fill one. */
export const ofGap = {
  text: reasonOfGap('9293:3.10.7.4/text/out-of-order', 'behind'),
  fin: reasonOfGap('9293:3.10.7.4/fin/out-of-order', 'behind'),
  filled: reasonOfGap('9293:3.10.7.4/text/fills-gap', 'filled'),
} as const;

/** A reason to refuse a segment; its fact `refusal` names what is wrong with the segment. */
export type Refused = Exclude<TcpBecause, string> & {readonly facts: {readonly refusal: Refusal}};

/** The states in which RCV.NXT is one past the peer's FIN. */
export const finTaken: ReadonlySet<TcpState> = new Set(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT']);

type Receiving = {
  readonly irs: Seq;
  readonly rcv: {readonly nxt: Seq; readonly wnd: number};
  readonly state: TcpState;
};

/**
 * Returns what is wrong with a segment from before RCV.NXT or one that TIME-WAIT does not need: it is a copy, never belonged to the
 * connection, or continues beyond the FIN.
 */
export const pastOf = ({irs, rcv, state}: Receiving, segment: TcpSegment): Refusal => {
  const {seq, payload} = segment;
  // No TCP sends SYN and FIN in one segment, so one that has both is no copy of an earlier one.
  if (hasFlag(segment, 'SYN')) return seq === irs && !hasFlag(segment, 'FIN') ? 'duplicate' : 'below';
  const fin = finTaken.has(state) ? seqAdd(rcv.nxt, -1) : undefined;
  if (payload.length === 0) return hasFlag(segment, 'FIN') && seq === fin ? 'duplicate' : 'below';
  if (seqLt(seq, irs)) return 'below';
  return fin !== undefined && seqLt(fin, seqAdd(seq, payload.length)) ? 'afterFin' : 'duplicate';
};

/** Returns the reason to refuse a segment before the window. */
export const duplicateOf = (tcb: Receiving, segment: TcpSegment): Refused => {
  const reason = refused('9293:3.10.7.4/sequence/duplicate', pastOf(tcb, segment));
  return segLen(segment) === 0 ? {...reason, case: 'empty'} : reason;
};

/** The reason to refuse a segment behind the window. */
export const beyondWindow = refused('9293:3.10.7.4/sequence/beyond', 'window');

/** Returns the reason to drop an RST whose number is neither the next one nor worth a challenge. */
export const resetOutside = ({rcv: {nxt, wnd}, state}: Receiving, segment: TcpSegment): TcpBecause => {
  const ahead = seqDiff(segment.seq, nxt);
  const isInside = ahead >= 0 && ahead < Math.max(1, wnd);
  const reason = refused('5961:3.2/rst/outside', isInside && state === 'TIME-WAIT' ? 'rstNext' : 'rst');
  if (isInside) return {...reason, case: 'inside'};
  return {...reason, case: ahead < 0 ? 'before' : wnd > 0 ? 'behind' : 'behind-closed'};
};
