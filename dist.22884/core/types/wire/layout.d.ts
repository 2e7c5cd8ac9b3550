import type { Field } from './layer.js';
type KindValues = {
    readonly uint: number;
    readonly mac: string;
    readonly ipv4: string;
    readonly ipv6: string;
    readonly octets: string;
};
type Kind = keyof KindValues;
/** A row that shows some bits of a number; `shift` counts from the number's least significant bit. */
type Part = {
    readonly display: string;
    readonly shift: number;
    readonly bits: number;
    /** Shown as 0 or 1, however many bits there are. */
    readonly flag: boolean;
};
type FieldSpec<Name extends string = string, K extends Kind = Kind> = {
    readonly name: Name;
    readonly kind: K;
    readonly bits: number;
    /** Wireshark's display-filter name; empty for a field whose rows are written by hand. */
    readonly display: string;
    /** Digits of the hexadecimal form; 0 prints in decimal. */
    readonly hex: number;
    /** What one unit of the number stands for: 4 for lengths in 32-bit words. */
    readonly scale: number;
    readonly parts: readonly Part[];
};
type Values<F extends readonly FieldSpec[]> = {
    readonly [S in F[number] as S['name']]: KindValues[S['kind']];
};
type UintOptions = {
    readonly hex?: number;
    readonly scale?: number;
    readonly parts?: readonly Part[];
};
export declare const uint: <const N extends string>(name: N, bits: number, display: string, { hex, scale, parts }?: UintOptions) => FieldSpec<N, 'uint'>;
export declare const part: (display: string, shift: number, bits?: number, flag?: boolean) => Part;
export declare const mac: <const N extends string>(name: N, display: string) => FieldSpec<N, "mac">;
export declare const ipv4: <const N extends string>(name: N, display: string) => FieldSpec<N, "ipv4">;
export declare const ipv6: <const N extends string>(name: N, display: string) => FieldSpec<N, "ipv6">;
/** Octets without further meaning; the value is hex. Decoded and shown, written as zeros. */
export declare const octets: <const N extends string>(name: N, size: number, display: string) => FieldSpec<N, "octets">;
/** Where a named number stands: whole bytes `start … end` from the header's first, and the bits within them. */
export type FieldPlace = {
    readonly start: number;
    readonly end: number;
    readonly shift: number;
    readonly bits: number;
    readonly scale: number;
};
type Layout<V> = {
    readonly protocol: string;
    readonly clause: string;
    /** In bytes. */
    readonly size: number;
    /** The header at `at`; bytes that are not there read as 0, so look at the length first. */
    read(bytes: Uint8Array, at: number): V;
    /** Throws on an address that is none: values come from inside. */
    write(bytes: Uint8Array, at: number, values: V): void;
    /** Inspector rows of the fields that lie before `end`, at their offsets in `bytes`. */
    rows(bytes: Uint8Array, at: number, end: number): Field[];
    /** The number that Wireshark calls `display`. */
    place(display: string): FieldPlace | undefined;
};
export declare const writePlace: (bytes: Uint8Array, at: number, place: FieldPlace, value: number) => void;
/** `read` fills each name of the table with a value of its field's kind: that is the type of its values. */
export declare function layout<const F extends readonly FieldSpec[]>(protocol: string, clause: string, fields: F): Layout<Values<F>>;
export {};
