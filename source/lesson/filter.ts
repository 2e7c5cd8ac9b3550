// The types of display filters as data: the subset of Wireshark's language that lessons and searches use.
import type {PacketField} from './packet-field.ts';

export const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof comparisons)[number];

export type FilterValue =
  | {readonly kind: 'number'; readonly value: number}
  | {readonly kind: 'text'; readonly value: string}
  /** The name of a host in a display filter, which stands for its addresses. */
  | {readonly kind: 'host'; readonly name: string};

export type Filter =
  | {readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter}
  | {readonly kind: 'not'; readonly of: Filter}
  /** The condition of a display filter that the packet has the field. */
  | {readonly kind: 'present'; readonly field: PacketField}
  | {
      readonly kind: 'compare';
      readonly field: PacketField;
      readonly comparison: Comparison;
      readonly value: FilterValue;
    };
