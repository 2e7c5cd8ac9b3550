export declare class Table<V> implements Iterable<readonly [string, V]> {
    #private;
    readonly size: number;
    private constructor();
    static empty<V>(): Table<V>;
    get(key: string): V | undefined;
    has(key: string): boolean;
    /** The same table with `key` set; a key that is there keeps its place. */
    with(key: string, value: V): Table<V>;
    without(key: string): Table<V>;
    /** The value inserted first of those that fit; no list is made. */
    first(fits: (value: V) => boolean): V | undefined;
    [Symbol.iterator](): IterableIterator<readonly [string, V]>;
    keys(): IterableIterator<string>;
    values(): IterableIterator<V>;
}
