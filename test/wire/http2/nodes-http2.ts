// What Node's HTTP/2 (nghttp2) writes, over a stream in memory: one direction of a connection as octets.
import {connect, createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders} from 'node:http2';
import {Duplex} from 'node:stream';

type Written = {readonly side: 0 | 1; readonly bytes: Uint8Array};

/** The two ends of a connection; `octets` keeps what each has written. */
const pair = (): readonly [Duplex, Duplex, readonly Written[]] => {
  const octets: Written[] = [];
  const ends: Duplex[] = [];
  const end = (own: 0 | 1): Duplex =>
    new Duplex({
      read() {},
      write(chunk: Uint8Array, _, done) {
        octets.push({side: own, bytes: Uint8Array.from(chunk)});
        ends[1 - own]?.push(chunk);
        done();
      },
      final(done) {
        ends[1 - own]?.push(null);
        done();
      },
    });
  const [client, server] = [end(0), end(1)];
  ends.push(client, server);
  return [client, server, octets];
};

export type Exchange = {
  readonly request: OutgoingHttpHeaders;
  readonly response: OutgoingHttpHeaders;
  readonly content: Uint8Array;
  readonly trailers: OutgoingHttpHeaders;
};

export type Said = {
  /** In the order in which it was written; 0: by the client. */
  readonly written: readonly Written[];
  /** What the server has heard. */
  readonly heard: readonly IncomingHttpHeaders[];
};

/** One exchange after the other, on one connection. */
export const converse = async (exchanges: readonly Exchange[]): Promise<Said> => {
  const [clientEnd, serverEnd, written] = pair();
  const heard: IncomingHttpHeaders[] = [];
  const server = createServer();
  let at = 0;
  server.on('stream', (stream, headers) => {
    heard.push(headers);
    stream.resume();
    const exchange = exchanges[at++];
    stream.respond(exchange?.response, {waitForTrailers: true});
    stream.on('wantTrailers', () => stream.sendTrailers(exchange?.trailers ?? {}));
    stream.end(exchange?.content);
  });
  server.emit('connection', serverEnd);
  const client = connect('http://t.example', {createConnection: () => clientEnd});
  for (const {request, content} of exchanges) {
    const stream = client.request(request, {endStream: content.length === 0});
    if (content.length > 0) stream.end(content);
    await new Promise((done, fail) => {
      stream.on('close', done).on('error', fail).resume();
    });
  }
  await new Promise<void>((done) => {
    client.close(done);
  });
  server.close();
  return {written, heard};
};
