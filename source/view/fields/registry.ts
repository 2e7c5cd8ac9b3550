// The registry of fields: for each protocol, the table of entries by which the inspector shows fields and *Why?* explains them.
import {frameTypeName} from '../../wire/http2/registry.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import {frameName} from '../../wire/quic/frame.ts';
import {fieldCases} from '../../words/catalogue/fields.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyPassedOn} from '../../words/catalogue/why.ts';
import {eyeHands} from '../../words/hands.ts';
import {dns} from './dns.ts';
import {
  bytesText,
  type Entry,
  type Means,
  namedValue,
  type Protocol,
  valueIn,
  type Wording,
  withFlags,
} from './entry.ts';
import {arp, ethernet} from './ethernet.ts';
import {checksum, ipv4, ipv6} from './internet.ts';
import {handedOver, othersPort, ownPort} from './ports.ts';
import {tcp} from './tcp.ts';
import {tls} from './tls.ts';

/** The entries for fields of headers that the capturing system (`capture`) or a network device (`tag`, VLAN) added to the packet. */
const capture: Protocol = {fields: {}, others: {from: ({language}) => whyPassedOn.capture[language]}};
const tag: Protocol = {fields: {}, others: {from: ({language}) => whyPassedOn.tag[language]}};

/** The rule that sent an ICMP message always decided the message's fields, too. */
const decided = (): boolean => true;

const icmp: Protocol = {
  line: (layer) => namedValue('icmp.type', valueIn(layer, 'icmp.type') ?? ''),
  fields: {'icmp.checksum': checksum},
  others: {decided},
};

/** The type number of the nonce option in neighbour discovery. */
const nonce = '14';

// The numbers of ICMPv6 message types. All types from `echoRequest` to `redirect` have only the code 0 (RFC 4443 §4, RFC 4861 §4).
const echoRequest = 128;
const redirect = 137;
const reportV2 = 143;

/** Explains the code of an ICMPv6 message that is no error (echo, MLD, neighbour discovery); undefined for error messages. */
const codeCase: Means = ({value}, layer) => {
  const type = Number(valueIn(layer, 'icmpv6.type'));
  if (type === reportV2) return {clause: 'RFC 3810 §5.2.1', text: fieldCases.noCode};
  return value === '0' && type >= echoRequest && type <= redirect
    ? {clause: 'RFC 4443 §2.1', text: fieldCases['icmpv6.code']}
    : undefined;
};

const icmpv6: Protocol = {
  line: (layer) => namedValue('icmpv6.type', valueIn(layer, 'icmpv6.type') ?? ''),
  fields: {
    'icmpv6.checksum': checksum,
    'icmpv6.code': {decided, means: codeCase},
    'icmpv6.opt.type': {
      decided,
      means: ({value}) =>
        value === nonce ? {clause: 'RFC 3971 §5.3.2', text: fieldCases['icmpv6.opt.type']} : undefined,
    },
  },
  others: {decided},
};

const udp: Protocol = {
  line(layer, {language}) {
    const [source, to, length = '?'] = ['srcport', 'dstport', 'length'].map((name) =>
      valueIn(layer, `udp.${name}`),
    );
    return `${source} ▸ ${to}${punctuation.comma[language]}${bytesText(length, language)}`;
  },
  fields: {
    'udp.srcport': ownPort,
    'udp.dstport': othersPort,
    'udp.length': {sums: ['udp.length = 8 + data']},
    'udp.checksum': checksum,
    'udp.payload': {sums: ['udp.length = 8 + data'], from: handedOver},
  },
};

const data: Protocol = {fields: {'data.data': {from: handedOver}, 'data.len': {from: handedOver}}};

const http: Protocol = {
  // The inspector's row of HTTP shows the start line without the version, which is the same in nearly every message.
  line(layer) {
    const names = ['request.method', 'request.uri', 'response.code', 'response.phrase'];
    const [method, uri, code, phrase = ''] = names.map((name) => valueIn(layer, `http.${name}`));
    return method === undefined ? `${code} ${phrase}`.trimEnd() : `${method} ${uri}`;
  },
  fields: {},
};

const headerValue = (head: Field, {fields}: Layer): string =>
  fields.slice(fields.indexOf(head) + 1).find(({name}) => name === 'http2.header.value')?.value ?? '';

/** Returns the inspector's text on an HTTP/2 frame, such as `HEADERS stream 1: GET /`. */
const frameText = (layer: Layer, {language}: Wording): string => {
  const type = valueIn(layer, 'http2.type');
  if (type === undefined) return eyeHands[language].preface;
  const value = (wanted: string): string | undefined => {
    const head = layer.fields.find(({name, value: is}) => name === 'http2.header.name' && is === wanted);
    return head && headerValue(head, layer);
  };
  const stream = valueIn(layer, 'http2.streamid') ?? '0';
  const [method, status] = [value(':method'), value(':status')];
  const said = method === undefined ? status : `${method} ${value(':path') ?? value(':authority') ?? ''}`;
  const subject = stream === '0' ? [] : [eyeHands[language].stream(stream)];
  const acks = layer.fields.some(({name, value: set}) => name.startsWith('http2.flags.ack.') && set === '1');
  const frame = [frameTypeName(Number(type)), ...subject, ...(acks ? ['ACK'] : [])].join(' ');
  return said === undefined ? frame : `${frame}: ${said}`;
};

const http2: Protocol = {
  line: frameText,
  fields: {
    'http2.flags': {shown: withFlags},
    // Header fields of HTTP/2 are shown as `:path: /index.html`.
    'http2.header.name': {shown: (head, layer) => [`${head.value}: ${headerValue(head, layer)}`]},
  },
};

const quic: Protocol = {
  // The inspector's row of a QUIC packet shows the packet number if it could be decrypted; the row of the packet's content shows its
  // frames.
  line(layer, {language}, size) {
    const types = layer.fields.filter(({name}) => name === 'quic.frame_type').map(({value}) => Number(value));
    if (types.length > 0) return [...new Set(types.map(frameName))].join(', ');
    const number = valueIn(layer, 'quic.packet_number');
    return number === undefined ? size : `PN ${number}${punctuation.comma[language]}${size}`;
  },
  fields: {},
};

/** Maps each protocol to the registry's entries for its fields. The key is the layer's name, with which the names of the fields begin. */
const registry: {readonly [protocol: string]: Protocol} = {
  ...{sll: capture, null: capture, vlan: tag, ieee8021ad: tag, ieee8021ah: tag},
  ...{eth: ethernet, arp, ip: ipv4, ipv6, icmp, icmpv6, udp, tcp, dns, tls, http, http2, quic, data},
};

export const lineOf = ({protocol}: Layer): Protocol['line'] => registry[protocol]?.line;

/** The entry of fields for which the registry has none: only their name and meaning are known. */
const unknown: Entry = {};

export const entryOf = (name: string): Entry => {
  const protocol = registry[name.slice(0, name.indexOf('.'))];
  return protocol?.fields[name] ?? protocol?.others ?? unknown;
};
