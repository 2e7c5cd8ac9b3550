// A run as one HTML file that needs nothing else: ladders and tables in both languages, the run as data, script and style.
// Its policy allows just these two and no request at all (Content Security Policy, Level 3).
import {createHash} from 'node:crypto';
import type {Language, Text} from '../../lesson/lesson.ts';
import {pictureOf} from '../../present/sequence/geometry.ts';
import type {DocumentHead} from '../../present/sequence/head.ts';
import type {PageData} from '../../present/sequence/page-data.ts';
import type {Sequence} from '../../present/sequence/sequence.ts';
import {tableHead, tableRows} from '../../present/sequence/table-rows.ts';
import {pageKeys, pageTexts} from '../../present/text/page.ts';
import {type LadderColours, ladderColours, ladderShapes} from './ladder-style.ts';
import {ladderSvg} from './ladder-svg.ts';
import {escapeMarkup} from './markup.ts';
import type {PageParts} from './page-parts.ts';

export type PageColours = LadderColours & {readonly selection: string};

/** What is there once for each language. */
type Told = {readonly sequence: Sequence; readonly head: DocumentHead};

export type PageInput = {
  readonly told: {readonly [language in Language]: Told};
  readonly data: PageData;
  /** The language that it opens with. */
  readonly language: Language;
  readonly light: PageColours;
  readonly dark: PageColours;
  readonly parts: PageParts;
  readonly application: string;
};

const languages: readonly Language[] = ['en', 'zh'];
const tags: {readonly [language in Language]: string} = {en: 'en', zh: 'zh-CN'};

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Both texts; the style shows the one whose language is the page's. */
const both = ({en, zh}: Text, tag = 'span'): string =>
  `<${tag} lang="en">${escapeMarkup(en)}</${tag}><${tag} lang="zh-CN">${escapeMarkup(zh)}</${tag}>`;

/** The name of something without text; the script keeps it in the page's language. */
const labelled = (text: Text, language: Language): string =>
  `aria-label="${escapeMarkup(text[language])}" data-en="${escapeMarkup(text.en)}" data-zh="${escapeMarkup(text.zh)}"`;

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
  page: 'var(--page)',
};

const mono = 'ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace';

/** Paper is white, whatever the reader's screen prefers. */
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

const tableOf = ({sequence}: Told, language: Language): string => {
  const cell = (tag: 'th' | 'td', text: string): string =>
    `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escapeMarkup(text)}</${tag}>`;
  const head = tableHead(sequence).map((text) => cell('th', text));
  const rows = tableRows(sequence).map(({packet, cells}) => {
    const [first = '', ...rest] = cells;
    const name = `${language === 'zh' ? '分组' : 'packet'} ${first}`;
    const chooser =
      packet === undefined
        ? '<td></td>'
        : `<td><button type="button" data-choose="${packet}" aria-label="${escapeMarkup(name)}">${escapeMarkup(first)}</button></td>`;
    return `<tr>${chooser}${rest.map((text) => cell('td', text)).join('')}</tr>`;
  });
  return `<table lang="${tags[language]}"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
};

/** The page has its own title: what stands above the names is left out. */
const headPx = 52;
/** Smaller than so, texts are hard to read: then the ladder scrolls. */
const leastScale = 0.85;

const svgOf = ({sequence, head}: Told, language: Language): string =>
  `<div lang="${tags[language]}">${ladderSvg(sequence, pictureOf(sequence), {head, css: undefined, from: headPx})}</div>`;

const button = (id: string, sign: string, name: Text, language: Language): string =>
  `<button type="button" id="${id}" ${labelled(name, language)}>${sign}</button>`;

const controlsOf = ({language}: PageInput): string =>
  [
    `<div class="controls" role="group" ${labelled(pageTexts.controls, language)}>`,
    button('start', '❙◀', pageTexts.start, language),
    button('back', '‹', pageTexts.back, language),
    '<button type="button" id="play"></button>',
    button('forward', '›', pageTexts.forward, language),
    button('end', '▶❙', pageTexts.end, language),
    `<input type="range" id="slider" min="0" max="1" value="0" step="1" ${labelled(pageTexts.place, language)}>`,
    '<span id="clock"></span>',
    `<select id="speed" ${labelled(pageTexts.speed, language)}>`,
    ...[0.25, 0.5, 1, 2, 4, 8].map((speed) => `<option value="${speed}">${speed}×</option>`),
    '</select>',
    '</div>',
  ].join('');

const sideOf = ({language}: PageInput): string =>
  [
    '<div class="side">',
    `<section class="card"><h2>${both(pageTexts.now)}</h2><p id="said" aria-live="polite" aria-atomic="true"></p></section>`,
    `<section class="card told" id="told-box"><h2>${both(pageTexts.told)}</h2><p id="told" aria-live="polite"></p></section>`,
    `<section class="card" id="why-box"><h2>${both(pageTexts.why)}</h2><p id="why"></p><p id="clause"></p></section>`,
    `<section><h2>${both(pageTexts.fields)}</h2><p id="packet"></p>`,
    `<div id="fields" role="tree" data-scrolls ${labelled(pageTexts.fields, language)}></div>`,
    `<div id="hex" role="region" tabindex="0" data-scrolls ${labelled(pageTexts.bytes, language)}></div>`,
    '<p id="help" aria-live="polite"></p></section>',
    '</div>',
  ].join('\n');

const keysOf = ({language}: PageInput): string =>
  [
    `<dialog id="keys" ${labelled(pageTexts.keys, language)}><h2>${both(pageTexts.keys)}</h2><dl>`,
    ...pageKeys.map(([key, what]) => `<dt>${escapeMarkup(key)}</dt><dd>${both(what)}</dd>`),
    `</dl><form method="dialog"><button>${both(pageTexts.close)}</button></form></dialog>`,
  ].join('');

const headerOf = ({told}: PageInput): string => {
  const {en, zh} = {en: told.en.head, zh: told.zh.head};
  const line = (head: DocumentHead): string => [...head.conditions, ...head.faults].join(' · ');
  const warning = {en: en.warning ?? '', zh: zh.warning ?? ''};
  return [
    `<header><div><h1 id="title" data-title-en="${escapeMarkup(en.title)}" data-title-zh="${escapeMarkup(zh.title)}">`,
    both({en: en.title, zh: zh.title}),
    `</h1><p class="conditions">${both({en: line(en), zh: line(zh)})}</p>`,
    ...(warning.en === '' ? [] : [`<p class="warning">${both(warning)}</p>`]),
    `</div><div class="tools"><button type="button" id="language">${both(pageTexts.other)}</button>`,
    `<button type="button" id="keys-button">${both(pageTexts.keys)}</button></div></header>`,
  ].join('');
};

/** `<` would end the element that it lies in. */
const dataOf = (data: PageData): string =>
  JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const pageHtml = (input: PageInput): string => {
  const {told, data, language, parts, application} = input;
  const style = styleOf(input);
  const {script} = parts;
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    `<html lang="${tags[language]}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta name="generator" content="${escapeMarkup(application)}">`,
    `<title>${escapeMarkup(told[language].head.title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    headerOf(input),
    '<main>',
    '<div class="left">',
    `<section id="ladder" tabindex="0" data-scrolls ${labelled(pageTexts.ladder, language)}>`,
    ...languages.map((each) => svgOf(told[each], each)),
    '</section>',
    `<details id="table"><summary>${both(pageTexts.table)}</summary><div class="table-box">`,
    ...languages.map((each) => tableOf(told[each], each)),
    '</div></details>',
    '</div>',
    sideOf(input),
    controlsOf(input),
    '</main>',
    `<footer>${both(pageTexts.made)}</footer>`,
    keysOf(input),
    `<script type="application/json" id="run">${dataOf(data)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
};
