// Makes text from outside (files, names, payloads, the system's messages) safe for each kind of output. Templates accept only text that was
// made safe for their output; a plain string does not compile.
import {charactersOf, type Foreign} from '../account/foreign.ts';
import {published, type Text} from '../lesson/text.ts';
import {languages} from './catalogue/language.ts';
import {harmless, harmlessJson} from './signs.ts';
import {inCells, repeated} from './width.ts';

const entities: {readonly [sign: string]: string} = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const withEntities = (text: string, signs: RegExp): string =>
  text.replace(signs, (sign) => entities[sign] ?? sign);

/** Makes a text from outside safe in one line: line ends and tabs become spaces, other control characters visible marks. */
const inOneLine = (text: string): string => harmless(text.replace(/[\r\n\t]+/g, ' '));

/** Escapes a text for elements and quoted attributes of XML and HTML. U+FFFE and U+FFFF become `·`, because XML does not allow them. */
const inMarkup = (text: string): string =>
  withEntities(harmless(text), /[&<>"']/g).replace(/[\ufffe\uffff]/g, '·');

/**
 * Escapes a text for Markdown and HTML in it, in one line; also `|`, which ends a table's cell, and web addresses, so that a name from the
 * wire does not become a link.
 */
const inMarkdown = (text: string): string =>
  inOneLine(text)
    .replace(/[\\`*_{}[\]<>|~#&$]/g, '\\$&')
    .replace(/^(\s*)(?:([-+])|(\d+)([.)]))(?=\s)/, '$1$3\\$2$4')
    .replace(/^(\s*)(?=(?:-+|=+)\s*$)/, '$1\\')
    .replace(/:\/\/|(?<=\bwww)\./gi, '\\$&');

/** A character that means nothing special in Mermaid: a letter of any script, a digit, or one of these signs. */
const plainInMermaid = /[\p{L}\p{N}\p{M} .,:=+()[\]/_?!*'✗↻→…·–-]/u;

/**
 * Escapes a text for Mermaid: special characters become `#number;`. So does a colon if the text could begin a style, because Mermaid cuts
 * off a style's last semicolon first.
 */
const inMermaid = (text: string): string => {
  const colons = /style|classDef/i.test(text);
  return [...harmless(text)]
    .map((sign) =>
      plainInMermaid.test(sign) && !(colons && sign === ':') ? sign : `#${sign.codePointAt(0) ?? 0};`,
    )
    .join('');
};

/** The signs with which a formula begins in a spreadsheet. The full-width and the small forms of Chinese keyboards count too. */
const formulaSigns = '[=+\\-@＝＋－＠﹦﹢﹣﹫]';
const leadsFormula = new RegExp(`^\\s*${formulaSigns}`);

/**
 * Escapes a field for Anki's text import: HTML in one line, without tabs or quotation marks. `[sound:`, `[latex]` and `\(` are broken up,
 * and the field cannot act as a spreadsheet formula.
 */
const inAnki = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => withEntities(harmless(line.replace(/\t/g, ' ')), /[&<>"]/g))
    .join('<br>')
    .replace(leadsFormula, (lead) => lead.replace(/\S$/, (sign) => `&#${sign.charCodeAt(0)};`))
    .replace(/\[(?=\/?(?:sound|anki|latex|\$))/gi, '&#91;')
    .replace(/\\(?=[([])/g, '\\<span></span>');

/** Escapes the value of a header line of an Anki file: no HTML, and no `::`, which would make a nested deck. */
const inAnkiHead = (text: string): string =>
  inOneLine(text)
    .replace(/[<>]/g, (sign) => (sign === '<' ? '‹' : '›'))
    .replace(/:(?=:)/g, ': ');

/**
 * Finds the places of a CSV cell at which a spreadsheet could see a formula: its start, and after `;` or `|`, at which some spreadsheets
 * split whatever the file says.
 */
const leadsCell = new RegExp(`(^|[;|])(?=["\\s]*${formulaSigns})`, 'g');

/** Escapes a CSV cell by RFC 4180 §2; an apostrophe before a formula makes a spreadsheet take it for text. */
const inCsv = (text: string): string => {
  const line = inOneLine(text).replace(leadsCell, "$1'");
  return /[",;|]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
};

/**
 * Escapes a text for HTML inside GIFT (docs.moodle.org/en/GIFT_format): the signs that separate its parts, weights and formats are escaped
 * or written as entities.
 */
const inGift = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => inMarkup(line).replace(/[%[]/g, (sign) => `&#${sign.charCodeAt(0)};`))
    .map((line) => line.replace(/[\\~=#{}:]/g, '\\$&'))
    .join('<br>');

const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

/** Returns a character as octal escapes, one for each UTF-8 octet, as `$'…'` of a shell accepts them (POSIX.1-2024 §2.2.4). */
const octals = (sign: string): string =>
  encodeURIComponent(/\p{Cs}/u.test(sign) ? '\ufffd' : sign).replace(/%(..)|./g, (one, hex?: string) =>
    octal(hex === undefined ? one.charCodeAt(0) : Number.parseInt(hex, 16)),
  );

/** Quotes a text as one word for a POSIX shell. Characters that must not be printed are written in octal. */
const inShell = (text: string): string => {
  if (/^[\w@=,.:+/-]+$/.test(text)) return text;
  if (harmless(text) === text) return `'${text.replaceAll("'", `'\\''`)}'`;
  const signs = [...text].map((sign) =>
    sign === "'" || sign === '\\' ? `\\${sign}` : harmless(sign) === sign ? sign : octals(sign),
  );
  return `$'${signs.join('')}'`;
};

const outputs = {
  terminal: harmless,
  markup: inMarkup,
  markdown: inMarkdown,
  mermaid: inMermaid,
  anki: inAnki,
  ankiHead: inAnkiHead,
  csv: inCsv,
  gift: inGift,
  shell: inShell,
} as const satisfies {readonly [output: string]: (text: string) => string};

export type Output = keyof typeof outputs | 'json';

declare const output: unique symbol;

/** Text for one kind of output: the program's own text, with text from outside only in the form that is safe there. */
export type Written<In extends Output = Output> = string & {readonly [output]: In};

/** A template for one kind of output. Its own text stays unchanged; its holes accept only numbers and text that is safe for this output. */
type Template<In extends Output> = (
  ours: TemplateStringsArray,
  ...holes: readonly (number | Written<In>)[]
) => Written<In>;

const template =
  <In extends Output>(): Template<In> =>
  (ours, ...holes) =>
    String.raw({raw: ours}, ...holes) as Written<In>;

type Writer<In extends Output> = Template<In> & {
  readonly text: (outside: string) => Written<In>;
  readonly foreign: (text: Foreign) => Written<In>;
  readonly join: (parts: Iterable<Written<In>>, between?: Written<In>) => Written<In>;
};

const writer = <In extends keyof typeof outputs>(name: In): Writer<In> =>
  Object.assign(template<In>(), {
    text: (outside: string) => outputs[name](outside) as Written<In>,
    foreign: (text: Foreign) => outputs[name](charactersOf(text)) as Written<In>,
    join: (parts: Iterable<Written<In>>, between = '') => [...parts].join(between) as Written<In>,
  });

/** Yields the lines of a file, each with a line feed at its end. */
export function* ended<In extends Output>(lines: Iterable<Written<In>>): Generator<Written<In>, void> {
  for (const line of lines) yield `${line}\n` as Written<In>;
}

/** Makes text safe for the terminal and for plain-text files. */
export const terminal = writer('terminal');
/** Makes text safe for HTML and for SVG, because SVG pictures are embedded in the exported page. */
export const markup = writer('markup');
export const markdown = writer('markdown');
export const mermaid = writer('mermaid');
export const anki = writer('anki');
export const ankiHead = writer('ankiHead');
export const csv = writer('csv');
export const gift = writer('gift');
export const shell = writer('shell');

/** Writes a text as inline code of Markdown, between more backticks than occur together in it. */
export const markdownCode = (outside: string): Written<'markdown'> => {
  const code = inOneLine(outside);
  const most = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = repeated('`', most + 1);
  const air = /^[ `]|[ `]$/.test(code) ? ' ' : '';
  return (code === '' ? '' : `${fence}${air}${code}${air}${fence}`) as Written<'markdown'>;
};

/** Writes a text as a line of an indented code block of Markdown, where nothing needs an escape. */
export const markdownRow = (outside: string): Written<'markdown'> =>
  `    ${inOneLine(outside)}` as Written<'markdown'>;

/** Makes a text from outside safe for the screen and colours it with `paint`. */
export const painted = (outside: string, paint: (text: string) => string): Written<'terminal'> =>
  paint(inCells(outside)) as Written<'terminal'>;

/** Writes a path as one word for a shell that no command takes for an option; `-` stays, because it is standard input. */
export const shellFile = (path: string): Written<'shell'> =>
  shell.text(path.startsWith('-') && path !== '-' ? `./${path}` : path);

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && languages.every((language) => language in value);

/**
 * A replacer for JSON.stringify. It keeps of each text only English, Chinese and `fallback`, because files and other programs expect no
 * other language; other values stay as they are.
 */
const inPublished = (_: string, value: unknown): unknown =>
  isText(value) ? {en: value.en, zh: value.zh, fallback: value.fallback} : value;
const replacer = languages.length > published.length ? inPublished : undefined;

const jsonText = (value: unknown, indent?: number): Written<'json'> => {
  // Each line is made harmless by itself, because `harmlessJson` would escape the line feeds, too. All of them come from `indent`:
  // JSON.stringify has already escaped those inside strings.
  const text = JSON.stringify(value, replacer, indent);
  if (indent === undefined) return harmlessJson(text) as Written<'json'>;
  return text.split('\n').map(harmlessJson).join('\n') as Written<'json'>;
};

export const json = Object.assign(template<'json'>(), {value: jsonText});

/** Puts a script or style of the program into HTML without escaping. It throws if the text contains an end tag. */
export const rawText = (ours: string): Written<'markup'> => {
  if (/<\/(?:script|style)|<!--/i.test(ours)) throw new Error('an end tag inside a script or style');
  return markup`${ours as Written<'markup'>}`;
};

/**
 * Writes data as JSON for the exported page's script. `<` is escaped, because it could end the script element; characters that must not be
 * printed are replaced.
 */
export const scriptData = (value: unknown): Written<'markup'> =>
  rawText(
    harmlessJson(
      JSON.stringify(value, (_, inside: unknown) => (typeof inside === 'string' ? harmless(inside) : inside)),
    ).replaceAll('<', '\\u003c'),
  );
