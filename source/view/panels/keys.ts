// The panel that shows the secrets and keys of a TLS connection from the moment at which they are derived, or those of a capture's key log.

import type {KeyPlace} from '../../account/key-places.ts';
import {openedBy} from '../../observe/tls-opened.ts';
import {type TlsSession, tlsSessionsIn} from '../../observe/tls-sessions.ts';
import {hexOf} from '../../wire/octets.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {versionName} from '../../wire/tls/registry.ts';
import {keysTexts, keysWords} from '../../words/catalogue/keys.ts';
import {panelsKeysSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {recordsOpened} from '../../words/keys.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {spokenList} from '../../words/spoken-text.ts';
import {textWidth, wrap} from '../../words/width.ts';
import {changed, muted, type Piece, plain, type Style, strong} from '../canvas.ts';
import type {Pane} from '../pane.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import type {Role} from '../span.ts';
import {type Column, type Fitted, fitted, widest} from '../table.ts';
import {hasTls} from '../tls/connections.ts';
import {derivationRows, type Standing} from '../tls/derivation.ts';
import {type KeyRow, type KeyScene, keyScene} from '../tls/key-schedule.ts';
import {chosenText, emptyText, keyName, knownTexts, madeText} from '../tls/key-words.ts';
import type {View} from '../view.ts';

// The functions below show the secrets of a capture's key log: for each TLS session its ClientHello's random, what was agreed, and which
// secret decrypted the records of which packets.

const indent = '  ';

/** Tells whether the TLS keys come from a key log, because the run is a capture with secrets. */
const hasCapturedKeys = ({input: {trace}}: Pick<View, 'input'>): boolean =>
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

/**
 * Returns rows of text on a captured TLS session's secrets, as far as they have decrypted records by now; empty if the capture has no
 * ClientHello of it. Long values continue on the next row.
 */
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

const capturedKeyRows = (view: View, columns: number): readonly Piece[] =>
  tlsSessionsIn(view.input.trace)
    .filter(({contents}) => (contents[0]?.seen.event ?? Number.POSITIVE_INFINITY) <= view.cursor)
    .flatMap((session) => sessionRows(view, session, columns));

/** Draws the rows on a key log's secrets; `back` is how many rows the reader has scrolled down. */
const putCapturedKeys = (pane: Pane, view: View, back: number): void => {
  const rows = capturedKeyRows(view, pane.columns);
  if (rows.length === 0) pane.put(0, 0, keysTexts.none[pane.language], muted);
  pane.putScrolled({
    rows,
    from: Math.min(back, Math.max(0, rows.length - pane.rows)),
    room: pane.rows,
    put: ({text, style}, at) => pane.put(at, 0, text, style),
  });
};

/** The width in columns at which texts for a screen reader are made, so large that no row is wrapped. */
const spokenColumns = 400;

const spokenCapturedKeys = (view: View): readonly string[] => {
  const rows = capturedKeyRows(view, spokenColumns);
  return rows.length === 0 ? [keysTexts.none[view.language]] : rows.map(({text}) => text.trim());
};

// The functions below draw TLS 1.3's key schedule as a ladder: secrets at the left edge, what is derived from each below it
// (RFC 9846 §7.1).

const gap = 2;
/** The least number of columns of a secret's value: eight octets and an ellipsis, enough to tell one value from another. */
const valueLeast = 17;

/**
 * How a line of the TLS key schedule is drawn: an `input` goes into the secret below it, a `branch` is derived from the secret above it.
 */
type Kind = 'input' | 'secret' | 'branch';

const kinds: {readonly [place in KeyPlace]: Kind} = {
  psk: 'input',
  'early secret': 'secret',
  'client early': 'branch',
  'shared secret': 'input',
  'handshake secret': 'secret',
  'client handshake': 'branch',
  'server handshake': 'branch',
  'main secret': 'secret',
  'premaster secret': 'input',
  'master secret': 'secret',
  'client application': 'branch',
  'server application': 'branch',
  exporter: 'branch',
  'resumption secret': 'branch',
};

const ownerRole = (place: KeyPlace): Role =>
  place.startsWith('client') ? 'client' : place.startsWith('server') ? 'server' : 'text';

type DrawnLine = {
  readonly name: string;
  readonly value: string;
  readonly made: string;
  readonly known: string;
  readonly style: Style;
  readonly changed: boolean;
  /** The index of the row of the TLS key schedule to which this drawn line belongs. */
  readonly row: number;
};

const nameIn = (row: KeyRow, last: boolean, pane: Pane): string => {
  const {glyphs} = pane;
  const name = keyName(row, pane);
  const kind = kinds[row.place];
  if (kind === 'input') return `+ ${name}`;
  if (kind === 'secret') return `${glyphs.more} ${name}`;
  const mark = row.number === undefined ? '  ' : `${glyphs.sealed}${row.number}`;
  return `${last ? glyphs.treeEnd : glyphs.treeBranch}${glyphs.treeTwig} ${mark} ${name}`;
};

/**
 * Returns the drawn lines of the TLS key schedule. Without `parts`, the lines of keys and IVs are left out, except where the traffic secret
 * itself has no value.
 */
const linesOf = ({rows}: KeyScene, pane: Pane, parts: boolean): readonly DrawnLine[] => {
  const {language, glyphs} = pane;
  return rows.flatMap((row, index) => {
    const {value, made} = row;
    const next = rows[index + 1];
    const last = !next || kinds[next.place] !== 'branch';
    const known = knownTexts(row, pane, (host, time) => keysWords.known[language]({host, time}));
    const line: DrawnLine = {
      name: nameIn(row, last, pane),
      value: value ? hexOf(value) : '',
      made: made ? madeText(made, pane) : '',
      known: known.join(glyphs.dot),
      style: row.changed === 'new' ? changed : {role: ownerRole(row.place)},
      changed: row.changed !== undefined,
      row: index,
    };
    const part = (name: 'key' | 'iv'): readonly DrawnLine[] => {
      const octets = row[name];
      if (!octets || !(parts || value === undefined)) return [];
      const label = `${last ? ' ' : glyphs.treeTrunk}     ${keysTexts[name][language]}`;
      return [
        {name: label, value: hexOf(octets), made: '', known: '', style: muted, changed: false, row: index},
      ];
    };
    return [line, ...part('key'), ...part('iv')];
  });
};

/**
 * Returns the columns of the TLS key schedule that fit in the pane: the hosts that know a key are left out first, then the message after
 * which it was derived; the value takes the rest.
 */
const columnsOf = (lines: readonly DrawnLine[], {columns, language}: Pane): readonly Fitted<DrawnLine>[] => {
  const all: readonly Column<DrawnLine>[] = [
    // The name of a TLS key is cut so that at least two octets of its value fit beside it.
    {head: '', read: ({name}) => name, most: Math.max(12, columns - 2 * gap - 5)},
    {head: '', read: ({value}) => value, most: widest(lines.map(({value}) => value)), takesRest: true},
    {head: keysTexts.made[language], read: ({made}) => made, optional: true},
    {head: keysTexts.known[language], read: ({known}) => known, optional: true},
  ];
  // Two columns at the end of each row are reserved for the mark ◆ of a key that has just changed.
  return fitted(all, lines, {room: columns - 2, least: valueLeast, gap});
};

/** Draws the page on how one key is derived, from the line to which the reader has scrolled. */
const putDerivation = (pane: Pane, rows: readonly Piece[], down: number): void => {
  pane.putScrolled({
    rows,
    from: Math.min(down, Math.max(0, rows.length - pane.rows)),
    room: pane.rows,
    earlier: (lines) => keysWords.more[pane.language]({lines}),
    put: ({text, style}, at) => pane.put(at, 0, text, style),
  });
};

/** Returns a hexadecimal value cut after a whole octet, with an ellipsis if anything is missing. */
const cutHex = (hex: string, columns: number, ellipsis: string): string => {
  if (hex.length <= columns) return hex;
  const digits = Math.max(0, columns - textWidth(ellipsis));
  return `${hex.slice(0, digits - (digits % 2))}${ellipsis}`;
};

const putHeading = (pane: Pane, chosen: KeyScene['chosen'], named: readonly Fitted<DrawnLine>[]): void => {
  const at = pane.put(0, 0, keysTexts.title[pane.language], pane.headStyle) + gap;
  const room = (named[0]?.at ?? pane.columns) - at - gap;
  if (chosen) {
    // If version and cipher suite do not both fit, only the suite is shown, whose name implies the version in TLS 1.3 (RFC 9846 §B.4).
    const forms = [chosenText(chosen), cipherSuiteName(chosen.suite)];
    pane.put(0, at, forms.find((form) => textWidth(form) <= room) ?? chosenText(chosen), muted, room);
  }
  for (const column of named) pane.put(0, column.at, column.head, muted);
};

/** Draws the TLS key schedule; `marked` is the index of the selected key, undefined while another panel has the focus. */
const putKeys = (pane: Pane, scene: KeyScene | undefined, marked: number | undefined): void => {
  const {glyphs, language} = pane;
  const room = pane.rows - 1;
  const whole = scene ? linesOf(scene, pane, true) : [];
  // If not all lines of the TLS key schedule fit, those of keys and IVs are left out.
  const rows = scene && whole.length > room ? linesOf(scene, pane, false) : whole;
  const [name, value, ...named] = columnsOf(rows, pane);
  putHeading(pane, scene?.chosen, rows.length > 0 ? named : []);
  if (rows.length === 0) {
    pane.putWrapped(1, emptyText(scene)[language], muted);
    return;
  }
  const at = rows.findIndex(({row}) => row === marked);
  pane.putScrolled({
    rows,
    from: Math.min(Math.max(0, rows.length - room), at < 0 ? rows.length : at),
    room,
    at: 1,
    earlier: (lines) => keysWords.more[language]({lines}),
    put(line, at) {
      pane.put(at, 0, line.name, {...line.style, selected: line.row === marked}, name?.width);
      pane.put(at, value?.at ?? 0, cutHex(line.value, value?.width ?? 0, glyphs.ellipsis), line.style);
      for (const column of named) pane.put(at, column.at, column.read(line), muted);
      if (line.changed) pane.putEnd(at, glyphs.changed, changed);
    },
  });
};

/** The number of octets of a TLS secret that a screen reader speaks, because nobody listens to 64 digits. */
const octetsSpoken = 4;

const rowWords = (row: KeyRow, view: View): string => {
  const {language} = view;
  const value = row.value ?? row.key;
  const name = keyName(row, view);
  const numbered =
    row.number === undefined ? name : keysWords.spoken.number[language]({number: row.number, name});
  return [
    value
      ? keysWords.spoken.row[language]({name: numbered, value: hexOf(value.subarray(0, octetsSpoken))})
      : numbered,
    row.made ? keysWords.spoken.made[language]({message: madeText(row.made, view)}) : [],
    keysWords.spoken.known[language]({
      who: spokenList(
        knownTexts(row, view, (host, time) => keysWords.spoken.since[language]({host, time})),
        language,
      ),
    }),
  ]
    .flat()
    .join(punctuation.comma[language]);
};

/** Returns sentences for a screen reader on each secret: its first octets, after which message it was derived, and who knows it. */
const spokenKeys = (view: View): readonly string[] => {
  const {language} = view;
  const scene = keyScene(view);
  if (!scene || scene.rows.length === 0) return [emptyText(scene)[language]];
  const heading = scene.chosen
    ? [keysWords.spoken.heading[language]({choice: chosenText(scene.chosen)})]
    : [];
  const lines = [...heading, ...scene.rows.map((row) => rowWords(row, view))];
  return lines.map((line) => spokenSentence(line, language));
};

/**
 * The state of the panel of TLS keys. `back`: how many rows the selected key is above the newest one, or in a capture how many rows are
 * scrolled past. `down`: the first visible line of the page on one key; undefined if no such page is open.
 */
type KeysOwn = {readonly back: number; readonly down?: number | undefined};

const narrowest = 34;

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** Returns the selected row of the TLS key schedule with its index; undefined if the schedule has no rows. */
const standingOn = (view: View, {back}: KeysOwn): (Standing & {readonly index: number}) | undefined => {
  const {rows = [], chosen} = keyScene(view) ?? {};
  const index = within(rows.length - 1 - back, rows.length - 1);
  const row = rows[index];
  return row && {row, index, chosen};
};

const pageRows = (view: View, standing: Standing, columns: number): readonly Piece[] => [
  {text: keyName(standing.row, view), style: strong},
  ...derivationRows(view, standing, columns),
];

const scrolled = (view: View, own: KeysOwn, by: 1 | -1): KeysOwn => {
  if (hasCapturedKeys(view))
    return {back: within(own.back + by, capturedKeyRows(view, narrowest).length - 1)};
  const standing = standingOn(view, own);
  if (own.down !== undefined && standing)
    return {...own, down: within(own.down + by, pageRows(view, standing, narrowest).length - 1)};
  return {back: within(own.back - by, (keyScene(view)?.rows.length ?? 0) - 1)};
};

const commanded = (view: View, own: KeysOwn, command: string): PanelMove<KeysOwn> | undefined => {
  if (command === 'derive') {
    if (hasCapturedKeys(view) || !standingOn(view, own)) return undefined;
    return {own: {back: own.back, down: own.down === undefined ? 0 : undefined}};
  }
  const next = scrolled(view, own, wayOf(command));
  return next.back === own.back && next.down === own.down ? undefined : {own: next};
};

const put = (pane: Pane, view: View, own: KeysOwn): void => {
  const standing = standingOn(view, own);
  const focused = view.input.playback.focus === 'keys';
  if (hasCapturedKeys(view)) putCapturedKeys(pane, view, own.back);
  else if (standing && own.down !== undefined)
    putDerivation(pane, pageRows(view, standing, pane.columns), own.down);
  else putKeys(pane, keyScene(view), focused ? standing?.index : undefined);
};

const spoken = (view: View, own: KeysOwn): readonly string[] => {
  if (hasCapturedKeys(view)) return spokenCapturedKeys(view);
  const standing = standingOn(view, own);
  return standing && own.down !== undefined
    ? pageRows(view, standing, spokenColumns).map(({text}) => text.trim())
    : spokenKeys(view);
};

export const keysPanel = definePanel<KeysOwn>({
  name: 'keys',
  title: keysTexts.title,
  start: {back: 0},
  keys: [
    upDownKeys(panelsKeysSentences.keysPanel.keys['↑↓'].label),
    {
      keys: {enter: 'derive'},
      sign: 'enter',
      label: panelsKeysSentences.keysPanel.keys.enter.label,
      rank: 6,
      passes: true,
    },
  ],
  command: commanded,
  shows: /^\w+\.keys\b/,
  isAvailable: (view) => hasTls(view) || hasCapturedKeys(view),
  leads: hasTls,
  subject(view, own) {
    const {row} = standingOn(view, own) ?? {};
    return row && {kind: 'key', place: row.place, update: row.update, maker: row.maker};
  },
  least: {columns: narrowest, rows: 4},
  best: {columns: 140, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken,
  put,
});
