// The panel of the server's certificate chain in TLS, with the client's verdict on it.

import {certificateTexts, faultWords, placeNames} from '../../words/catalogue/certificates.ts';
import {between, panelsCertificatesSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenText, unspaced} from '../../words/spoken-text.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {
  checkName,
  checkReason,
  checkText,
  factsOf,
  subjectText,
  verdictText,
} from '../tls/certificate-words.ts';
import {absenceOf, type ChainLink, certificateScene, hasFailed} from '../tls/certificates.ts';
import {putCertificates} from '../tls/certificates-drawing.ts';
import {hasRecords} from '../tls/records.ts';
import type {View} from '../view.ts';

const linkWords = (link: ChainLink, {language}: View): string => {
  const comma = punctuation.comma[language];
  const colon = punctuation.colon[language];
  const facts = factsOf(link, language).map(({name, value}) => unspaced(`${name} ${value}`));
  const fault = link.fault ? [faultWords[link.fault][language]] : [];
  const head = `${placeNames[link.place][language]}${colon}${subjectText(link, language)}`;
  return [head, ...facts, ...fault].join(comma);
};

/** Returns sentences for a screen reader on the client's verdict, each certificate and each check. */
const spokenCertificates = (view: View): readonly string[] => {
  const {language} = view;
  const scene = certificateScene(view);
  if (!scene || scene.links.length === 0) return [certificateTexts[absenceOf(scene)][language]];
  const verdict = `${certificateTexts.title[language]}${between.head[language]}${verdictText(scene.verdict, language)}`;
  const checks = scene.checks.map((each) =>
    [
      `${checkName(each, language)}${punctuation.colon[language]}${checkText(each, language)}`,
      spokenText(each.rfc, language),
      checkReason(each, language) || [],
    ]
      .flat()
      .join(punctuation.comma[language]),
  );
  return [verdict, ...scene.links.map((link) => linkWords(link, view)), ...checks].map((line) =>
    asSentence(line, language),
  );
};

/** The state of the certificates panel: the number of lines that the reader has scrolled down from the site's own certificate. */
type CertificatesOwn = {readonly down: number};

/** The most lines that one certificate takes. */
const linesEach = 5;

const moved = (view: View, own: CertificatesOwn, by: 1 | -1): PanelMove<CertificatesOwn> | undefined => {
  const {links = [], checks = []} = certificateScene(view) ?? {};
  const most = Math.max(0, links.length * linesEach + checks.length);
  const down = Math.max(0, Math.min(most, own.down + by));
  return down === own.down ? undefined : {own: {down}};
};

export const certificatesPanel = definePanel<CertificatesOwn>({
  name: 'certificates',
  title: certificateTexts.title,
  start: {down: 0},
  keys: [upDownKeys(panelsCertificatesSentences.certificatesPanel.keys['↑↓'].label)],
  command: (view, own, command) => moved(view, own, wayOf(command)),
  shows: /^(x509|tls\.handshake\.certificate)/,
  isAvailable: hasRecords,
  leads: hasRecords,
  fails: hasFailed,
  subject: (view) => (certificateScene(view) ? {kind: 'certificates'} : undefined),
  least: {columns: 34, rows: 4},
  best: {columns: 100, rows: 16},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenCertificates,
  put: (pane, view, {down}) => putCertificates(pane, certificateScene(view), down),
});
