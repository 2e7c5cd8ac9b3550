import { type Language } from '../words/catalogue/language.ts';
export type { Language } from '../words/catalogue/language.ts';
export type Text = {
    readonly [language in Language]: string;
};
export type Message<Parameters> = {
    readonly [language in Language]: (parameters: Parameters) => string;
};
/** The sentence in every language. */
export declare const worded: <Parameters>(message: Text | Message<Parameters>, parameters: NoInfer<Parameters>) => Text;
/** A name, a number, or code. */
export declare const sameIn: (word: string) => Text;
/** Of names that may be unknown. */
export declare const textOf: (texts: {
    readonly [name: string]: Text;
}, name: string) => Text | undefined;
