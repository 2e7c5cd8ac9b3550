// Draws the chain of certificates: the site's own first, what signed it below, the verdict of the client above.

import {
  certificateTexts,
  certificateWords,
  faultWords,
  placeNames,
} from '../../words/catalogue/certificates.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut, padEnd, textWidth, wrap} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {PanelDrawing} from '../panel.ts';
import type {View} from '../view.ts';
import {factsOf, issuerText, subjectText, untilText, verdictText} from './certificate-words.ts';
import type {CertificateScene, ChainLink, Verdict} from './certificates.ts';

const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};
const bad: Style = {role: 'warning', bold: true};
const gap = 2;

/** Pieces of one line, each in its style. */
type DrawnLine = readonly {readonly text: string; readonly style: Style}[];

/** `back`: lines by which the reader has gone down from the site's own. */
export type CertificatesOwn = {readonly down: number};

const verdictStyle = ({kind}: Verdict): Style =>
  kind === 'refused' ? bad : kind === 'believed' ? {role: 'control', bold: true} : muted;

type Look = {readonly view: View; readonly glyphs: Glyphs; readonly columns: number};

const placeWidth = ({view}: Look): number =>
  Math.max(...Object.values(placeNames).map((name) => textWidth(name[view.language])));

const headOf = (link: ChainLink, last: boolean, look: Look): DrawnLine => {
  const {view, glyphs} = look;
  const {language} = view;
  const tree = `${last ? glyphs.treeEnd : glyphs.treeBranch}${glyphs.treeTwig} `;
  const sign = link.fault ? `${glyphs.lost} ` : '';
  const fault = link.fault ? `  ${sign}${faultWords[link.fault][language]}` : '';
  return [
    {text: tree, style: muted},
    {text: padEnd(placeNames[link.place][language], placeWidth(look) + gap), style: muted},
    {text: subjectText(link, language), style: {role: 'text', bold: true}},
    {text: plainText(fault, glyphs), style: bad},
  ];
};

/** All that a reader wants to know, or who signed it and until when it holds. */
const linesOf = ({links}: CertificateScene, look: Look, whole: boolean): readonly DrawnLine[] => {
  const {view, glyphs} = look;
  const {language} = view;
  const trunkOf = (last: boolean): string => `${last ? ' ' : glyphs.treeTrunk}   `;
  return links.flatMap((link, index) => {
    const last = index === links.length - 1;
    const head = headOf(link, last, look);
    if (!whole) {
      const short = [
        `${certificateTexts.signedBy[language]} ${issuerText(link, language)}`,
        untilText(link, language),
      ];
      const text = link.certificate && !link.fault ? `  ${short.join(punctuation.comma[language])}` : '';
      return [[...head, {text: plainText(text, glyphs), style: muted}]];
    }
    const facts = factsOf(link, language);
    // Values stand below the name of whose they are.
    const name = placeWidth(look) - 1;
    return [
      head,
      ...facts.map(
        (fact): DrawnLine => [
          {text: trunkOf(last), style: muted},
          {text: padEnd(fact.name, name + gap), style: muted},
          {text: plainText(fact.value, glyphs), style: plain},
        ],
      ),
    ];
  });
};

const putLine = (canvas: Canvas, row: number, line: DrawnLine, {region, glyphs}: PanelDrawing): void => {
  let at = region.column;
  for (const {text, style} of line) {
    const room = region.column + region.columns - at;
    const shown = cut(text, room, glyphs.ellipsis);
    canvas.put(row, at, shown, style);
    at += textWidth(shown);
    if (shown !== text) return;
  }
};

const putHeading = (
  canvas: Canvas,
  scene: CertificateScene | undefined,
  {language}: View,
  {region, glyphs, focused}: PanelDrawing,
): number => {
  const {row, column, columns} = region;
  const title = certificateTexts.title[language];
  canvas.put(row, column, title, {role: focused ? 'accent' : 'muted', bold: focused});
  if (!scene || scene.links.length === 0) return 1;
  const verdict = plainText(verdictText(scene.verdict, language), glyphs);
  const style = verdictStyle(scene.verdict);
  const room = columns - textWidth(title) - gap;
  if (textWidth(verdict) <= room) {
    canvas.put(row, column + textWidth(title) + gap, verdict, style);
    return 1;
  }
  // Why it is refused is worth a line of its own.
  const lines = wrap(verdict, columns).slice(0, 2);
  for (const [index, line] of lines.entries()) canvas.put(row + 1 + index, column, line, style);
  return 1 + lines.length;
};

const nothingText = (scene: CertificateScene | undefined, {language}: View): string => {
  if (!scene) return certificateTexts.none[language];
  return certificateTexts[scene.resumed ? 'resumed' : 'notYet'][language];
};

export const putCertificates = (
  canvas: Canvas,
  {
    scene,
    view,
    own,
  }: {readonly scene: CertificateScene | undefined; readonly view: View; readonly own: CertificatesOwn},
  drawing: PanelDrawing,
): void => {
  const {region, glyphs} = drawing;
  const {row, rows, column, columns} = region;
  const {language} = view;
  const first = row + putHeading(canvas, scene, view, drawing);
  if (!scene || scene.links.length === 0) {
    canvas.put(first, column, cut(nothingText(scene, view), columns, glyphs.ellipsis), muted);
    return;
  }
  const look: Look = {view, glyphs, columns};
  const room = row + rows - first;
  const whole = linesOf(scene, look, true);
  const lines = whole.length <= room || own.down > 0 ? whole : linesOf(scene, look, false);
  const most = Math.max(0, lines.length - room);
  const from = Math.min(own.down, most);
  for (const [index, line] of lines.slice(from, from + room).entries()) {
    const below = lines.length - from - room;
    const at = first + index;
    if (index === 0 && from > 0)
      canvas.put(
        at,
        column,
        `${glyphs.earlier} ${certificateWords.earlier[language]({lines: from + 1})}`,
        muted,
      );
    else if (index === room - 1 && below > 0)
      canvas.put(at, column, `${glyphs.more} ${certificateWords.more[language]({lines: below + 1})}`, muted);
    else putLine(canvas, at, line, drawing);
  }
};
