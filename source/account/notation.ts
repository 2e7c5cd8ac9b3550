// Writes the parts of packets as a line of text: `SYN,ACK seq=9000 ack=1001`. A `Hand` contains what differs between the screen, speech and
// JSON.
import {typeName} from '../wire/dns/registry.ts';
import {http2ErrorName} from '../wire/http2/http2-error.ts';
import {alertName, versionName} from '../wire/tls/registry.ts';
import {charactersOf, type Foreign} from './foreign.ts';
import type {
  CarriedPart,
  DnsFlagPart,
  DnsPart,
  DnsQuestionPart,
  DnsRecordPart,
  Http2FramePart,
  Http2Part,
  HttpPart,
  Keys,
  OpenedPart,
  Part,
  QuicFramePart,
  QuicPart,
  TlsPart,
  WebSocketPart,
} from './part.ts';

export type Hand = {
  /** Turns text from outside into characters; no other code of the notation does. */
  readonly outside: (text: Foreign) => string;
  readonly piece: string;
  /** The words that follow the name of an encrypted record. */
  readonly encrypted: string;
  readonly change: string;
  /** Marks words as the beginning of something that ends in a later packet. */
  readonly begins: (words: string) => string;
  /** Marks words as the continuation of something that an earlier packet began. */
  readonly goesOn: (words: string) => string;
  readonly site: (name: string) => string;
  /** Writes the TLS version before a hello's name: the highest that the hello offers, or the chosen one. */
  readonly version: (name: string) => string;
  readonly under: (keys: Keys, words: string) => string;
  /** Puts the word "stream" before `numbers`: the number of an HTTP/2 stream, or several numbers separated by commas. */
  readonly stream: (numbers: string) => string;
  readonly preface: string;
  readonly trailers: string;
  readonly referral: string;
  /** The words that follow a DNS referral which contains addresses of its servers. */
  readonly glue: string;
  readonly noFlags: string;
  /** Shortens an HTTP start line, which may be thousands of characters long. */
  readonly start: (words: string) => string;
  readonly icmp: (part: Extract<Part, {kind: 'icmp' | 'icmpv6'}>) => string;
};

/**
 * Replaces characters other than ASCII in text from outside, because the sender of a hello can write anything into names of sites and
 * hosts.
 */
const asciiOnly = (text: Foreign): string => charactersOf(text).replace(/[^\x20-\x7e]/g, '?');

const brackets = {early: ['(', ')'], handshake: ['{', '}'], application: ['[', ']']} as const;

/** The way to write packets whose words are the same in every language. */
export const plainHand: Hand = {
  outside: asciiOnly,
  piece: 'part of a record',
  encrypted: ' (encrypted)',
  change: 'ChangeCipherSpec',
  begins: (words) => `${words} …`,
  goesOn: (words) => `… ${words}`,
  site: (name) => ` (SNI ${name})`,
  version: (name) => `${name} `,
  under: (keys, words) => `${brackets[keys][0]}${words}${brackets[keys][1]}`,
  stream: (numbers) => `stream ${numbers}`,
  preface: 'preface',
  trailers: 'trailers',
  referral: 'referral',
  glue: '+ glue',
  noFlags: 'no flags',
  start: (words) => words,
  icmp: ({kind, type, code}) => `${kind === 'icmp' ? 'ICMP' : 'ICMPv6'} type=${type} code=${code}`,
};

const hopsText = (hops: number | undefined): string => (hops === undefined ? '' : ` TTL=${hops}`);

const httpText = (part: HttpPart, hand: Hand): string => {
  const words =
    'method' in part
      ? `${hand.outside(part.method)} ${hand.outside(part.target)}`
      : `${part.status} ${hand.outside(part.reason)}`.trimEnd();
  const bounded = hand.start(words);
  const told = part.goesOn ? hand.goesOn(bounded) : bounded;
  return [told, ...(part.behind ?? []).map((each) => httpText(each, hand))].join(', ');
};

/** Adjacent HTTP/2 frames that are written as one: several DATA frames of a stream, or the same frame for several streams. */
type Told = Http2FramePart & {readonly streams: readonly number[]; readonly sizes: readonly number[]};

const isAlike = (a: Told, b: Http2FramePart): boolean => {
  if (a.name !== b.name || a.begins || b.begins || b.goesOn) return false;
  if (a.said?.kind === 'octets') return a.stream === b.stream && b.said?.kind === 'octets';
  return (
    a.name === 'PRIORITY' || (a.name === 'WINDOW_UPDATE' && JSON.stringify(a.said) === JSON.stringify(b.said))
  );
};

const together = (frames: readonly Http2FramePart[]): readonly Told[] => {
  const all: Told[] = [];
  for (const frame of frames) {
    const sizes = frame.said?.kind === 'octets' ? [frame.said.octets] : [];
    const last = all.at(-1);
    if (!last || !isAlike(last, frame)) all.push({...frame, streams: [frame.stream], sizes});
    else {
      const streams = last.streams.includes(frame.stream) ? last.streams : [...last.streams, frame.stream];
      all[all.length - 1] = {...last, streams, sizes: [...last.sizes, ...sizes]};
    }
  }
  return all;
};

const saidText = ({said, sizes}: Told, hand: Hand): string => {
  switch (said?.kind) {
    case 'request':
      return hand.start(`${hand.outside(said.method)} ${hand.outside(said.target)}`);
    case 'status':
      return hand.outside(said.status);
    case 'octets':
      return `${sizes.join('+')} B`;
    case 'increment':
      return `+${said.octets} B`;
    case 'error':
      return http2ErrorName(said.error);
    case 'trailers':
      return hand.trailers;
    case 'ack':
      return 'ACK';
    case 'end':
      return 'END_STREAM';
    case undefined:
      return '';
  }
};

/** Returns the text of HTTP/2 frames, such as `SETTINGS ACK, HEADERS stream 1: GET /`. */
const http2Text = ({frames}: Http2Part, hand: Hand): string =>
  together(frames)
    .map((frame) => {
      const {name = hand.preface, streams} = frame;
      const said = saidText(frame, hand);
      const ofStreams = streams.filter((stream) => stream > 0);
      const subject = ofStreams.length > 0 ? `${name} ${hand.stream(ofStreams.join(', '))}` : name;
      const words = said === '' ? subject : `${subject}${ofStreams.length > 0 ? ':' : ''} ${said}`;
      const begun = frame.begins ? hand.begins(words) : words;
      return frame.goesOn ? hand.goesOn(begun) : begun;
    })
    .join(', ');

/** Returns the text of WebSocket frames, such as `WebSocket text 7 B "welcome"` or `WebSocket close 1000 "done"`. */
const websocketText = ({frames}: WebSocketPart, hand: Hand): string => {
  const texts = frames.map(({name, octets, goesOn, begins, said, code}) => {
    const size = code === undefined ? `${octets} B` : String(code);
    const quoted = said === undefined || goesOn ? '' : ` ${hand.start(`"${hand.outside(said)}"`)}`;
    const words = `${name} ${size}${quoted}`;
    const begun = begins ? hand.begins(words) : words;
    return goesOn ? hand.goesOn(begun) : begun;
  });
  return `WebSocket ${texts.join(', ')}`;
};

const tlsWords = (part: TlsPart, hand: Hand): string => {
  switch (part.says) {
    case 'hello': {
      const {name, version, site} = part;
      const before = version === undefined ? '' : hand.version(versionName(version));
      return `${before}${name}${site === undefined ? '' : hand.site(hand.outside(site))}`;
    }
    case 'message':
      return part.name;
    case 'alert':
      return part.description === undefined
        ? `Alert${hand.encrypted}`
        : `Alert ${alertName(part.description)}`;
    case 'data':
      return `Application Data ${part.octets} B`;
    case 'handshake':
      return `Handshake${hand.encrypted}`;
    case 'change':
      return hand.change;
    case 'piece':
      return hand.piece;
  }
};

/** Returns the text of TLS records; adjacent records of data are written as one: `Application Data 42+690 B`. */
export const tlsText = (parts: readonly TlsPart[], hand: Hand): string => {
  const words: string[] = [];
  let sizes: number[] = [];
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (part.says === 'data' && next?.says === 'data') {
      sizes.push(part.octets);
      continue;
    }
    const text =
      part.says === 'data' ? `Application Data ${[...sizes, part.octets].join('+')} B` : tlsWords(part, hand);
    words.push(part.begins ? hand.begins(text) : text);
    sizes = [];
  }
  return words.join(', ');
};

/** Returns the text of TLS records after `TLS`, which is left out if the text begins with a hello and its version. */
export const withProtocol = (parts: readonly TlsPart[], hand: Hand): string => {
  const [first] = parts;
  const says = first?.says === 'hello' && first.version !== undefined;
  return `${says ? '' : 'TLS '}${tlsText(parts, hand)}`;
};

/** Returns the text of decrypted TLS records, in brackets for their keys: `{EncryptedExtensions, Certificate} [GET /]`. */
export const openedText = (opened: readonly OpenedPart[], hand: Hand): string =>
  opened
    .map(({keys, parts}) => {
      const words = parts.map((part) => {
        if (part.kind === 'program') return 'ApplicationData';
        if (part.kind === 'http2') return http2Text(part, hand);
        if (part.kind === 'websocket') return websocketText(part, hand);
        return part.kind === 'http' ? httpText(part, hand) : tlsWords(part, hand);
      });
      return hand.under(keys, words.join(', '));
    })
    .join(' ');

const questionText = (question: DnsQuestionPart | undefined, hand: Hand): string =>
  question ? `${hand.outside(question.name)} ${typeName(question.type)}` : '';

const recordWords = ({type, data}: DnsRecordPart, more: number, hand: Hand): string =>
  `${typeName(type)} ${hand.outside(data)}${more > 0 ? ` +${more}` : ''}`;

const recordText = (record: DnsRecordPart, more: number, hand: Hand): string =>
  `${hand.outside(record.name)} ${recordWords(record, more, hand)}`;

/** Returns the text of a DNS message without the glue of a referral. */
export const dnsText = (part: DnsPart, hand: Hand): string => {
  switch (part.says) {
    case 'asks':
      return `${questionText(part.question, hand)} ?`.trim();
    case 'answer':
      return recordText(part.first, part.more, hand).trim();
    case 'referral':
      return `${hand.referral} ${recordText(part.first, part.more, hand)}`;
    case 'nothing':
      return `${part.why} ${questionText(part.question, hand)}`.trim();
  }
};

/**
 * Returns a shorter text of a DNS message for places without room for the question, which is on a line above; undefined if nothing shorter
 * tells as much.
 */
export const dnsGist = (part: DnsPart, hand: Hand): string | undefined => {
  switch (part.says) {
    case 'asks':
      return undefined;
    case 'answer':
      return recordWords(part.first, part.more, hand).trim();
    case 'referral':
      return `${hand.referral} ${hand.outside(part.first.name)}`;
    case 'nothing':
      return part.why;
  }
};

const flagText = ({flag, set}: DnsFlagPart): string => `${flag}=${set ? 1 : 0}`;

/** Returns the text of what a segment carries, without the segment's numbers. */
export const carriedText = (part: CarriedPart, hand: Hand): string => {
  if (part.kind === 'http') return httpText(part, hand);
  if (part.kind === 'http2') return http2Text(part, hand);
  if (part.kind === 'websocket') return websocketText(part, hand);
  if (part.kind === 'dns') return dnsText(part, hand);
  const records = (part.protocol ? withProtocol : tlsText)(part.records, hand);
  return [records, openedText(part.opened, hand)].filter((words) => words !== '').join(' ');
};

/** Returns texts in which equal adjacent ones are written once, with their number before them: `2× PING`. */
const counted = (texts: readonly string[]): readonly string[] => {
  const found: {readonly text: string; count: number}[] = [];
  for (const text of texts) {
    const last = found.at(-1);
    if (last?.text === text) last.count += 1;
    else found.push({text, count: 1});
  }
  return found.map(({text, count}) => (count === 1 ? text : `${count}× ${text}`));
};

/**
 * Returns the two parts of a QUIC frame's text: what it belongs to, and what it says. Of several frames with the same first part, only the
 * first one names it.
 */
const quicFrameWords = (part: QuicFramePart, hand: Hand): readonly [lead: string, words: string] => {
  switch (part.frame) {
    case 'CRYPTO':
      if ('octets' in part) return ['CRYPTO', `${part.octets} B`];
      return [
        'CRYPTO',
        `${part.message}${part.site === undefined ? '' : hand.site(hand.outside(part.site))}`,
      ];
    case 'STREAM':
      return [`STREAM ${part.stream}`, part.fin ? `${part.octets} B FIN` : `${part.octets} B`];
    case 'HTTP': {
      const lead = `STREAM ${part.stream}`;
      if ('name' in part) return [lead, part.name === 'DATA' ? `DATA ${part.octets} B` : part.name];
      if ('status' in part) return [lead, String(part.status)];
      return [lead, hand.start(`${hand.outside(part.method)} ${hand.outside(part.target)}`)];
    }
    case 'CONNECTION_CLOSE':
      return [part.frame, part.code];
    default:
      return [part.frame, ''];
  }
};

const quicFramesText = (parts: readonly QuicFramePart[], hand: Hand, bare: boolean): string => {
  const words = parts
    .map((part) => quicFrameWords(part, hand))
    .map(([lead, said]): readonly [string, string] => [bare && lead === 'CRYPTO' ? '' : lead, said]);
  const texts = words.map(([lead, said], index) =>
    said !== '' && words[index - 1]?.[0] === lead ? said : `${lead} ${said}`.trim(),
  );
  return counted(texts).join(', ');
};

/**
 * Returns the text of a QUIC datagram, such as `Initial: ACK, CRYPTO ServerHello + Handshake 958 B (encrypted)`. If `bare`, CRYPTO is not
 * written before messages.
 */
export const quicText = ({packets}: QuicPart, hand: Hand, bare = false): string => {
  const texts = packets.map(({type, octets, frames}) => {
    if (!frames) return `${type} ${octets} B${hand.encrypted}`;
    const words = quicFramesText(frames, hand, bare);
    return words === '' ? type : `${type}: ${words}`;
  });
  return counted(texts).join(' + ');
};

const partText = (part: Exclude<Part, TlsPart>, hand: Hand): string => {
  switch (part.kind) {
    case 'flags':
      return part.flags.join(',') || hand.noFlags;
    case 'number':
      return `${part.field}=${part.value ?? '?'}${part.count === undefined ? '' : ` (+${part.count})`}`;
    case 'length':
      return `len=${part.octets}`;
    case 'dns': {
      const glue = part.says === 'referral' && part.glue;
      return `DNS ${dnsText(part, hand)}${glue ? ` ${hand.glue}` : ''}`;
    }
    case 'dns-flag':
      return flagText(part);
    case 'quic':
      return quicText(part, hand);
    case 'udp':
      return `UDP ${part.srcPort} > ${part.dstPort}${part.carries ? ` (${part.carries})` : ''} len=${part.octets}${hopsText(part.hops)}`;
    case 'dhcp':
      return `DHCP ${part.type}${part.address === undefined ? '' : ` ${part.address}`}`;
    case 'icmp':
    case 'icmpv6':
      return `${hand.icmp(part)}${hopsText(part.hops)}`;
    case 'arp':
      return part.asks
        ? `ARP who has ${part.target}? tell ${part.sender}`
        : `ARP ${part.sender} is at ${part.mac}`;
    case 'protocol':
      return `IP protocol ${part.protocol}`;
    case 'ether-type':
      return `type 0x${part.etherType.toString(16).padStart(4, '0')}`;
  }
};

const isTls = (part: Part): part is TlsPart => part.kind === 'tls';

/** Returns the parts of a packet in a few words; the TLS in a segment follows its numbers. */
export const partsText = (parts: readonly Part[], hand: Hand): string => {
  const tls = parts.filter(isTls);
  const rest = parts.flatMap((part) => (isTls(part) ? [] : [partText(part, hand)])).join(' ');
  return tls.length === 0 ? rest : `${rest}, ${withProtocol(tls, hand)}`;
};
