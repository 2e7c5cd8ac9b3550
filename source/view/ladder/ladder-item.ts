// The items in the rows of the ladder: packets with both their ends, skipped time, changes of state, bursts.

import type {Treatment} from '../../account/fates.ts';
import type {CapturedEnds, Stage} from './course.ts';
import type {HappeningText} from './happenings.ts';
import type {LabelPart} from './label-part.ts';

/** Says which of the two rows of a packet's flight a ladder row draws. */
export type Half = {
  readonly part: 'departure' | 'arrival';
  /** The letter that marks both rows of a flight that crosses another one; absent if the line slopes from one row to the next. */
  readonly letter?: string;
  /** True for the flight that leaves first, of two that cross. */
  readonly isFirst: boolean;
};

/** A state that an end entered with this row; `fresh` if that was at the present moment. */
export type StateLabel = {
  readonly text: string;
  readonly fresh: boolean;
  /** The state was deduced from a capture, where no host tells it. */
  readonly deduced?: true;
  /** The number of the connection, if a capture has several and no row tells which it is. */
  readonly of?: string | undefined;
};

export type PacketItem = CapturedEnds &
  Omit<Stage, 'status' | 'presumed'> & {
    readonly kind: 'packet';
    readonly id: number;
    /** The hosts by their names in the trace. */
    readonly from: string;
    readonly to: string;
    readonly toRight: boolean;
    /** `ahead`: the packet has not been sent yet, and a question is about it. */
    readonly status: Stage['status'] | 'ahead';
    /** The flight is drawn as a comet; otherwise only as under way. */
    readonly comet: boolean;
    readonly label: readonly LabelPart[];
    /** The label with relative numbers, used if the other is too long. */
    readonly relativeLabel: () => readonly LabelPart[];
    readonly again: boolean;
    /** A further effect of the path on the packet. */
    readonly treatment: Treatment | undefined;
    /** The number of the last packet that carried the same sequence numbers, if it is near. */
    readonly original: number | undefined;
    readonly sentUs: number;
    readonly sender: StateLabel | undefined;
    readonly receiver: StateLabel | undefined;
    readonly departureEstimated?: true;
    /** The number of the connection, if a capture has several. */
    readonly conversation?: number | undefined;
    /** The network made a copy of the packet; `from` has not sent it. */
    readonly copy?: true;
    /** Set if the packet's flight is drawn in two rows. */
    readonly half?: Half;
  };

export type Labels = Pick<PacketItem, 'label' | 'relativeLabel'>;

/** An event on a host without a packet. */
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
  /** The number of the first packet; the others follow without a gap. */
  readonly first: number;
  readonly count: number;
  readonly flying: number;
  readonly shown?: CapturedEnds['shown'];
};

export type LadderItem =
  | PacketItem
  | BurstItem
  | HappeningItem
  /** A gap in time; `lengthUs` is undefined while a question asks for what follows. */
  | {readonly kind: 'gap'; readonly fromUs: number; readonly lengthUs: number | undefined}
  | {
      readonly kind: 'state';
      readonly host: string;
      readonly onRight: boolean;
      readonly atUs: number;
      readonly label: StateLabel;
    };
