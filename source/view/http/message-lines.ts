// Writes an HTTP message as lines: start line, fields, content as text or in hex. Parts that have not arrived are marked (RFC 9112 §2.1).
import {worded} from '../../lesson/text.ts';
import type {Reading, SeenMessage} from '../../observe/http-exchanges.ts';
import {bytesOf, missingIn, packetsOf} from '../../observe/stream-bytes.ts';
import {spansOf} from '../../observe/stream-messages.ts';
import {combinedValue} from '../../wire/http/field-lines.ts';
import type {Span} from '../../wire/http/grammar.ts';
import {startLineText} from '../../wire/http/start-line.ts';
import {decodeUtf8} from '../../wire/utf8.ts';
import {handWords} from '../../words/catalogue/hands.ts';
import {messageTexts, messageWords} from '../../words/catalogue/message.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {packetList} from '../../words/message.ts';
import {terminal} from '../../words/written.ts';
import {answersTo} from '../time/waypoints.ts';
import {hiddenFieldsOf, type View} from '../view.ts';
import {hexBytes, hexRows, isPrintable} from './octet-text.ts';

export type MessageLine = {
  readonly kind: 'heading' | 'start' | 'field' | 'note' | 'text' | 'hex';
  /** The name of the HTTP header field in this line; empty if the line is no header field. */
  readonly name: string;
  readonly text: string;
  /** True if the receiver has received this line of the HTTP message. */
  readonly arrived: boolean;
  /** True if an open question asks for this line of the HTTP message, so that it is shown blank. */
  readonly hidden: boolean;
  /** The numbers of the packets that carry this line of the HTTP message. */
  readonly packets: readonly number[];
};

/** The number of bytes of an HTTP message's content that are shown; further bytes are only counted. */
const mostContent = 16_384;

type Source = {
  readonly view: View;
  readonly reading: Reading;
  readonly message: SeenMessage;
  /** The names of the fields for which open questions ask in the packets of this HTTP message. */
  readonly asked: readonly string[];
};

const directionOf = ({reading, message}: Source) => reading.directions[message.side];

const line = (
  source: Source,
  {kind, name = '', text, hidden = false}: Pick<MessageLine, 'kind' | 'text'> & Partial<MessageLine>,
  span?: Span,
): MessageLine => {
  const direction = directionOf(source);
  return {
    kind,
    name: terminal.text(name),
    text: terminal.text(text),
    arrived: span === undefined || span.end <= direction.arrived,
    hidden,
    packets: span === undefined ? [] : packetsOf(direction, span),
  };
};

/** Returns Wireshark's name for a header field of HTTP: `Set-Cookie` becomes `http.set_cookie`. */
export const packetFieldOf = (name: string): string => `http.${name.toLowerCase().replaceAll('-', '_')}`;

/**
 * Tells whether a question asks for an HTTP header field. `http.content_length` and `http.content_length_header` both mean
 * `Content-Length`.
 */
const asksForField = (asked: readonly string[], name: string): boolean => {
  const row = packetFieldOf(name);
  return asked.some((field) => field === row || field.startsWith(`${row}_`));
};

const startLine = (source: Source): MessageLine => {
  const {start} = source.message.head;
  const kind = start.kind;
  const hidden = source.asked.some(
    (field) => field.startsWith(`http.${kind}`) && !field.endsWith('.line') && field !== `http.${kind}`,
  );
  return line(source, {kind: 'start', text: startLineText(start), hidden}, start.span);
};

const fieldLines = (source: Source, fields: SeenMessage['trailers']): readonly MessageLine[] => {
  const answers = answersTo(source.view.hidden);
  return fields.map(({name, value, span}) => {
    const hidden = asksForField(source.asked, name) || answers.includes(value);
    return line(source, {kind: 'field', name, text: value, hidden}, span);
  });
};

const lengthOf = (spans: readonly Span[], until = Number.POSITIVE_INFINITY): number =>
  spans.reduce((sum, {start, end}) => sum + Math.max(0, Math.min(end, until) - start), 0);

/**
 * Returns where a part of an HTTP message's content lies in the byte stream. Size lines of chunks may lie within that part of the stream.
 */
const streamSpan = (spans: readonly Span[], {start, end}: Span): Span => {
  let before = 0;
  let first: number | undefined;
  let last = 0;
  for (const span of spans) {
    const size = span.end - span.start;
    if (start < before + size && end > before) {
      first ??= span.start + Math.max(0, start - before);
      last = span.start + Math.min(size, end - before);
    }
    before += size;
  }
  return {start: first ?? 0, end: last};
};

const contentBytes = (source: Source): Uint8Array => {
  const bytes = new Uint8Array(Math.min(mostContent, lengthOf(source.message.content)));
  let at = 0;
  for (const {start, end} of source.message.content) {
    const room = Math.min(end - start, bytes.length - at);
    if (room <= 0) break;
    bytes.set(bytesOf(directionOf(source), {start, end: start + room}), at);
    at += room;
  }
  return bytes;
};

const textTypes = /^(text\/|application\/(.*\+)?(json|xml|javascript|x-www-form-urlencoded))/i;
/** Tells whether the content of an HTTP message can be shown as text, by its media type or its octets; false for compressed content. */
const isText = ({message}: Source, bytes: Uint8Array): boolean => {
  const {fields} = message.head;
  if (combinedValue(fields, 'Content-Encoding') !== undefined) return false;
  if (textTypes.test(combinedValue(fields, 'Content-Type') ?? '')) return true;
  return isPrintable(bytes);
};

const textLines = (source: Source, bytes: Uint8Array): readonly MessageLine[] => {
  const lines: MessageLine[] = [];
  for (let start = 0; start < bytes.length; ) {
    const lf = bytes.indexOf(0x0a, start);
    const end = lf < 0 ? bytes.length : lf + 1;
    const text = decodeUtf8(bytes.subarray(start, end))
      .replace(/\r?\n$/, '')
      .replaceAll('\t', '    ');
    lines.push(line(source, {kind: 'text', text}, streamSpan(source.message.content, {start, end})));
    start = end;
  }
  return lines;
};

const hexLines = (source: Source, bytes: Uint8Array): readonly MessageLine[] =>
  hexRows(bytes).map((text, index) => {
    const [start, end] = [index * hexBytes, Math.min(bytes.length, (index + 1) * hexBytes)];
    return line(source, {kind: 'hex', text}, streamSpan(source.message.content, {start, end}));
  });

/** Returns the note above an HTTP message's content: how many bytes have arrived, and how many there will be in all. */
const contentNote = (source: Source): string => {
  const {view, message} = source;
  const {language} = view;
  const direction = directionOf(source);
  const {framing, content, chunks, whole} = message;
  if (framing.by === 'none') return messageTexts.noContent[language];
  const all = lengthOf(content);
  const have = lengthOf(content, direction.arrived);
  const total =
    framing.by === 'length'
      ? framing.length
      : ((framing.by === 'stream' ? framing.length : undefined) ?? (whole ? all : undefined));
  const missing = content.reduce((sum, span) => sum + missingIn(direction, span), 0);
  const parts = [
    messageWords.content[language]({total, have}),
    ...(framing.by === 'chunked'
      ? [messageWords.chunks[language]({count: chunks.filter(({size}) => size > 0).length})]
      : []),
    ...(framing.by === 'close' && !whole ? [messageTexts.untilClose[language]] : []),
    ...(all > have ? [messageWords.onTheWay[language]({bytes: all - have})] : []),
    ...(total !== undefined && total > all && !direction.ended
      ? [messageWords.toCome[language]({bytes: total - all})]
      : []),
    ...(missing > 0 ? [messageWords.missing[language]({bytes: missing})] : []),
    ...(!whole && direction.ended ? [messageTexts.cutOff[language]] : []),
  ];
  return parts.join(punctuation.comma[language]);
};

const bodyLines = (source: Source): readonly MessageLine[] => {
  const {view, message} = source;
  const {language} = view;
  const answers = answersTo(view.hidden);
  const said = contentNote(source);
  // The note on the content is hidden if a question asks for the length of the content, because the note shows it.
  const hidden =
    asksForField(source.asked, 'Content-Length') ||
    answers.some((answer) => said.split(/\D+/).includes(answer));
  const note = line(source, {kind: 'note', text: said, hidden});
  const bytes = contentBytes(source);
  const left = lengthOf(message.content) - bytes.length;
  return [
    note,
    ...(isText(source, bytes) ? textLines(source, bytes) : hexLines(source, bytes)).map((each) =>
      answers.includes(each.text) ? {...each, hidden: true} : each,
    ),
    ...(left > 0 ? [line(source, {kind: 'note', text: messageWords.more[language]({bytes: left})})] : []),
  ];
};

/** Returns the names of the fields for which open questions ask in those packets that carry the head of an HTTP message. */
const askedFor = (view: View, reading: Reading, message: SeenMessage): readonly string[] =>
  view.hidden.length === 0
    ? []
    : packetsOf(reading.directions[message.side], message.headSpan).flatMap((packet) =>
        hiddenFieldsOf(view, packet),
      );

/** Returns the heading of an HTTP message: its kind, its packets and its stream; `stream` is undefined for HTTP/1. */
const headingOf = (source: Source, stream: number | undefined): string => {
  const {view, message} = source;
  const {language} = view;
  const {start} = message.head;
  const isInterim = start.kind === 'response' && start.status < 200;
  const word = messageTexts[isInterim ? 'interim' : start.kind][language];
  const packets = spansOf(message, stream).flatMap((span) => packetsOf(directionOf(source), span));
  const list = [...new Set(packets)].sort((a, b) => a - b);
  const parts = [
    word,
    stream === undefined ? undefined : worded(handWords.stream, {numbers: String(stream)})[language],
    messageWords.packets[language]({count: list.length, list: packetList(list, language)}),
  ];
  return parts.filter((part) => part !== undefined).join('  ');
};

/** Returns an HTTP message as lines, the heading first; `stream` is set for HTTP/2 and HTTP/3. */
export const messageLines = (
  view: View,
  reading: Reading,
  message: SeenMessage,
  stream?: number,
): readonly MessageLine[] => {
  const source: Source = {view, reading, message, asked: askedFor(view, reading, message)};
  const {language} = view;
  const {fields} = message.head;
  return [
    line(source, {kind: 'heading', text: headingOf(source, stream)}),
    startLine(source),
    ...fieldLines(source, fields),
    ...(message.headWhole
      ? bodyLines(source)
      : [
          line(source, {
            kind: 'note',
            text: messageTexts[directionOf(source).ended ? 'cutOff' : 'headOpen'][language],
          }),
        ]),
    ...fieldLines(source, message.trailers),
  ];
};
