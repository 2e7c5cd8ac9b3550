// A text in every language, and a sentence of the catalogue with what it takes.
import {inEvery, type Language} from '../words/catalogue/language.ts';

export type {Language} from '../words/catalogue/language.ts';

export type Text = {readonly [language in Language]: string};

export type Message<Parameters> = {readonly [language in Language]: (parameters: Parameters) => string};

/** The sentence in every language. */
export const worded = <Parameters>(
  message: Text | Message<Parameters>,
  parameters: NoInfer<Parameters>,
): Text =>
  inEvery((language) => {
    const said = message[language];
    return typeof said === 'string' ? said : said(parameters);
  });

/** A name, a number, or code. */
export const sameIn = (word: string): Text => inEvery(() => word);

/** What somebody has written in some languages, in every one: English stands in, or whatever there is. */
export const everywhere = (given: {readonly [language in Language]?: string}): Text =>
  inEvery((language) => given[language] ?? given.en ?? given.zh ?? '');

/** Of names that may be unknown. */
export const textOf = (texts: {readonly [name: string]: Text}, name: string): Text | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined;

/** One space where Chinese meets Latin letters or digits; no other script is touched. */
export const spaced = (written: string): string =>
  written
    .replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2')
    .replace(/([A-Za-z0-9%])(\p{Script=Han})/gu, '$1 $2');

/** A sentence into which names are put, which may be of another script than it is. */
export const wordedWithNames = <Parameters>(
  message: Message<Parameters>,
  parameters: NoInfer<Parameters>,
): Text => inEvery((language) => spaced(message[language](parameters)));
