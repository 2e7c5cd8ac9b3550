// What stands on a packet's line: flags, numbers, length; which of it goes first where room is short.

import {isOverheard} from '../../account/eyes.ts';
import {ipPacketOf, segmentOf} from '../../lesson/packet-facts.ts';
import {tlsPartsIn} from '../../lesson/stream-reader.ts';
import type {Language} from '../../lesson/text.ts';
import {dnsWords} from '../../sim/dns-words.ts';
import {relativeNumbers} from '../../sim/relative.ts';
import {flagNames} from '../../sim/summary.ts';
import {tlsSummary} from '../../sim/tls-words.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {dnsIn} from '../../wire/dns/carried.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {cut, textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {frameWords, tlsLocally} from '../frame-words.ts';
import {messageWordsIn} from '../http/message-words.ts';
import type {Question} from '../time/waypoints.ts';
import {insideWords, saysChange} from '../tls/inside-words.ts';
import {conversationSign} from './conversation.ts';

export type LabelPart = {
  readonly kind: 'conversation' | 'flags' | 'seq' | 'ack' | 'len' | 'sack' | 'http' | 'tls' | 'other';
  /** Name with its equals sign; empty for flags. */
  readonly name: string;
  readonly value: string;
  /** Of TLS: all of `value`, which may be cut, for the ear. */
  readonly whole?: string;
  /** Through the eyes of an eavesdropper: it can be read, or not. */
  readonly open?: boolean;
  /** The question asks for it. */
  readonly hidden: boolean;
  /** 0 stays always; the highest goes first. */
  readonly dropRank: number;
  /** Said instead where even this part alone has no room: each says less than the one before it. */
  readonly shorter?: readonly string[];
};

type Numbers = {readonly seq: number; readonly ack: number};

export const numbersOf = (trace: Trace, packet: PacketRecord, relative: boolean): Numbers | undefined => {
  const segment = segmentOf(packet);
  if (!segment) return undefined;
  return (relative ? relativeNumbers(trace, packet.id) : undefined) ?? {seq: segment.seq, ack: segment.ack};
};

/** Do the questions about this packet ask for a field of that kind? */
const asks = (questions: readonly Question[], packet: number, kind: string): boolean =>
  questions.some(
    ({hides}) =>
      hides?.packet === packet &&
      hides.fields.some((field) => field === kind || field.startsWith(`tcp.${kind}`)),
  );

/** The values that answer the questions; nothing computed now that shows one may be on the screen. */
export const answersTo = (questions: readonly Question[]): readonly string[] =>
  questions.flatMap(({choices}) => {
    const value = choices.find(({correct}) => correct)?.value;
    return value === undefined ? [] : [String(value)];
  });

/** The block that was reported first is the newest (RFC 2018 §4); that there are more is said by an ellipsis. */
const sackPart = (
  {options, ack}: TcpSegment,
  numbers: Numbers,
  answers: readonly string[],
): LabelPart | undefined => {
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  const [block] = blocks;
  if (!block) return undefined;
  const edge = (at: Seq): string => {
    const text = String((numbers.ack + seqDiff(at, ack)) >>> 0);
    return answers.includes(text) ? '?' : text;
  };
  const value = `${edge(block.left)}-${edge(block.right)}${blocks.length > 1 ? '…' : ''}`;
  return {kind: 'sack', name: 'SACK ', value, hidden: false, dropRank: 1};
};

/** Fields of a DNS message by what shows them: a flag of the label, or nothing of it. All others are told by its words. */
const dnsFlagFields: {readonly [flag: string]: string} = {
  'AA=': 'dns.flags.authoritative',
  'RD=': 'dns.flags.recdesired',
};
const unsaidFields: readonly string[] = [
  ...Object.values(dnsFlagFields),
  'dns.id',
  'dns.flags.response',
  'dns.flags.opcode',
  'dns.flags.recavail',
  'dns.count.queries',
  'dns.resp.ttl',
  'dns.rr.udp_payload_size',
];

const flagRank = 2;

/** Longer names leave no room for what is said about them: of them the beginning and the last label stay. */
const longestName = 40;
const nameStart = 8;

const shortNames = (what: string): string =>
  what
    .split(' ')
    .map((word) =>
      word.length > longestName ? `${word.slice(0, nameStart)}…${word.slice(word.lastIndexOf('.'))}` : word,
    )
    .join(' ');

const isDnsField = (field: string): boolean => field.startsWith('dns.');

const dnsParts = (message: DnsMessage, asked: readonly string[]): LabelPart[] => {
  const {what, flags} = dnsWords(message);
  const part = (text: string, dropRank: number, hidden: boolean): LabelPart => {
    const [name, value] = dropRank === flagRank ? [text.slice(0, 3), text.slice(3)] : ['', text];
    return {kind: 'other', name, value, hidden, dropRank};
  };
  const hidesWords = asked.some((field) => !unsaidFields.includes(field));
  // TC says as much as the words do.
  const shown = hidesWords ? flags.filter((flag) => !flag.startsWith('TC')) : flags;
  const [words = '', glue] = shortNames(what).split(/ (?=\+ glue$)/);
  return [
    part(words, 0, hidesWords),
    ...(glue === undefined || hidesWords ? [] : [part(glue, 1, false)]),
    ...shown.map((flag) => part(flag, flagRank, asked.includes(dnsFlagFields[flag.slice(0, 3)] ?? ''))),
  ];
};

/** Whose content is told in their place. */
const sealed = /^(Application Data|part of a record|Handshake \(encrypted\)|Alert \(encrypted\))/;

/** A segment that goes on with a record says by itself no more than that; what begins in it is known from the stream. */
const withBegun = (trace: Trace, packet: number, summary: string): string => {
  if (!trace.tls || !summary.includes('part of a record')) return summary;
  const begun = tlsPartsIn(trace, packet).flatMap(({name, encrypted}) => (encrypted ? [] : (name ?? [])));
  return begun.length === 0 ? summary : `… ${begun.join(', ')}`;
};

/** With the secrets encrypted records are told by what is in them. */
const tlsWords = (trace: Trace, packet: number, segment: TcpSegment): string => {
  const summary = withBegun(trace, packet, tlsSummary(segment));
  const inside = insideWords(trace, packet);
  const records = summary.replace(/^TLS (?!1)/, '').split(', ');
  const clear = records.filter((record) => !sealed.test(record) || inside === undefined);
  const noted = clear.filter((record) => record !== 'ChangeCipherSpec' || saysChange(trace, packet));
  if (isOverheard(trace) && inside === undefined)
    return noted.join(', ').replace(/^TLS 1\.\d /, '') || 'ChangeCipherSpec';
  if (inside === undefined)
    return noted.length === 0 || noted.length === records.length ? summary : noted.join(', ');
  return [noted.join(', ').replace(/^TLS 1\.\d /, ''), terminal.text(inside)]
    .filter((words) => words !== '')
    .join(' ');
};

type Readable = Pick<LabelPart, 'open'>;

/** For whoever listens on the way. */
const inClear = (trace: Trace): Readable => (isOverheard(trace) ? {open: true} : {});

const readable = (trace: Trace, packet: number, records: string): Readable => {
  if (!isOverheard(trace)) return {};
  const inside = insideWords(trace, packet) !== undefined;
  return {open: inside || records.split(', ').some((record) => !sealed.test(record))};
};

/** Longer flights of records are cut. */
const mostTlsColumns = 40;

/** From whole to shortest: without what other packets of the connection say, or what follows from the rest. */
const formsOf = (words: string): readonly string[] => {
  const short = words.replaceAll('ChangeCipherSpec', 'CCS');
  const bare = short.replace(/^TLS 1\.\d (?=ClientHello|ServerHello)/, '').replace('(SNI ', '(');
  return [...new Set([words, short, bare, bare.replace(/(^|, )CCS(?= \{)/, '')])];
};

const cutFlight = (words: string): Pick<LabelPart, 'value' | 'whole' | 'shorter'> => {
  const [first = words, ...shorter] = formsOf(words).filter((form) => textWidth(form) <= mostTlsColumns);
  return {value: cut(first, mostTlsColumns), whole: words, shorter};
};

/** Records are told by what they are. The words tell lengths, too: with a question about the packet they stay away. */
const tlsPart = (
  trace: Trace,
  {segment, packet}: {readonly segment: TcpSegment; readonly packet: number},
  {questions, language = 'en'}: LabelOptions,
): LabelPart | undefined => {
  const asked = questions.some(({hides}) => hides?.packet === packet);
  const words = asked ? '' : tlsWords(trace, packet, segment);
  if (words === '') return undefined;
  const local = cutFlight(tlsLocally(words, language));
  return {kind: 'tls', name: '', ...local, ...readable(trace, packet, words), hidden: false, dropRank: 0};
};

export type LabelOptions = {
  /** Numbers count from the ISN. */
  readonly relative: boolean;
  readonly questions: readonly Question[];
  /** @default en */
  readonly language?: Language;
};

/** Whoever asks or answers by ARP stands at the beginning of the line; what messages of ICMP are called tells their protocol. */
const shortForms: readonly (readonly [RegExp, string])[] = [
  [/^(ARP who has \S+) tell \S+$/, '$1'],
  [/^ARP \S+ (is at \S+)$/, 'ARP $1'],
  [/^ICMP(?:v6)? /, ''],
];

const shorterWords = (words: string): readonly string[] =>
  shortForms.flatMap(([form, short]) => (form.test(words) ? [words.replace(form, short)] : []));

/** What is no segment. */
const otherParts = (
  trace: Trace,
  packet: PacketRecord,
  {questions, language = 'en'}: LabelOptions,
): LabelPart[] => {
  const transport = ipPacketOf(packet)?.transport;
  const [message] = transport ? dnsIn(transport) : [];
  if (message) {
    const asked = questions.flatMap(({hides}) => (hides?.packet === packet.id ? hides.fields : []));
    const [words, ...flags] = dnsParts(message, asked.filter(isDnsField));
    return words ? [{...words, ...inClear(trace)}, ...flags] : flags;
  }
  const value = packet.frame ? frameWords(packet.frame, language) : `${packet.originalLength} B`;
  return [{kind: 'other', name: '', value, hidden: false, dropRank: 0, shorter: shorterWords(value)}];
};

/** Do the questions ask for anything that the start line says? */
const asksForHttp = (questions: readonly Question[], packets: readonly number[]): boolean =>
  questions.some(
    ({hides}) =>
      hides !== undefined &&
      hides.packet !== undefined &&
      packets.includes(hides.packet) &&
      hides.fields.some((field) => field.startsWith('http.')),
  );

/** Of segments with data. */
const usual = /^(PSH,)?ACK$/;

/** Data of HTTP are told by what they say; PSH and ACK go without saying. */
const httpPart = (
  trace: Trace,
  packet: PacketRecord,
  questions: readonly Question[],
): LabelPart | undefined => {
  const words = messageWordsIn(trace, packet.id);
  if (!words) return undefined;
  const hidden = asksForHttp(questions, [packet.id, words.begins]);
  return {kind: 'http', name: '', value: words.text, ...inClear(trace), hidden, dropRank: 0};
};

/** Over TLS the same words stand in the brackets of their keys. */
const tlsHttpPart = (
  trace: Trace,
  packet: PacketRecord,
  questions: readonly Question[],
): LabelPart | undefined => {
  const isInside = insideWords(trace, packet.id) !== undefined;
  const part = isInside ? httpPart(trace, packet, questions) : undefined;
  const segment = segmentOf(packet);
  if (!part || !segment) return undefined;
  return {...part, ...cutFlight(tlsWords(trace, packet.id, segment))};
};

/** Which of several connections it is; datagrams tell by their contents which belong together. */
const conversationPart = ({header}: Trace, {conversation}: PacketRecord): LabelPart[] => {
  const sign = conversationSign(header, conversation);
  if (sign === undefined) return [];
  const dropRank = sign.startsWith('#') ? 0 : flagRank + 1;
  return [{kind: 'conversation', name: '', value: sign, hidden: false, dropRank}];
};

export const labelOf = (trace: Trace, packet: PacketRecord, options: LabelOptions): LabelPart[] => [
  ...conversationPart(trace, packet),
  ...packetParts(trace, packet, options),
];

const packetParts = (trace: Trace, packet: PacketRecord, options: LabelOptions): LabelPart[] => {
  const segment = segmentOf(packet);
  const numbers = numbersOf(trace, packet, options.relative);
  if (!segment || !numbers) {
    return otherParts(trace, packet, options);
  }
  const {questions} = options;
  const answers = answersTo(questions.filter(({hides}) => hides?.packet === packet.id));
  const flags = flagNames(segment).join(',') || '-';
  const hideFlags = asks(questions, packet.id, 'flags');
  const pureAck = flags === 'ACK' && segment.payload.length === 0;
  const part = (kind: 'seq' | 'ack' | 'len', value: number, dropRank: number): LabelPart => ({
    kind,
    name: `${kind}=`,
    value: String(value),
    hidden: asks(questions, packet.id, kind) || answers.includes(String(value)),
    dropRank,
  });
  const said =
    segment.payload.length > 0
      ? (tlsHttpPart(trace, packet, questions) ??
        httpPart(trace, packet, questions) ??
        tlsPart(trace, {segment, packet: packet.id}, options))
      : undefined;
  const parts: LabelPart[] = [];
  if (said) parts.push(said);
  if (!said || hideFlags || !usual.test(flags))
    parts.push({kind: 'flags', name: '', value: flags, hidden: hideFlags, dropRank: 0});
  parts.push(part('seq', numbers.seq, pureAck || said ? 2 : 0));
  // The number would tell that the ACK flag is set.
  if (hasFlag(segment, 'ACK') && !hideFlags) parts.push(part('ack', numbers.ack, pureAck ? 0 : said ? 3 : 2));
  if (segment.payload.length > 0) parts.push(part('len', segment.payload.length, 1));
  // What a duplicate ACK is sent for; its seq says less.
  const sack = pureAck ? sackPart(segment, numbers, answersTo(questions)) : undefined;
  if (sack) parts.push(sack);
  return parts;
};
