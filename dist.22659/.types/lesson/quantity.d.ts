export declare const bytesOf: (size: string | number) => number;
export declare const bitsOf: (rate: string) => number;
export declare const shareOf: (percent: string) => number;
/** `off` is 0. */
export declare const microseconds: (duration: string) => number;
