export declare const languages: readonly ["en", "zh"];
export type Language = (typeof languages)[number];
/** What a sentence may take: numbers come in as they are to stand, a text as what it says in the same language. */
export type Value = string | number | {
    readonly [language in Language]: string;
};
export declare const said: (value: Value, language: Language) => string | number;
export declare const inEvery: <T>(make: (language: Language) => T) => { readonly [language in Language]: T; };
