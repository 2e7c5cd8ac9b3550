// Streams are put together only where something begins that is read. Oracle: all of them put together, for every capture of the
// fixtures: whatever is TLS, HTTP or DNS there has to have been expected.
import {expect, test} from 'vitest';
import {type Connection, connectionsIn} from '../../source/observe/connections.ts';
import {httpConnectionsIn} from '../../source/observe/http-exchanges.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {dnsPort} from '../../source/wire/dns/carried.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {clientHello, cutAt, saidCapture} from '../helpers/said-capture.ts';
import {captureFiles} from '../wire/captures.ts';

const isDns = ({ends}: Connection): boolean => ends.some(({port}) => port === dnsPort);

test.each(captureFiles)('%s', (name) => {
  const trace = capturedTrace(name);
  const {all, carriedBy} = connectionsIn(trace);
  const read = new Set([
    ...tlsSessionsIn(trace).map(({connection}) => connection),
    ...httpConnectionsIn(trace),
    ...all.filter(isDns),
  ]);
  for (let packet = 1; packet <= trace.packetCount; packet++) {
    const carried = carriedBy(packet);
    if (carried && read.has(carried.connection))
      expect(trace.connectionPackets?.mayBeRead(packet), `packet ${packet}`).toBe(true);
  }
});

const lines = (text: string) => encodeUtf8(text);

test.each<[string, readonly Uint8Array[], boolean]>([
  ['lines in small letters', [lines('quit\r\n'), lines('Bye now\r\n')], false],
  ['nor octets', [Uint8Array.of(0, 1, 2, 3)], false],
  ['a head in two', cutAt(lines('GET / HTTP/1.1\r\nHost: a\r\n\r\n'), 8), true],
  ['a request behind something else', [lines('xx'), lines('GET / HTTP/1.1\r\n\r\n')], true],
  // Its header is alone in the first segment.
  ['a hello in two', cutAt(clientHello('a.example'), 3), true],
])('%s', (_, pieces, expected) => {
  const trace = saidCapture(
    5201,
    pieces.map((bytes) => ({by: 'client', bytes})),
  );
  expect(trace.connectionPackets?.mayBeRead(3)).toBe(expected);
});

test('what no connection holds is not read', () => {
  const trace = saidCapture(53, []);
  expect(trace.connectionPackets?.mayBeRead(1)).toBe(true);
  expect(trace.connectionPackets?.mayBeRead(0)).toBe(false);
});
