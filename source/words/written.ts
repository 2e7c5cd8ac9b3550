// Writes text from outside (files, names, payload, the system's sentences) for each output. A document is assembled from what was written
// for it: a plain string in a hole of its template does not compile, and functions that pass it on accept nothing else.
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

/** Replaces line ends first, so that they do not become marks. */
const inOneLine = (text: string): string => harmless(text.replace(/[\r\n\t]+/g, ' '));

/** Writes elements and quoted attributes of XML and HTML. XML allows neither of the two noncharacters. */
const inMarkup = (text: string): string =>
  withEntities(harmless(text), /[&<>"']/g).replace(/[\ufffe\uffff]/g, '·');

/**
 * Escapes everything that Markdown, or HTML inside it, could take for more than a letter. Cells of tables end at `|`. A name from the wire
 * must not become a link on GitHub.
 */
const inMarkdown = (text: string): string =>
  inOneLine(text)
    .replace(/[\\`*_{}[\]<>|~#&$]/g, '\\$&')
    .replace(/^(\s*)(?:([-+])|(\d+)([.)]))(?=\s)/, '$1$3\\$2$4')
    .replace(/^(\s*)(?=(?:-+|=+)\s*$)/, '$1\\')
    .replace(/:\/\/|(?<=\bwww)\./gi, '\\$&');

/** Letters of any script, digits, and signs without a meaning in Mermaid at any place. */
const plainInMermaid = /[\p{L}\p{N}\p{M} .,:=+()[\]/_?!*'✗↻→…·–-]/u;

/**
 * Writes all other signs as `#number;`. A colon is among them if the text could begin a style, because Mermaid cuts off the last semicolon
 * of a style before it decodes entities.
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
 * Writes a field for Anki's text import: HTML in one line, without tabs or quotation marks. Anki would play `[sound:` and set `[latex]` and
 * `\(` as formulas, so these are broken up. The field cannot act as a formula either if the file is opened in a spreadsheet.
 */
const inAnki = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => withEntities(harmless(line.replace(/\t/g, ' ')), /[&<>"]/g))
    .join('<br>')
    .replace(leadsFormula, (lead) => lead.replace(/\S$/, (sign) => `&#${sign.charCodeAt(0)};`))
    .replace(/\[(?=\/?(?:sound|anki|latex|\$))/gi, '&#91;')
    .replace(/\\(?=[([])/g, '\\<span></span>');

/** Writes the rest of a header line for Anki: no HTML, and no `::`, which would begin a nested deck. */
const inAnkiHead = (text: string): string =>
  inOneLine(text)
    .replace(/[<>]/g, (sign) => (sign === '<' ? '‹' : '›'))
    .replace(/:(?=:)/g, ': ');

/**
 * Finds places where a formula could begin. Some spreadsheets split at `;` and `|` (the system's list separator), whatever the file says.
 * Tabs have become spaces before this.
 */
const leadsCell = new RegExp(`(^|[;|])(?=["\\s]*${formulaSigns})`, 'g');

/** Writes a CSV cell by RFC 4180 §2. An apostrophe before a formula makes it text. */
const inCsv = (text: string): string => {
  const line = inOneLine(text).replace(leadsCell, "$1'");
  return /[",;|]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
};

/**
 * Writes HTML inside GIFT (docs.moodle.org/en/GIFT_format): the signs that separate its parts, weights and formats are escaped or entities.
 */
const inGift = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => inMarkup(line).replace(/[%[]/g, (sign) => `&#${sign.charCodeAt(0)};`))
    .map((line) => line.replace(/[\\~=#{}:]/g, '\\$&'))
    .join('<br>');

const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

/** Returns a sign octet by octet, as `$'…'` accepts it (POSIX.1-2024 §2.2.4). */
const octals = (sign: string): string =>
  encodeURIComponent(/\p{Cs}/u.test(sign) ? '\ufffd' : sign).replace(/%(..)|./g, (one, hex?: string) =>
    octal(hex === undefined ? one.charCodeAt(0) : Number.parseInt(hex, 16)),
  );

/** Writes one word for a POSIX shell. Characters that must not be printed are written in octal. */
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

/** Text for this output: the program's own, and text from outside in the form that it has there. */
export type Written<In extends Output = Output> = string & {readonly [output]: In};

/** A template: the text between the holes is the program's own and stays unchanged. */
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

/** Yields lines of a file, each with its end. */
export function* ended<In extends Output>(lines: Iterable<Written<In>>): Generator<Written<In>, void> {
  for (const line of lines) yield `${line}\n` as Written<In>;
}

/** Writes plain text, too: lines for code that prints them. */
export const terminal = writer('terminal');
/** Writes XML and HTML, because pictures lie in the page. */
export const markup = writer('markup');
export const markdown = writer('markdown');
export const mermaid = writer('mermaid');
export const anki = writer('anki');
export const ankiHead = writer('ankiHead');
export const csv = writer('csv');
export const gift = writer('gift');
export const shell = writer('shell');

/** Writes code between more backticks than occur together inside. */
export const markdownCode = (outside: string): Written<'markdown'> => {
  const code = inOneLine(outside);
  const most = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = repeated('`', most + 1);
  const air = /^[ `]|[ `]$/.test(code) ? ' ' : '';
  return (code === '' ? '' : `${fence}${air}${code}${air}${fence}`) as Written<'markdown'>;
};

/** Writes a row of an indented code block, in which nothing is Markdown. */
export const markdownRow = (outside: string): Written<'markdown'> =>
  `    ${inOneLine(outside)}` as Written<'markdown'>;

/** Writes coloured text for the screen; the colours are the program's own. */
export const painted = (outside: string, paint: (text: string) => string): Written<'terminal'> =>
  paint(inCells(outside)) as Written<'terminal'>;

/** Writes a file as an argument that cannot be taken for an option; `-` is standard input. */
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
  // Line ends come only from `indent`, because those inside strings are escaped already.
  const lines = JSON.stringify(value, replacer, indent).split('\n').map(harmlessJson);
  return lines.join('\n') as Written<'json'>;
};

export const json = Object.assign(template<'json'>(), {value: jsonText});

/** Writes what an HTML element takes unchanged up to its end tag: scripts and styles of the program, which are known at build time. */
export const rawText = (ours: string): Written<'markup'> => {
  if (/<\/(?:script|style)|<!--/i.test(ours)) throw new Error('an end tag inside a script or style');
  return markup`${ours as Written<'markup'>}`;
};

/** Writes data for a script of the page, which shows its strings unchanged. A `<` would end the element. */
export const scriptData = (value: unknown): Written<'markup'> =>
  rawText(
    harmlessJson(
      JSON.stringify(value, (_, inside: unknown) => (typeof inside === 'string' ? harmless(inside) : inside)),
    ).replaceAll('<', '\\u003c'),
  );
