// A text in every language, and a sentence of the catalogue with what it takes.
import {inEvery, type Language, languages} from '../words/catalogue/language.ts';

export type {Language} from '../words/catalogue/language.ts';

/** `fallback`: languages of `published` that its author left out, where another one stands in. */
export type InEvery<T> = {readonly [language in Language]: T} & {readonly fallback?: readonly string[]};

export type Text = InEvery<string>;

export type Message<Parameters> = {readonly [language in Language]: (parameters: Parameters) => string};

const fallbackOf = (part: unknown): readonly string[] =>
  part instanceof Object && 'fallback' in part && Array.isArray(part.fallback) ? part.fallback : [];

/** A text that is made of others: where one of those falls back it does, too. */
export const madeOf = (parts: readonly unknown[], make: (language: Language) => string): Text => {
  const text = inEvery(make);
  const fallback = parts.flatMap(fallbackOf);
  return fallback.length > 0 ? {...text, fallback: [...new Set(fallback)]} : text;
};

/** The sentence in every language. */
export const worded = <Parameters>(
  message: Text | Message<Parameters>,
  parameters: NoInfer<Parameters>,
): Text =>
  madeOf(Object.values(parameters ?? {}), (language) => {
    const said = message[language];
    return typeof said === 'string' ? said : said(parameters);
  });

/** A name, a number, or code. */
export const sameIn = (word: string): Text => inEvery(() => word);

/** They read the same in every language. */
export const isSameText = (one: Text | undefined, other: Text | undefined): boolean =>
  one === other || (!!one && !!other && languages.every((language) => one[language] === other[language]));

/** What files and other programs get of a text, whatever others the program speaks. */
export const published = ['en', 'zh'] as const;

/** Of names that may be unknown. */
export const textOf = (texts: {readonly [name: string]: Text}, name: string): Text | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined;

/** One space where Chinese meets Latin letters or digits; no other script is touched. */
export const spaced = (written: string): string =>
  written
    .replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2')
    .replace(/([A-Za-z0-9%])(\p{Script=Han})/gu, '$1 $2');

/** What a sentence takes; of one of several, whichever it is. */
type Taken<Said> = (
  Said extends Message<infer Parameters>
    ? (parameters: Parameters) => void
    : never
) extends (parameters: infer All) => void
  ? All
  : never;

/** A sentence into which names are put, which may be of another script than it is. */
export function wordedWithNames<Said extends Message<never>>(message: Said, parameters: Taken<Said>): Text;
export function wordedWithNames<Parameters>(
  message: Message<Parameters>,
  parameters: NoInfer<Parameters>,
): Text {
  const said = worded(message, parameters);
  return madeOf([said], (language) => spaced(said[language]));
}
