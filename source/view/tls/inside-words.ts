// What is in the encrypted records that a packet completes, in the brackets of RFC 9846 §2: (under early keys), {under handshake
// keys}, [under application keys]. For whoever has the secrets: without them the records are only what they are.
import {isOverheard} from '../../account/eyes.ts';
import {type Carried, connectionsIn} from '../../observe/connections.ts';
import type {TlsMessage} from '../../observe/tls-messages.ts';
import {type TlsSession, tlsSessionsIn} from '../../observe/tls-sessions.ts';
import {spokenMessage} from '../../sim/tls-words.ts';
import type {Trace} from '../../sim/trace.ts';
import {readRequestLine} from '../../wire/http/start-line.ts';
import {alertName, ContentType, ProtocolVersion} from '../../wire/tls/registry.ts';
import {decodeUtf8} from '../../wire/utf8.ts';
import {messageWordsIn, startWords} from '../http/message-words.ts';

const brackets = {early: ['(', ')'], handshake: ['{', '}'], application: ['[', ']']} as const;

type Said = {readonly words: string; readonly keys: keyof typeof brackets};

const afterHandshake: readonly string[] = ['new_session_ticket', 'key_update'];

const messageSaid = ({name}: TlsMessage): Said => ({
  words: spokenMessage(name),
  keys: afterHandshake.includes(name) ? 'application' : name === 'end_of_early_data' ? 'early' : 'handshake',
});

/** Early data that the server refused are no program's: what they would have asked for. */
const unheardWords = (content: Uint8Array): string => {
  const end = content.indexOf(0x0d);
  const span = {start: 0, end: Math.max(0, end)};
  const line = readRequestLine({text: decodeUtf8(content.subarray(0, span.end)), span});
  return line.ok ? startWords(line.value) : 'ApplicationData';
};

type Add = (frame: number, said: Said) => void;

const collect = (
  trace: Trace,
  {messages, alerts, contents, earlyDataOffered}: TlsSession,
  add: Add,
): void => {
  for (const message of messages) if (message.encrypted) add(message.frame, messageSaid(message));
  const done = ([0, 1] as const).map(
    (side) => messages.find((each) => each.side === side && each.name === 'finished')?.event ?? Infinity,
  );
  for (const {side, frame, event, encrypted, description} of alerts)
    if (encrypted)
      add(frame, {
        words: `Alert ${alertName(description)}`,
        keys: event > (done[side] ?? 0) ? 'application' : 'handshake',
      });
  for (const {seen, type, content, encrypted} of contents) {
    if (!encrypted || type !== ContentType.application_data || !content?.length) continue;
    const early = earlyDataOffered && seen.side === 0 && seen.event < (done[0] ?? 0);
    const words = messageWordsIn(trace, seen.frame)?.text ?? unheardWords(content);
    add(seen.frame, {words, keys: early ? 'early' : 'application'});
  }
};

type SaidIn = {
  /** By the packet that completes the record. */
  readonly byFrame: ReadonlyMap<number, readonly Said[]>;
  /** The packets that were first to carry what begins at a place in a stream, for those that carry it again. */
  readonly firstAt: ReadonlyMap<string, number>;
  /** Numbers of the connections that speak TLS 1.3. */
  readonly modern: ReadonlySet<number>;
};

const known = new WeakMap<Trace, SaidIn>();

const placeName = ({connection, side}: Carried, start: number): string => `${connection.id} ${side} ${start}`;

const saidIn = (trace: Trace): SaidIn => {
  const before = known.get(trace);
  if (before) return before;
  const byFrame = new Map<number, Said[]>();
  const firstAt = new Map<string, number>();
  const {carriedBy} = trace.tls || isOverheard(trace) ? connectionsIn(trace) : {carriedBy: () => undefined};
  const add: Add = (frame, each) => {
    byFrame.set(frame, [...(byFrame.get(frame) ?? []), each]);
    const carried = carriedBy(frame);
    if (carried) firstAt.set(placeName(carried, carried.start), frame);
  };
  const sessions = trace.tls || isOverheard(trace) ? tlsSessionsIn(trace) : [];
  for (const session of sessions) collect(trace, session, add);
  const isModern = ({version}: TlsSession): boolean => version === ProtocolVersion['TLS 1.3'];
  const modern = new Set(sessions.filter(isModern).map(({connection}) => connection.id));
  const said = {byFrame, firstAt, modern};
  known.set(trace, said);
  return said;
};

/** What is sent again says what it said the first time. */
const saidAgain = (trace: Trace, packet: number, {byFrame, firstAt}: SaidIn): readonly Said[] => {
  const carried = byFrame.size > 0 ? connectionsIn(trace).carriedBy(packet) : undefined;
  const said: Said[] = [];
  let at = carried?.start ?? 0;
  while (carried && at < carried.end) {
    const first = firstAt.get(placeName(carried, at));
    if (first === undefined) break;
    said.push(...(byFrame.get(first) ?? []));
    at = Math.max(at + 1, connectionsIn(trace).carriedBy(first)?.end ?? 0);
  }
  return said;
};

/** `{EncryptedExtensions, Certificate, CertificateVerify, Finished}`; undefined: nothing that can be read. */
export const insideWords = (trace: Trace, packet: number): string | undefined => {
  const all = saidIn(trace);
  const said = all.byFrame.get(packet) ?? saidAgain(trace, packet, all);
  if (said.length === 0) return undefined;
  const groups: {keys: Said['keys']; words: string[]}[] = [];
  for (const {words, keys} of said) {
    const last = groups.at(-1);
    if (last?.keys !== keys) groups.push({keys, words: [words]});
    else if (last.words.at(-1) !== words) last.words.push(words);
  }
  return groups
    .map(({keys, words}) => `${brackets[keys][0]}${words.join(', ')}${brackets[keys][1]}`)
    .join(' ');
};

/** In TLS 1.3 ChangeCipherSpec is for middleboxes only (RFC 9846 §E.4): where there is more to say, it is not said. */
export const saysChange = (trace: Trace, packet: number): boolean => {
  const {modern} = saidIn(trace);
  const carried = modern.size > 0 ? connectionsIn(trace).carriedBy(packet) : undefined;
  return carried === undefined || !modern.has(carried.connection.id);
};
