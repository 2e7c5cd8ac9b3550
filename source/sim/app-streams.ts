// Which application has which TCP connection, and under which name it knows it.
import type {StreamEnd, StreamId} from '../stack/program.ts';
import type {ConnectionId, TcpSignal} from '../stack/tcp/effect.ts';
import {type Rope, ropeToBytes} from '../wire/rope.ts';
import type {AppName} from './apps.ts';
import {changeHost, type Draft, hostOf} from './draft.ts';
import {wakeApp} from './wake-app.ts';

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

const ends: {readonly [signal in TcpSignal]?: StreamEnd} = {
  eof: 'eof',
  closed: 'closed',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timedOut',
};

/** A connection that an application's listener has accepted becomes that application's. */
const takeAccepted = (draft: Draft, host: string, connection: ConnectionId): void => {
  const {tcp, tcpPorts} = hostOf(draft, host);
  const record = tcp.connections.get(connection);
  const app = record && tcpPorts.get(`${record.local.port}`);
  if (!record || app === undefined) return;
  nameStream(draft, host, connection, {app, stream: connection});
  const {local, remote} = record;
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
  if (signal === 'connected') wakeApp(draft, host, app, {event: {kind: 'connected', stream}});
  else if (how) wakeApp(draft, host, app, {event: {kind: 'ended', stream, how}});
};

export const tellData = (draft: Draft, host: string, connection: ConnectionId, data: Rope): void => {
  const owner = hostOf(draft, host).streamOwners.get(connection);
  if (!owner) return;
  const {app, stream} = owner;
  wakeApp(draft, host, app, {event: {kind: 'data', stream, data: ropeToBytes(data)}});
};
