// The types of what the rows of the ladder show: packets with both their ends, skipped time, changes of TCP state, DNS calls and answers,
// bursts.

import type {Treatment} from '../../account/fates.ts';
import type {CapturedEnds, Stage} from './course.ts';
import type {HappeningText} from './happenings.ts';
import type {LabelPart} from './label-part.ts';

/** One of the two rows that the ladder has for a packet whose departure and arrival are drawn in different rows. */
export type Half = {
  readonly part: 'departure' | 'arrival';
  /**
   * The letter that marks both rows of a packet that crosses another one; undefined if the packet's line slopes from one row to the next.
   */
  readonly letter?: string;
  /** True for that one of two crossing packets which is drawn first, and for every packet with a sloping line. */
  readonly isFirst: boolean;
};

/** A TCP state that the ladder shows beside a host's lifeline; `fresh` is true if the host entered it at the present moment. */
export type StateLabel = {
  readonly text: string;
  readonly fresh: boolean;
  /** True if the TCP state was deduced from the packets of a capture, in which no host reports its state. */
  readonly deduced?: true;
  /** The sign of the connection, if a capture has several and the row does not show which one it is. */
  readonly of?: string | undefined;
};

export type PacketItem = CapturedEnds &
  Omit<Stage, 'status' | 'presumed'> & {
    readonly kind: 'packet';
    readonly id: number;
    /** The sender's and the receiver's name in the trace, which may differ from the names on the screen. */
    readonly from: string;
    readonly to: string;
    readonly toRight: boolean;
    /** Whether the packet is on its way, has arrived or was lost by now; `ahead`: it has not been sent yet, and a question is about it. */
    readonly status: Stage['status'] | 'ahead';
    /** True if the packet in flight is drawn as a comet; otherwise a text says that it is under way. */
    readonly comet: boolean;
    readonly label: readonly LabelPart[];
    /** Returns the label with relative sequence numbers, which is used if `label` is too long. */
    readonly relativeLabel: () => readonly LabelPart[];
    readonly again: boolean;
    /** A further effect of the network on the packet, such as a copy or a change of order. */
    readonly treatment: Treatment | undefined;
    /** The number of the last earlier packet with the same sequence number, if this packet is a retransmission and that one is near. */
    readonly original: number | undefined;
    readonly sentUs: number;
    readonly sender: StateLabel | undefined;
    readonly receiver: StateLabel | undefined;
    readonly departureEstimated?: true;
    /** The number of the packet's connection, if a capture has several. */
    readonly conversation?: number | undefined;
    /** True for a copy that the network made of a packet, which `from` has not sent. */
    readonly copy?: true;
    /** The part of the packet that this row shows, if the packet has two rows. */
    readonly half?: Half;
  };

export type Labels = Pick<PacketItem, 'label' | 'relativeLabel'>;

/** A row of the ladder for a DNS call or answer on a host to which no packet belongs. */
export type HappeningItem = {
  readonly kind: 'happening';
  readonly host: string;
  readonly atUs: number;
  readonly text: HappeningText;
};

export type BurstItem = {
  readonly kind: 'burst';
  readonly from: string;
  readonly to: string;
  readonly toRight: boolean;
  readonly sentUs: number;
  /** The number of the burst's first packet; the others have the numbers after it. */
  readonly first: number;
  readonly count: number;
  readonly flying: number;
  readonly shown?: CapturedEnds['shown'];
};

export type LadderItem =
  | PacketItem
  | BurstItem
  | HappeningItem
  /**
   * A row of the ladder for a time without events that the player skips; `lengthUs` is undefined while a question asks for what follows.
   */
  | {readonly kind: 'gap'; readonly fromUs: number; readonly lengthUs: number | undefined}
  | {
      readonly kind: 'state';
      readonly host: string;
      readonly onRight: boolean;
      readonly atUs: number;
      readonly label: StateLabel;
    };
