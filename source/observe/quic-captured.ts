// Reads the QUIC of a capture at its end, when the secrets are known; until then the octets of its datagrams are kept.

import type {QuicKeys} from '../wire/quic/packet-protection.ts';
import {type CaptureInspector, endpointText} from './capture-inspector.ts';
import {DnsStream} from './dns-stream.ts';
import {type DnsTransaction, DnsTransactions} from './dns-transactions.ts';
import {Http3Connection, type SeenHttp3Part} from './http3-connection.ts';
import type {QuicConnection} from './quic-connection.ts';
import {QuicConnections} from './quic-connections.ts';
import type {StreamPiece} from './quic-streams.ts';

/** A QUIC connection of a capture and what was found in it. `http3` is undefined if nothing that was decrypted is HTTP/3. */
export type CapturedQuic = {
  readonly connection: QuicConnection;
  readonly http3: Http3Connection | undefined;
  /** The DNS transactions on the QUIC connection (RFC 9250); empty if it does not carry DNS. */
  readonly dns: readonly DnsTransaction[];
  /** The number of the UDP conversation that contains the QUIC connection's first datagrams. */
  readonly conversation: number | undefined;
  /**
   * The number of this QUIC connection, counted from 1, among those between the same addresses and ports; connection IDs tell them apart
   * (RFC 9000 §5.2).
   */
  readonly nth: number;
  /** True if the key log that was used to decrypt QUIC contains any secrets. */
  readonly withSecrets: boolean;
};

/** Tells whether a QUIC connection speaks HTTP/3: the agreed protocol is `h3`, or the client offers it and the agreement was not seen. */
export const speaksHttp3 = ({handshake: {alpn, alpnOffered}}: QuicConnection): boolean =>
  (alpn === undefined ? alpnOffered : [alpn]).some((name) => name === 'h3' || name.startsWith('h3-'));

/** Tells whether a QUIC connection speaks DNS (RFC 9250 §4.1); drafts append their number to the protocol's name. */
const speaksDns = ({handshake: {alpn}}: QuicConnection): boolean =>
  alpn === 'doq' || !!alpn?.startsWith('doq-');

/** DNS over QUIC: each stream contains one question and its answer, each after its length (RFC 9250 §4.2). */
class DnsOverQuic {
  readonly transactions = new DnsTransactions();
  readonly #streams = new Map<string, DnsStream>();

  take({stream, side, bytes, frame}: StreamPiece, {ends: [client, server], lastUs}: QuicConnection): void {
    const name = `${stream.id} ${side}`;
    const half = this.#streams.get(name) ?? new DnsStream();
    this.#streams.set(name, half);
    const [from, to] = side === 0 ? [client, server] : [server, client];
    for (const message of half.take({kind: 'bytes', start: 0, bytes, frame}))
      this.transactions.take(message, {transport: 'quic', from, to, frame, atUs: lastUs});
  }
}

/** Callbacks for callers that want each piece of a QUIC stream, and each part of an HTTP/3 message. */
export type QuicWatch = {
  piece(piece: StreamPiece, connection: QuicConnection): void;
  part(part: SeenHttp3Part, connection: QuicConnection): void;
};

/** Reads the QUIC of one datagram after the other; its results are those of all datagrams so far. */
export class QuicReading {
  readonly connections: QuicConnections;
  readonly #http3 = new Map<QuicConnection, Http3Connection>();
  readonly #dns = new Map<QuicConnection, DnsOverQuic>();

  constructor(keys: QuicKeys, watch?: QuicWatch) {
    this.connections = new QuicConnections(keys, (piece, connection) => {
      watch?.piece(piece, connection);
      if (speaksHttp3(connection)) {
        const http3 =
          this.#http3.get(connection) ??
          new Http3Connection(watch && ((part) => watch.part(part, connection)));
        this.#http3.set(connection, http3);
        http3.take(piece);
      } else if (speaksDns(connection)) {
        const dns = this.#dns.get(connection) ?? new DnsOverQuic();
        this.#dns.set(connection, dns);
        dns.take(piece, connection);
      }
    });
  }

  http3Of(connection: QuicConnection): Http3Connection | undefined {
    return this.#http3.get(connection);
  }

  dnsOf(connection: QuicConnection): readonly DnsTransaction[] {
    return this.#dns.get(connection)?.transactions.all ?? [];
  }
}

/** Returns the DNS transactions in clear and those over QUIC, in the order of their queries. */
export const withDnsOf = (
  quic: readonly CapturedQuic[],
  dns: readonly DnsTransaction[],
): readonly DnsTransaction[] => {
  const inside = quic.flatMap((each) => each.dns);
  return inside.length === 0 ? dns : [...dns, ...inside].sort((a, b) => a.queryFrame - b.queryFrame);
};

/**
 * Returns the connections that surely are QUIC. Only a long header names the version: a connection without one counts only if its server
 * has used QUIC versions with another client (RFC 9000 §17.2, §17.3).
 */
const onlyQuic = (all: readonly QuicConnection[]): readonly QuicConnection[] => {
  const servers = new Set(all.flatMap(({versions, ends}) => (versions.length > 0 ? [ends[1]] : [])));
  return all.filter(({ends}) => servers.has(ends[1]));
};

/** Reads all kept QUIC datagrams of a capture; returns the connections in the order of their first datagrams. */
export const capturedQuic = ({quic, udp}: CaptureInspector, keys: QuicKeys): readonly CapturedQuic[] => {
  const reading = new QuicReading(keys);
  for (const {frame, atUs, ends, side, bytes} of quic) {
    const [from, to] = (side === 0 ? ends : [ends[1], ends[0]]).map(endpointText);
    if (from !== undefined && to !== undefined) reading.connections.take({frame, atUs, from, to, bytes});
  }
  const numbers = new Map(udp.all.map(({id, ends}) => [ends.map(endpointText).toSorted().join(' '), id]));
  const withSecrets = keys.log.secrets.size > 0;
  const counts = new Map<string, number>();
  return onlyQuic(reading.connections.all).map((connection) => {
    const ends = connection.ends.toSorted().join(' ');
    const nth = (counts.get(ends) ?? 0) + 1;
    counts.set(ends, nth);
    const inside = {http3: reading.http3Of(connection), dns: reading.dnsOf(connection)};
    return {connection, ...inside, conversation: numbers.get(ends), nth, withSecrets};
  });
};
