/** Bytes of a stream, `end` excluded. */
export type Span = {
    readonly start: number;
    readonly end: number;
};
export declare const isToken: (text: string) => boolean;
/** field-vchar, SP and HTAB: no CR, LF, NUL or other control, and obs-text up to 0xff. */
export declare const isFieldContent: (text: string) => boolean;
/** Without the optional white space around it (OWS = SP / HTAB); `offset` is how much went in front. */
export declare const withoutOws: (text: string) => {
    readonly text: string;
    readonly offset: number;
};
/** One character for each octet, as ISO 8859-1 names them (RFC 9110 §5.5 calls the upper half opaque). */
export declare const textOfOctets: (bytes: Uint8Array, start?: number, end?: number) => string;
/** undefined where a character is no octet. */
export declare const octetsOfText: (text: string) => Uint8Array | undefined;
export declare const isQuotedString: (text: string) => boolean;
/** The text that a quoted-string stands for; any other text is itself (RFC 9110 §5.6.4). */
export declare const unquoted: (text: string) => string;
/** Splits where `separator` stands outside quoted strings; the parts have no white space around them. */
export declare const splitOutsideQuotes: (text: string, separator: ',' | ';') => readonly string[];
/** The members of a list; empty ones do not count (RFC 9110 §5.6.1.2). */
export declare const listMembers: (value: string) => readonly string[];
