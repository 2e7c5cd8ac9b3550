// Writes the labels of packets in the ladder: flags, numbers, length, content, and which of them is left out first if there is little room.

import {eyesOf, isAwaited, isOverheard, withoutSecrets} from '../../account/eyes.ts';
import {frameParts} from '../../account/frame-parts.ts';
import {httpPartIn} from '../../account/http-parts.ts';
import {http2PartIn, messagesOnly} from '../../account/http2-parts.ts';
import {lettersIn} from '../../account/letters.ts';
import {carriedText, type Hand, partsText} from '../../account/notation.ts';
import {openedParts, saysChange} from '../../account/opened-parts.ts';
import {verdictOn} from '../../account/own-turns.ts';
import {conversationSign, ipPacketOf, segmentOf} from '../../account/packet.ts';
import type {CarriedPart, OpenedPart, QuicPart, TlsPart} from '../../account/part.ts';
import {quicPartOf} from '../../account/quic-parts.ts';
import {tlsPartsIn} from '../../account/tls-parts.ts';
import {websocketPartIn} from '../../account/websocket-parts.ts';
import type {Language} from '../../lesson/text.ts';
import {relativeNumbers} from '../../sim/relative.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {dnsIn} from '../../wire/dns/carried.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {flagNames, hasFlag, type TcpFlagName, type TcpSegment} from '../../wire/tcp.ts';
import {sackBlocksOf} from '../../wire/tcp-options.ts';
import {byHandTexts} from '../../words/catalogue/by-hand.ts';
import {eyeHands} from '../../words/hands.ts';
import {cut, textWidth} from '../../words/width.ts';
import {answersTo, type Question} from '../time/waypoints.ts';
import {dnsLabel, isDnsField} from './dns-label.ts';
import {flagRank, type LabelPart, whole} from './label-part.ts';
import {quicForms} from './quic-forms.ts';
import {shorterWords} from './shorter-words.ts';
import {streamOf} from './stream-colour.ts';
import {isWindowNews, windowText} from './window-told.ts';

type Numbers = {readonly seq: number; readonly ack: number};

export const numbersOf = (trace: Trace, packet: PacketRecord, relative: boolean): Numbers | undefined => {
  const segment = segmentOf(packet);
  if (!segment) return undefined;
  return (relative ? relativeNumbers(trace, packet.id) : undefined) ?? {seq: segment.seq, ack: segment.ack};
};

/** Tells whether any of the questions about this packet asks for a label's part of this kind, such as `ack` or `window_size`. */
const asks = (questions: readonly Question[], packet: number, kind: string): boolean =>
  questions.some(
    ({hides}) =>
      hides?.packet === packet &&
      hides.fields.some((field) => field === kind || field.startsWith(`tcp.${kind}`)),
  );

/**
 * Returns the part with the first SACK block, which is the newest (RFC 2018 §4); an ellipsis shows that there are more. undefined without
 * SACK.
 */
const sackPart = (
  {options, ack}: TcpSegment,
  numbers: Numbers,
  answers: readonly string[],
): LabelPart | undefined => {
  const blocks = sackBlocksOf(options);
  const [block] = blocks;
  if (!block) return undefined;
  const edge = (at: Seq): string => {
    const text = String((numbers.ack + seqDiff(at, ack)) >>> 0);
    return answers.includes(text) ? '?' : text;
  };
  const value = `${edge(block.left)}-${edge(block.right)}${blocks.length > 1 ? '…' : ''}`;
  return {...whole, kind: 'sack', name: 'SACK ', value, dropRank: 1};
};

/**
 * The rank by which the TCP window is left out of a label that is too long: later than other parts, because it is only shown if it matters.
 */
const windowRank = 0.5;

/**
 * Returns the part of a segment's label with the TCP window; undefined if the window is not worth showing. It is hidden if an open question
 * may ask for the field, or for a host's variable with the same value.
 */
const windowPart = (
  trace: Trace,
  packet: number,
  {questions, windows}: LabelOptions,
): LabelPart | undefined => {
  const asked = asks(questions, packet, 'window_size');
  if (!asked && !windows?.has(packet) && !isWindowNews(trace, packet)) return undefined;
  const value = windowText(trace, packet);
  if (value === undefined) return undefined;
  const related = questions.filter(
    ({hides}) => hides?.packet === packet || hides?.fields.some((field) => field.endsWith('.wnd')),
  );
  const hidden = asked || answersTo(related).includes(value);
  return {kind: 'win', name: 'win=', value, hidden, dropRank: windowRank};
};

type Records = Extract<CarriedPart, {kind: 'records'}>;

/** Tells whether a TLS record is encrypted. A label shows the decrypted content of such a record if there is any. */
const isSealed = (part: TlsPart): boolean =>
  part.says === 'data' ||
  part.says === 'piece' ||
  part.says === 'handshake' ||
  (part.says === 'alert' && part.description === undefined);

/** Returns TLS records without the version in a hello that comes first. */
const unversioned = (records: readonly TlsPart[]): readonly TlsPart[] =>
  records.map((part, index) => (index === 0 && part.says === 'hello' ? {...part, version: undefined} : part));

/**
 * Returns what a segment's TLS records say; encrypted ones are replaced by their content if the secrets are known. undefined without TLS.
 */
const recordsSaid = (trace: Trace, packet: number, segment: TcpSegment): Records | undefined => {
  const records = tlsPartsIn(trace, packet, segment);
  if (records.length === 0) return undefined;
  const opened = openedParts(trace, packet);
  const clear = records.filter((part) => !isSealed(part) || opened.length === 0);
  const noted = clear.filter(({says}) => says !== 'change' || saysChange(trace, packet));
  const said = {kind: 'records', protocol: false, opened} as const;
  if (opened.length > 0) return {...said, records: unversioned(noted)};
  if (isOverheard(trace))
    return {
      ...said,
      records: noted.length > 0 ? unversioned(noted) : [{kind: 'tls', says: 'change', begins: false}],
    };
  if (noted.length === 0 || noted.length === records.length) return {...said, protocol: true, records};
  return {...said, records: noted};
};

type Readable = Pick<LabelPart, 'open'>;

/** Tells whether the run is seen through the eyes of one of its hosts, for which readable data need no mark. */
const isEnd = (trace: Trace): boolean => typeof eyesOf(trace) !== 'string';

const inClear = (trace: Trace): Readable => (isOverheard(trace) && !isEnd(trace) ? {open: true} : {});

const readable = (trace: Trace, {records, opened}: Records): Readable => {
  const open = opened.length > 0 || records.some((part) => !isSealed(part));
  return isOverheard(trace) && !(open && isEnd(trace)) ? {open} : {};
};

/** The most columns of a label's words on TLS records or frames. */
const mostTlsColumns = 40;

/** Returns decrypted content without the HTTP/2 frames that only keep the connection going. */
const withMessagesOnly = (opened: readonly OpenedPart[]): readonly OpenedPart[] =>
  opened.map((each) => ({
    ...each,
    parts: each.parts.map((part) => (part.kind === 'http2' ? (messagesOnly(part) ?? part) : part)),
  }));

/**
 * Returns the forms of a label's words on TLS records, from the whole to the shortest: shorter forms leave out what other packets of the
 * connection say, or what follows from the rest.
 */
const formsOf = (said: Records, hand: Hand): readonly string[] => {
  const short = {...hand, change: 'CCS'};
  const bare = {...short, site: (name: string) => ` (${name})`};
  const [first] = said.records;
  const names = first?.says === 'hello' || first?.says === 'message';
  const nameless = {...said, protocol: said.protocol && !names, records: unversioned(said.records)};
  const flight = said.opened[0]?.keys === 'handshake';
  const last = nameless.records.at(-1)?.says === 'change' ? nameless.records.slice(0, -1) : nameless.records;
  const forms = [
    carriedText(said, hand),
    carriedText(said, short),
    carriedText(nameless, bare),
    carriedText({...nameless, opened: withMessagesOnly(nameless.opened)}, bare),
    ...(flight ? [carriedText({...nameless, records: last}, bare)] : []),
  ];
  return [...new Set(forms)];
};

const flightOf = (said: Records, language: Language): Pick<LabelPart, 'value' | 'said' | 'shorter'> => {
  const hand = eyeHands[language];
  const forms = formsOf(said, hand);
  const fitting = forms.filter((form) => textWidth(form) <= mostTlsColumns);
  const [first = forms.at(-1) ?? '', ...shorter] = fitting;
  return {value: cut(first, mostTlsColumns), said, shorter};
};

/**
 * Returns the part of a segment's label on its TLS records; undefined without any. Its words also tell lengths, so it is undefined if a
 * question is about the packet.
 */
const tlsPart = (
  trace: Trace,
  {segment, packet}: {readonly segment: TcpSegment; readonly packet: number},
  {questions, language = 'en'}: LabelOptions,
): LabelPart | undefined => {
  const asked = questions.some(({hides}) => hides?.packet === packet);
  const said = asked ? undefined : recordsSaid(trace, packet, segment);
  if (!said) return undefined;
  return {
    ...whole,
    kind: 'tls',
    ...flightOf(said, language),
    ...readable(trace, said),
    stream: streamOf(said),
  };
};

export type LabelOptions = {
  /** True if packet labels show TCP's sequence numbers relative to the initial ones, false for absolute numbers. */
  readonly relative: boolean;
  readonly questions: readonly Question[];
  /**
   * The numbers of the packets whose TCP window the lesson's narration or questions mention, and whose labels therefore show it. @default
   * none
   */
  readonly windows?: ReadonlySet<number>;
  /** The language of the words in packet labels. @default en */
  readonly language?: Language;
};

const quicLabel = (part: QuicPart, hand: Hand): LabelPart => {
  const [value, ...shorter] = quicForms(part, hand);
  return {...whole, kind: 'other', value, stream: streamOf(part), shorter};
};

/** Returns the label of a packet that is no TCP segment, such as DNS, QUIC, ICMP or ARP. */
const otherParts = (
  trace: Trace,
  packet: PacketRecord,
  {questions, language = 'en'}: LabelOptions,
): LabelPart[] => {
  const transport = ipPacketOf(packet)?.transport;
  const [message] = transport ? dnsIn(transport) : [];
  if (message) {
    const asked = questions.flatMap(({hides}) => (hides?.packet === packet.id ? hides.fields : []));
    const [words, ...flags] = dnsLabel(message, asked.filter(isDnsField), language);
    return words ? [{...words, ...inClear(trace)}, ...flags] : flags;
  }
  const quic = quicPartOf(trace, packet.id);
  if (quic) return [quicLabel(quic, eyeHands[language])];
  const parts = packet.frame ? frameParts(packet.frame) : [];
  const value = packet.frame ? partsText(parts, eyeHands[language]) : `${packet.originalLength} B`;
  return [{...whole, kind: 'other', value, shorter: shorterWords(parts, language)}];
};

/** Tells whether a question about any of these packets asks for a field of HTTP. */
export const asksForHttp = (questions: readonly Question[], packets: readonly number[]): boolean =>
  questions.some(
    ({hides}) =>
      hides !== undefined &&
      hides.packet !== undefined &&
      packets.includes(hides.packet) &&
      hides.fields.some((field) => field.startsWith('http.')),
  );

/** Tells whether a segment with data has only the usual flags, ACK and perhaps PSH. */
const isUsual = (flags: readonly TcpFlagName[]): boolean =>
  flags.includes('ACK') && flags.every((flag) => flag === 'ACK' || flag === 'PSH');

/** Returns the part of a packet's label on the HTTP/1 message that begins or continues in it; undefined without HTTP. */
const httpPart = (
  trace: Trace,
  packet: PacketRecord,
  {questions, language = 'en'}: LabelOptions,
): LabelPart | undefined => {
  const found = httpPartIn(trace, packet.id);
  if (!found) return undefined;
  const hidden = asksForHttp(questions, [packet.id, found.begins]);
  const value = carriedText(found.part, eyeHands[language]);
  return {...whole, kind: 'http', value, said: found.part, ...inClear(trace), hidden};
};

/**
 * Returns the part of a label on unencrypted HTTP/2 or WebSocket frames; undefined without any. Its words also tell lengths, so it is
 * undefined if a question is about the packet.
 */
const framesPart = (
  trace: Trace,
  packet: number,
  {questions, language = 'en'}: LabelOptions,
): LabelPart | undefined => {
  const asked = questions.some(({hides}) => hides?.packet === packet);
  // Decrypted frames are shown with the TLS records instead.
  const said =
    asked || openedParts(trace, packet).length > 0
      ? undefined
      : (http2PartIn(trace, packet) ?? websocketPartIn(trace, packet));
  if (!said) return undefined;
  const forms = [said, (said.kind === 'http2' && messagesOnly(said)) || []]
    .flat()
    .map((part) => carriedText(part, eyeHands[language]));
  const [value = '', ...shorter] = forms.map((form) => cut(form, mostTlsColumns));
  return {...whole, kind: 'http', value, said, stream: streamOf(said), shorter, ...inClear(trace)};
};

/**
 * Returns the part of a label that shows a segment's data as text; undefined if the data are long or no text. The text also reveals the
 * length, so it is undefined if a question is about the packet.
 */
const lettersPart = (
  trace: Trace,
  {payload}: TcpSegment,
  packet: number,
  {questions}: LabelOptions,
): LabelPart | undefined => {
  const letters = lettersIn(trace, payload);
  if (letters === undefined || questions.some(({hides}) => hides?.packet === packet)) return undefined;
  return {...whole, kind: 'letters', value: `"${letters}"`, dropRank: 1};
};

/**
 * Returns the part of a packet's label on an HTTP/1 message in decrypted TLS, together with the TLS records; undefined for other packets.
 */
const tlsHttpPart = (trace: Trace, packet: PacketRecord, options: LabelOptions): LabelPart | undefined => {
  const isInside = openedParts(trace, packet.id).length > 0;
  const part = isInside ? httpPart(trace, packet, options) : undefined;
  const segment = segmentOf(packet);
  const said = segment && recordsSaid(trace, packet.id, segment);
  return part && said && {...part, ...flightOf(said, options.language ?? 'en')};
};

/**
 * Returns the part of a label with the sign of the packet's conversation; empty if the capture has only one. The number of a UDP
 * conversation is left out early, because the content shows which packets belong together.
 */
const conversationPart = ({header}: Trace, {conversation}: PacketRecord): LabelPart[] => {
  const sign = conversationSign(header, conversation);
  if (sign === undefined) return [];
  const dropRank = sign.startsWith('#') ? 0 : flagRank + 1;
  return [{...whole, kind: 'conversation', value: sign, dropRank}];
};

export const labelOf = (trace: Trace, packet: PacketRecord, options: LabelOptions): LabelPart[] => [
  ...conversationPart(trace, packet),
  ...packetParts(trace, packet, options),
  // The label of a segment that the learner, and not the simulated host, has sent says so.
  ...(verdictOn(trace, packet.id)
    ? [{...whole, kind: 'other' as const, value: byHandTexts.yours[options.language ?? 'en']}]
    : []),
];

/** Returns a label's parts as one line of text. */
export const labelText = (label: readonly LabelPart[]): string =>
  label.map(({name, value}) => name + value).join(' ');

/**
 * Returns a packet's label as it is after event `n`: while the packet is under way, a receiving observer does not know its encrypted
 * content yet.
 */
export const labelAt = (
  trace: Trace,
  packet: PacketRecord,
  n: number,
  options: LabelOptions,
): LabelPart[] => {
  const isUnread = isAwaited(trace, packet, n) && openedParts(trace, packet.id).length > 0;
  return labelOf(isUnread ? withoutSecrets(trace, n) : trace, packet, options);
};

const packetParts = (trace: Trace, packet: PacketRecord, options: LabelOptions): LabelPart[] => {
  const segment = segmentOf(packet);
  const numbers = numbersOf(trace, packet, options.relative);
  if (!segment || !numbers) return otherParts(trace, packet, options);
  const {questions} = options;
  const answers = answersTo(questions.filter(({hides}) => hides?.packet === packet.id));
  const flags = flagNames(segment);
  const hideFlags = asks(questions, packet.id, 'flags');
  const pureAck = flags.join() === 'ACK' && segment.payload.length === 0;
  const part = (kind: 'seq' | 'ack' | 'len', value: number, dropRank: number): LabelPart => ({
    kind,
    name: `${kind}=`,
    value: String(value),
    hidden: asks(questions, packet.id, kind) || answers.includes(String(value)),
    dropRank,
  });
  const said =
    segment.payload.length > 0
      ? (tlsHttpPart(trace, packet, options) ??
        httpPart(trace, packet, options) ??
        framesPart(trace, packet.id, options) ??
        tlsPart(trace, {segment, packet: packet.id}, options))
      : undefined;
  const parts: LabelPart[] = [];
  if (said) parts.push(said);
  if (!said || hideFlags || !isUsual(flags))
    parts.push({...whole, kind: 'flags', value: flags.join(',') || '-', hidden: hideFlags});
  parts.push(part('seq', numbers.seq, pureAck || said ? 2 : 0));
  // While a question hides the flags, the acknowledgment number is not shown, because it would reveal that the ACK flag is set.
  if (hasFlag(segment, 'ACK') && !hideFlags) parts.push(part('ack', numbers.ack, pureAck ? 0 : said ? 3 : 2));
  const letters = said ? undefined : lettersPart(trace, segment, packet.id, options);
  // While a question hides the flags, the window is not shown either, because it would reveal that the ACK flag is set.
  const window = hideFlags ? undefined : windowPart(trace, packet.id, options);
  if (window) parts.push(window);
  // A short text's letters can be counted, so its length is left out before other lengths.
  if (segment.payload.length > 0) parts.push(part('len', segment.payload.length, letters ? 1.5 : 1));
  if (letters) parts.push(letters);
  // An ACK without data shows its first SACK block, for which a duplicate ACK is sent; its sequence number says less.
  const sack = pureAck ? sackPart(segment, numbers, answersTo(questions)) : undefined;
  if (sack) parts.push(sack);
  return parts;
};
