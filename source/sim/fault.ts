// Faults: what the path does to chosen packets (lesson-language: drop, delay, dup, corrupt, reorder, edit).
import type {TcpFlagName} from '../wire/tcp.ts';

/** Which packets: by number, or by properties and the how-manieth match. */
export type PacketPattern = {
  readonly packet?: number;
  readonly from?: string;
  readonly to?: string;
  readonly link?: string;
  /** All of these flags are set; `SYN` alone also matches SYN,ACK unless `exactFlags`. */
  readonly flags?: readonly TcpFlagName[];
  readonly data?: boolean;
  readonly retransmission?: boolean;
  /** Segments that take sequence numbers from this one on, as it stands on the wire. */
  readonly seq?: number;
  /** Segments that take none and acknowledge up to this number. */
  readonly ack?: number;
  /** 1-based range among the matches; absent: every match. `to` absent: from there on. */
  readonly nth?: {readonly first: number; readonly last?: number};
};

export type FaultKind =
  | {readonly kind: 'drop'}
  /** `untilUs`: and not to arrive before that; a replay looks for its delays by it, the notation has only delays. */
  | {readonly kind: 'delay'; readonly byUs: number; readonly untilUs?: number}
  /** A second copy; `afterUs` later than the first. */
  | {readonly kind: 'dup'; readonly afterUs: number}
  /** `link`: a bit on the wire, the link's check finds it; `memory`: inside a router, only TCP's checksum can. */
  | {readonly kind: 'corrupt'; readonly where: 'link' | 'memory'}
  /** Let the next `places` packets of this direction overtake it. */
  | {readonly kind: 'reorder'; readonly places: number}
  /** `field` is Wireshark's name; `mend`: checksums are corrected afterwards. */
  | {readonly kind: 'edit'; readonly field: string; readonly value: number; readonly mend: boolean};

export type Fault = FaultKind & {readonly at: PacketPattern};
