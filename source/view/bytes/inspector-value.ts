// What a row of the inspector says beside its name: the value, and what it means.

import {tlsText} from '../../account/notation.ts';
import {recordParts} from '../../account/tls-parts.ts';
import type {Language} from '../../lesson/text.ts';
import {rcodeName, typeName} from '../../wire/dns/registry.ts';
import {frameTypeName} from '../../wire/http2/registry.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import {frameName} from '../../wire/quic/frame.ts';
import {inspectorTexts, sizeText} from '../../words/catalogue/inspector.ts';
import {messageWords} from '../../words/catalogue/message.ts';
import {bytesInspectorValueSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {eyeHands} from '../../words/hands.ts';
import {protocolNames, valueNames} from '../../words/inspector.ts';
import {packetList} from '../../words/message.ts';
import {contentPlace} from '../../words/message-parts.ts';
import {terminal} from '../../words/written.ts';
import {type Glyphs, isAscii, plainText} from '../glyphs.ts';
import type {InspectorRow} from './inspector-rows.ts';
import type {PacketView} from './inspector-view.ts';

export type Wording = {readonly language: Language; readonly glyphs: Glyphs; readonly relative: boolean};

const textOf = ({fields}: Layer, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

export const bytesText = (count: number | string, language: Language): string =>
  sizeText[language]({count: `${count}`});

const comma = (language: Language): string => punctuation.comma[language];

const lengths =
  /(^dns\.(length|resp\.len|txt\.length|opt\.len|rr\.udp_payload_size)$|^tcp\.(hdr_len|len)|^ip\.(hdr_len|len)|^udp\.length|^ipv6\.plen|^data\.len|^http2\.length|^websocket\.payload_length_ext|^eth\.len|\.size|^tls\..*[._]len(gth)?)$/;
const blobs =
  /^(dns\.data|http2\.(headers|unknown|data\.(data|padding)|push_promise\.header)|tcp\.payload|udp\.payload|data\.data|eth\.padding|.*\.trailer|ip\.options|tls\.(app_data|segment\.data|alert_message|handshake|handshake\.certificate|handshake\.extensions_padding_data)|x509af\.(subjectPublicKey|encrypted)|quic\.(.*payload|stream_data|token|retry_token|nt\.token|coalesced_padding_data)|http3\.frame_payload|websocket\.payload\.(continue|ping|pong|unknown))$/;

/** What of a record stands on its own row. */
const recordData: readonly string[] = [
  ...['a', 'aaaa', 'ns', 'cname', 'ptr.domain_name', 'mx.preference', 'mx.mail_exchange', 'txt'],
  ...['soa.mname', 'soa.serial_number', 'srv.target', 'srv.port'],
].map((name) => `dns.${name}`);

/** RFC 1035 §4.1.1, RFC 4035 §3: by Wireshark's names. */
const dnsFlagWords = {
  response: 'QR',
  authoritative: 'AA',
  truncated: 'TC',
  recdesired: 'RD',
  recavail: 'RA',
  authenticated: 'AD',
  checkdisable: 'CD',
};

/** In the order of the bits: three reserved ones, then AE to FIN. */
const flagWords = ['', '', '', 'AE', 'CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'];

/** `0x012` */
export const flagsNumber = (value = ''): string => `0x${Number(value).toString(16).padStart(3, '0')}`;

/** `·······ACK··SYN·` */
const flagsText = (value: string, dot: string): string => {
  const bits = Number(value);
  const words = flagWords.map((word, index) => ((bits >> (11 - index)) & 1 ? word || '1' : dot));
  return `${flagsNumber(value)}  ${words.join('')}`;
};

const setFlags = (field: Field, layer: Layer): string =>
  layer.fields
    .filter(({name, value}) => name.startsWith(`${field.name}.`) && value === '1')
    .map(({name}) => name.slice(field.name.length + 1).toUpperCase())
    .join(' ');

/** The letters by which people call the bits that are set: `QR AA RD`. */
const dnsFlagsText = (layer: Layer): string =>
  Object.entries(dnsFlagWords)
    .filter(([name]) => textOf(layer, `dns.flags.${name}`) === '1')
    .map(([, word]) => word)
    .join(' ');

const checksumText = (field: Field, layer: Layer, {language, glyphs}: Wording): string => {
  const status = textOf(layer, `${field.name}.status`);
  const say = (word: keyof typeof inspectorTexts): string => inspectorTexts[word][language];
  if (status === '1') return `${field.value}  ${glyphs.right} ${say('right')}`;
  if (status === '0') return `${field.value}  ${glyphs.lost} ${say('wrong')}`;
  if (status === '3') return `${field.value}  ${say('absent')}`;
  return `${field.value}  ${say('unjudged')}`;
};

/** The options between two offsets in a few words. */
const optionsText = (layer: Layer, start: number, end: number, {language}: Wording): string => {
  const inside = layer.fields.filter((field) => field.start >= start && field.end <= end);
  const words = inside.flatMap(({name, value}, index): string[] => {
    if (name === 'tcp.options.mss_val') return [`MSS ${value}`];
    if (name === 'tcp.options.sack_perm') return [inspectorTexts.sackPermitted[language]];
    if (name === 'tcp.options.wscale.shift') return [`${inspectorTexts.scale[language]} ${value}`];
    if (name === 'tcp.options.timestamp.tsval') return [`TS ${value} ${inside[index + 1]?.value ?? ''}`];
    if (name === 'tcp.options.sack_le') return [`SACK ${value}–${inside[index + 1]?.value ?? ''}`];
    return [];
  });
  return words.join(comma(language));
};

const tcpText = (layer: Layer, language: Language): string => {
  const ends = `${textOf(layer, 'tcp.srcport')} ▸ ${textOf(layer, 'tcp.dstport')}`;
  const length = textOf(layer, 'tcp.hdr_len');
  if (length === undefined) return ends;
  return bytesInspectorValueSentences.tcp[language]({ends, length});
};

const namedValue = (name: string, value: string): string => {
  const known = valueNames[name]?.[value];
  return known === undefined ? value : `${value} ${known}`;
};

const arpText = (layer: Layer): string => {
  const [asks, told] = [textOf(layer, 'arp.src.proto_ipv4'), textOf(layer, 'arp.dst.proto_ipv4')];
  if (asks === undefined || told === undefined)
    return namedValue('arp.opcode', textOf(layer, 'arp.opcode') ?? '');
  return textOf(layer, 'arp.opcode') === '1'
    ? `who has ${told}? tell ${asks}`
    : `${asks} is at ${textOf(layer, 'arp.src.hw_mac')}`;
};

const ipText = (layer: Layer, prefix: 'ip' | 'ipv6'): string => {
  const hops = prefix === 'ip' ? `TTL ${textOf(layer, 'ip.ttl')}` : `hop limit ${textOf(layer, 'ipv6.hlim')}`;
  return `${textOf(layer, `${prefix}.src`)} ▸ ${textOf(layer, `${prefix}.dst`)}, ${hops}`;
};

/** The start line; its version is the same in nearly every message. */
const httpText = (layer: Layer): string => {
  const [method, code] = [textOf(layer, 'http.request.method'), textOf(layer, 'http.response.code')];
  return method === undefined
    ? `${code} ${textOf(layer, 'http.response.phrase') ?? ''}`.trimEnd()
    : `${method} ${textOf(layer, 'http.request.uri')}`;
};

/** A question or a record in one line: `com NS dns.com`. */
const recordText = (layer: Layer, head: Field): string => {
  const from = layer.fields.indexOf(head) + 1;
  const next = layer.fields.findIndex(
    ({name}, index) => index >= from && /^dns\.(qry|resp)\.name$/.test(name),
  );
  const own = layer.fields.slice(from, next < 0 ? undefined : next);
  const type = own.find(({name}) => /^dns\.(qry|resp)\.type$/.test(name))?.value ?? '';
  const data = own.filter(({name}) => recordData.includes(name)).map(({value}) => value);
  return [head.value, typeName(Number(type)), ...data].join(' ');
};

/** `:path: /index.html` */
const headerText = ({fields}: Layer, head: Field): string => {
  const value = fields.slice(fields.indexOf(head) + 1).find(({name}) => name === 'http2.header.value');
  return `${head.value}: ${value?.value ?? ''}`;
};

/** `HEADERS stream 1: GET /` */
const frameText = (layer: Layer, language: Language): string => {
  const type = textOf(layer, 'http2.type');
  if (type === undefined) return eyeHands[language].preface;
  const value = (wanted: string): string | undefined => {
    const head = layer.fields.find((field) => field.name === 'http2.header.name' && field.value === wanted);
    return head && headerText(layer, head).slice(wanted.length + 2);
  };
  const stream = textOf(layer, 'http2.streamid') ?? '0';
  const [method, status] = [value(':method'), value(':status')];
  const said = method === undefined ? status : `${method} ${value(':path') ?? value(':authority') ?? ''}`;
  const subject = stream === '0' ? [] : [eyeHands[language].stream(stream)];
  const acks = layer.fields.some(({name, value: set}) => name.startsWith('http2.flags.ack.') && set === '1');
  const frame = [frameTypeName(Number(type)), ...subject, ...(acks ? ['ACK'] : [])].join(' ');
  return said === undefined ? frame : `${frame}: ${said}`;
};

const dnsText = (layer: Layer, {language}: Wording): string => {
  const word =
    inspectorTexts[textOf(layer, 'dns.flags.response') === '1' ? 'dnsResponse' : 'dnsQuery'][language];
  const question = layer.fields.find(({name}) => name === 'dns.qry.name');
  const rcode = textOf(layer, 'dns.flags.rcode');
  const told = rcode === undefined ? [] : [rcodeName(Number(rcode))];
  return [
    word,
    textOf(layer, 'dns.id') ?? '',
    ...told,
    ...(question ? [recordText(layer, question)] : []),
  ].join(' ');
};

/** Of a packet its number, where it was opened; of what was inside its frames. */
const quicText = (layer: Layer, size: string, language: Language): string => {
  const types = layer.fields.filter(({name}) => name === 'quic.frame_type').map(({value}) => Number(value));
  if (types.length > 0) return [...new Set(types.map(frameName))].join(', ');
  const number = textOf(layer, 'quic.packet_number');
  return number === undefined ? size : `PN ${number}${comma(language)}${size}`;
};

const layerText = (layer: Layer, wording: Wording): string => {
  const {language} = wording;
  const size = bytesText(layer.end - layer.start, language);
  if (layer.fields.length === 0) return size;
  switch (layer.protocol) {
    case 'eth':
      return namedValue('eth.type', textOf(layer, 'eth.type') ?? size);
    case 'arp':
      return arpText(layer);
    case 'ip':
    case 'ipv6':
      return ipText(layer, layer.protocol);
    case 'tcp':
      return tcpText(layer, language);
    case 'udp':
      return `${textOf(layer, 'udp.srcport')} ▸ ${textOf(layer, 'udp.dstport')}${comma(language)}${bytesText(textOf(layer, 'udp.length') ?? '?', language)}`;
    case 'http':
      return httpText(layer);
    case 'http2':
      return frameText(layer, language);
    case 'dns':
      return dnsText(layer, wording);
    case 'tls':
      return tlsText(recordParts(layer), eyeHands[language]);
    case 'quic':
      return quicText(layer, size, language);
    case 'icmp':
    case 'icmpv6':
      return namedValue(`${layer.protocol}.type`, textOf(layer, `${layer.protocol}.type`) ?? '');
    default:
      return size;
  }
};

const fieldValue = (field: Field, layer: Layer, wording: Wording): string => {
  const {name, value} = field;
  const {language, glyphs} = wording;
  if (blobs.test(name)) return bytesText(value.length / 2, language);
  if (name === 'tcp.flags') return flagsText(value, isAscii(glyphs) ? '.' : '·');
  if (/^(ip\.flags|ip\.dsfield|tcp\.flags|http2\.flags)$/.test(name))
    return `${value}  ${setFlags(field, layer)}`.trimEnd();
  if (name === 'dns.qry.name' || name === 'dns.resp.name') return recordText(layer, field);
  if (name === 'http2.header.name') return headerText(layer, field);
  if (name === 'dns.id') return `${value}  ${Number(value)}`;
  if (name === 'dns.flags') return `${value}  ${dnsFlagsText(layer)}`.trimEnd();
  if (name.endsWith('.checksum')) return checksumText(field, layer, wording);
  if (name === 'tcp.options' || name.startsWith('tcp.options.')) {
    if (/_val$|_[lr]e$|shift$|multiplier$|ts(val|ecr)$|count$/.test(name)) return value;
    return optionsText(layer, field.start, field.end, wording) || value;
  }
  return lengths.test(name) ? bytesText(value, language) : namedValue(name, value);
};

/** `▐ ? ▌` where an open question asks for it. */
const blankText = ({markOpen, markClose}: Glyphs): string => `${markOpen} ? ${markClose}`;

/** Wireshark's name of the row; in relative numbers that of the relative field. */
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

/** Rows that say more than their own field, which might be asked for. */
const tellsOfOthers = ({field, layer}: InspectorRow): boolean =>
  field === undefined
    ? layer.protocol === 'dns' || layer.protocol === 'http'
    : layer.protocol === 'dns' && /^dns\.(qry|resp)\.name$/.test(field.name);

/** Which bytes of a longer content these are. */
const contentText = (row: InspectorRow, {parts}: PacketView, language: Language): string => {
  if (row.layer.protocol !== 'data') return '';
  const part = parts.find(({is, start, end}) => is === 'content' && start < row.end && end > row.start);
  return part?.is === 'content' ? `${comma(language)}${contentPlace(part, language)}` : '';
};

export const rowValue = (row: InspectorRow, view: PacketView, wording: Wording): string => {
  const {field, layer} = row;
  if (tellsOfOthers(row) && layer.fields.some(({name}) => view.hidden.has(name)))
    return field && !view.hidden.has(field.name) ? terminal.text(field.value) : blankText(wording.glyphs);
  if (!field) {
    const opened = layer.opened ? inspectorTexts.opened[wording.language] : '';
    const {language} = wording;
    const from = layer.reassembled
      ? `${comma(language)}${messageWords.reassembled[language]({list: packetList(layer.reassembled.packets, language)})}`
      : '';
    const text = `${opened}${layerText(layer, wording)}${from}${contentText(row, view, language)}`;
    return plainText(terminal.text(text), wording.glyphs);
  }
  if (view.hidden.has(field.name)) return blankText(wording.glyphs);
  const name = rowName(row, view, wording.relative);
  if (name === 'tcp.seq' && view.relative) return String(view.relative.seq);
  if (name === 'tcp.ack' && view.relative) return String(view.relative.ack);
  const text = fieldValue(field, layer, wording);
  return name === 'tcp.flags' ? text : plainText(terminal.text(text), wording.glyphs);
};

/** `38–41`, one number for one byte, nothing for what stands in no bytes. */
export const rangeText = ({start, end}: InspectorRow, glyphs: Glyphs): string => {
  if (end <= start) return '';
  return end - start === 1 ? String(start) : plainText(`${start}–${end - 1}`, glyphs);
};
