// The server's chain of certificates, and what the client makes of it.

import {certificateTexts} from '../../words/catalogue/certificates.ts';
import {panelsCertificatesSentences} from '../../words/catalogue/panels.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {spokenCertificates} from '../spoken/spoken-certificates.ts';
import {certificateScene, hasFailed} from '../tls/certificates.ts';
import {putCertificates} from '../tls/certificates-drawing.ts';
import {hasRecords} from '../tls/records.ts';
import type {View} from '../view.ts';

/** Lines by which the reader has gone down from the site's own. */
type CertificatesOwn = {readonly down: number};

/** A certificate takes five lines at most. */
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
