export type StrictTransport = {
    readonly maxAgeS: number;
    readonly includeSubDomains: boolean;
};
/** Undefined: a directive occurs twice, or max-age is missing or no number, and the whole field counts for nothing. */
export declare const readStrictTransport: (value: string) => StrictTransport | undefined;
