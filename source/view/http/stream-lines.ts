// Shows both directions of a TCP connection or QUIC stream as lines in the order of arrival, each with the packet that carried it.

import {http2PartAt} from '../../account/http2-parts.ts';
import {carriedText} from '../../account/notation.ts';
import {websocketPartAt} from '../../account/websocket-parts.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {Connection, Side, Told} from '../../observe/connections.ts';
import type {SeenHttp2Frame} from '../../observe/http2-connection.ts';
import {framesIn, type Http2Place, http2PlaceAt} from '../../observe/http2-reading.ts';
import {programStreamsIn} from '../../observe/program-streams.ts';
import {quicContentOf, quicStreamOf, quicStreamsIn} from '../../observe/quic-in-trace.ts';
import type {Piece} from '../../observe/reassembly.ts';
import {endOf} from '../../observe/stream-bytes.ts';
import {type WebSocketPlace, websocketPlaceAt} from '../../observe/websocket-reading.ts';
import type {Trace} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import {frameHeaderSize} from '../../wire/http2/frame.ts';
import {oncePer} from '../../wire/once-per.ts';
import {decodeUtf8} from '../../wire/utf8.ts';
import {handWords} from '../../words/catalogue/hands.ts';
import {streamTexts, streamWords} from '../../words/catalogue/stream.ts';
import {eyeHands} from '../../words/hands.ts';
import {terminal} from '../../words/written.ts';
import {lastSeen} from '../seen.ts';
import {hiddenFieldsOf, selectedPacket, type View} from '../view.ts';
import {hexRows, isPrintable} from './octet-text.ts';

// The functions below write the lines of HTTP/2 data: each frame, with its header fields or its content below it.

type Row = {readonly kind: 'text' | 'hex'; readonly text: string};

const indent = '  ';

/**
 * Returns the rows below an HTTP/2 frame: its header fields if the header block ends in this part of the stream, or the content that lies
 * in the part.
 */
const inside = (
  {start: from, end: to, body, block}: SeenHttp2Frame,
  {start, end}: Http2Place,
  content: (from: number, to: number) => readonly Row[],
): readonly Row[] => {
  if (block?.read && to <= end)
    return block.read.fields.map(({name, value}) => ({
      ...{kind: 'text', text: `${indent}${terminal.text(`${name}: ${value}`)}`},
    }));
  if (body?.kind !== 'DATA') return [];
  const first = Math.max(start, from + frameHeaderSize + body.content.start);
  const last = Math.min(end, from + frameHeaderSize + body.content.end);
  return first < last ? content(first, last) : [];
};

/** Returns the rows of HTTP/2 frames in a part of the stream; `content` makes rows of the bytes between two offsets. */
const frameRows = (
  place: Http2Place,
  language: Language,
  content: (from: number, to: number) => readonly Row[],
): readonly Row[] => {
  const parts = http2PartAt(place)?.frames ?? [];
  const frames = framesIn(place);
  const hand = eyeHands[language];
  return parts.flatMap((part, at) => {
    const text = carriedText({kind: 'http2', frames: [part]}, {...hand, start: (words) => words});
    // The client's connection preface has a row but is not an HTTP/2 frame, so the index of a row and that of its frame may differ by one.
    const seen = frames[at - (parts.length - frames.length)];
    return [{kind: 'text', text}, ...(seen ? inside(seen, place, content) : [])] as const;
  });
};

/** Returns a row for each WebSocket frame in a part of a TCP stream. */
const socketRows = (place: WebSocketPlace, language: Language): readonly Row[] =>
  (websocketPartAt(place)?.frames ?? []).map((frame) => ({
    kind: 'text',
    text: carriedText({kind: 'websocket', frames: [frame]}, eyeHands[language]),
  }));

/** The state of the stream panel; the marked `line` is kept as long as the same packet is selected. */
export type StreamOwn = {readonly packet: number; readonly line: number};

export type StreamLine = {
  readonly side: Side;
  /** The number of the packet that carried this line of the stream; undefined for missing bytes. */
  readonly packet: number | undefined;
  /** True if this line of the stream is the first one from its packet. */
  readonly first: boolean;
  readonly kind: 'text' | 'hex' | 'note';
  readonly text: string;
  readonly arrived: boolean;
  readonly hidden: boolean;
};

export type ShownStream = {
  readonly connection: Connection;
  /** The id of the QUIC stream that is shown; undefined for a TCP connection. */
  readonly stream: number | undefined;
  /** The lines of the stream panel: of the piece of data with the mark, and of the pieces around it. */
  readonly lines: readonly StreamLine[];
  readonly marked: number;
  /** The number of pieces of data in the stream before the first line shown (`before`) and after the last one (`after`). */
  readonly before: number;
  readonly after: number;
  /** The number of bytes of the stream that have arrived from each of its two ends. */
  readonly bytes: readonly [number, number];
};

/** Returns the title of the stream panel; for QUIC it names the stream. */
export const streamTitle = ({stream}: ShownStream): Text =>
  stream === undefined ? streamTexts.title : worded(handWords.stream, {numbers: String(stream)});

/** The number of pieces of data on either side of the marked piece that are turned into lines. */
const around = 40;

const hasData = ({sent}: Connection): boolean => sent.some(({piece}) => piece.kind === 'bytes');

export const streamsIn = oncePer((trace: Trace): readonly Connection[] => {
  return [...programStreamsIn(trace).all, ...quicStreamsIn(trace)].filter(hasData);
});

type Shown = Told & {readonly arrived: boolean};

const untilEvent = (told: readonly Told[], event: number): readonly Told[] =>
  told.slice(
    0,
    bisect(told.length, (index) => (told[index]?.event ?? 0) > event),
  );

/**
 * Returns the pieces of data of a stream that have arrived, in the order of arrival, and then those that were sent but have not arrived
 * yet.
 */
const piecesAt = ({sent, arrived}: Connection, event: number): readonly Shown[] => {
  const come = untilEvent(arrived, event);
  const ends = [0, 0];
  for (const {side, piece} of come) ends[side] = endOf(piece);
  const flying = untilEvent(sent, event).flatMap((told): readonly Shown[] => {
    const {piece, side} = told;
    const end = ends[side] ?? 0;
    if (piece.kind !== 'bytes' || endOf(piece) <= end) return [];
    const start = Math.max(piece.start, end);
    const rest: Piece = {...piece, start, bytes: piece.bytes.subarray(start - piece.start)};
    return [{...told, piece: rest, arrived: false}];
  });
  return [...come.map((told) => ({...told, arrived: true})), ...flying];
};

const textRows = (bytes: Uint8Array): readonly string[] => {
  const text = decodeUtf8(bytes);
  const rows = text.replace(/\n$/, '').split('\n');
  return rows.map((row) => terminal.text(row.replace(/\r$/, '').replaceAll('\t', '    ')));
};

type Rows = {readonly kind: Row['kind']; readonly rows: readonly string[]};
const byteRows = oncePer((bytes: Uint8Array): Rows => {
  if (isPrintable(bytes)) return {kind: 'text', rows: textRows(bytes)};
  return {kind: 'hex', rows: hexRows(bytes)};
});

const packetOf = ({piece}: Told): number | undefined => (piece.kind === 'hole' ? undefined : piece.frame);

/** Tells whether an open question asks for a field above TCP in this packet, which the bytes in the stream panel would show. */
const isAsked = (view: View, packet: number | undefined): boolean =>
  packet !== undefined &&
  hiddenFieldsOf(view, packet).some((field) => !/^(tcp|ip|ipv6|eth)\.|^flags$/.test(field));

/** Returns a piece of a stream's data as rows: HTTP/2 or WebSocket frames, or otherwise its octets. */
const rowsOf = (
  connection: Connection,
  {side, piece}: {readonly side: Side; readonly piece: Extract<Piece, {kind: 'bytes'}>},
  language: Language,
): readonly Row[] => {
  const {start, bytes} = piece;
  const stretch = {connection, side, start, end: start + bytes.length};
  const place = http2PlaceAt(stretch);
  const socket = place ? undefined : websocketPlaceAt(stretch);
  if (socket) return socketRows(socket, language);
  const octets = (from: number, to: number): readonly Row[] => {
    const {kind, rows} = byteRows(place ? bytes.subarray(from - start, to - start) : bytes);
    return rows.map((text) => ({kind, text}));
  };
  return place ? frameRows(place, language, octets) : octets(start, start + bytes.length);
};

const linesOf = (view: View, connection: Connection, shown: Shown): readonly StreamLine[] => {
  const {side, piece, arrived} = shown;
  const {language} = view;
  const packet = packetOf(shown);
  const line = (kind: StreamLine['kind'], text: string, nth = 0, hidden = false): StreamLine => ({
    ...{side, packet, first: nth === 0, kind, text, arrived, hidden},
  });
  if (piece.kind === 'end') return [line('note', streamTexts.end[language])];
  if (piece.kind === 'hole')
    return [line('note', streamWords.missing[language]({bytes: piece.end - piece.start}))];
  if (isAsked(view, packet)) return [line('text', '', 0, true)];
  const rows = rowsOf(connection, {side, piece}, language);
  return rows.map(({kind, text}, nth) => line(kind, text, nth));
};

/**
 * Returns the TCP connection or QUIC stream of the selected packet if it carries data, or else the newest one that carries data; undefined
 * if there is none yet.
 */
const connectionAt = (view: View, event: number): Connection | undefined => {
  const {trace} = view.input;
  const packet = selectedPacket(view);
  const own =
    packet === undefined
      ? undefined
      : (programStreamsIn(trace).carriedBy(packet)?.connection ?? quicStreamOf(trace, packet));
  if (own && hasData(own)) return own;
  const begun = streamsIn(trace).filter(({sent}) => (sent[0]?.event ?? Number.POSITIVE_INFINITY) <= event);
  return begun.at(-1);
};

/** Returns the index of the piece of data from this packet, or else of the last piece from an earlier packet. */
const pieceOf = (pieces: readonly Shown[], packet: number | undefined): number => {
  if (packet === undefined) return 0;
  const own = pieces.findIndex((each) => packetOf(each) === packet);
  return own >= 0
    ? own
    : Math.max(
        0,
        pieces.findLastIndex((each) => (packetOf(each) ?? packet) < packet),
      );
};

const bytesFrom = (pieces: readonly Shown[], side: Side): number =>
  pieces.reduce(
    (sum, {side: from, piece, arrived}) =>
      from === side && arrived && piece.kind === 'bytes' ? sum + piece.bytes.length : sum,
    0,
  );

export const shownStream = (view: View, own: StreamOwn): ShownStream | undefined => {
  const {trace} = view.input;
  const event = lastSeen(view);
  const connection = connectionAt(view, event);
  if (!connection) return undefined;
  const pieces = piecesAt(connection, event);
  const packet = selectedPacket(view);
  const at = pieceOf(pieces, packet);
  const from = Math.max(0, at - around);
  const window = pieces.slice(from, at + around + 1);
  const parts = window.map((piece) => linesOf(view, connection, piece));
  const first = parts.slice(0, at - from).reduce((sum, rows) => sum + rows.length, 0);
  const inside = packet !== undefined && own.packet === packet ? own.line : 0;
  const marked = pieces[at] && packetOf(pieces[at]);
  // A FIN in the segment with the last data is a piece of its own, but its lines count as part of that segment.
  const rest = parts.slice(at - from).flat();
  const other = rest.findIndex(({packet: brings}) => brings !== marked);
  const rows = other < 0 ? rest.length : other;
  return {
    connection,
    stream: quicContentOf(trace, connection)?.stream.id,
    lines: parts.flat(),
    marked: first + Math.max(0, Math.min(rows - 1, inside)),
    before: from,
    after: pieces.length - from - window.length,
    bytes: [bytesFrom(pieces, 0), bytesFrom(pieces, 1)],
  };
};
