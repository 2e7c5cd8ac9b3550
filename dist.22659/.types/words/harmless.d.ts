/** C0 controls as their pictures (␀ …), the rest as `·`: one column each. */
export declare const harmless: (text: string) => string;
/** JSON has its own way to write such a character: whoever reads the file gets it, whoever prints the file does not. */
export declare const harmlessJson: (json: string) => string;
