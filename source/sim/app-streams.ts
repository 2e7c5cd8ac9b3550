// Maps the TCP connections of a host to the streams of its applications, and passes TCP's data and signals on to them or to TLS.
import type {StreamEnd, StreamId} from '../stack/program.ts';
import type {ConnectionId, TcpSignal} from '../stack/tcp/effect.ts';
import {type Rope, ropeToBytes} from '../wire/rope.ts';
import type {AppName} from './app-name.ts';
import {changeHost, type Draft, hostOf, lastEmitted, schedule} from './draft.ts';
import type {SecureEvent} from './tls-host.ts';
import {wakeApp} from './wake-app.ts';

/** Gives TLS an event of its connection, at the same time but in an instant of its own, just as applications are woken. */
const wakeTls = (draft: Draft, host: string, connection: ConnectionId, event: SecureEvent): void => {
  const {boot} = hostOf(draft, host);
  schedule(draft, draft.nowUs, {kind: 'tls', host, connection, event, boot, by: lastEmitted(draft)});
};

const streamKey = (app: AppName, stream: StreamId): string => `${app} ${stream}`;

export const nameStream = (
  draft: Draft,
  host: string,
  connection: ConnectionId,
  owner: {readonly app: AppName; readonly stream: StreamId},
): void => {
  const {streamOwners, streams} = hostOf(draft, host);
  changeHost(draft, host, {
    streamOwners: streamOwners.with(connection, owner),
    streams: streams.with(streamKey(owner.app, owner.stream), connection),
  });
};

export const connectionOf = (
  draft: Draft,
  host: string,
  app: AppName,
  stream: StreamId,
): ConnectionId | undefined => hostOf(draft, host).streams.get(streamKey(app, stream));

export const forgetStream = (draft: Draft, host: string, connection: ConnectionId): void => {
  const {streamOwners, streams} = hostOf(draft, host);
  const owner = streamOwners.get(connection);
  if (!owner) return;
  changeHost(draft, host, {
    streamOwners: streamOwners.without(connection),
    streams: streams.without(streamKey(owner.app, owner.stream)),
  });
};

/** Tells whether a connection has TLS, or will have it when its listener accepts it. */
const isSecure = (draft: Draft, host: string, connection: ConnectionId): boolean => {
  const {tls, tcp} = hostOf(draft, host);
  const local = tcp.connections.get(connection)?.local;
  return tls.connections.has(connection) || (local !== undefined && tls.servers.has(`${local.port}`));
};

/** How applications learn that a connection has ended, by TCP's signal. */
const ends: {readonly [signal in TcpSignal]?: StreamEnd} = {
  eof: 'eof',
  closed: 'closed',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timedOut',
  EPIPE: 'reset',
};

/** Gives a connection that an application's listener has accepted to that application. */
const takeAccepted = (draft: Draft, host: string, connection: ConnectionId): void => {
  const {tcp, tcpPorts} = hostOf(draft, host);
  const record = tcp.connections.get(connection);
  const app = record && tcpPorts.get(`${record.local.port}`);
  if (!record || app === undefined) return;
  const owner = {app, stream: connection};
  nameStream(draft, host, connection, owner);
  const {local, remote} = record;
  if (hostOf(draft, host).tls.servers.has(`${local.port}`)) {
    wakeTls(draft, host, connection, {kind: 'accepted', owner, local, remote});
    return;
  }
  wakeApp(draft, host, app, {
    event: {kind: 'accepted', stream: connection, port: local.port, local: local.ip, from: remote},
  });
};

export const tellSignal = (draft: Draft, host: string, connection: ConnectionId, signal: TcpSignal): void => {
  if (signal === 'accepted') {
    takeAccepted(draft, host, connection);
    return;
  }
  const owner = hostOf(draft, host).streamOwners.get(connection);
  if (!owner) return;
  const {app, stream} = owner;
  const how = ends[signal];
  if (isSecure(draft, host, connection)) {
    if (signal === 'connected') wakeTls(draft, host, connection, {kind: 'open'});
    else if (how) wakeTls(draft, host, connection, how === 'eof' ? {kind: 'eof'} : {kind: 'gone', how});
    return;
  }
  if (signal === 'connected') wakeApp(draft, host, app, {event: {kind: 'connected', stream}});
  else if (how) wakeApp(draft, host, app, {event: {kind: 'ended', stream, how}, by: lastEmitted(draft)});
};

export const tellData = (draft: Draft, host: string, connection: ConnectionId, data: Rope): void => {
  const owner = hostOf(draft, host).streamOwners.get(connection);
  if (!owner) return;
  const {app, stream} = owner;
  const bytes = ropeToBytes(data);
  if (isSecure(draft, host, connection)) wakeTls(draft, host, connection, {kind: 'bytes', data: bytes});
  else wakeApp(draft, host, app, {event: {kind: 'data', stream, data: bytes}});
};
