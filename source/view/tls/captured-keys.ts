// The secrets of a capture's key log, as far as they have opened anything: of each session its ClientHello's random, what was agreed on,
// and which secret opened the records of which packets.
import {openedBy} from '../../observe/tls-opened.ts';
import {type TlsSession, tlsSessionsIn} from '../../observe/tls-sessions.ts';
import {hexOf} from '../../wire/octets.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {versionName} from '../../wire/tls/registry.ts';
import {keysTexts} from '../../words/catalogue/keys.ts';
import {recordsOpened} from '../../words/keys.ts';
import {wrap} from '../../words/width.ts';
import {muted, type Piece, plain, strong} from '../canvas.ts';
import type {Pane} from '../pane.ts';
import type {View} from '../view.ts';

const indent = '  ';

/** With secrets, and without machines that would tell of theirs. */
export const hasCapturedKeys = ({input: {trace}}: Pick<View, 'input'>): boolean =>
  trace.header.profile === 'capture' && trace.tls !== undefined && tlsSessionsIn(trace).length > 0;

const headingOf = ({version, suite, serverName, connection}: TlsSession): string =>
  [
    `${connection.id}`,
    version === undefined ? '' : versionName(version),
    suite === undefined ? '' : cipherSuiteName(suite),
    serverName ?? '',
  ]
    .filter((word) => word !== '')
    .join('  ');

/** From the first ClientHello up to what is on the screen; from whole to cut: values are not shortened in silence. */
const sessionRows = (view: View, session: TlsSession, columns: number): readonly Piece[] => {
  const {language, cursor, input} = view;
  const {client} = session.hellos;
  const {tls} = input.trace;
  if (!client || !tls) return [];
  const rows: Piece[] = [{text: headingOf(session), style: strong}];
  const value = (name: string, octets: Uint8Array): readonly Piece[] =>
    wrap(`${name} ${hexOf(octets)}`, columns - indent.length).map((text) => ({
      text: indent + text,
      style: plain,
    }));
  rows.push(...value('client random', client.random));
  const opened = openedBy(session, tls.log, cursor);
  if (opened.length === 0) rows.push({text: indent + keysTexts.nothingOpened[language], style: muted});
  for (const {label, secret, frames} of opened) {
    rows.push(...(secret ? value(label, secret) : [{text: indent + label, style: plain}]));
    for (const text of wrap(recordsOpened(frames, language), columns - 2 * indent.length))
      rows.push({text: indent + indent + text, style: muted});
  }
  return rows;
};

export const capturedKeyRows = (view: View, columns: number): readonly Piece[] =>
  tlsSessionsIn(view.input.trace)
    .filter(({contents}) => (contents[0]?.seen.event ?? Number.POSITIVE_INFINITY) <= view.cursor)
    .flatMap((session) => sessionRows(view, session, columns));

/** `back`: rows scrolled away at the top. */
export const putCapturedKeys = (pane: Pane, view: View, back: number): void => {
  const rows = capturedKeyRows(view, pane.columns);
  if (rows.length === 0) pane.put(0, 0, keysTexts.none[pane.language], muted);
  pane.putScrolled({
    rows,
    from: Math.min(back, Math.max(0, rows.length - pane.rows)),
    room: pane.rows,
    put: ({text, style}, at) => pane.put(at, 0, text, style),
  });
};

/** Wide enough that nothing wraps for the ear. */
export const spokenColumns = 400;

export const spokenCapturedKeys = (view: View): readonly string[] => {
  const rows = capturedKeyRows(view, spokenColumns);
  return rows.length === 0 ? [keysTexts.none[view.language]] : rows.map(({text}) => text.trim());
};
