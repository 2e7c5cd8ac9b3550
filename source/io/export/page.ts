// Writes a run as one HTML file that needs nothing else: ladders and tables in both languages, the run as data, script and style. Its
// policy allows only this script and this style, and no request at all (Content Security Policy, Level 3).
import {createHash} from 'node:crypto';
import type {Language, Text} from '../../lesson/text.ts';
import {pictureOf} from '../../tell/sequence/geometry.ts';
import type {DocumentHead} from '../../tell/sequence/head.ts';
import type {PageData} from '../../tell/sequence/page-data.ts';
import type {Sequence} from '../../tell/sequence/sequence.ts';
import {tableHead, tableRows} from '../../tell/sequence/table-rows.ts';
import {exportPageSentences} from '../../words/catalogue/export-form.ts';
import {pageSentences, pageTexts} from '../../words/catalogue/page.ts';
import {markup, rawText, scriptData, type Written} from '../../words/written.ts';
import {type LadderColours, ladderColours, ladderShapes} from './ladder-style.ts';
import {ladderSvg} from './ladder-svg.ts';
import type {PageParts} from './page-parts.ts';

export type PageColours = LadderColours & {readonly selection: string};

/** Holds what the exported page needs in each of its languages: the ladder's content and the head. */
type Told = {readonly sequence: Sequence; readonly head: DocumentHead};

export type PageInput = {
  readonly told: {readonly [language in Language]: Told};
  readonly data: PageData;
  /** The language in which the page opens. */
  readonly language: Language;
  readonly light: PageColours;
  readonly dark: PageColours;
  readonly parts: PageParts;
  readonly application: string;
};

type Markup = Written<'markup'>;

const lineEnd = markup`\n`;

const languages: readonly Language[] = ['en', 'zh'];
/**
 * The language tags of the exported page, which has only English and Chinese. If the program speaks another language, the page is English.
 */
const tags: {readonly [language in Language]?: Markup} = {en: markup`en`, zh: markup`zh-CN`};
type Shown = Pick<Text, 'en' | 'zh'>;

const hashOf = (text: string): Markup =>
  markup`'sha256-${markup.text(createHash('sha256').update(text).digest('base64'))}'`;

/** Returns a text in English and Chinese; CSS shows only the one in the exported page's language. */
const both = ({en, zh}: Shown): Markup =>
  markup`<span lang="en">${markup.text(en)}</span><span lang="zh-CN">${markup.text(zh)}</span>`;

/**
 * Returns the attributes with the accessible name of an element without text, and the name in both languages, so that the page's script can
 * switch.
 */
const labelled = (text: Text, language: Language): Markup =>
  markup`aria-label="${markup.text(text[language])}" data-en="${markup.text(text.en)}" data-zh="${markup.text(text.zh)}"`;

const variableNames = [
  ...['text', 'client', 'server', 'third', 'attacker', 'data', 'control', 'warning', 'muted'],
  ...['accent', 'changed', 'page'],
] as const;

const variables = (colours: PageColours): string => {
  const values: {readonly [name: string]: string} = colours;
  const all = variableNames.map((name) => `--${name}:${values[name] ?? ''}`);
  return [
    ...all,
    `--selection:${colours.selection}`,
    `--line:color-mix(in srgb,${colours.muted} 35%,transparent)`,
  ].join(';');
};

const byVariables: LadderColours = {
  text: 'var(--text)',
  client: 'var(--client)',
  server: 'var(--server)',
  third: 'var(--third)',
  attacker: 'var(--attacker)',
  data: 'var(--data)',
  control: 'var(--control)',
  warning: 'var(--warning)',
  muted: 'var(--muted)',
  accent: 'var(--accent)',
  changed: 'var(--changed)',
  right: 'var(--data)',
  page: 'var(--page)',
};

const mono = 'ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace';

/** Returns the CSS of the exported page. A printed page has the light colours, whatever the reader's screen prefers. */
const styleOf = ({told, light, dark, parts}: PageInput): string => {
  const least = Math.round(leastScale * pictureOf(told.en.sequence).width);
  return [
    `:root{${variables(light)};--mono:${mono}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}`,
    ladderShapes,
    ladderColours(byVariables),
    parts.style,
    `@media screen{#ladder svg{min-width:${least}px}}`,
  ].join('\n');
};

const tableOf = ({sequence}: Told, language: Language): Markup => {
  const head = tableHead(sequence).map((text) => markup`<th scope="col">${markup.text(text)}</th>`);
  const rows = tableRows(sequence).map(({packet, cells}) => {
    const [first = '', ...rest] = cells;
    const name = `${exportPageSentences.tableOf.rows.name[language]} ${first}`;
    const chooser =
      packet === undefined
        ? markup`<td></td>`
        : markup`<td><button type="button" data-choose="${packet}" aria-label="${markup.text(name)}">${markup.text(first)}</button></td>`;
    const others = rest.map((text) => markup`<td>${markup.text(text)}</td>`);
    return markup`<tr>${chooser}${markup.join(others)}</tr>`;
  });
  return markup`<table lang="${tags[language] ?? markup`en`}"><thead><tr>${markup.join(head)}</tr></thead><tbody>${markup.join(rows, lineEnd)}</tbody></table>`;
};

/** The height in pixels that the exported page cuts off the top of the ladder, because the page has a title of its own. */
const headPx = 52;
/** The smallest scale of the ladder in the exported page; on narrower screens the ladder scrolls, because smaller text is hard to read. */
const leastScale = 0.85;

const svgOf = ({sequence, head}: Told, language: Language): Markup =>
  markup`<div lang="${tags[language] ?? markup`en`}">${ladderSvg(sequence, pictureOf(sequence), {head, css: undefined, from: headPx})}</div>`;

const button = (id: string, sign: string, name: Text, language: Language): Markup =>
  markup`<button type="button" id="${markup.text(id)}" ${labelled(name, language)}>${markup.text(sign)}</button>`;

const controlsOf = ({language}: PageInput): Markup =>
  markup.join([
    markup`<div class="controls" role="group" ${labelled(pageTexts.controls, language)}>`,
    button('start', '❙◀', pageTexts.start, language),
    button('back', '‹', pageTexts.back, language),
    markup`<button type="button" id="play"></button>`,
    button('forward', '›', pageTexts.forward, language),
    button('end', '▶❙', pageTexts.end, language),
    markup`<input type="range" id="slider" min="0" max="1" value="0" step="1" ${labelled(pageTexts.place, language)}>`,
    markup`<span id="clock"></span>`,
    markup`<select id="speed" ${labelled(pageTexts.speed, language)}>`,
    ...[0.25, 0.5, 1, 2, 4, 8].map((speed) => markup`<option value="${speed}">${speed}×</option>`),
    markup`</select>`,
    markup`</div>`,
  ]);

const sideOf = ({language}: PageInput): Markup =>
  markup.join(
    [
      markup`<div class="side">`,
      markup`<section class="card"><h2>${both(pageTexts.now)}</h2><p id="said" aria-live="polite" aria-atomic="true"></p></section>`,
      markup`<section class="card told" id="told-box"><h2>${both(pageTexts.told)}</h2><p id="told" aria-live="polite"></p></section>`,
      markup`<section class="card" id="why-box"><h2>${both(pageTexts.why)}</h2><p id="why"></p><p id="clause"></p></section>`,
      markup`<section><h2>${both(pageTexts.fields)}</h2><p id="packet"></p>`,
      markup`<div id="fields" role="tree" data-scrolls ${labelled(pageTexts.fields, language)}></div>`,
      markup`<div id="hex" role="region" tabindex="0" data-scrolls ${labelled(pageTexts.bytes, language)}></div>`,
      markup`<p id="help" aria-live="polite"></p></section>`,
      markup`</div>`,
    ],
    lineEnd,
  );

const keysOf = ({language}: PageInput): Markup =>
  markup.join([
    markup`<dialog id="keys" ${labelled(pageTexts.keys, language)}><h2>${both(pageTexts.keys)}</h2><dl>`,
    // `pageSentences` has an entry for each key of the exported page. The page has only some of the player's keys.
    ...Object.entries(pageSentences).map(
      ([key, what]) => markup`<dt>${markup.text(key)}</dt><dd>${both(what)}</dd>`,
    ),
    markup`</dl><form method="dialog"><button>${both(pageTexts.close)}</button></form></dialog>`,
  ]);

const headerOf = ({told}: PageInput): Markup => {
  const {en, zh} = {en: told.en.head, zh: told.zh.head};
  const line = (head: DocumentHead): string => [...head.conditions, ...head.faults].join(' · ');
  const warning = {en: en.warning ?? '', zh: zh.warning ?? ''};
  return markup.join([
    markup`<header><div><h1 id="title" data-title-en="${markup.text(en.title)}" data-title-zh="${markup.text(zh.title)}">`,
    both({en: en.title, zh: zh.title}),
    markup`</h1><p class="conditions">${both({en: line(en), zh: line(zh)})}</p>`,
    ...(warning.en === '' ? [] : [markup`<p class="warning">${both(warning)}</p>`]),
    markup`</div><div class="tools"><button type="button" id="language">${both(pageTexts.other)}</button>`,
    markup`<button type="button" id="keys-button">${both(pageTexts.keys)}</button></div></header>`,
  ]);
};

export const pageHtml = (input: PageInput): Markup => {
  const {told, data, language, parts, application} = input;
  const style = styleOf(input);
  const {script} = parts;
  const policy = markup`default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return markup.join(
    [
      markup`<!doctype html>`,
      markup`<html lang="${tags[language] ?? markup`en`}">`,
      markup`<head>`,
      markup`<meta charset="utf-8">`,
      markup`<meta http-equiv="Content-Security-Policy" content="${policy}">`,
      markup`<meta name="viewport" content="width=device-width, initial-scale=1">`,
      markup`<meta name="color-scheme" content="light dark">`,
      markup`<meta name="generator" content="${markup.text(application)}">`,
      markup`<title>${markup.text(told[language].head.title)}</title>`,
      markup`<style>${rawText(style)}</style>`,
      markup`</head>`,
      markup`<body>`,
      headerOf(input),
      markup`<main>`,
      markup`<div class="left">`,
      markup`<section id="ladder" tabindex="0" data-scrolls ${labelled(pageTexts.ladder, language)}>`,
      ...languages.map((each) => svgOf(told[each], each)),
      markup`</section>`,
      markup`<details id="table"><summary>${both(pageTexts.table)}</summary><div class="table-box">`,
      ...languages.map((each) => tableOf(told[each], each)),
      markup`</div></details>`,
      markup`</div>`,
      sideOf(input),
      controlsOf(input),
      markup`</main>`,
      markup`<footer>${both(pageTexts.made)}</footer>`,
      keysOf(input),
      markup`<script type="application/json" id="run">${scriptData(data)}</script>`,
      markup`<script>${rawText(script)}</script>`,
      markup`</body>`,
      markup`</html>`,
      markup``,
    ],
    lineEnd,
  );
};
