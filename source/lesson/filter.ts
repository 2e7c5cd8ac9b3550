// Display filters: the subset of Wireshark's language that lessons and searches use, as data.
import type {PacketField} from './packet-field.ts';

export const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof comparisons)[number];

export type FilterValue =
  | {readonly kind: 'number'; readonly value: number}
  | {readonly kind: 'text'; readonly value: string}
  /** The name of a host, which means its addresses. */
  | {readonly kind: 'host'; readonly name: string};

export type Filter =
  | {readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter}
  | {readonly kind: 'not'; readonly of: Filter}
  /** The condition that the packet has the field. */
  | {readonly kind: 'present'; readonly field: PacketField}
  | {
      readonly kind: 'compare';
      readonly field: PacketField;
      readonly comparison: Comparison;
      readonly value: FilterValue;
    };
