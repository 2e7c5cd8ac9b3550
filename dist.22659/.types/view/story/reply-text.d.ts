/** An answer that holds the name of a place, or what a replacement would read as one, stays as it was given. */
export declare const replyText: (text: string, given: string, right: string) => string;
