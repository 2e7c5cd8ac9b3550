// Writes the QUIC connections of a capture as JSON, in the format of the files that accompany the reference captures.
import {hexOf} from '../wire/octets.ts';
import {quicVersionName} from '../wire/quic/quic-version.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import type {Side} from './connections.ts';
import type {QuicConnection} from './quic-connection.ts';
import type {QuicStream, StreamCode} from './quic-streams.ts';

export const sideName = (side: Side): 'client' | 'server' => (side === 0 ? 'client' : 'server');

const sides: readonly Side[] = [0, 1];

const codeJson = (name: string, told: StreamCode | undefined) =>
  told === undefined ? {} : {[name]: {by: sideName(told.by), code: told.code}};

const streamJson = (stream: QuicStream) => ({
  id: stream.id,
  opener: sideName(stream.opener),
  direction: stream.twoWay ? 'two-way' : 'one-way',
  bytesToServer: stream.bytes(0),
  bytesToClient: stream.bytes(1),
  fin: sides.filter((side) => stream.hasFinished(side)).map(sideName),
  ...codeJson('reset', stream.reset),
  ...codeJson('stopSending', stream.stopSending),
});

const closeJson = ({closes: {first: close}}: QuicConnection) =>
  close
    ? {
        by: sideName(close.by),
        type: close.application ? 'application' : 'transport',
        code: close.code,
        reason: close.reason,
        frame: close.frame,
      }
    : null;

const insideJson = (connection: QuicConnection) =>
  connection.opened
    ? {
        keyPhaseChanges: connection.keyPhaseChanges,
        streams: connection.streams.all.map(streamJson),
        close: closeJson(connection),
      }
    : {};

export const quicJson = (connection: QuicConnection) => {
  const {ends, handshake, sourceIds, retryToken, versionsOfServer} = connection;
  const [client, server] = ends;
  const suite = handshake.server?.cipherSuite;
  return {
    client,
    server,
    versions: connection.versions.map(quicVersionName),
    initialDestinationConnectionId: hexOf(connection.initialDcid),
    clientConnectionId: sourceIds[0] ? hexOf(sourceIds[0]) : null,
    serverConnectionId: sourceIds[1] ? hexOf(sourceIds[1]) : null,
    sni: handshake.serverName ?? null,
    alpn: handshake.alpn ?? null,
    alpnOffered: handshake.alpnOffered,
    cipherSuite: suite === undefined ? null : cipherSuiteName(suite),
    opened: connection.opened,
    packets: connection.packets,
    datagrams: connection.datagrams,
    ...insideJson(connection),
    ...(retryToken && {retryTokenBytes: retryToken.length}),
    ...(versionsOfServer && {versionsOfServer: versionsOfServer.map(quicVersionName)}),
    sessionResumed: handshake.resumed ?? null,
    earlyDataAccepted: handshake.earlyDataAccepted ?? null,
  };
};
