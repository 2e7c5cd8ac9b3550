// Writes the lines below the hex dump: what the selected field means, its octets, and the clause of an RFC about it.
import type {Language} from '../../lesson/text.ts';
import {headerTables} from '../../wire/header-tables.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import type {FieldPlace} from '../../wire/layout.ts';
import {readUint} from '../../wire/octets.ts';
import {inspectorTexts, unreadField, unsetBit} from '../../words/catalogue/inspector.ts';
import {messageWords} from '../../words/catalogue/message.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {fieldText} from '../../words/field-texts.ts';
import {protocolClauses, tls12Clause} from '../../words/inspector.ts';
import {packetList} from '../../words/message.ts';
import {partSentence} from '../../words/message-parts.ts';
import {textWidth, wrap} from '../../words/width.ts';
import {bytesText, valueIn, type Wording} from '../fields/entry.ts';
import {entryOf} from '../fields/registry.ts';
import {plainText} from '../glyphs.ts';
import type {InspectorRow} from './inspector-rows.ts';
import {rowName, rowParts} from './inspector-value.ts';
import type {PacketView} from './inspector-view.ts';

/** The length in bits up to which the help shows a field as a number; longer fields are shown as bytes. */
const widestBits = 32;

const placeOfMask = (mask: number, octets: number): FieldPlace => {
  const shift = 31 - Math.clz32(mask & -mask);
  return {start: 0, end: octets, shift, bits: 32 - Math.clz32(mask >>> shift), scale: 1};
};

/**
 * Returns where a field's bits are in the packet: the position from its mask or from the header's table, or else all bytes of the field.
 */
const fieldPlace = (field: Field, layer: Layer): FieldPlace => {
  if (field.mask !== undefined) return placeOfMask(field.mask, field.end - field.start);
  const table = headerTables.find(({protocol}) => protocol === layer.protocol);
  const bits = 8 * (field.end - field.start);
  const place = table?.place(field.name);
  return place ?? {start: 0, end: field.end - field.start, shift: 0, bits, scale: 1};
};

const numberAt = ({bytes}: PacketView, field: Field, {start, end, shift, bits}: FieldPlace): number =>
  ((readUint(bytes, field.start, end - start) >>> shift) & (0xffff_ffff >>> (32 - bits))) >>> 0;

/** Tells whether a bit's value differs from the octets in the packet, because QUIC protects this header (RFC 9001 §5.4.1). */
const isHidden = ({mask, value}: Field, there: number): boolean =>
  mask !== undefined && (Number(value) === 0) !== (there === 0);

/** Returns the text on a field that is split over packets: its size, and how many of its bytes are in this packet. */
const inPart = (bytes: number, here: number, language: Language): string =>
  `${bytesText(bytes, language)}${punctuation.comma[language]}${messageWords.inHere[language]({bytes: here})}${punctuation.period[language]}`;

/** Returns the text on a field that has no octets in the packet, because its value was computed. */
export const computedText = ({opened}: Layer, language: Language): string =>
  inspectorTexts[opened ? 'computedOpened' : 'computed'][language];

/** Returns a field's size and octets as text, such as `32 bits, network order: 0x000003e9.` */
const wireText = (field: Field, layer: Layer, view: PacketView, language: Language): string => {
  const whole = layer.reassembled?.spans[layer.fields.indexOf(field)];
  const has = field.end - field.start;
  if (whole && whole.end - whole.start > has) return inPart(whole.end - whole.start, has, language);
  if (has <= 0) return computedText(layer, language);
  const place = fieldPlace(field, layer);
  const {bits} = place;
  const {period, comma, colon} = punctuation;
  const stop = period[language];
  const count = `${bits} ${inspectorTexts[bits === 1 ? 'bit' : 'bits'][language]}`;
  if (layer.opened || isHidden(field, numberAt(view, field, place))) {
    const size = bits > widestBits ? bytesText(field.end - field.start, language) : count;
    return `${size}${stop}${punctuation.space[language]}${inspectorTexts.ciphertext[language]}`;
  }
  // A field that is text is shown only as a number of bytes, because byte order does not apply to text.
  if (bits > widestBits || layer.protocol === 'http')
    return `${bytesText(field.end - field.start, language)}${stop}`;
  const value = numberAt(view, field, place);
  if (bits % 8 !== 0)
    return `${count}${colon[language]}${bits === 1 ? value : `0b${value.toString(2).padStart(bits, '0')}`}${stop}`;
  const order = bits > 8 ? `${comma[language]}${inspectorTexts.networkOrder[language]}` : '';
  return `${count}${order}${colon[language]}0x${value.toString(16).padStart(bits / 4, '0')}${stop}`;
};

/** The TCP flag that must be 1 for a receiver to read a field, such as ACK for the acknowledgment number. */
const needed: {readonly [field: string]: string} = {'tcp.ack_raw': 'ack', 'tcp.urgent_pointer': 'urg'};

/** The RFC section that says which TCP fields are ignored if their flag is 0. */
const unreadClause = 'RFC 9293 §3.1';

/**
 * Returns the text on a TCP field that receivers ignore because its flag is 0; undefined for other fields. With `isAsked`, the text also
 * says that the sender left the field at 0.
 */
export const unreadText = (
  {field, layer}: InspectorRow,
  language: Language,
  isAsked = false,
): string | undefined => {
  const flag = needed[field?.name ?? ''] ?? '';
  return valueIn(layer, `tcp.flags.${flag}`) === '0'
    ? unreadField[language]({flag: flag.toUpperCase(), left: isAsked && Number(field?.value) === 0})
    : undefined;
};

/** Returns a note on how a field of TCP depends on a flag of the same header; empty if it does not. */
const noteOf = (row: InspectorRow, language: Language): string => {
  const unread = unreadText(row, language);
  if (unread !== undefined) return unread;
  if (row.field?.name === 'tcp.ack_raw') return inspectorTexts.ackValid[language];
  if (row.field?.name === 'tcp.window_size_value' && valueIn(row.layer, 'tcp.flags.syn') === '1')
    return inspectorTexts.synWindow[language];
  return '';
};

/**
 * Returns sentences on which part of an HTTP message, longer than one packet, the bytes of an inspector row are; empty if they are no part
 * of one.
 */
const partsText = (row: InspectorRow, {parts, id}: PacketView, language: Language): string => {
  const {layer, field} = row;
  const isData = layer.protocol === 'data' || field?.name === 'tcp.payload';
  if (!isData && layer.protocol !== 'http') return '';
  return parts
    .filter(({start, end}) => start < row.end && end > row.start)
    .filter(({is}) => isData || field === undefined || is === 'line')
    .map((part) => partSentence(part, id, language))
    .filter((text) => text !== '')
    .join(punctuation.space[language]);
};

/** Matches the names of flag bits whose help text describes the value 1. */
const saysSo = /^(tcp\.flags\.(?!res$|str$)|ip\.flags\.(?!rb$)|http2\.flags\.(?!unused))/;

const isUnset = ({name, value}: Field): boolean => value === '0' && saysSo.test(name);

/** The texts of the help on a row of the inspector; a text that does not apply is empty. */
type Help = {
  /** The field's name and value, such as `tcp.flags.syn = 1`, which precede its meaning. */
  readonly subject?: string;
  readonly meaning: string;
  /** The text on the field's octets on the wire. */
  readonly wire: string;
  readonly clause: string;
};

const layerHelp = (row: InspectorRow, view: PacketView, language: Language): Help => {
  const {protocol, start, end, reassembled} = row.layer;
  const clause = protocol === 'tls' && view.isTls12 ? tls12Clause : protocolClauses[protocol];
  const size = bytesText(end - start, language);
  const whole = reassembled
    ? [messageWords.reassembled[language]({list: packetList(reassembled.packets, language)})]
    : [];
  const parts = [size, ...whole, ...(clause === undefined ? [] : [clause])].join(punctuation.comma[language]);
  const told = partsText(row, view, language);
  const head = `${parts}${punctuation.period[language]}`;
  const meaning = told === '' ? head : `${head}${punctuation.space[language]}${told}`;
  return {subject: rowName(row, view, false), meaning, wire: '', clause: ''};
};

export const helpOf = (row: InspectorRow, view: PacketView, options: Wording): Help => {
  const {language} = options;
  const {field, layer} = row;
  if (!field) return layerHelp(row, view, language);
  if (view.hidden.has(field.name)) return {meaning: inspectorTexts.asked[language], wire: '', clause: ''};
  const own = entryOf(field.name).means?.(field, layer, view.isTls12);
  const help = own ?? fieldText(field.name, view.isTls12);
  const meaning = help?.text[language] ?? '';
  const name = rowName(row, view, options.relative);
  // A long value can be read in the inspector's row, so the help does not repeat it.
  const [short] = /^[\w.:–-]{1,20}$/.test(field.value) ? rowParts(row, view, options) : [];
  const note = noteOf(row, language);
  const told = partsText(row, view, language);
  const wire = [told, wireText(field, layer, view, language), note].filter((text) => text !== '');
  return {
    subject: short === undefined ? name : `${name} = ${short}`,
    meaning: isUnset(field) && meaning !== '' ? unsetBit[language]({meaning}) : meaning,
    wire: wire.join(punctuation.space[language]),
    clause: unreadText(row, language) === undefined ? (help?.clause ?? '') : unreadClause,
  };
};

/**
 * Returns the help on an inspector row, in lines of at most `columns`. The RFC section follows on the last line if it fits there, otherwise
 * on a line of its own if `roomy`; else it is left out.
 */
export const fieldHelp = (
  row: InspectorRow,
  view: PacketView,
  options: Wording & {readonly columns: number; readonly roomy: boolean},
): readonly string[] => {
  const {language, glyphs, columns} = options;
  const {subject, meaning, ...help} = helpOf(row, view, options);
  const wrapped = (text: string): readonly string[] =>
    text === '' ? [] : wrap(plainText(text, glyphs), columns);
  const head = subject === undefined ? '' : `${subject}${punctuation.colon[language]}`;
  const lines = [...(meaning === '' ? [] : wrapped(`${head}${meaning}`)), ...wrapped(help.wire)];
  const last = lines.at(-1) ?? '';
  const clause = plainText(help.clause, glyphs);
  if (clause === '') return lines;
  if (textWidth(last) + 2 + textWidth(clause) <= columns)
    return [...lines.slice(0, -1), `${last}  ${clause}`];
  return options.roomy ? [...lines, clause] : lines;
};
