// Recorded HTTP connections as exchanges of a Trace. Oracle: the captures' side files (fixtures/captures/http.json), and the
// digests of the bodies that tshark exported from them.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {openCapture} from '../../source/io/capture.ts';
import {exchangesAt, httpConnectionsIn, readingAt} from '../../source/observe/http-exchanges.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {captureFolder} from '../wire/captures.ts';
import {bodyOf, type Told, told} from './http-told.ts';

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
    const backwards = forwards.map((_, index) => lengths(3 * (forwards.length - 1 - index)));
    expect(backwards.reverse()).toEqual(forwards);
  });
});
