// What is in the encrypted records that a packet completes, by the keys of RFC 9846 §2 that opened it. For whoever has the
// secrets: without them the records are only what they are.

import {type Carried, connectionsIn, mayBeRead} from '../observe/connections.ts';
import {http2PlaceAt} from '../observe/http2-reading.ts';
import {programPlace} from '../observe/program-streams.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import type {TlsMessage} from '../observe/tls-messages.ts';
import {type TlsSession, tlsSessionOf} from '../observe/tls-sessions.ts';
import {websocketPlaceAt} from '../observe/websocket-reading.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {readRequestLine} from '../wire/http/start-line.ts';
import {spokenMessage} from '../wire/tls/message-name.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import {isAwaited, isOverheard, withoutSecrets} from './eyes.ts';
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

type Told = readonly [frame: number, said: Said];

function* saidOn(trace: Trace, session: TlsSession): Generator<Told> {
  const {messages, alerts, contents, earlyDataOffered} = session;
  for (const message of messages) if (message.encrypted) yield [message.frame, messageSaid(message)];
  const done = ([0, 1] as const).map(
    (side) => messages.find((each) => each.side === side && each.name === 'finished')?.event ?? Infinity,
  );
  for (const {side, frame, event, encrypted, description} of alerts)
    if (encrypted)
      yield [
        frame,
        {
          part: {kind: 'tls', says: 'alert', description, begins: false},
          keys: event > (done[side] ?? 0) ? 'application' : 'handshake',
        },
      ];
  for (const each of contents) {
    const {seen, type, content, encrypted} = each;
    if (!encrypted || type !== ContentType.application_data || !content?.length) continue;
    const early = earlyDataOffered && seen.side === 0 && seen.event < (done[0] ?? 0);
    const part =
      framesInRecord(trace, session, each) ?? httpPartIn(trace, seen.frame)?.part ?? unheard(content);
    yield [seen.frame, {part, keys: early ? 'early' : 'application'}];
  }
}

type SaidIn = {
  /** By the packet that completes the record. */
  readonly byFrame: ReadonlyMap<number, readonly Said[]>;
  /** The packets that were first to carry what begins at a place in a stream, for those that carry it again. */
  readonly firstAt: ReadonlyMap<string, number>;
};

const placeName = ({side}: Carried, start: number): string => `${side} ${start}`;

const readSaid = (trace: Trace, session: TlsSession): SaidIn => {
  const byFrame = new Map<number, Said[]>();
  const firstAt = new Map<string, number>();
  const {carriedBy} = connectionsIn(trace);
  for (const [frame, each] of saidOn(trace, session)) {
    if (carriesRefused(trace, frame)) continue;
    const before = byFrame.get(frame);
    if (before) before.push(each);
    else byFrame.set(frame, [each]);
    const carried = carriedBy(frame);
    if (carried) firstAt.set(placeName(carried, carried.start), frame);
  }
  return {byFrame, firstAt};
};

/** By session: one on which nothing has happened since the look before says what it said then. */
const known = new WeakMap<TlsSession, SaidIn>();

const saidIn = (trace: Trace, session: TlsSession): SaidIn => {
  const said = known.get(session) ?? readSaid(trace, session);
  known.set(session, said);
  return said;
};

/** Where the packet's octets lie on a connection of which anybody has secrets; undefined: nowhere. */
const carriedIn = (trace: Trace, packet: number) => {
  if (!trace.tls && !isOverheard(trace)) return undefined;
  const carried = mayBeRead(trace, packet) ? connectionsIn(trace).carriedBy(packet) : undefined;
  const session = carried && tlsSessionOf(trace, carried.connection);
  return session && {carried, session};
};

const nothing: readonly Said[] = [];

/** What is sent again says what it said the first time. */
const saidAgain = (trace: Trace, carried: Carried, {byFrame, firstAt}: SaidIn): readonly Said[] => {
  const said: Said[] = [];
  let at = carried.start;
  while (at < carried.end) {
    const first = firstAt.get(placeName(carried, at));
    if (first === undefined) break;
    said.push(...(byFrame.get(first) ?? []));
    at = Math.max(at + 1, connectionsIn(trace).carriedBy(first)?.end ?? 0);
  }
  return said;
};

const saidBy = (trace: Trace, packet: number): readonly Said[] => {
  const found = carriedIn(trace, packet);
  if (!found) return nothing;
  const said = saidIn(trace, found.session);
  return said.byFrame.get(packet) ?? saidAgain(trace, found.carried, said);
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
