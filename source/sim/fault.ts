// Faults: what the path does to chosen packets, such as dropping, delaying, duplicating, corrupting, reordering or editing them.
import type {TcpFlagName} from '../wire/tcp.ts';

/** Which packets a fault applies to: one by its number, or those with all given properties and a position among the matches. */
export type PacketPattern = {
  readonly packet?: number;
  readonly from?: string;
  readonly to?: string;
  readonly link?: string;
  /** Flags that the segment has to have; it may have others, too, so `SYN` also matches SYN,ACK. */
  readonly flags?: readonly TcpFlagName[];
  readonly data?: boolean;
  readonly retransmission?: boolean;
  /** The sequence number on the wire with which a segment that has data, SYN or FIN begins. */
  readonly seq?: number;
  /** The acknowledgment number of a segment without data, SYN and FIN. */
  readonly ack?: number;
  /** Which of the matching packets are meant, counted from 1, `first` to `last`; absent: all. Without `last` the range has no end. */
  readonly nth?: {readonly first: number; readonly last?: number};
};

export type FaultKind =
  | {readonly kind: 'drop'}
  /**
   * Delays the packet by `byUs`; with `untilUs`, at least until that time. Only the simulation of captures uses `untilUs`; the notation of
   * `--fault` has only `byUs`.
   */
  | {readonly kind: 'delay'; readonly byUs: number; readonly untilUs?: number}
  /** Delivers a second copy of the packet `afterUs` after the first. */
  | {readonly kind: 'dup'; readonly afterUs: number}
  /** Damages a bit of the packet: on a `link`, whose check detects it, or in the `memory` of a router, where only TCP's checksum can. */
  | {readonly kind: 'corrupt'; readonly where: 'link' | 'memory'}
  /** Holds the packet back until the next `places` packets of its direction have overtaken it. */
  | {readonly kind: 'reorder'; readonly places: number}
  /** Changes a field of the packet, by its Wireshark name, to a value; with `mend`, the checksums are corrected afterwards. */
  | {readonly kind: 'edit'; readonly field: string; readonly value: number; readonly mend: boolean};

export type Fault = FaultKind & {readonly at: PacketPattern};
