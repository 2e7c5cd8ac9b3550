export declare const hash32: (text: string) => number;
