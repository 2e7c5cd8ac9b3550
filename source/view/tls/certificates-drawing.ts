// Draws the server's certificate chain: the verdict of the client, then the site's own certificate, then those that signed it.

import type {Language} from '../../lesson/text.ts';
import {
  certificateTexts,
  certificateWords,
  faultWords,
  placeNames,
} from '../../words/catalogue/certificates.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {padEnd, textWidth} from '../../words/width.ts';
import {muted, type Piece, plain, type Style, strong} from '../canvas.ts';
import type {Pane} from '../pane.ts';
import {widest} from '../table.ts';
import type {CheckMade} from './certificate-checks.ts';
import {
  checkName,
  checkReason,
  checkText,
  factsOf,
  issuerText,
  subjectText,
  untilText,
  verdictText,
} from './certificate-words.ts';
import {absenceOf, type CertificateScene, type ChainLink, type Verdict} from './certificates.ts';

const bad: Style = {role: 'warning', bold: true};
const gap = 2;
/** The least number of columns in which a text is begun; with fewer, hardly more than the ellipsis would be visible. */
const leastColumns = 4;

type DrawnLine = readonly Piece[];

const verdictStyle = ({kind}: Verdict): Style =>
  kind === 'refused' ? bad : kind === 'believed' ? {role: 'control', bold: true} : muted;

const placeWidth = (language: Language): number =>
  widest(Object.values(placeNames).map((name) => name[language]));

const headOf = (link: ChainLink, last: boolean, {language, glyphs}: Pane): DrawnLine => {
  const tree = `${last ? glyphs.treeEnd : glyphs.treeBranch}${glyphs.treeTwig} `;
  const fault = link.fault ? `  ${glyphs.lost} ${faultWords[link.fault][language]}` : '';
  return [
    {text: tree, style: muted},
    {text: padEnd(placeNames[link.place][language], placeWidth(language) + gap), style: muted},
    {text: subjectText(link, language), style: strong},
    {text: fault, style: bad},
  ];
};

/** Returns the lines on the certificates of a chain: all facts (`whole`), or only who signed each and until when it is valid. */
const linesOf = ({links}: CertificateScene, pane: Pane, whole: boolean): readonly DrawnLine[] => {
  const {language, glyphs} = pane;
  return links.flatMap((link, index) => {
    const last = index === links.length - 1;
    const head = headOf(link, last, pane);
    if (!whole) {
      const short = [
        `${certificateTexts.signedBy[language]} ${issuerText(link, language)}`,
        untilText(link, language),
      ];
      const text = link.certificate && !link.fault ? `  ${short.join(punctuation.comma[language])}` : '';
      return [[...head, {text, style: muted}]];
    }
    const trunk = `${last ? ' ' : glyphs.treeTrunk}   `;
    // The facts on a certificate are below the name of its owner.
    const facts = factsOf(link, language).map(
      ({name, value}): DrawnLine => [
        {text: trunk, style: muted},
        {text: padEnd(name, placeWidth(language) - 1 + gap), style: muted},
        {text: value, style: plain},
      ],
    );
    return [head, ...facts];
  });
};

const checkStyle = ({result}: CheckMade): Style =>
  result === 'failed' ? bad : result === 'passed' ? plain : muted;

const checkMark = ({result}: CheckMade, glyphs: Pane['glyphs']): string => {
  if (result === 'failed') return glyphs.lost;
  return result === 'passed' ? glyphs.right : result === 'partly' ? glyphs.inClear : '';
};

/** The number of columns for the mark before a check, as wide as `ok` and a space. */
const markColumns = 3;

/** Returns the lines on the client's checks of the certificates, in the order in which they are made; a failed check stands out. */
export const checkLines = (
  {checks}: Pick<CertificateScene, 'checks'>,
  {language, glyphs}: Pick<Pane, 'language' | 'glyphs'>,
): readonly DrawnLine[] => {
  if (checks.length === 0) return [];
  const names = widest(checks.map((each) => checkName(each, language)));
  const results = widest(checks.map((each) => checkText(each, language)));
  return [
    [{text: certificateTexts.checks[language], style: muted}],
    ...checks.map((each): DrawnLine => {
      const style = checkStyle(each);
      return [
        {text: padEnd(checkMark(each, glyphs), markColumns), style},
        {text: padEnd(checkName(each, language), names + gap), style},
        {text: padEnd(checkText(each, language), results + gap), style},
        {text: each.rfc, style: muted},
        {text: each.fault ? `  ${checkReason(each, language)}` : '', style},
      ];
    }),
  ];
};

/** Draws the heading of the certificates with the client's verdict, and returns how many rows it takes. */
const putHeading = (pane: Pane, scene: CertificateScene | undefined): number => {
  const {language} = pane;
  const at = pane.put(0, 0, certificateTexts.title[language], pane.headStyle) + gap;
  if (!scene || scene.links.length === 0) return 1;
  const verdict = verdictText(scene.verdict, language);
  const style = verdictStyle(scene.verdict);
  // A verdict on the certificates that is too long for the heading's row gets rows of its own.
  if (at + textWidth(pane.plain(verdict)) > pane.columns) return 1 + pane.putWrapped(1, verdict, style, 2);
  pane.put(0, at, verdict, style);
  return 1;
};

/** Draws the certificate chain and the checks; `down` is how many lines the reader has scrolled down. */
export const putCertificates = (pane: Pane, scene: CertificateScene | undefined, down: number): void => {
  const {language} = pane;
  const at = putHeading(pane, scene);
  if (!scene || scene.links.length === 0) {
    pane.putWrapped(at, certificateTexts[absenceOf(scene)][language], muted);
    return;
  }
  const room = pane.rows - at;
  const checks = checkLines(scene, pane);
  const whole = [...linesOf(scene, pane, true), ...checks];
  const rows = whole.length <= room || down > 0 ? whole : [...linesOf(scene, pane, false), ...checks];
  // Until the reader scrolls, the lines are chosen so that the failed check is visible above the row that counts the hidden lines.
  const failed = rows.length - checks.length + 1 + scene.checks.findIndex(({fault}) => fault);
  const from = down > 0 || failed < room - 1 ? down : failed + 2 - room;
  pane.putScrolled({
    rows,
    from: Math.min(from, Math.max(0, rows.length - room)),
    room,
    at,
    earlier: (lines) => certificateWords.earlier[language]({lines}),
    later: (lines) => certificateWords.more[language]({lines}),
    put: (line, row) => {
      const isSliver = (column: number, text: string): boolean =>
        column + leastColumns > pane.columns && column + textWidth(pane.plain(text)) > pane.columns;
      line.reduce(
        (column, {text, style}) => (isSliver(column, text) ? column : pane.put(row, column, text, style)),
        0,
      );
    },
  });
};
