// Recorded HTTP connections as exchanges of a Trace. Oracle: the captures' side files (fixtures/captures/http.json), and the
// digests of the bodies that tshark exported from them.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {openCapture} from '../../source/io/capture.ts';
import {
  type Exchange,
  exchangesAt,
  httpConnectionsIn,
  readingAt,
  type SeenMessage,
} from '../../source/observe/http-exchanges.ts';
import {bytesOf, missingIn, packetsOf} from '../../source/observe/stream-bytes.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {combinedValue, fieldValues} from '../../source/wire/http/fields.ts';
import {captureFolder} from '../wire/captures.ts';

type Told = {readonly [key: string]: unknown};
type Known = {
  readonly exchanges: {readonly [name: string]: readonly Told[]};
  readonly bodies: {readonly [name: string]: readonly string[]};
};
const known: Known = JSON.parse(readFileSync(`${captureFolder}http.json`, 'utf8'));

const captured = async (name: string): Promise<Trace> => {
  const opened = await openCapture(captureFolder + name);
  if (!opened.ok) throw new Error(`unreadable: ${name}`);
  return opened.value.trace;
};

const directionOf = ({connection}: Exchange, {side}: SeenMessage, trace: Trace) =>
  readingAt(connection, trace.length).directions[side];

const bodyOf = (exchange: Exchange, message: SeenMessage, trace: Trace): Uint8Array => {
  const direction = directionOf(exchange, message, trace);
  return Uint8Array.from(
    message.content.flatMap((span) => {
      expect(missingIn(direction, span)).toBe(0);
      return [...bytesOf(direction, span)];
    }),
  );
};

const statusOf = ({head: {start}}: SeenMessage): number => (start.kind === 'response' ? start.status : 0);

/** In the words of the side files. */
const told = (exchange: Exchange, trace: Trace): Told => {
  const {request, interim, response} = exchange;
  if (request?.head.start.kind !== 'request' || !response) throw new Error('half an exchange');
  const {method, target, version} = request.head.start;
  const {fields} = response.head;
  const last = (message: SeenMessage): number | undefined =>
    packetsOf(directionOf(exchange, message, trace), message.span).at(-1);
  const length = combinedValue(fields, 'Content-Length');
  const some = (key: string, value: unknown): Told => (value === undefined ? {} : {[key]: value});
  return {
    method,
    target,
    version,
    host: combinedValue(request.head.fields, 'Host'),
    status: statusOf(response),
    responseVersion: response.head.start.version,
    requestFrame: last(request),
    responseFrame: last(response),
    setCookie: fieldValues(fields, 'Set-Cookie'),
    ...some('requestBodyBytes', bodyOf(exchange, request, trace).length || undefined),
    ...some('interim', interim.length > 0 ? interim.map(statusOf) : undefined),
    ...some('cookie', combinedValue(request.head.fields, 'Cookie')),
    ...some('contentLength', length === undefined ? undefined : Number(length)),
    ...some('transferEncoding', combinedValue(fields, 'Transfer-Encoding')),
    ...some('contentType', combinedValue(fields, 'Content-Type')),
    ...some('location', combinedValue(fields, 'Location')),
    ...some('connection', combinedValue(fields, 'Connection')),
  };
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(Object.keys(known.exchanges))('%s', (name) => {
  test('exchanges and bodies are those of the side file and of tshark', async () => {
    const trace = await captured(name);
    const all = exchangesAt(trace, trace.length);
    const expected = (known.exchanges[name] ?? []).map(({stream: _, ...rest}) => rest);
    expect(all.map((exchange) => told(exchange, trace))).toEqual(expected);
    const bodies = all.flatMap((exchange) =>
      [exchange.request, exchange.response].flatMap((message) =>
        message && message.content.length > 0 ? [sha256(bodyOf(exchange, message, trace))] : [],
      ),
    );
    expect(bodies.sort()).toEqual(known.bodies[name]);
  });

  test('event by event, forwards and backwards, nothing is taken back that was read before', async () => {
    const trace = await captured(name);
    const lengths = (event: number): number[] =>
      httpConnectionsIn(trace).map((connection) =>
        readingAt(connection, event).exchanges.reduce(
          (sum, {request, response}) => sum + (request?.span.end ?? 0) + (response?.span.end ?? 0),
          0,
        ),
      );
    const forwards: number[][] = [];
    for (let event = 0; event <= trace.length; event += 3) forwards.push(lengths(event));
    for (const [index, now] of forwards.entries())
      for (const [at, length] of now.entries())
        expect(length).toBeGreaterThanOrEqual(forwards[index - 1]?.[at] ?? 0);
    const middle = 3 * Math.floor(forwards.length / 2);
    expect(lengths(middle)).toEqual(forwards[middle / 3]);
  });
});
