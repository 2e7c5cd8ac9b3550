/** What is undefined stands nowhere. */
export declare const canonicalJson: (value: unknown) => string;
