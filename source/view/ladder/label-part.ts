// A part of a packet's label.

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
  /** The name with its equals sign; empty for flags. */
  readonly name: string;
  readonly value: string;
  /** The message from which `value` was written. `value` may be cut, and screen readers have other words for the message. */
  readonly said?: CarriedPart;
  /** The stream that the part is about, counted from 0 among the streams of its kind; its number gets a colour. */
  readonly stream?: number | undefined;
  /** True if the chosen observer can read it, false if not; absent if nobody's view is chosen. */
  readonly open?: boolean;
  /** An open question asks for it. */
  readonly hidden: boolean;
  /** The rank by which parts are left out, the highest first; 0 is never left out. */
  readonly dropRank: number;
  /** Shorter forms, each saying less than the one before, for a line without room for `value` alone. */
  readonly shorter?: readonly string[];
};

/** The properties of a part that is shown whole and never left out. */
export const whole = {name: '', hidden: false, dropRank: 0} as const;

/** The rank of a flag or a sign that says less than the words beside it. */
export const flagRank = 2;
