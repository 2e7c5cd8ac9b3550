/** As it stands in the cells of a screen: nothing in it acts, each sign has the columns of that sign alone. */
export declare const inCells: (text: string) => string;
export declare const textWidth: (text: string) => number;
/** The longest beginning of `text` that is at most `columns` wide. */
export declare const takeColumns: (text: string, columns: number) => string;
/** Cut to `columns`, the last one an ellipsis if something is missing. */
export declare const cut: (text: string, columns: number, ellipsis?: string) => string;
/** The end of a text: what was typed last. */
export declare const cutStart: (text: string, columns: number, ellipsis?: string) => string;
/** Where there is no room for any, none: in a tiny terminal counts of cells become negative. */
export declare const repeated: (sign: string, times: number) => string;
export declare const padEnd: (text: string, columns: number) => string;
export declare const padStart: (text: string, columns: number) => string;
export declare const wrap: (text: string, columns: number) => string[];
/** As `wrap`, but no last line that is a word or two long: then all lines are made even. */
export declare const wrapWhole: (text: string, columns: number) => string[];
/** Each sentence on a line of its own if that takes at most `most` lines, else one running text. */
export declare const wrapSentences: (text: string, columns: number, most: number) => string[];
