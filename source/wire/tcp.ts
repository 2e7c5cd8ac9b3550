// The TCP segment (RFC 9293 §3.1) with its options (RFC 9293 §3.2, 7323, 2018).
import type {Rope} from './rope.ts';
import type {Seq} from './seq.ts';

/** Control bits, as they stand in the header's 14th byte (RFC 9293 §3.1, RFC 3168). */
export const TcpFlag = {
  FIN: 0x01,
  SYN: 0x02,
  RST: 0x04,
  PSH: 0x08,
  ACK: 0x10,
  URG: 0x20,
  ECE: 0x40,
  CWR: 0x80,
} as const;

export type TcpFlagName = keyof typeof TcpFlag;

export type TcpOption =
  | {readonly kind: 'eol'}
  | {readonly kind: 'nop'}
  | {readonly kind: 'mss'; readonly mss: number}
  | {readonly kind: 'windowScale'; readonly shift: number}
  | {readonly kind: 'sackPermitted'}
  | {readonly kind: 'sack'; readonly blocks: readonly {readonly left: Seq; readonly right: Seq}[]}
  | {readonly kind: 'timestamps'; readonly val: number; readonly ecr: number}
  | {readonly kind: 'raw'; readonly type: number; readonly data: Uint8Array};

export type TcpSegment = {
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: Seq;
  /** 0 on the wire unless ACK is set. */
  readonly ack: Seq;
  /** Sum of `TcpFlag` bits. */
  readonly flags: number;
  /** The 16-bit field as it stands on the wire, not scaled. */
  readonly window: number;
  readonly urgent: number;
  readonly options: readonly TcpOption[];
  readonly payload: Rope;
};

/** SEG.LEN: payload bytes, plus one each for SYN and FIN (RFC 9293 §3.4). */
export const segLen = (segment: TcpSegment): number =>
  segment.payload.length +
  (segment.flags & TcpFlag.SYN ? 1 : 0) +
  (segment.flags & TcpFlag.FIN ? 1 : 0);

export const hasFlag = (segment: TcpSegment, name: TcpFlagName): boolean => (segment.flags & TcpFlag[name]) !== 0;
