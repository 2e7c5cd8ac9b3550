// Rules of TCP that cover several cases (texts and formulas: lessons/data/rules.yaml).
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {segLen, type TcpSegment} from '../../wire/tcp.ts';
import type {CaseTable, Reason} from '../reason.ts';
import type {RuleId} from './rules.ts';

export const tcpCases = {
  /** `empty`: the segment has length 0, so its number alone decides (RFC 9293 §3.10.7.4). */
  '9293:3.10.7.4/sequence/duplicate': ['empty'],
  /** `bare`: the SYN,ACK has no text and no FIN, which would move RCV.NXT further. */
  '9293:3.10.7.3/syn-sent/syn-ack': ['bare'],
  '9293:3.10.7.1/closed/no-ack': ['port'],
  /** Where the number of the RST lies: before the window, behind it, behind the one number that a closed window takes, or inside. */
  '5961:3.2/rst/outside': ['before', 'behind', 'behind-closed', 'inside'],
  /** Data that came earlier go to the program now: `syn`, because the handshake is over; `gap`, because a gap is filled. */
  '9293:3.10.3/receive/outstanding': ['syn', 'gap'],
  '9293:3.10.2/send/segmentise': ['no-delay'],
  /**
   * Each case says what kept the data waiting that leave now. `nagle-part`: Nagle’s rule in Minshall’s form, which lets a small segment
   * leave although older data are not yet acknowledged.
   */
  '9293:3.8.6/send/window': [
    ...(['nagle', 'nagle-part', 'closed', 'full', 'silly', 'more', 'opening', 'buffer', 'queue'] as const),
    ...(['cwnd', 'pipe'] as const),
  ],
  /** What counts as on its way: `flight`, all unacknowledged data; `pipe`, those without what SACK reports or what is lost (RFC 6675 §4). */
  '5681:3.2/fast-recovery/new-data': ['flight', 'pipe'],
  /** `no-wait`: the machine is set to skip TIME-WAIT. */
  '9293:3.10.7.4/fin/time-wait': ['no-wait'],
  '9293:3.10.1/open/active': ['data'],
  '9293:3.8.6.3/delayed-ack/timer': ['gathered'],
  '8985:8/rto/restart': ['sacked'],
  '9293:3.8.6.1/persist/start': ['again'],
} as const satisfies CaseTable & {readonly [rule in RuleId]?: unknown};

export type TcpBecause = RuleId | Reason<RuleId, typeof tcpCases>;

/** The reason to refuse a segment from before the window. */
export const duplicateOf = (segment: TcpSegment): TcpBecause =>
  segLen(segment) === 0
    ? {rule: '9293:3.10.7.4/sequence/duplicate', case: 'empty'}
    : '9293:3.10.7.4/sequence/duplicate';

/** The reason to drop an RST whose number is neither the next one nor worth a challenge. */
export const resetOutside = ({nxt, wnd}: {nxt: Seq; wnd: number}, segment: TcpSegment): TcpBecause => {
  const rule = '5961:3.2/rst/outside';
  const ahead = seqDiff(segment.seq, nxt);
  if (ahead < 0) return {rule, case: 'before'};
  if (ahead < Math.max(1, wnd)) return {rule, case: 'inside'};
  return {rule, case: wnd > 0 ? 'behind' : 'behind-closed'};
};
