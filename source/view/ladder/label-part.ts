// A part of a packet's label: flags, a number, or words on its content.

import type {CarriedPart} from '../../account/part.ts';

export type LabelPart = {
  readonly kind:
    | 'conversation'
    | 'flags'
    | 'seq'
    | 'ack'
    | 'len'
    | 'letters'
    | 'sack'
    | 'win'
    | 'http'
    | 'tls'
    | 'other';
  /** The name before the value, with an equals sign; empty for flags. */
  readonly name: string;
  readonly value: string;
  /** The message that `value` describes, for screen readers, which use other words and need it uncut; undefined for numbers and flags. */
  readonly said?: CarriedPart;
  /**
   * The number of the stream that a part of a label is about, among the streams of its kind in the connection, counted from 0; it decides
   * the colour.
   */
  readonly stream?: number | undefined;
  /** True if the observer whose view is shown can read the part, false if not; undefined if no observer is chosen. */
  readonly open?: boolean;
  /** True if an open question asks for this part of a packet's label, which is then hidden. */
  readonly hidden: boolean;
  /** The rank by which parts are left out of a label that is too long, the highest first; 0 is never left out. */
  readonly dropRank: number;
  /** Shorter forms of the value that a part of a label shows, each saying less than the one before. */
  readonly shorter?: readonly string[];
};

/** The properties of a part of a packet's label that has no name and is never left out. */
export const whole = {name: '', hidden: false, dropRank: 0} as const;

/** The rank by which a flag or sign is left out of a label that is too long: early, because it says less than the words beside it. */
export const flagRank = 2;
