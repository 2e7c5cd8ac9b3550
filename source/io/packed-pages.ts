// Packs pages of data as lines of JSON: first each page without its texts, then the texts of each page, language by language. Similar lines
// lie side by side, which compresses a tenth better, and a reader of one page parses only the lines of that page.
import {inEvery, type Language, languages} from '../words/catalogue/language.ts';

const newline = 0x0a;

/** The number that stands in a page's JSON for each text that was taken out. */
const gap = 0;

const byName: ReadonlyMap<string, Language> = new Map(languages.map((language) => [language, language]));

const languageOf = (key: string): Language | undefined => byName.get(key);

/** Applies `change` to what a language key holds: a single text, or each element of a list of texts and objects. */
const mapParts = (parts: unknown, change: (part: unknown) => unknown): unknown =>
  Array.isArray(parts) ? parts.map(change) : change(parts);

export const packPages = (pages: readonly unknown[]): string => {
  const texts = inEvery((): string[][] => []);
  const frames = pages.map((page) => {
    const own = inEvery((): string[] => []);
    for (const language of languages) texts[language].push(own[language]);
    return JSON.stringify(page, (key, value) => {
      const language = languageOf(key);
      if (language === undefined) return value;
      return mapParts(value, (part) => {
        if (typeof part !== 'string') return part;
        own[language].push(part);
        return gap;
      });
    });
  });
  const said = languages.flatMap((language) => texts[language].map((own) => JSON.stringify(own)));
  return [...frames, ...said].join('\n');
};

const holds = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * Puts the texts back into a page of packed data, in the order in which they were taken out. It walks the value itself, because a JSON
 * reviver takes three times as long.
 */
const fill = (value: unknown, next: (language: Language) => string | undefined): void => {
  if (Array.isArray(value)) {
    for (const each of value) fill(each, next);
    return;
  }
  if (!holds(value)) return;
  for (const key in value) {
    const language = languageOf(key);
    const part = value[key];
    if (language !== undefined) value[key] = mapParts(part, (each) => (each === gap ? next(language) : each));
    if (typeof part === 'object') fill(value[key], next);
  }
};

/** Returns a page of packed data with its texts. @param whole changes the page's JSON, which lacks its texts, before it is parsed */
export const unpackPage = <T>(
  lines: readonly Buffer[],
  place: number,
  whole = (frame: string): string => frame,
): T => {
  const pages = lines.length / (1 + languages.length);
  const line = (column: number): string => lines[column * pages + place]?.toString('utf8') ?? '';
  const texts = inEvery((language) => {
    const own: readonly string[] = JSON.parse(line(1 + languages.indexOf(language)));
    return own.values();
  });
  const page = JSON.parse(whole(line(0)));
  fill(page, (language) => texts[language].next().value);
  return page;
};

/** Splits unpacked data into lines without decoding them, because decoding two megabytes to text costs more than unpacking them. */
export const linesIn = (packed: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = [];
  for (let start = 0; start <= packed.length; ) {
    const found = packed.indexOf(newline, start);
    const end = found === -1 ? packed.length : found;
    lines.push(packed.subarray(start, end));
    start = end + 1;
  }
  return lines;
};
