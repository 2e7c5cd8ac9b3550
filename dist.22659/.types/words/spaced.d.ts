/** One space between Chinese and Latin letters or digits. */
export declare const spaced: (text: string) => string;
