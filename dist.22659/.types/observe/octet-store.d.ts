/** Where octets are kept. */
export type Kept = {
    readonly at: number;
    readonly length: number;
};
export declare class OctetStore {
    #private;
    /** `most`: octets that it has room for. */
    constructor(most: number);
    /** Where they are from now on; undefined: there is no room. */
    add(octets: Uint8Array): number | undefined;
    /** The octets themselves, not a copy. */
    read({ at, length }: Kept): Uint8Array;
}
