export type Selection = {
    /** undefined follows the newest. */
    readonly packet: number | undefined;
    /** A field of that packet, by its display-filter name. */
    readonly field: string | undefined;
    /** Offset of a byte of that packet. */
    readonly byte: number | undefined;
    /** A variable, the state (`state`) or a timer of a host, by the name that the endpoints panel gives it. */
    readonly variable: {
        readonly host: string;
        readonly name: string;
    } | undefined;
};
export declare const nothingSelected: Selection;
