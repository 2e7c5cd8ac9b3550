// Shows the fields and octets of the chosen packet. They are linked both ways: a field marks its octets, and an octet chooses its field.
import type {PagePacket, PageRow} from '../tell/sequence/page-data.ts';
import {type Place, packetShown, type Wish} from './place.ts';
import {packets, part, textAt, word} from './run.ts';

const title = part('packet', HTMLElement);
const tree = part('fields', HTMLElement);
const hex = part('hex', HTMLElement);
const help = part('help', HTMLElement);

const bytesInRow = 16;

/** The names of the layers that the reader has unfolded in the inspector; empty until the reader unfolds or folds one. */
const open = new Set<string>();
let drawn: {readonly packet: number; readonly language: string} | undefined;

const element = (tag: string, className: string, text = ''): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const layerOf = ({rows}: PagePacket, index: number): number => {
  for (let at = index; at > 0; at--) if (rows[at]?.[0] === 0) return at;
  return 0;
};

const layerName = (packet: PagePacket, index: number): string => {
  const row = packet.rows[layerOf(packet, index)];
  return row ? textAt(row[1], 'en') : '';
};

/** Tells whether a layer is unfolded. The packet's main layer is unfolded until the reader unfolds or folds one. */
const isOpen = (packet: PagePacket, layer: number): boolean => {
  if (open.size > 0) return open.has(layerName(packet, layer));
  return layer === packet.main;
};

const rowElement = (packet: PagePacket, index: number, place: Place): HTMLElement => {
  const row: PageRow | undefined = packet.rows[index];
  const made = element('div', 'row');
  if (!row) return made;
  const [depth, name, value] = row;
  made.dataset['row'] = String(index);
  made.id = `row-${index}`;
  made.role = 'treeitem';
  made.ariaLevel = String(depth + 1);
  made.ariaSelected = 'false';
  made.tabIndex = -1;
  made.classList.add(`depth-${Math.min(4, depth)}`);
  if (depth === 0) made.ariaExpanded = String(isOpen(packet, index));
  else made.hidden = !isOpen(packet, layerOf(packet, index));
  made.append(
    element('span', 'name', textAt(name, place.language)),
    element('span', 'value', textAt(value, place.language)),
  );
  return made;
};

const hexElements = ({hex: digits}: PagePacket): readonly HTMLElement[] => {
  const lines: HTMLElement[] = [];
  for (let at = 0; at < digits.length / 2; at += bytesInRow) {
    const line = element('div', 'hex-row');
    line.append(element('span', 'offset', at.toString(16).padStart(4, '0')));
    for (let byte = at; byte < Math.min(at + bytesInRow, digits.length / 2); byte++) {
      const made = element('span', 'byte', digits.slice(2 * byte, 2 * byte + 2));
      made.dataset['byte'] = String(byte);
      line.append(made);
    }
    lines.push(line);
  }
  return lines;
};

/**
 * Returns the index of the field row with the fewest octets that contains the octet at `byte`; the last of equally short ones; undefined if
 * no row contains it.
 */
const rowOfByte = ({rows}: PagePacket, byte: number): number | undefined => {
  let found: {readonly index: number; readonly size: number} | undefined;
  for (const [index, [, , , start, end]] of rows.entries()) {
    if (byte < start || byte >= end) continue;
    if (!found || end - start <= found.size) found = {index, size: end - start};
  }
  return found?.index;
};

const build = (packet: PagePacket | undefined, place: Place): void => {
  title.textContent = packet ? textAt(packet.title, place.language) : word('noPacket', place.language);
  tree.replaceChildren(...(packet ? packet.rows.map((_, index) => rowElement(packet, index, place)) : []));
  hex.replaceChildren(...(packet ? hexElements(packet) : []));
  tree.hidden = !packet;
  hex.hidden = !packet;
};

const unfold = (packet: PagePacket, layer: number, opens: boolean): void => {
  if (open.size === 0) {
    for (const [index, [depth]] of packet.rows.entries())
      if (depth === 0 && isOpen(packet, index)) open.add(layerName(packet, index));
  }
  const name = layerName(packet, layer);
  if (opens) open.add(name);
  else open.delete(name);
  // The empty name records that the reader has closed every layer, which an empty set would not.
  if (open.size === 0) open.add('');
  for (const child of tree.children) {
    if (!(child instanceof HTMLElement)) continue;
    const index = Number(child.dataset['row']);
    if (packet.rows[index]?.[0] === 0) child.ariaExpanded = String(isOpen(packet, index));
    else child.hidden = !isOpen(packet, layerOf(packet, index));
  }
};

const mark = (packet: PagePacket | undefined, place: Place): void => {
  const row = place.row === undefined ? undefined : packet?.rows[place.row];
  for (const child of tree.children) {
    if (!(child instanceof HTMLElement)) continue;
    const chosen = Number(child.dataset['row']) === place.row;
    child.ariaSelected = String(chosen);
    child.tabIndex = chosen || (place.row === undefined && child === tree.firstElementChild) ? 0 : -1;
  }
  for (const byte of hex.querySelectorAll<HTMLElement>('.byte')) {
    const at = Number(byte.dataset['byte']);
    byte.classList.toggle('marked', row !== undefined && at >= row[3] && at < row[4]);
  }
  hex.querySelector('.marked')?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  help.textContent = row ? textAt(row[5], place.language) : packet ? word('noField', place.language) : '';
};

export const drawInspector = (place: Place): void => {
  const id = packetShown(place);
  const packet = packets[id - 1];
  if (drawn?.packet !== id || drawn.language !== place.language) {
    build(packet, place);
    drawn = {packet: id, language: place.language};
  }
  if (packet && place.row !== undefined && packet.rows[place.row]?.[0] !== 0)
    if (!isOpen(packet, layerOf(packet, place.row))) unfold(packet, layerOf(packet, place.row), true);
  mark(packet, place);
};

const visible = (): readonly HTMLElement[] =>
  [...tree.children].filter((child): child is HTMLElement => child instanceof HTMLElement && !child.hidden);

const walkKeys: readonly string[] = ['ArrowDown', 'ArrowUp', 'Home', 'End', 'ArrowRight', 'ArrowLeft'];

/**
 * Returns the row to which a key moves the focus, or unfolds or folds a layer and returns undefined. The keys are those of tree views in
 * general (WAI-ARIA): up, down, in, out, first, last.
 */
const walk = (key: string, at: HTMLElement, packet: PagePacket): HTMLElement | undefined => {
  const rows = visible();
  const here = rows.indexOf(at);
  const index = Number(at.dataset['row']);
  const layer = layerOf(packet, index);
  switch (key) {
    case 'ArrowDown':
      return rows[here + 1];
    case 'ArrowUp':
      return rows[here - 1];
    case 'Home':
      return rows[0];
    case 'End':
      return rows[rows.length - 1];
    case 'ArrowRight':
      if (index === layer && !isOpen(packet, layer)) {
        unfold(packet, layer, true);
        return at;
      }
      return rows[here + 1];
    case 'ArrowLeft':
      if (index === layer) {
        unfold(packet, layer, false);
        return at;
      }
      return rows.find((row) => Number(row.dataset['row']) === layer);
    default:
      return undefined;
  }
};

export const listenToInspector = (wish: (wish: Wish) => void, now: () => Place): void => {
  const packetNow = (): PagePacket | undefined => packets[packetShown(now()) - 1];
  tree.addEventListener('click', ({target}) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    const packet = packetNow();
    if (!row || !packet) return;
    const index = Number(row.dataset['row']);
    if (packet.rows[index]?.[0] === 0) unfold(packet, index, !isOpen(packet, index));
    wish({kind: 'row', row: index});
    row.focus();
  });
  tree.addEventListener('keydown', (event) => {
    const {target, key} = event;
    const packet = packetNow();
    if (!(target instanceof HTMLElement) || !packet || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!walkKeys.includes(key)) return;
    // The tree handles these keys even at its first and last row, where they do nothing.
    event.preventDefault();
    event.stopPropagation();
    const next = walk(key, target, packet);
    if (!next) return;
    wish({kind: 'row', row: Number(next.dataset['row'])});
    next.focus();
  });
  hex.addEventListener('click', ({target}) => {
    const byte = target instanceof HTMLElement ? target.dataset['byte'] : undefined;
    const packet = packetNow();
    const row = byte === undefined || !packet ? undefined : rowOfByte(packet, Number(byte));
    if (row !== undefined) wish({kind: 'row', row});
  });
};
