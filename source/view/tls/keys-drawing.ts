// Draws the key schedule as a ladder: secrets at the left edge, what comes out of each below it (RFC 9846 §7.1).
import {hexOf} from '../../wire/octets.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {keysTexts, keysWords} from '../../words/catalogue/keys.ts';
import type {KeyPlace} from '../../words/keys.ts';
import {cut, textWidth, wrap} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {PanelDrawing} from '../panel.ts';
import type {Role} from '../span.ts';
import type {View} from '../view.ts';
import type {KeyRow, KeyScene} from './key-schedule.ts';
import {chosenText, emptyText, keyName, knownTexts, madeText} from './key-words.ts';

const muted: Style = {role: 'muted'};
const changedStyle: Style = {role: 'changed', bold: true};
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
  readonly role: Role;
  readonly changed: KeyRow['changed'];
};

const nameIn = (row: KeyRow, last: boolean, view: View, glyphs: Glyphs): string => {
  const name = keyName(row, view);
  const kind = kinds[row.place];
  if (kind === 'input') return `+ ${name}`;
  if (kind === 'secret') return `${glyphs.more} ${name}`;
  const mark = row.number === undefined ? '  ' : `${glyphs.sealed}${row.number}`;
  return `${last ? glyphs.treeEnd : glyphs.treeBranch}${glyphs.treeTwig} ${mark} ${name}`;
};

const hexText = (octets: Uint8Array | undefined): string => (octets ? hexOf(octets) : '');

/** Without `parts`, keys and IVs are left out. */
const linesOf = (
  {rows}: KeyScene,
  {view, glyphs, parts}: {readonly view: View; readonly glyphs: Glyphs; readonly parts: boolean},
): readonly DrawnLine[] =>
  rows.flatMap((row, index) => {
    const {place, value, key, iv, made, changed} = row;
    const next = rows[index + 1];
    const last = !next || kinds[next.place] !== 'branch';
    const role = ownerRole(place);
    const line: DrawnLine = {
      name: nameIn(row, last, view, glyphs),
      value: hexText(value),
      made: made ? madeText(made, view) : '',
      known: knownTexts(row, view, (host, time) => keysWords.known[view.language]({host, time})).join(
        glyphs.dot,
      ),
      role,
      changed,
    };
    const trunk = last ? ' ' : glyphs.treeTrunk;
    const part = (label: string, octets: Uint8Array | undefined): readonly DrawnLine[] =>
      octets && (parts || value === undefined)
        ? [
            {
              name: `${trunk}     ${label}`,
              value: hexText(octets),
              made: '',
              known: '',
              role: 'muted',
              changed: undefined,
            },
          ]
        : [];
    const {language} = view;
    return [line, ...part(keysTexts.key[language], key), ...part(keysTexts.iv[language], iv)];
  });

type Plan = {readonly value: number; readonly made: number; readonly known: number; readonly name: number};

const widest = (lines: readonly DrawnLine[], read: (line: DrawnLine) => string): number =>
  lines.reduce((most, line) => Math.max(most, textWidth(read(line))), 0);

/** Who knows it goes first, then the message; the value takes what is left. */
const planOf = (lines: readonly DrawnLine[], columns: number, {language}: View): Plan => {
  const most = widest(lines, ({value}) => value);
  const name = Math.min(
    widest(lines, (line) => line.name),
    // What is left shows two octets of a value.
    Math.max(12, columns - 2 * gap - 5),
  );
  const wanted = (head: string, read: (line: DrawnLine) => string): number =>
    Math.max(textWidth(head), widest(lines, read)) + gap;
  // Room for ◆ is kept at the end.
  const room = columns - name - gap - 2;
  const made = wanted(keysTexts.made[language], (line) => line.made);
  const known = wanted(keysTexts.known[language], (line) => line.known);
  const both = room - made - known >= valueLeast;
  const one = room - made >= valueLeast;
  const left = room - (one ? made : 0) - (both ? known : 0);
  return {name, value: Math.min(most, left), made: one ? made : 0, known: both ? known : 0};
};

/** Whole octets, and `…` for the rest. */
const cutHex = (hex: string, columns: number, ellipsis: string): string => {
  if (hex.length <= columns) return hex;
  const digits = Math.max(0, columns - textWidth(ellipsis));
  return `${hex.slice(0, digits - (digits % 2))}${ellipsis}`;
};

const putHeading = (
  canvas: Canvas,
  scene: KeyScene,
  {plan, view, drawing}: {readonly plan: Plan; readonly view: View; readonly drawing: PanelDrawing},
): void => {
  const {region, glyphs, focused} = drawing;
  const {row, column, columns} = region;
  const title = keysTexts.title[view.language];
  canvas.put(row, column, title, {role: focused ? 'accent' : 'muted', bold: focused});
  const madeAt = plan.name + gap + plan.value + gap;
  const room = (plan.made > 0 ? madeAt : columns) - textWidth(title) - 2 * gap;
  const {chosen} = scene;
  if (chosen) {
    // A narrow panel: the suite of TLS 1.3 is told whole, as its name says the version, too (RFC 9846 §B.4).
    const forms = [chosenText(chosen), cipherSuiteName(chosen.suite)];
    const text = forms.find((form) => textWidth(form) <= room) ?? chosenText(chosen);
    canvas.put(row, column + textWidth(title) + gap, cut(text, room, glyphs.ellipsis), muted);
  }
  if (scene.rows.length === 0) return;
  if (plan.made > 0) canvas.put(row, column + madeAt, keysTexts.made[view.language], muted);
  if (plan.known > 0) canvas.put(row, column + madeAt + plan.made, keysTexts.known[view.language], muted);
};

/** Lines of both forms; the short one has no keys and IVs. */
const fitting = (scene: KeyScene, rows: number, view: View, glyphs: Glyphs): readonly DrawnLine[] => {
  const whole = linesOf(scene, {view, glyphs, parts: true});
  return whole.length <= rows ? whole : linesOf(scene, {view, glyphs, parts: false});
};

const putLine = (
  canvas: Canvas,
  line: DrawnLine,
  {row, plan, drawing}: {readonly row: number; readonly plan: Plan; readonly drawing: PanelDrawing},
): void => {
  const {region, glyphs} = drawing;
  const {column, columns} = region;
  const style: Style = line.changed === 'new' ? changedStyle : {role: line.role};
  const valueAt = column + plan.name + gap;
  const madeAt = valueAt + plan.value + gap;
  canvas.put(row, column, cut(line.name, plan.name, glyphs.ellipsis), style);
  canvas.put(row, valueAt, cutHex(line.value, plan.value, glyphs.ellipsis), style);
  if (plan.made > 0) canvas.put(row, madeAt, plainText(line.made, glyphs), muted);
  if (plan.known > 0) canvas.put(row, madeAt + plan.made, plainText(line.known, glyphs), muted);
  if (line.changed) canvas.putEnd(row, column + columns - 1, glyphs.changed, changedStyle);
};

/** `back`: lines by which the reader has gone back from the newest. */
export type KeysOwn = {readonly back: number};

export const putKeys = (
  canvas: Canvas,
  {scene, view, own}: {readonly scene: KeyScene | undefined; readonly view: View; readonly own: KeysOwn},
  drawing: PanelDrawing,
): void => {
  const {region, glyphs} = drawing;
  const {row, rows, column, columns} = region;
  const {language} = view;
  const all = scene ? fitting(scene, rows - 1, view, glyphs) : [];
  const plan = planOf(all, columns, view);
  putHeading(canvas, scene ?? {chosen: undefined, rows: []}, {plan, view, drawing});
  if (all.length === 0) {
    const text = emptyText(scene)[view.language];
    for (const [index, line] of wrap(plainText(text, glyphs), columns)
      .slice(0, rows - 1)
      .entries())
      canvas.put(row + 1 + index, column, line, muted);
    return;
  }
  const room = rows - 1;
  const most = Math.max(0, all.length - room);
  const from = Math.max(0, most - own.back);
  const shown = all.slice(from, from + room);
  for (const [index, line] of shown.entries()) {
    const above = index === 0 && from > 0;
    const below = index === shown.length - 1 && from < most;
    const at = row + 1 + index;
    if (above)
      canvas.put(at, column, `${glyphs.earlier} ${keysWords.more[language]({lines: from + 1})}`, muted);
    else if (below)
      canvas.put(at, column, `${glyphs.more} ${keysWords.more[language]({lines: most - from + 1})}`, muted);
    else putLine(canvas, line, {row: at, plan, drawing});
  }
};
