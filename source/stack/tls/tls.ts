// TLS as a pure machine (RFC 9846): from one event to the next state of the connection and its effects.
import {onClose, onEof, onWrite, sendWaiting, settle} from './application.ts';
import {clientUpper} from './client.ts';
import {sendClientHello} from './client-hello.ts';
import type {TlsClient, TlsConnection, TlsServer} from './connection.ts';
import type {TlsEffect, TlsEnv, TlsEvent} from './effect.ts';
import {updateWriteKeys} from './post-handshake.ts';
import {receive} from './record-layer.ts';
import {serverUpper} from './server.ts';
import {type ClientTurn, flush, type ServerTurn, type Turn} from './turn.ts';

type TlsStep<C extends TlsConnection> = {
  readonly connection: C;
  readonly effects: readonly TlsEffect[];
  /** The index of the first effect of octets that were refused before a TLS message was read in them; undefined if there is none. */
  readonly unread?: number | undefined;
};

/** Handles the events that TLS clients and servers handle alike: end of the stream, writing, new keys, closing. */
const happen = (turn: Turn, event: Exclude<TlsEvent, {readonly kind: 'open' | 'bytes'}>): void => {
  switch (event.kind) {
    case 'eof':
      onEof(turn);
      return;
    case 'write':
      onWrite(turn, event.data);
      return;
    case 'updateKeys':
      if (!turn.channel.closeSent && turn.phase.state === 'CONNECTED')
        updateWriteKeys(turn, event.request, '9846:4.7.3/update');
      return;
    case 'close':
      onClose(turn);
      return;
  }
};

const conclude = (turn: Turn): void => {
  if (turn.phase.state !== 'CLOSED') sendWaiting(turn);
  settle(turn);
  flush(turn);
};

const clientStep = (client: TlsClient, event: TlsEvent, env: TlsEnv): TlsStep<TlsClient> => {
  const {settings, channel, phase} = client;
  const begun = {messages: [], records: [], because: undefined, unread: undefined};
  const turn: ClientTurn = {role: 'client', env, settings, channel, phase, effects: [], ...begun};
  if (event.kind === 'bytes') receive(turn, event.data, clientUpper);
  else if (event.kind !== 'open') happen(turn, event);
  else if (turn.phase.state === 'START') sendClientHello(turn);
  conclude(turn);
  const {effects, unread} = turn;
  return {connection: {...client, channel: turn.channel, phase: turn.phase}, effects, unread};
};

const serverStep = (server: TlsServer, event: TlsEvent, env: TlsEnv): TlsStep<TlsServer> => {
  const {settings, channel, phase} = server;
  const begun = {messages: [], records: [], because: undefined, unread: undefined};
  const turn: ServerTurn = {role: 'server', env, settings, channel, phase, effects: [], ...begun};
  if (event.kind === 'bytes') receive(turn, event.data, serverUpper);
  else if (event.kind !== 'open') happen(turn, event);
  conclude(turn);
  const {effects, unread} = turn;
  return {connection: {...server, channel: turn.channel, phase: turn.phase}, effects, unread};
};

export const tlsStep = (connection: TlsConnection, event: TlsEvent, env: TlsEnv): TlsStep<TlsConnection> =>
  connection.role === 'client' ? clientStep(connection, event, env) : serverStep(connection, event, env);
