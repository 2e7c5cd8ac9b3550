/** Microseconds since 1970. */
export declare const wallUs: (nowUs: number) => number;
