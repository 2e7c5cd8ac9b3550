import { type Foreign } from '../account/foreign.ts';
import { harmless } from './harmless.ts';
/** Elements and attributes in quotes, of XML as of HTML. XML has no place for two of the characters that are none. */
declare const inMarkup: (text: string) => string;
/**
 * Whatever Markdown, or HTML inside it, could take for more than a letter; cells of tables end at `|`. What GitHub would make
 * a link of is a name that was on the wire.
 */
declare const inMarkdown: (text: string) => string;
/**
 * Everything else becomes `#number;`. A colon joins it where its words could be taken for the start of a style, whose last
 * semicolon Mermaid cuts away before it reads entities.
 */
declare const inMermaid: (text: string) => string;
/**
 * A field of Anki's text import is HTML in one line: no tabs, no quotation marks. `[sound:` plays, `[latex]` and `\(` are set
 * as formulas: broken up, they are the signs that they were.
 */
declare const inAnki: (text: string) => string;
/** The rest of a header line: no HTML, and `::` would begin a deck inside a deck. */
declare const inAnkiHead: (text: string) => string;
/** One word of a POSIX shell. What must not be printed as it stands is written in octal. */
declare const inShell: (text: string) => string;
declare const outputs: {
    readonly terminal: typeof harmless;
    readonly markup: typeof inMarkup;
    readonly markdown: typeof inMarkdown;
    readonly mermaid: typeof inMermaid;
    readonly anki: typeof inAnki;
    readonly ankiHead: typeof inAnkiHead;
    readonly shell: typeof inShell;
};
export type Output = keyof typeof outputs | 'json';
declare const output: unique symbol;
/** Characters as they go into this output: ours, and whatever came from outside in the form that it has there. */
export type Written<In extends Output = Output> = string & {
    readonly [output]: In;
};
/** Between the holes: ours, as it stands. */
type Template<In extends Output> = (ours: TemplateStringsArray, ...holes: readonly (number | Written<In>)[]) => Written<In>;
type Writer<In extends Output> = Template<In> & {
    readonly text: (outside: string) => Written<In>;
    readonly foreign: (text: Foreign) => Written<In>;
    readonly join: (parts: Iterable<Written<In>>, between?: Written<In>) => Written<In>;
};
/** Lines of a file, each with its end. */
export declare function ended<In extends Output>(lines: Iterable<Written<In>>): Generator<Written<In>, void>;
/** Plain text, too: lines for whoever prints them. */
export declare const terminal: Writer<"terminal">;
/** XML and HTML: pictures lie in the page. */
export declare const markup: Writer<"markup">;
export declare const markdown: Writer<"markdown">;
export declare const mermaid: Writer<"mermaid">;
export declare const anki: Writer<"anki">;
export declare const ankiHead: Writer<"ankiHead">;
export declare const shell: Writer<"shell">;
/** Code between backticks, more of them than stand together inside. */
export declare const markdownCode: (outside: string) => Written<'markdown'>;
/** On the screen: colours are ours. */
export declare const painted: (outside: string, paint: (text: string) => string) => Written<'terminal'>;
/** A file as an argument: none is taken for an option. `-` is standard input. */
export declare const shellFile: (path: string) => Written<'shell'>;
declare const jsonText: (value: unknown, indent?: number) => Written<'json'>;
export declare const json: Template<"json"> & {
    value: typeof jsonText;
};
/** What an element of HTML takes as it stands, up to its end tag: scripts, styles. Ours, and known at build time. */
export declare const rawText: (ours: string) => Written<'markup'>;
/** Data for a script of the page, which shows its strings as they are. `<` would end the element that they lie in. */
export declare const scriptData: (value: unknown) => Written<'markup'>;
export {};
