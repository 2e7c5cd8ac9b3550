// Our TLS machines behind real sockets on 127.0.0.1: a server for somebody's client, a client for somebody's server.
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {type TlsConnection, tlsClient, tlsServer} from '../../../source/stack/tls/connection.ts';
import type {TlsEvent} from '../../../source/stack/tls/effect.ts';
import type {TlsClientSettings, TlsServerSettings} from '../../../source/stack/tls/settings.ts';
import {End, seeded} from '../../stack/tls/pair.ts';

/** One end that writes to a socket what it sends, and hears what the socket brings. */
export class Wired {
  readonly end: End;
  readonly #socket: Socket;
  /** What it waits for. */
  #waiting: {readonly until: (end: End) => boolean; readonly done: () => void}[] = [];

  constructor(connection: TlsConnection, socket: Socket, memory?: Set<string>) {
    // Chance, so that the other program never sees the same randoms again.
    this.end = new End(connection, seeded(randomBytes(16).toString('hex')), memory);
    this.#socket = socket;
    socket.on('data', (data) => this.happen({kind: 'bytes', data: new Uint8Array(data)}));
    socket.on('end', () => this.happen({kind: 'eof'}));
    socket.on('error', () => this.happen({kind: 'eof'}));
  }

  happen(event: TlsEvent): void {
    this.end.nowUs = Math.round(performance.now() * 1000);
    this.end.happen(event);
    for (const data of this.end.take()) this.#socket.write(data);
    const {state} = this.end;
    if (state === 'CLOSED' || this.end.of('finish').length > 0) this.#socket.end();
    this.#waiting = this.#waiting.filter(({until, done}) => {
      const met = until(this.end);
      if (met) done();
      return !met;
    });
  }

  /** Until that is so, or nothing more can come. */
  until(what: (end: End) => boolean): Promise<void> {
    if (what(this.end)) return Promise.resolve();
    return new Promise((done) =>
      this.#waiting.push({until: (end) => what(end) || end.state === 'CLOSED', done}),
    );
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

export const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
};

/** Answers whatever comes by `answer`, then closes. */
export type OurServer = {readonly port: number; readonly ends: readonly End[]; close(): void};

export const ourServer = async (
  settings: TlsServerSettings,
  answer: (heard: string) => string | undefined,
): Promise<OurServer> => {
  const ends: End[] = [];
  const wired: Wired[] = [];
  const memory = new Set<string>();
  const server = createServer({allowHalfOpen: true}, (socket) => {
    const one = new Wired(tlsServer(settings), socket, memory);
    wired.push(one);
    ends.push(one.end);
    one.happen({kind: 'open'});
    void one
      .until(({text}) => answer(text) !== undefined)
      .then(() => {
        const reply = answer(one.end.text);
        if (reply === undefined) return;
        one.happen({kind: 'write', data: new TextEncoder().encode(reply)});
        one.happen({kind: 'close'});
      });
  });
  const port = await listen(server);
  return {
    port,
    ends,
    close: () => {
      for (const one of wired) one.destroy();
      server.close();
    },
  };
};

export const ourClient = async (settings: TlsClientSettings, port: number): Promise<Wired> => {
  const socket = connect({host: '127.0.0.1', port, allowHalfOpen: true});
  const client = new Wired(tlsClient(settings), socket);
  await once(socket, 'connect');
  client.happen({kind: 'open'});
  return client;
};
