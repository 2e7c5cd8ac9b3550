// Recorded HTTP connections, put together by observe/reassembly and read by wire/http. Oracles: what the captures' side
// files say of each exchange (fixtures/captures/http.json), and the bodies that tshark exports, by their SHA-256.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {framesOf} from '../../../source/observe/reassembly.ts';
import {requestHost} from '../../../source/wire/http/connection.ts';
import {combinedValue, fieldValues} from '../../../source/wire/http/field-lines.ts';
import type {Head} from '../../../source/wire/http/framing.ts';
import {type HttpMessage, messagesOf} from '../../../source/wire/http/message.ts';
import {requestParser, responseParser} from '../../../source/wire/http/parser.ts';
import type {RequestLine} from '../../../source/wire/http/start-line.ts';
import {captureFolder} from '../captures.ts';
import {type Connection, connectionsOf, type Flow} from '../flows.ts';
import {tsharkMissing} from '../tshark.ts';
import {contentOf, readAll} from './reading.ts';

/** An exchange as a side file has it; `setCookie` is a list, the rest is absent where the message has it not. */
type Exchange = {
  readonly stream: number;
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly version: string;
  readonly status: number;
  readonly requestFrame: number;
  readonly requestBodyBytes?: number;
  readonly interim?: readonly number[];
  readonly responseVersion: string;
  readonly responseFrame: number;
  readonly setCookie: readonly string[];
  readonly cookie?: string;
  readonly contentLength?: number;
  readonly contentType?: string;
  readonly connection?: string;
  readonly location?: string;
  readonly transferEncoding?: string;
};

type Bodies = {readonly [name: string]: readonly string[]};

const known: {readonly exchanges: {readonly [name: string]: readonly Exchange[]}; readonly bodies: Bodies} =
  JSON.parse(readFileSync(`${captureFolder}http.json`, 'utf8'));
const names = Object.keys(known.exchanges);

type ReadFlow = {
  readonly messages: readonly HttpMessage[];
  readonly bytes: Uint8Array;
  /** The frame in which a message ended. */
  readonly lastFrame: (message: HttpMessage) => number;
};

const readFlow = ({pieces}: Flow, asked?: readonly string[]): ReadFlow => {
  const chunks = pieces.flatMap((piece) => (piece.kind === 'bytes' ? [piece] : []));
  expect(pieces.filter(({kind}) => kind === 'hole')).toEqual([]);
  const parser = asked ? responseParser(asked) : requestParser();
  const {parts, error} = readAll(
    parser,
    chunks.map(({bytes}) => bytes),
  );
  expect(error).toBeUndefined();
  return {
    messages: messagesOf(parts).messages,
    bytes: Uint8Array.from(Buffer.concat(chunks.map(({bytes}) => bytes))),
    lastFrame: ({span}) => framesOf(pieces, span).at(-1) ?? 0,
  };
};

type Pair = {
  readonly request: HttpMessage;
  readonly interim: readonly number[];
  readonly response: HttpMessage;
};

/** A response for each request, in order, behind its interim ones. */
const pairsOf = (requests: readonly HttpMessage[], responses: readonly HttpMessage[]): readonly Pair[] => {
  const left = [...responses];
  return requests.map((request) => {
    const interim: number[] = [];
    for (let response = left.shift(); response; response = left.shift()) {
      const {start} = response.head;
      if (start.kind !== 'response') break;
      if (start.status >= 200) return {request, interim, response};
      interim.push(start.status);
    }
    throw new Error('a request without a response');
  });
};

const requestHead = ({head}: HttpMessage): Head<RequestLine> => {
  const {start, fields} = head;
  if (start.kind !== 'request') throw new Error('no request');
  return {start, fields};
};

const lengthOf = ({content}: HttpMessage): number =>
  content.reduce((sum, {start, end}) => sum + end - start, 0);

const exchangesOf = (connection: Connection, stream: number): readonly Exchange[] => {
  const requests = readFlow(connection.flows[0]);
  const methods = requests.messages.map((message) => requestHead(message).start.method);
  const responses = readFlow(connection.flows[1], methods);
  return pairsOf(requests.messages, responses.messages).map(({request, interim, response}) => {
    const {start} = response.head;
    if (start.kind !== 'response') throw new Error('no response');
    const asked = requestHead(request);
    const host = requestHost(asked);
    const {fields} = response.head;
    const some = <T>(key: string, value: T | undefined) => (value === undefined ? {} : {[key]: value});
    const length = combinedValue(fields, 'Content-Length');
    return {
      stream,
      method: asked.start.method,
      target: asked.start.target,
      host: host.ok ? host.value : host.error.code,
      version: asked.start.version,
      status: start.status,
      requestFrame: requests.lastFrame(request),
      ...some('requestBodyBytes', lengthOf(request) || undefined),
      ...(interim.length > 0 && {interim}),
      ...some('cookie', combinedValue(asked.fields, 'Cookie')),
      responseVersion: start.version,
      responseFrame: responses.lastFrame(response),
      setCookie: fieldValues(fields, 'Set-Cookie'),
      ...some('contentLength', length === undefined ? undefined : Number(length)),
      ...some('transferEncoding', combinedValue(fields, 'Transfer-Encoding')),
      ...some('contentType', combinedValue(fields, 'Content-Type')),
      ...some('location', combinedValue(fields, 'Location')),
      ...some('connection', combinedValue(fields, 'Connection')),
    };
  });
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of all messages that have content, sorted. */
const ourBodies = (name: string): readonly string[] =>
  connectionsOf(name)
    .flatMap(({flows}) => {
      const requests = readFlow(flows[0]);
      const asked = requests.messages.map((message) => requestHead(message).start.method);
      const responses = readFlow(flows[1], asked);
      return [requests, responses].flatMap(({messages, bytes}) =>
        messages
          .filter(({content}) => content.length > 0)
          .map((message) => sha256(contentOf(message, bytes))),
      );
    })
    .sort();

const tsharkBodies = (name: string): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'objects-'));
  spawnSync('tshark', ['-n', '-q', '-r', captureFolder + name, '--export-objects', `http,${folder}`]);
  const bodies = readdirSync(folder).map((file) => sha256(readFileSync(join(folder, file))));
  rmSync(folder, {recursive: true});
  return bodies.sort();
};

const missing = tsharkMissing();
if (missing) console.log(`http: bodies compared with stored digests only, because ${missing}`);

describe.each(names)('%s', (name) => {
  const connections = connectionsOf(name);

  test('methods, targets, versions, statuses, cookies and frames are those of the side file', () => {
    const withHttp = connections.filter(({flows}) =>
      flows.some(({pieces}) => pieces.some(({kind}) => kind === 'bytes')),
    );
    expect(withHttp.flatMap(exchangesOf)).toEqual(known.exchanges[name]);
  });

  test('bodies have the digests that tshark exported', () => {
    expect(ourBodies(name)).toEqual(known.bodies[name]);
  });

  test.skipIf(missing !== undefined)('and exports now', () => {
    expect(ourBodies(name)).toEqual(tsharkBodies(name));
  });
});
