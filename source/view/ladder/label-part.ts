// A part of what stands on a packet's line.

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
  /** Name with its equals sign; empty for flags. */
  readonly name: string;
  readonly value: string;
  /** What `value` was written of, which may be cut; the ear has its own words for it. */
  readonly said?: CarriedPart;
  /** The one stream inside a connection that it is about, counted from 0 among those of its kind: a colour beside its number. */
  readonly stream?: number | undefined;
  /** Through the eyes of one actor: it can be read, or not. */
  readonly open?: boolean;
  /** The question asks for it. */
  readonly hidden: boolean;
  /** 0 stays always; the highest goes first. */
  readonly dropRank: number;
  /** Said instead where even this part alone has no room: each says less than the one before it. */
  readonly shorter?: readonly string[];
};

/** Of what is said as a whole, and stays. */
export const whole = {name: '', hidden: false, dropRank: 0} as const;

/** A flag or a sign that says less than the words beside it. */
export const flagRank = 2;
