import type { PacketField } from './packet-field.ts';
export declare const comparisons: readonly ['==', '!=', '<', '<=', '>', '>='];
export type Comparison = (typeof comparisons)[number];
export type FilterValue = {
    readonly kind: 'number';
    readonly value: number;
} | {
    readonly kind: 'text';
    readonly value: string;
}
/** A host's name stands for its addresses. */
 | {
    readonly kind: 'host';
    readonly name: string;
};
export type Filter = {
    readonly kind: 'and' | 'or';
    readonly left: Filter;
    readonly right: Filter;
} | {
    readonly kind: 'not';
    readonly of: Filter;
}
/** Does the packet have such a field? */
 | {
    readonly kind: 'present';
    readonly field: PacketField;
} | {
    readonly kind: 'compare';
    readonly field: PacketField;
    readonly comparison: Comparison;
    readonly value: FilterValue;
};
