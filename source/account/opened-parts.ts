// Tells what is in the encrypted TLS records that a packet completes, by the keys of RFC 9846 §2 that decrypt them. Viewers without the
// secrets see only the records.

import {type Carried, connectionsIn, mayBeRead} from '../observe/connections.ts';
import {http2PlaceAt} from '../observe/http2-reading.ts';
import {programPlace} from '../observe/program-streams.ts';
import {piecesOf, within} from '../observe/stream-bytes.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import type {TlsMessage} from '../observe/tls-messages.ts';
import {recordsWithin, type TlsSession, tlsSessionOf} from '../observe/tls-sessions.ts';
import {websocketPlaceAt} from '../observe/websocket-reading.ts';
import type {Trace} from '../sim/trace.ts';
import {readRequestLine} from '../wire/http/start-line.ts';
import {oncePer} from '../wire/once-per.ts';
import {spokenMessage} from '../wire/tls/message-name.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import {isOverheard} from './eyes.ts';
import {httpPartIn, startPart} from './http-parts.ts';
import {http2PartAt} from './http2-parts.ts';
import type {Http2Part, Keys, OpenedPart, WebSocketPart} from './part.ts';
import {carriesRefused} from './refused-records.ts';
import {websocketPartAt} from './websocket-parts.ts';

type Inside = OpenedPart['parts'][number];

type Said = {readonly part: Inside; readonly keys: Keys};

const afterHandshake: readonly string[] = ['new_session_ticket', 'key_update'];

const messageSaid = ({name}: TlsMessage): Said => ({
  part: {kind: 'tls', says: 'message', name: spokenMessage(name), begins: false},
  keys: afterHandshake.includes(name) ? 'application' : name === 'end_of_early_data' ? 'early' : 'handshake',
});

/**
 * Returns the request line in early data that the server has refused, so that no program reads it; a part without words if there is none.
 */
const unheard = (content: Uint8Array): Inside => {
  const end = content.indexOf(0x0d);
  const span = {start: 0, end: Math.max(0, end)};
  const line = readRequestLine({text: decodeUtf8(content.subarray(0, span.end)), span});
  return line.ok ? startPart(line.value) : {kind: 'program'};
};

/** Returns the frames in a decrypted TLS record whose content is HTTP/2 or a WebSocket; undefined for other records. */
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

const finishedOf = oncePer(({messages}: TlsSession) =>
  ([0, 1] as const).map(
    (side) => messages.find((each) => each.side === side && each.name === 'finished')?.event ?? Infinity,
  ),
);

type Secured = {readonly carried: Carried; readonly session: TlsSession};

function* saidOn(trace: Trace, {session, carried}: Secured, packet: number): Generator<Said> {
  for (const message of session.messages)
    if (message.encrypted && message.frame === packet) yield messageSaid(message);
  const done = finishedOf(session);
  for (const {side, frame, event, encrypted, description} of session.alerts)
    if (encrypted && frame === packet)
      yield {
        part: {kind: 'tls', says: 'alert', description, begins: false},
        keys: event > (done[side] ?? 0) ? 'application' : 'handshake',
      };
  for (const each of recordsWithin(session, carried)) {
    const {seen, content, type, encrypted} = each;
    if (seen.frame !== packet || !encrypted || type !== ContentType.application_data || !content?.length)
      continue;
    const early = session.earlyDataOffered && seen.side === 0 && seen.event < (done[0] ?? 0);
    const part = framesInRecord(trace, session, each) ?? httpPartIn(trace, packet)?.part ?? unheard(content);
    yield {part, keys: early ? 'early' : 'application'};
  }
}

/** Returns the place of a packet's octets on a TLS connection that can be decrypted or that one actor sees; undefined if there is none. */
const securedBy = (trace: Trace, packet: number): Secured | undefined => {
  if (!trace.tls && !isOverheard(trace)) return undefined;
  const carried = mayBeRead(trace, packet) ? connectionsIn(trace).carriedBy(packet) : undefined;
  const session = carried && tlsSessionOf(trace, carried.connection);
  return session && {carried, session};
};

const saidFirst = (trace: Trace, secured: Secured, packet: number): readonly Said[] =>
  carriesRefused(trace, packet) ? [] : [...saidOn(trace, secured, packet)];

/** Returns the packet that first carried the octets that begin at `start` of the stream; undefined if no packet's octets begin there. */
const firstToCarry = ({carried: {connection, side}}: Secured, start: number): number | undefined => {
  const [piece] = within(piecesOf(connection)[side], {start, end: start + 1});
  return piece?.kind === 'bytes' && piece.start === start ? piece.frame : undefined;
};

/** Returns what the TLS records in a retransmission say, which is what the packets that first carried its octets said. */
const saidAgain = (trace: Trace, again: Secured): readonly Said[] => {
  const {start, end} = again.carried;
  const said: Said[] = [];
  let at = start;
  while (at < end) {
    const packet = firstToCarry(again, at);
    const first = packet === undefined ? undefined : securedBy(trace, packet);
    const own = packet !== undefined && first ? saidFirst(trace, first, packet) : [];
    if (!first || own.length === 0) break;
    said.push(...own);
    at = Math.max(at + 1, first.carried.end);
  }
  return said;
};

const saidBy = (trace: Trace, packet: number): readonly Said[] => {
  const secured = securedBy(trace, packet);
  if (!secured) return [];
  const said = saidFirst(trace, secured, packet);
  return said.length > 0 ? said : saidAgain(trace, secured);
};

/** Tells whether two decrypted parts are equal: an HTTP response in several records is told once. */
const alike = (a: Inside | undefined, b: Inside): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Returns what the encrypted TLS records of a packet say, in order and grouped by keys; none if nothing can be decrypted. */
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

/** Tells whether ChangeCipherSpec is worth telling. In TLS 1.3 it only exists for middleboxes (RFC 9846 §E.4). */
export const saysChange = (trace: Trace, packet: number): boolean => {
  return securedBy(trace, packet)?.session.version !== ProtocolVersion['TLS 1.3'];
};
