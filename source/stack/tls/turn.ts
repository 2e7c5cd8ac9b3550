// The data of one turn of a TLS machine: the current state, the effects, and the records that are sent together at its end.
import {readUint, sameBytes} from '../../wire/octets.ts';
import {type Alert, encodeAlert} from '../../wire/tls/alert.ts';
import {helloRetryRandom} from '../../wire/tls/hello.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import {changeCipherSpec, encodeRecord, fragmentsOf, maxPlaintext} from '../../wire/tls/record.ts';
import {
  AlertDescription,
  AlertLevel,
  type AlertName,
  ContentType,
  HandshakeType,
  handshakeTypeName,
  ProtocolVersion,
} from '../../wire/tls/registry.ts';
import type {CipherSuite} from './cipher-suite.ts';
import type {Channel, ClientPhase, Keys, ServerPhase} from './connection.ts';
import type {Epoch, ScheduleStep, SecretLabel, TlsEffect, TlsEnv, TlsNote} from './effect.ts';
import type {Fault} from './fault.ts';
import {type Protection, protect, protectionOf} from './record-protection.ts';
import type {TlsBecause, TlsRuleId} from './rules.ts';
import type {TlsClientSettings, TlsServerSettings} from './settings.ts';
import {protect12} from './tls12/protection.ts';

type Shared = {
  readonly env: TlsEnv;
  readonly effects: TlsEffect[];
  channel: Channel;
  /** Handshake messages of this TLS step that are still to be packed into records under the current key. */
  messages: Uint8Array[];
  /** Whole TLS records to be sent at the end of the step; `because` is the reason for the first one. */
  records: Uint8Array[];
  because: TlsBecause | undefined;
  /** The index of the first effect of a fault in octets in which no TLS message was read; undefined if there is no such fault. */
  unread: number | undefined;
  /** The reason for the first TLS handshake message that this step sends, with the message's name. */
  says?: TlsBecause;
};

export type ClientTurn = Shared & {
  readonly role: 'client';
  readonly settings: TlsClientSettings;
  phase: ClientPhase;
};

export type ServerTurn = Shared & {
  readonly role: 'server';
  readonly settings: TlsServerSettings;
  phase: ServerPhase;
};

export type Turn = ClientTurn | ServerTurn;

export const change = (turn: Turn, changes: Partial<Channel>): void => {
  turn.channel = {...turn.channel, ...changes};
};

export const note = (turn: Turn, what: TlsNote, because: TlsBecause): void => {
  turn.effects.push({kind: 'note', note: what, because});
};

export const scheduleNote = (turn: Turn, step: ScheduleStep, value: Uint8Array): void =>
  note(turn, {kind: 'schedule', step, value}, '9846:7.1/schedule');

type Secret = {readonly label: SecretLabel; readonly clientRandom: Uint8Array; readonly secret: Uint8Array};

export const secretEffect = (turn: Turn, secret: Secret, because: TlsRuleId): void => {
  turn.effects.push({kind: 'secret', ...secret, because});
};

/** Tells whether the connection has agreed on TLS 1.2. */
export const speaks12 = ({phase}: Turn): boolean => 'version' in phase && phase.version === 'TLS 1.2';

/** Returns the rule for the agreed TLS version; before one is agreed on, for the newest that this end supports. */
export const ruleOf = (turn: Turn, in13: TlsRuleId, in12: TlsRuleId): TlsRuleId =>
  speaks12(turn) || !turn.settings.versions.includes(ProtocolVersion['TLS 1.3']) ? in12 : in13;

const stateRule = (turn: Turn, next: object): TlsRuleId =>
  'version' in next
    ? '5246:7.3/state'
    : ruleOf(turn, turn.role === 'client' ? '9846:A.1/state' : '9846:A.2/state', '5246:7.3/state');

const noteState = (turn: Turn, phase: ClientPhase | ServerPhase): void =>
  note(turn, {kind: 'state', from: turn.phase.state, to: phase.state}, stateRule(turn, phase));

export const enterClient = (turn: ClientTurn, phase: ClientPhase): void => {
  noteState(turn, phase);
  turn.phase = phase;
};

export const enterServer = (turn: ServerTurn, phase: ServerPhase): void => {
  noteState(turn, phase);
  turn.phase = phase;
};

/** Returns the number of zeros that pad content and type of a TLS 1.3 record to a multiple of `paddingBlock` (RFC 9846 §5.4). */
const paddingOf = (turn: Turn, contentBytes: number): number => {
  const block = turn.settings.paddingBlock;
  const rest = (contentBytes + 1) % block;
  return Math.min(rest === 0 ? 0 : block - rest, maxPlaintext - contentBytes);
};

/** Adds a TLS record to those to be sent, encrypted if there is a write key. */
const addRecord = (turn: Turn, type: number, content: Uint8Array, version: number): void => {
  const {write} = turn.channel;
  if (!write) {
    turn.records.push(encodeRecord({type, version, fragment: content}));
    return;
  }
  const {crypto} = turn.env;
  const inner = {type, content};
  const {record, next} =
    write.protection.version === 'TLS 1.2'
      ? protect12(crypto, write.protection, inner)
      : protect(crypto, write.protection, inner, paddingOf(turn, content.length));
  turn.records.push(record);
  change(turn, {write: {...write, protection: next}});
  note(turn, {kind: 'record', ...inner, epoch: write.epoch, record}, turn.because ?? '9846:5.2/write');
};

/** Packs the waiting TLS handshake messages, which have the same key, into as few records as possible (RFC 9846 §5.1). */
export const pack = (turn: Turn): void => {
  if (turn.messages.length === 0) return;
  const content = joinBytes(turn.messages);
  turn.messages = [];
  // The record of the first ClientHello may name TLS 1.0, for old servers (RFC 9846 §5.1).
  const first = turn.role === 'client' && turn.phase.state === 'START';
  const version = ProtocolVersion[first ? 'TLS 1.0' : 'TLS 1.2'];
  for (const fragment of fragmentsOf(content)) addRecord(turn, ContentType.handshake, fragment, version);
};

export const send = (turn: Turn, type: number, content: Uint8Array, because: TlsBecause): void => {
  pack(turn);
  turn.because ??= because;
  addRecord(turn, type, content, ProtocolVersion['TLS 1.2']);
};

/**
 * Returns the name of a message's HandshakeType; a HelloRetryRequest, which has the type of a ServerHello, has its own name
 * (RFC 9846 §4.2.3).
 */
export const messageName = (bytes: Uint8Array): string => {
  const type = readUint(bytes, 0, 1);
  const random = bytes.subarray(6, 38);
  const retry = type === HandshakeType.server_hello && sameBytes(random, helloRetryRandom);
  return retry ? 'hello_retry_request' : handshakeTypeName(type);
};

export const sendMessage = (turn: Turn, bytes: Uint8Array, because: TlsRuleId): void => {
  turn.because ??= because;
  turn.messages.push(bytes);
  const epoch = turn.channel.write?.epoch ?? 'clear';
  const name = messageName(bytes);
  turn.says ??= {rule: because, facts: {message: name}};
  note(turn, {kind: 'message', op: 'sent', name, bytes, epoch}, because);
};

/**
 * Sends change_cipher_spec once in a connection, in clear whatever the keys are: for TLS 1.2 (RFC 5246 §7.1), or to look like it
 * (RFC 9846 §E.4).
 */
export const sendChangeCipherSpec = (
  turn: Turn,
  because: TlsRuleId = '9846:E.4/change-cipher-spec',
): void => {
  if (turn.channel.changeCipherSpecSent) return;
  pack(turn);
  turn.because ??= because;
  const version = ProtocolVersion['TLS 1.2'];
  const type = ContentType.change_cipher_spec;
  turn.records.push(encodeRecord({type, version, fragment: changeCipherSpec}));
  change(turn, {changeCipherSpecSent: true});
  note(turn, {kind: 'changeCipherSpec', op: 'sent'}, because);
};

/** Sends all TLS records of this step in one piece. */
export const flush = (turn: Turn): void => {
  pack(turn);
  const because = turn.says ?? turn.because;
  if (turn.records.length > 0 && because !== undefined)
    turn.effects.push({kind: 'send', data: joinBytes(turn.records), because});
};

const noteKeys = (turn: Turn, op: 'read' | 'write', {epoch, protection}: Keys): void => {
  const {secret, key, iv} = protection;
  const because = protection.version === 'TLS 1.2' ? '5246:6.3/keys' : '9846:7.3/keys';
  note(turn, {kind: 'keys', op, epoch, secret, key, iv}, because);
};

export const setRead = (turn: Turn, epoch: Epoch, protection: Keys['protection']): void => {
  const keys = {epoch, protection};
  change(turn, {read: keys});
  noteKeys(turn, 'read', keys);
};

/** Sets the TLS write key; messages that are still waiting are packed under the old key first. */
export const setWrite = (turn: Turn, epoch: Epoch, protection: Keys['protection']): void => {
  pack(turn);
  const keys = {epoch, protection};
  change(turn, {write: keys});
  noteKeys(turn, 'write', keys);
};

export const keysFrom = (turn: Turn, suite: CipherSuite, secret: Uint8Array): Protection =>
  protectionOf(turn.env.crypto, suite, secret);

/** The alerts that are sent as warnings and do not end the TLS connection as a failure (RFC 9846 §6; no_renegotiation: RFC 5246 §7.2.2). */
const warnings: ReadonlySet<AlertName> = new Set(['close_notify', 'user_canceled', 'no_renegotiation']);

export const sendAlert = (turn: Turn, name: AlertName, because: TlsBecause): void => {
  const fatal = !warnings.has(name);
  const alert: Alert = {
    level: fatal ? AlertLevel.fatal : AlertLevel.warning,
    description: AlertDescription[name],
  };
  send(turn, ContentType.alert, encodeAlert(alert), because);
  turn.effects.push({kind: 'alert', op: 'sent', fatal, name, because});
};

/** Closes the TLS connection in both directions after a fatal alert (RFC 9846 §6.2). */
export const shut = (turn: Turn, because: TlsBecause): void => {
  const phase = {state: 'CLOSED', how: 'alert'} as const;
  if (turn.role === 'client') enterClient(turn, phase);
  else enterServer(turn, phase);
  // The keys are forgotten with their connection, too (§6).
  const none = new Uint8Array();
  const empty = {unsent: [], skippable: undefined, read: undefined, write: undefined};
  change(turn, {...empty, heldRecord: none, heldMessage: none});
  // The effect that the peer's data have ended occurs only once per connection.
  if (!turn.channel.closeReceived) turn.effects.push({kind: 'closed', how: phase.how, because});
};

/**
 * Changes from the early to the handshake key before an alert, because a server that refuses early data could not read the alert under the
 * early key (RFC 9846 §A.1).
 */
const leaveEarlyKeys = (turn: Turn): void => {
  if (turn.role === 'server' || turn.channel.write?.epoch !== 'early' || !('handshake' in turn.phase)) return;
  const {suite, clientSecret} = turn.phase.handshake;
  setWrite(turn, 'handshake', keysFrom(turn, suite, clientSecret));
};

/** Ends the TLS connection after a fault: sends the waiting messages and then the alert. */
export const fail = (turn: Turn, {alert, because}: Fault): void => {
  leaveEarlyKeys(turn);
  if (!turn.channel.closeSent) sendAlert(turn, alert, because);
  shut(turn, because);
};
