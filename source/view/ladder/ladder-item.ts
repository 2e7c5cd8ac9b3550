// What stands in the rows of the ladder: packets with both their ends, skipped time, changes of state, bursts.

import type {Treatment} from '../../account/fates.ts';
import type {CapturedEnds, Stage} from './course.ts';
import type {HappeningText} from './happenings.ts';
import type {LabelPart} from './label-part.ts';

/** Says which of the two rows of a packet’s flight a ladder row draws. */
export type Half = {
  readonly part: 'departure' | 'arrival';
  /** The letter that marks both rows of a flight that crosses another one. Absent: the line slopes from one row to the next. */
  readonly letter?: string;
  /** Whether this flight leaves first, of two that cross. */
  readonly isFirst: boolean;
};

/** A state that an end entered with this row; `fresh`: at the moment on the screen. */
export type StateLabel = {
  readonly text: string;
  readonly fresh: boolean;
  /** Of a capture: nobody said so. */
  readonly deduced?: true;
  /** Of several connections of a capture, where no row says which: its number. */
  readonly of?: string | undefined;
};

export type PacketItem = CapturedEnds &
  Omit<Stage, 'status' | 'presumed'> & {
    readonly kind: 'packet';
    readonly id: number;
    /** Hosts, as the trace calls them. */
    readonly from: string;
    readonly to: string;
    readonly toRight: boolean;
    /** `ahead`: not sent yet, a question is about it. */
    readonly status: Stage['status'] | 'ahead';
    /** Drawn as a comet; else it is only on its way. */
    readonly comet: boolean;
    readonly label: readonly LabelPart[];
    /** The same with numbers that count from the ISN, for where the other is too long. */
    readonly relativeLabel: () => readonly LabelPart[];
    readonly again: boolean;
    /** What else the path does to it. */
    readonly treatment: Treatment | undefined;
    /** Number of the last sending of the same numbers before, if it is near. */
    readonly original: number | undefined;
    readonly sentUs: number;
    readonly sender: StateLabel | undefined;
    readonly receiver: StateLabel | undefined;
    readonly departureEstimated?: true;
    /** Of several connections of a capture. */
    readonly conversation?: number | undefined;
    /** Not sent by `from`: the network has made another one of it. */
    readonly copy?: true;
    /** Set where the packet’s flight is drawn in two rows. */
    readonly half?: Half;
  };

export type Labels = Pick<PacketItem, 'label' | 'relativeLabel'>;

/** What a host did without a packet. */
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
  /** Number of its first packet; the others follow without a gap. */
  readonly first: number;
  readonly count: number;
  readonly flying: number;
  readonly shown?: CapturedEnds['shown'];
};

export type LadderItem =
  | PacketItem
  | BurstItem
  | HappeningItem
  /** `lengthUs` undefined: a question asks for what follows. */
  | {readonly kind: 'gap'; readonly fromUs: number; readonly lengthUs: number | undefined}
  | {
      readonly kind: 'state';
      readonly host: string;
      readonly onRight: boolean;
      readonly atUs: number;
      readonly label: StateLabel;
    };
