// Writes the text beside the name in an inspector row: the field's value, and its meaning.

import type {Language} from '../../lesson/text.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import {inspectorTexts} from '../../words/catalogue/inspector.ts';
import {messageWords} from '../../words/catalogue/message.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {protocolNames} from '../../words/inspector.ts';
import {packetList} from '../../words/message.ts';
import {contentPlace} from '../../words/message-parts.ts';
import {terminal} from '../../words/written.ts';
import {bytesText, namedValue, valueIn, type Wording} from '../fields/entry.ts';
import {entryOf, lineOf} from '../fields/registry.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {InspectorRow} from './inspector-rows.ts';
import type {PacketView} from './inspector-view.ts';

const lengths =
  /(^dns\.(length|resp\.len|txt\.length|opt\.len|rr\.udp_payload_size)$|^tcp\.(hdr_len|len)|^ip\.(hdr_len|len)|^udp\.length|^ipv6\.plen|^data\.len|^http2\.length|^websocket\.payload_length_ext|^eth\.len|\.size|^tls\..*[._]len(gth)?)$/;
const blobs =
  /^(dns\.data|http2\.(headers|unknown|data\.(data|padding)|push_promise\.header)|tcp\.payload|udp\.payload|data\.data|eth\.padding|.*\.trailer|ip\.options|tls\.(app_data|segment\.data|alert_message|handshake|handshake\.certificate|handshake\.extensions_padding_data)|x509af\.(subjectPublicKey|encrypted)|quic\.(.*payload|stream_data|token|retry_token|nt\.token|coalesced_padding_data)|http3\.frame_payload|websocket\.payload\.(continue|ping|pong|unknown))$/;

/** Maps the value of a Wireshark `.status` field to what it says about a checksum, such as 0 to a wrong one. */
const statuses: {readonly [status: string]: 'right' | 'wrong' | 'absent'} = {
  0: 'wrong',
  1: 'right',
  3: 'absent',
};

const checksumParts = (
  {name, value}: Field,
  layer: Layer,
  {language, glyphs}: Wording,
): readonly string[] => {
  const word = statuses[valueIn(layer, `${name}.status`) ?? ''] ?? 'unjudged';
  const sign = {right: `${glyphs.right} `, wrong: `${glyphs.lost} `, absent: '', unjudged: ''}[word];
  return [value, `${sign}${inspectorTexts[word][language]}`];
};

const layerText = (layer: Layer, wording: Wording): string => {
  const size = bytesText(layer.end - layer.start, wording.language);
  return (layer.fields.length > 0 ? lineOf(layer)?.(layer, wording, size) : undefined) ?? size;
};

const fieldParts = (field: Field, layer: Layer, wording: Wording): readonly string[] => {
  const {name, value} = field;
  const {language} = wording;
  const {shown} = entryOf(name);
  if (shown) return shown(field, layer, wording);
  if (name.endsWith('.checksum')) return checksumParts(field, layer, wording);
  if (blobs.test(name)) return [bytesText(value.length / 2, language)];
  return [lengths.test(name) ? bytesText(value, language) : namedValue(name, value)];
};

/** Returns the text that replaces a value in the inspector while an open question asks for it, such as `▐ ? ▌`. */
const blankText = ({markOpen, markClose}: Glyphs): string => `${markOpen} ? ${markClose}`;

/** Returns Wireshark's name of an inspector row's layer or field; with relative numbers, the name of the field with the relative number. */
export const rowName = ({field, layer}: InspectorRow, view: PacketView, relative: boolean): string => {
  if (!field) {
    const known = protocolNames[layer.protocol] ?? terminal.text(layer.protocol);
    if (layer.opened) return `[${known}]`;
    return layer.quoted ? `(${known})` : known;
  }
  const counted = relative && view.relative !== undefined && !layer.quoted;
  return counted && (field.name === 'tcp.seq_raw' || field.name === 'tcp.ack_raw')
    ? field.name.replace('_raw', '')
    : field.name;
};

/** Tells whether an inspector row contains values of several fields, so that it might reveal what an open question asks for. */
const tellsOfOthers = ({field, layer}: InspectorRow): boolean =>
  field === undefined
    ? layer.protocol === 'dns' || layer.protocol === 'http'
    : layer.protocol === 'dns' && /^dns\.(qry|resp)\.name$/.test(field.name);

/** Returns a text that says which bytes of an HTTP message's content are in a row of undissected data; empty for other rows. */
const contentText = (row: InspectorRow, {parts}: PacketView, language: Language): string => {
  if (row.layer.protocol !== 'data') return '';
  const part = parts.find(({is, start, end}) => is === 'content' && start < row.end && end > row.start);
  return part?.is === 'content' ? `${punctuation.comma[language]}${contentPlace(part, language)}` : '';
};

/**
 * Returns the texts beside the name in an inspector row: the field's value, and notes on it if there are any. A value that an open question
 * asks for is replaced by a blank.
 */
export const rowParts = (row: InspectorRow, view: PacketView, wording: Wording): readonly string[] => {
  const {field, layer} = row;
  const {language, glyphs} = wording;
  if (tellsOfOthers(row) && layer.fields.some(({name}) => view.hidden.has(name)))
    return [field && !view.hidden.has(field.name) ? terminal.text(field.value) : blankText(glyphs)];
  if (!field) {
    const opened = layer.opened ? inspectorTexts.opened[language] : '';
    const from = layer.reassembled
      ? `${punctuation.comma[language]}${messageWords.reassembled[language]({list: packetList(layer.reassembled.packets, language)})}`
      : '';
    const text = `${opened}${layerText(layer, wording)}${from}${contentText(row, view, language)}`;
    return [plainText(terminal.text(text), glyphs)];
  }
  if (view.hidden.has(field.name)) return [blankText(glyphs)];
  const name = rowName(row, view, wording.relative);
  if (name === 'tcp.seq' && view.relative) return [String(view.relative.seq)];
  if (name === 'tcp.ack' && view.relative) return [String(view.relative.ack)];
  const parts = fieldParts(field, layer, wording);
  return name === 'tcp.flags' ? parts : parts.map((part) => plainText(terminal.text(part), glyphs));
};

export const rowValue = (row: InspectorRow, view: PacketView, wording: Wording): string =>
  rowParts(row, view, wording).join('  ');

/**
 * Returns the byte offsets of an inspector row as text, such as `38–41`, or one number for a single byte; empty for a row without bytes.
 */
export const rangeText = ({start, end}: InspectorRow, glyphs: Glyphs): string => {
  if (end <= start) return '';
  return end - start === 1 ? String(start) : plainText(`${start}–${end - 1}`, glyphs);
};
