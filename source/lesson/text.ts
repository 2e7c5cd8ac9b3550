// A text in every language, and a sentence of the catalogue with the values that it takes.
import {inEvery, type Language, languages} from '../words/catalogue/language.ts';

export type {Language} from '../words/catalogue/language.ts';

/**
 * A value in every language; `fallback` lists the languages of `published` that its author left out, for which another language stands in.
 */
export type InEvery<T> = {readonly [language in Language]: T} & {readonly fallback?: readonly string[]};

export type Text = InEvery<string>;

export type Message<Parameters> = {readonly [language in Language]: (parameters: Parameters) => string};

const fallbackOf = (part: unknown): readonly string[] =>
  part instanceof Object && 'fallback' in part && Array.isArray(part.fallback) ? part.fallback : [];

/** Returns a text made of others; it falls back in every language in which one of those does. */
export const madeOf = (parts: readonly unknown[], make: (language: Language) => string): Text => {
  const text = inEvery(make);
  const fallback = parts.flatMap(fallbackOf);
  return fallback.length > 0 ? {...text, fallback: [...new Set(fallback)]} : text;
};

/** Returns a sentence of the catalogue in every language, with its parameters filled in. */
export const worded = <Parameters>(
  message: Text | Message<Parameters>,
  parameters: NoInfer<Parameters>,
): Text =>
  madeOf(Object.values(parameters ?? {}), (language) => {
    const said = message[language];
    return typeof said === 'string' ? said : said(parameters);
  });

/** Returns the same text in every language, for a name, a number or code. */
export const sameIn = (word: string): Text => inEvery(() => word);

/** Tells whether two texts are the same in every language. */
export const isSameText = (one: Text | undefined, other: Text | undefined): boolean =>
  one === other || (!!one && !!other && languages.every((language) => one[language] === other[language]));

/** The languages of texts in files and for other programs, whatever other languages the program speaks. */
export const published = ['en', 'zh'] as const;

/** Returns the text with this name; undefined if the name is unknown. */
export const textOf = (texts: {readonly [name: string]: Text}, name: string): Text | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined;

/** Puts one space between Chinese and Latin letters or digits; other scripts stay as they are. */
export const spaced = (written: string): string =>
  written
    .replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2')
    .replace(/([A-Za-z0-9%])(\p{Script=Han})/gu, '$1 $2');

/** The parameters of a sentence; for a union of sentences, the parameters that any of them takes. */
type Taken<Said> = (
  Said extends Message<infer Parameters>
    ? (parameters: Parameters) => void
    : never
) extends (parameters: infer All) => void
  ? All
  : never;

/**
 * Returns a sentence with names in it in every language, with a space where Chinese meets Latin letters or digits, because a name may be in
 * another script than the sentence.
 */
export function wordedWithNames<Said extends Message<never>>(message: Said, parameters: Taken<Said>): Text;
export function wordedWithNames<Parameters>(
  message: Message<Parameters>,
  parameters: NoInfer<Parameters>,
): Text {
  const said = worded(message, parameters);
  return madeOf([said], (language) => spaced(said[language]));
}
