// Node's own TLS (OpenSSL) at the other end of a loopback connection: a server that answers once, a client that asks once.
import {readFileSync} from 'node:fs';
import {type ConnectionOptions, connect, createServer, type TLSSocket, type TlsOptions} from 'node:tls';
import type {TlsClientSettings, TlsServerSettings} from '../../../source/stack/tls/settings.ts';
import {clientSettings, type End, serverSettings, write} from '../../stack/tls/pair.ts';
import {listen, ourClient, ourServer} from './loopback.ts';

const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));
export const keys = {
  rsa: {cert: pem('rsa'), key: pem('rsa-key')},
  p256: {cert: pem('p256'), key: pem('p256-key')},
};

/** Node's server says what it heard, once, and closes. */
export const nodeServer = async (options: TlsOptions) => {
  const heard: TLSSocket[] = [];
  const server = createServer(options, (socket) => {
    heard.push(socket);
    socket.on('error', () => {});
    socket.once('data', (data) => socket.end(`heard ${data}`));
  });
  server.on('tlsClientError', () => {});
  return {port: await listen(server), heard, close: () => server.close()};
};

/** Our client says hello to what listens there. */
export const ask = async (settings: Partial<TlsClientSettings>, port: number): Promise<End> => {
  const client = await ourClient({...clientSettings, ...settings}, port);
  client.happen(write('hello'));
  await client.until((end) => end.of('closed').length > 0);
  client.happen({kind: 'close'});
  client.destroy();
  return client.end;
};

export type Visit = {
  readonly socket: TLSSocket;
  readonly heard: string;
  readonly session?: Buffer;
  readonly reused: boolean;
  readonly cipher: string;
};

/** Node's client says hello to what listens there. */
export const say = (port: number, options: ConnectionOptions): Promise<Visit> =>
  new Promise((resolve, reject) => {
    const given = {
      port,
      host: '127.0.0.1',
      servername: 'www.example.com',
      rejectUnauthorized: false,
    } as const;
    let heard = '';
    let session: Buffer | undefined;
    let reused = false;
    let cipher = '';
    const socket = connect({...given, ...options}, () => {
      reused = socket.isSessionReused();
      cipher = socket.getCipher().standardName;
      socket.write('hello');
    });
    socket.on('session', (ticket) => {
      session = ticket;
    });
    socket.on('data', (data) => {
      heard += data;
    });
    socket.on('error', reject);
    socket.on('end', () => resolve({socket, heard, reused, cipher, ...(session && {session})}));
  });

const answer = (heard: string) => (heard.length > 0 ? `heard ${heard}` : undefined);

/** Our server, which says what it heard. */
export const echoing = (settings: Partial<TlsServerSettings>) =>
  ourServer({...serverSettings, ...settings}, answer);
