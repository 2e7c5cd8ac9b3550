// Runs a host's TLS in the simulation, between TCP and the applications, with one machine for each connection.

import {wallUs} from '../stack/http/wall-clock.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {tlsClient, tlsServer} from '../stack/tls/connection.ts';
import type {TlsEffect, TlsEnv, TlsEvent} from '../stack/tls/effect.ts';
import {isMessageRead} from '../stack/tls/record-layer.ts';
import type {SecureClient} from '../stack/tls/secure.ts';
import {tlsStep} from '../stack/tls/tls.ts';
import {ropeFromBytes} from '../wire/rope.ts';
import type {AppEvent} from './apps.ts';
import {hashOf} from './chance.ts';
import {changeHost, type Draft, emit, hostOf, lastEmitted, onBehalf} from './draft.ts';
import {runTcp} from './tcp-layer.ts';
import type {SecureEvent, SecureStream, TlsHost} from './tls-host.ts';
import {clientSettings, serverSettings} from './tls-settings.ts';
import {wakeApp} from './wake-app.ts';
import type {Pending} from './world.ts';

type At = {
  readonly host: string;
  readonly connection: ConnectionId;
  /** The number of the trace event that ended the TLS or the TCP connection; undefined while neither has ended. */
  readonly by?: number | undefined;
};

const changeTls = (draft: Draft, host: string, changes: Partial<TlsHost>): void =>
  changeHost(draft, host, {tls: {...hostOf(draft, host).tls, ...changes}});

const streamAt = (draft: Draft, {host, connection}: At): SecureStream | undefined =>
  hostOf(draft, host).tls.connections.get(connection);

const put = (draft: Draft, {host, connection}: At, stream: SecureStream): void => {
  const {connections} = hostOf(draft, host).tls;
  changeTls(draft, host, {connections: connections.with(connection, stream)});
};

const change = (draft: Draft, at: At, changes: Partial<SecureStream>): void => {
  const before = streamAt(draft, at);
  if (before) put(draft, at, {...before, ...changes});
};

/** Returns octets that outsiders cannot guess, for TLS randoms and keys: a hash of the seed and of their purpose. */
const secretBytes = (size: number, ...keys: readonly (string | number)[]): Uint8Array => {
  const bytes = new Uint8Array(Math.ceil(size / 4) * 4);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += 4) view.setUint32(at, hashOf(...keys, at));
  return bytes.slice(0, size);
};

const envOf = (draft: Draft, {host, connection}: At): TlsEnv => {
  const {seed, crypto} = draft.plan.scenario;
  if (!crypto) throw new Error('this run has TLS: simulate it with a crypto port');
  const {boot, tls} = hostOf(draft, host);
  return {
    nowUs: draft.nowUs,
    wallUs: wallUs(draft.nowUs),
    crypto,
    bytes: (size, ...keys) => secretBytes(size, seed, 'tls', host, connection, boot, ...keys),
    seen: (id) => tls.seen.has(id),
  };
};

const tell = (draft: Draft, {host, by}: At, {owner}: SecureStream, event: AppEvent): void =>
  wakeApp(draft, host, owner.app, {event, by});

/** Tells the program once that its TLS connection is open; a server's program gets an accepted connection. */
const tellOpen = (
  draft: Draft,
  at: At,
  security: Extract<AppEvent, {kind: 'connected'}>['security'],
): void => {
  const stream = streamAt(draft, at);
  if (!stream) return;
  const {owner, accepted, told} = stream;
  change(draft, at, {told: security === 'early' ? 'early' : 'established'});
  if (told !== 'no') return;
  const about = {stream: owner.stream, ...(security === undefined ? {} : {security})};
  if (!accepted) tell(draft, at, stream, {kind: 'connected', ...about});
  else {
    const {local, remote} = accepted;
    tell(draft, at, stream, {kind: 'accepted', ...about, port: local.port, local: local.ip, from: remote});
  }
};

/**
 * Tells the program how its TLS connection ended. A server's program that was never told of the connection is not told of its end either.
 */
const tellEnd = (draft: Draft, at: At, how: Extract<AppEvent, {kind: 'ended'}>['how']): void => {
  const stream = streamAt(draft, at);
  if (!stream || (stream.accepted && stream.told === 'no')) return;
  const {owner, alert} = stream;
  const why = how === 'alert' && alert !== undefined ? {alert} : {};
  tell(draft, at, stream, {kind: 'ended', stream: owner.stream, how, ...why});
};

const closeTcp = (draft: Draft, {host, connection}: At, reader: 'stays' | 'gone'): void =>
  runTcp(draft, host, {kind: 'call', call: {call: 'CLOSE', connection, reader}});

const onClosed = (draft: Draft, at: At, {how}: Extract<TlsEffect, {kind: 'closed'}>): void => {
  const stream = streamAt(draft, at);
  if (how === 'alert') closeTcp(draft, at, 'gone');
  else if (stream?.told === 'no') closeTcp(draft, at, 'stays');
  tellEnd(draft, at, how === 'closeNotify' ? 'eof' : how);
};

const keepSession = (draft: Draft, at: At, {session}: Extract<TlsEffect, {kind: 'session'}>): void => {
  const site = streamAt(draft, at)?.site;
  const {sessions} = hostOf(draft, at.host).tls;
  if (site !== undefined) changeTls(draft, at.host, {sessions: sessions.with(site, session)});
};

/** Logs an effect of a TLS step. Sending and delivering data are not logged, because packets and the program show them. */
const log = (draft: Draft, {host, connection}: At, effect: TlsEffect): void => {
  const {kind} = effect;
  if (kind === 'send' || kind === 'deliver' || kind === 'finish' || kind === 'remember') return;
  const what = effect.kind === 'note' ? effect.note : effect;
  emit(draft, {kind: 'tls', host, connection, what, because: effect.because});
};

const obey = (draft: Draft, at: At, effect: TlsEffect): void => {
  const {host, connection} = at;
  switch (effect.kind) {
    case 'send': {
      const data = ropeFromBytes(effect.data, 'tls');
      onBehalf(draft, 'TLS', effect.because, () =>
        runTcp(draft, host, {kind: 'call', call: {call: 'SEND', connection, data}}),
      );
      break;
    }
    case 'deliver': {
      const {data, early} = effect;
      if (early) tellOpen(draft, at, 'early');
      const stream = streamAt(draft, at);
      const flag = early ? {early: true as const} : {};
      if (stream) tell(draft, at, stream, {kind: 'data', stream: stream.owner.stream, data, ...flag});
      break;
    }
    case 'established':
      tellOpen(draft, at, effect.agreement);
      break;
    case 'alert':
      if (effect.fatal) change(draft, at, {alert: effect.name});
      break;
    case 'closed':
      onClosed(draft, at, effect);
      break;
    case 'finish':
      closeTcp(draft, at, 'stays');
      break;
    case 'session':
      keepSession(draft, at, effect);
      break;
    case 'remember': {
      const {seen} = hostOf(draft, host).tls;
      changeTls(draft, host, {seen: seen.with(effect.id, true)});
      break;
    }
    case 'secret':
    case 'note':
    case 'earlyRefused':
      break;
  }
};

/**
 * Returns the octets that an eavesdropper has recorded on a TLS connection up to this step; nothing unless a key leaks in this run, to save
 * memory.
 */
const recording = (
  draft: Draft,
  {recorded = {sent: [], received: []}}: SecureStream,
  {event, effects}: {readonly event: TlsEvent; readonly effects: readonly TlsEffect[]},
): Pick<SecureStream, 'recorded'> => {
  if (!draft.plan.scenario.script.some(({action}) => action.call === 'leakKey')) return {};
  const sent = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.data] : []));
  const received = event.kind === 'bytes' ? [event.data] : [];
  return {recorded: {sent: [...recorded.sent, ...sent], received: [...recorded.received, ...received]}};
};

type Caused = {
  readonly effect: TlsEffect;
  readonly cause: number | undefined;
  readonly by: number | undefined;
};

/**
 * Logs the effects of a TLS step, and returns the cause of each: the last message that was read before it, or the arrival if no message
 * could be read. The end of a connection is caused by the fatal alert that was sent (RFC 9846 §6.2).
 */
const logged = (draft: Draft, at: At, {effects, unread}: ReturnType<typeof tlsStep>): readonly Caused[] => {
  const came = draft.cause;
  let sent: number | undefined;
  let {by} = at;
  return effects.map((effect, place) => {
    if (place === unread || isMessageRead(effect)) draft.cause = came;
    log(draft, at, effect);
    if (isMessageRead(effect)) draft.cause = lastEmitted(draft);
    if (effect.kind === 'alert' && effect.fatal) by = lastEmitted(draft);
    if (effect.kind === 'alert' && effect.fatal && effect.op === 'sent') sent = by;
    return {effect, by, cause: effect.kind === 'closed' ? (sent ?? draft.cause) : draft.cause};
  });
};

const isSend = ({effect: {kind}}: Caused): boolean => kind === 'send';

const run = (draft: Draft, at: At, event: TlsEvent): void => {
  const stream = streamAt(draft, at);
  if (!stream) return;
  const step = tlsStep(stream.connection, event, envOf(draft, at));
  put(draft, at, {...stream, connection: step.connection, ...recording(draft, stream, {event, ...step})});
  const effects = logged(draft, at, step);
  // All TLS records are passed to TCP first, because another effect may close the TCP connection.
  for (const each of [...effects.filter(isSend), ...effects.filter((other) => !isSend(other))]) {
    draft.cause = each.cause;
    obey(draft, {...at, by: each.by}, each.effect);
  }
};

/** Switches off Nagle's algorithm for a connection with TLS, because the end of a flight must not wait for an ACK (RFC 1122 §4.2.3.4). */
const noDelay = (draft: Draft, {host, connection}: At): void =>
  runTcp(draft, host, {kind: 'call', call: {call: 'SET-OPTION', connection, options: {noDelay: true}}});

const accept = (
  draft: Draft,
  at: At,
  {owner, local, remote}: Extract<SecureEvent, {kind: 'accepted'}>,
): void => {
  const server = hostOf(draft, at.host).tls.servers.get(`${local.port}`);
  if (!server) return;
  // Servers with the same private keys belong to one site. They get the same ticket key, so that each can decrypt the other's tickets.
  const site = server.credentials.map(({privateKey}) => privateKey);
  const ticketKey = secretBytes(32, draft.plan.scenario.seed, 'ticket key', local.port, ...site);
  const connection = tlsServer(serverSettings(server, ticketKey));
  put(draft, at, {connection, owner, accepted: {local, remote}, told: 'no'});
  noDelay(draft, at);
};

const open = (draft: Draft, at: At): void => {
  noDelay(draft, at);
  run(draft, at, {kind: 'open'});
  if (streamAt(draft, at)?.connection.channel.write?.epoch === 'early') tellOpen(draft, at, 'early');
};

/**
 * Handles an event of a TCP connection that was queued for the TLS on it. Events from before the host's last crash or reboot are ignored.
 */
export const secureEvent = (draft: Draft, pending: Extract<Pending, {kind: 'tls'}>): void => {
  const {host, connection, event, boot, by} = pending;
  if (hostOf(draft, host).boot !== boot) return;
  const at = {host, connection};
  switch (event.kind) {
    case 'accepted':
      accept(draft, at, event);
      break;
    case 'open':
      open(draft, at);
      break;
    case 'gone':
      tellEnd(draft, {...at, by}, event.how);
      break;
    case 'eof':
      run(draft, {...at, by}, event);
      break;
    case 'bytes':
      run(draft, at, event);
      break;
  }
};

/** Opens a TLS connection for a program. The ClientHello is sent when the TCP connection is open. */
export const connectSecurely = (
  draft: Draft,
  at: At,
  wanted: {
    readonly owner: SecureStream['owner'];
    readonly secure: SecureClient;
    readonly port: number;
    readonly early: boolean;
  },
): void => {
  const {owner, secure, port, early} = wanted;
  const {sessions} = hostOf(draft, at.host).tls;
  const site = `${secure.site}:${port}`;
  const session = sessions.get(site);
  const connection = tlsClient(clientSettings(secure, {early, session}));
  changeTls(draft, at.host, {sessions: sessions.without(site)});
  put(draft, at, {connection, owner, told: 'no', ...(secure.resumes === false ? {} : {site})});
};

type Call = 'write' | 'finish' | 'close';

/** Handles a program's write or close on a stream with TLS; returns false if the stream has no TLS. */
export const callSecurely = (
  draft: Draft,
  at: At,
  call: {readonly call: Call; readonly data?: Uint8Array},
): boolean => {
  const stream = streamAt(draft, at);
  if (!stream) return false;
  if (call.data) run(draft, at, {kind: 'write', data: call.data});
  else {
    const {closeSent: ended} = stream.connection.channel;
    run(draft, at, {kind: 'close'});
    // TCP is closed if close_notify could not be sent under a key, or had been sent before; the program then reads no more.
    const {closeSent} = streamAt(draft, at)?.connection.channel ?? {closeSent: true};
    if (call.call === 'close' && (ended || !closeSent)) closeTcp(draft, at, 'gone');
  }
  return true;
};
