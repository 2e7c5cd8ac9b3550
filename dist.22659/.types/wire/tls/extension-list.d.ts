import { type Codec, type ValueOf, type VectorOptions } from './presentation.ts';
import { ExtensionType } from './registry.ts';
type ExtensionName = keyof typeof ExtensionType;
type Table = {
    readonly [N in ExtensionName]?: Codec<unknown>;
};
/** GREASE, what is not known, and what has no typed body in this message; `type` is its number. */
type RawExtension = {
    readonly name: 'raw';
    readonly type: number;
    readonly value: Uint8Array;
};
export type ExtensionOf<T extends Table> = {
    readonly [N in keyof T]: {
        readonly name: N;
        readonly value: ValueOf<T[N]>;
    };
}[keyof T] | RawExtension;
/** The number of an extension, typed or raw. */
export declare const extensionType: ({ name, type }: {
    readonly name: string;
    readonly type?: number;
}) => number;
/** `options`: the length of the block. */
export declare function extensionBlock<const T extends Table>(options: VectorOptions, table: T): Codec<readonly ExtensionOf<T>[]>;
type Named = {
    readonly name: PropertyKey;
    readonly value: unknown;
};
/** The body of the extension called `name`; undefined: it is not in the block, or there is no block. */
export declare function extensionValue<E extends Named, N extends E['name']>(extensions: readonly E[] | undefined, name: N): Extract<E, {
    readonly name: N;
}>['value'] | undefined;
export {};
