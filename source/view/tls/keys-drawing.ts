// Draws the key schedule as a ladder: secrets at the left edge, what comes out of each below it (RFC 9846 §7.1).
import type {KeyPlace} from '../../account/key-places.ts';
import {hexOf} from '../../wire/octets.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {keysTexts, keysWords} from '../../words/catalogue/keys.ts';
import {textWidth} from '../../words/width.ts';
import {changed, muted, type Piece, type Style} from '../canvas.ts';
import type {Pane} from '../pane.ts';
import type {Role} from '../span.ts';
import {type Column, type Fitted, fitted, widest} from '../table.ts';
import type {KeyRow, KeyScene} from './key-schedule.ts';
import {chosenText, emptyText, keyName, knownTexts, madeText} from './key-words.ts';

const gap = 2;
/** Eight octets and the sign that there are more: enough to tell one value from another. */
const valueLeast = 17;

/** `input` goes into the secret below it, `branch` comes out of the one above it. */
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
  /** Of the row to which it belongs, from 0. */
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

/** Without `parts`, keys and IVs are left out. */
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

/** Who knows it goes first, then the message; the value takes what is left. */
const columnsOf = (lines: readonly DrawnLine[], {columns, language}: Pane): readonly Fitted<DrawnLine>[] => {
  const all: readonly Column<DrawnLine>[] = [
    // What is left shows two octets of a value.
    {head: '', read: ({name}) => name, most: Math.max(12, columns - 2 * gap - 5)},
    {head: '', read: ({value}) => value, most: widest(lines.map(({value}) => value)), takesRest: true},
    {head: keysTexts.made[language], read: ({made}) => made, optional: true},
    {head: keysTexts.known[language], read: ({known}) => known, optional: true},
  ];
  // Room for ◆ is kept at the end.
  return fitted(all, lines, {room: columns - 2, least: valueLeast, gap});
};

/** One key alone, from the line that the reader has come down to. */
export const putDerivation = (pane: Pane, rows: readonly Piece[], down: number): void => {
  pane.putScrolled({
    rows,
    from: Math.min(down, Math.max(0, rows.length - pane.rows)),
    room: pane.rows,
    earlier: (lines) => keysWords.more[pane.language]({lines}),
    put: ({text, style}, at) => pane.put(at, 0, text, style),
  });
};

/** Whole octets, and `…` for the rest. */
const cutHex = (hex: string, columns: number, ellipsis: string): string => {
  if (hex.length <= columns) return hex;
  const digits = Math.max(0, columns - textWidth(ellipsis));
  return `${hex.slice(0, digits - (digits % 2))}${ellipsis}`;
};

const putHeading = (pane: Pane, chosen: KeyScene['chosen'], named: readonly Fitted<DrawnLine>[]): void => {
  const at = pane.put(0, 0, keysTexts.title[pane.language], pane.headStyle) + gap;
  const room = (named[0]?.at ?? pane.columns) - at - gap;
  if (chosen) {
    // A narrow panel: the suite of TLS 1.3 is told whole, as its name says the version, too (RFC 9846 §B.4).
    const forms = [chosenText(chosen), cipherSuiteName(chosen.suite)];
    pane.put(0, at, forms.find((form) => textWidth(form) <= room) ?? chosenText(chosen), muted, room);
  }
  for (const column of named) pane.put(0, column.at, column.head, muted);
};

/** `marked`: the row that the reader stands on; undefined: the keys of the keyboard are for another panel. */
export const putKeys = (pane: Pane, scene: KeyScene | undefined, marked: number | undefined): void => {
  const {glyphs, language} = pane;
  const room = pane.rows - 1;
  const whole = scene ? linesOf(scene, pane, true) : [];
  // The short form has no keys and IVs.
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
