// Faults: what the path does to chosen packets, such as dropping, delaying, duplicating, corrupting, reordering or editing them.
import type {TcpFlagName} from '../wire/tcp.ts';

/** A description of packets: by number, or by properties and the position among the matches. */
export type PacketPattern = {
  readonly packet?: number;
  readonly from?: string;
  readonly to?: string;
  readonly link?: string;
  /** Flags that are all set; `SYN` alone also matches SYN,ACK unless `exactFlags`. */
  readonly flags?: readonly TcpFlagName[];
  readonly data?: boolean;
  readonly retransmission?: boolean;
  /** Matches segments that begin with this sequence number, as it is on the wire. */
  readonly seq?: number;
  /** Matches segments that use no sequence numbers and acknowledge up to this number. */
  readonly ack?: number;
  /** A range of positions among the matches, counted from 1; absent: every match. Without `last` it has no end. */
  readonly nth?: {readonly first: number; readonly last?: number};
};

export type FaultKind =
  | {readonly kind: 'drop'}
  /** Delays the packet; with `untilUs`, at least until that time. A replay uses it to find its delays; the notation has only `byUs`. */
  | {readonly kind: 'delay'; readonly byUs: number; readonly untilUs?: number}
  /** Sends a second copy `afterUs` after the first. */
  | {readonly kind: 'dup'; readonly afterUs: number}
  /** Damages a bit: on a `link`, whose check detects it, or in the `memory` of a router, where only TCP's checksum can. */
  | {readonly kind: 'corrupt'; readonly where: 'link' | 'memory'}
  /** Lets the next `places` packets of this direction overtake it. */
  | {readonly kind: 'reorder'; readonly places: number}
  /** Sets a field by its Wireshark name; with `mend` the checksums are corrected afterwards. */
  | {readonly kind: 'edit'; readonly field: string; readonly value: number; readonly mend: boolean};

export type Fault = FaultKind & {readonly at: PacketPattern};
