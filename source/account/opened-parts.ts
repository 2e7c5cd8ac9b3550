// What is in the encrypted records that a packet completes, by the keys of RFC 9846 §2 that opened it. For whoever has the
// secrets: without them the records are only what they are.

import {type Carried, connectionsIn, mayBeRead} from '../observe/connections.ts';
import {http2PlaceAt} from '../observe/http2-reading.ts';
import {programPlace} from '../observe/program-streams.ts';
import type {Piece} from '../observe/reassembly.ts';
import {within} from '../observe/stream-bytes.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import type {TlsMessage} from '../observe/tls-messages.ts';
import {type TlsSession, tlsSessionOf} from '../observe/tls-sessions.ts';
import {websocketPlaceAt} from '../observe/websocket-reading.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {readRequestLine} from '../wire/http/start-line.ts';
import {oncePer} from '../wire/once-per.ts';
import {spokenMessage} from '../wire/tls/message-name.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import {isAwaited, isOverheard, withoutSecrets} from './eyes.ts';
import {httpPartIn, startPart} from './http-parts.ts';
import {http2PartAt} from './http2-parts.ts';
import type {Http2Part, Keys, OpenedPart, WebSocketPart} from './part.ts';
import {carriesRefused} from './refused-records.ts';
import {websocketPartAt} from './websocket-parts.ts';

const noOctets = new Uint8Array(0);

type Inside = OpenedPart['parts'][number];

type Said = {readonly part: Inside; readonly keys: Keys};

const afterHandshake: readonly string[] = ['new_session_ticket', 'key_update'];

const messageSaid = ({name}: TlsMessage): Said => ({
  part: {kind: 'tls', says: 'message', name: spokenMessage(name), begins: false},
  keys: afterHandshake.includes(name) ? 'application' : name === 'end_of_early_data' ? 'early' : 'handshake',
});

/** Early data that the server refused are no program's: what they would have asked for. */
const unheard = (content: Uint8Array): Inside => {
  const end = content.indexOf(0x0d);
  const span = {start: 0, end: Math.max(0, end)};
  const line = readRequestLine({text: decodeUtf8(content.subarray(0, span.end)), span});
  return line.ok ? startPart(line.value) : {kind: 'program'};
};

/** Of a record whose content is HTTP/2 or a WebSocket. */
export const framesInRecord = (
  trace: Trace,
  {connection}: TlsSession,
  {seen: {side}, type, start, content}: TlsContent,
): Http2Part | WebSocketPart | undefined => {
  if (type !== ContentType.application_data || !content?.length) return undefined;
  const end = start + content.length;
  const carried = programPlace(trace, {connection, side, start, end});
  const http2 = http2PlaceAt(carried);
  if (http2) return http2PartAt(http2);
  const socket = websocketPlaceAt(carried);
  return socket && websocketPartAt(socket);
};

/** By the packet that completes them: what was protected, and is no message or alert. */
const contentsByFrame = oncePer(({contents}: TlsSession): ReadonlyMap<number, readonly TlsContent[]> => {
  const byFrame = new Map<number, TlsContent[]>();
  for (const each of contents) {
    if (!each.encrypted || each.type !== ContentType.application_data || !each.content?.length) continue;
    const before = byFrame.get(each.seen.frame);
    if (before) before.push(each);
    else byFrame.set(each.seen.frame, [each]);
  }
  return byFrame;
});

const finishedOf = oncePer(({messages}: TlsSession) =>
  ([0, 1] as const).map(
    (side) => messages.find((each) => each.side === side && each.name === 'finished')?.event ?? Infinity,
  ),
);

function* saidOn(trace: Trace, session: TlsSession, packet: number): Generator<Said> {
  for (const message of session.messages)
    if (message.encrypted && message.frame === packet) yield messageSaid(message);
  const done = finishedOf(session);
  for (const {side, frame, event, encrypted, description} of session.alerts)
    if (encrypted && frame === packet)
      yield {
        part: {kind: 'tls', says: 'alert', description, begins: false},
        keys: event > (done[side] ?? 0) ? 'application' : 'handshake',
      };
  for (const each of contentsByFrame(session).get(packet) ?? []) {
    const {seen, content = noOctets} = each;
    const early = session.earlyDataOffered && seen.side === 0 && seen.event < (done[0] ?? 0);
    const part = framesInRecord(trace, session, each) ?? httpPartIn(trace, packet)?.part ?? unheard(content);
    yield {part, keys: early ? 'early' : 'application'};
  }
}

const saidIn = (trace: Trace, session: TlsSession, packet: number): readonly Said[] =>
  carriesRefused(trace, packet) ? [] : [...saidOn(trace, session, packet)];

/** Where the packet's octets lie on a connection of which anybody has secrets; undefined: nowhere. */
const carriedIn = (trace: Trace, packet: number) => {
  if (!trace.tls && !isOverheard(trace)) return undefined;
  const carried = mayBeRead(trace, packet) ? connectionsIn(trace).carriedBy(packet) : undefined;
  const session = carried && tlsSessionOf(trace, carried.connection);
  return session && {carried, session};
};

const piecesOf = oncePer(
  ({connection: {sent}}: TlsSession): readonly [readonly Piece[], readonly Piece[]] => {
    const pieces: [Piece[], Piece[]] = [[], []];
    for (const {side, piece} of sent) if (piece.kind !== 'end') pieces[side].push(piece);
    return pieces;
  },
);

/** The packet that was first to carry what begins there. */
const firstToCarry = (session: TlsSession, {side}: Carried, start: number): number | undefined => {
  const [piece] = within(piecesOf(session)[side], {start, end: start + 1});
  return piece?.kind === 'bytes' && piece.start === start ? piece.frame : undefined;
};

/** What is sent again says what it said the first time. */
const saidAgain = (trace: Trace, session: TlsSession, carried: Carried): readonly Said[] => {
  const said: Said[] = [];
  let at = carried.start;
  while (at < carried.end) {
    const first = firstToCarry(session, carried, at);
    const own = first === undefined ? [] : saidIn(trace, session, first);
    if (first === undefined || own.length === 0) break;
    said.push(...own);
    at = Math.max(at + 1, connectionsIn(trace).carriedBy(first)?.end ?? 0);
  }
  return said;
};

const saidBy = (trace: Trace, packet: number): readonly Said[] => {
  const found = carriedIn(trace, packet);
  if (!found) return [];
  const {session, carried} = found;
  const said = saidIn(trace, session, packet);
  return said.length > 0 ? said : saidAgain(trace, session, carried);
};

/** Two alike are told once: a response in several records. */
const alike = (a: Inside | undefined, b: Inside): boolean => JSON.stringify(a) === JSON.stringify(b);

/** In the order of the records, those under the same keys together; none: nothing that can be read. */
export const openedParts = (trace: Trace, packet: number): readonly OpenedPart[] => {
  const groups: {kind: 'opened'; keys: Keys; parts: Inside[]}[] = [];
  for (const {part, keys} of saidBy(trace, packet)) {
    const last = groups.at(-1);
    const before = last?.parts.at(-1);
    if (last?.keys !== keys) groups.push({kind: 'opened', keys, parts: [part]});
    else if (part.kind === 'http2' && before?.kind === 'http2')
      last.parts.splice(-1, 1, {kind: 'http2', frames: [...before.frames, ...part.frames]});
    else if (!alike(last.parts.at(-1), part)) last.parts.push(part);
  }
  return groups;
};

/** As a packet is seen at event `n`: what is sealed in one that has not come yet, an end cannot know. */
export const packetSeen = (trace: Trace, packet: PacketRecord, n: number): Trace =>
  isAwaited(trace, packet, n) && openedParts(trace, packet.id).length > 0 ? withoutSecrets(trace, n) : trace;

/** In TLS 1.3 ChangeCipherSpec is for middleboxes only (RFC 9846 §E.4): where there is more to say, it is not said. */
export const saysChange = (trace: Trace, packet: number): boolean => {
  return carriedIn(trace, packet)?.session.version !== ProtocolVersion['TLS 1.3'];
};
