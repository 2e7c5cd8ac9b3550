// The client is side 0 of a session, whoever was seen first. Oracle: RFC 9293 §3.4, the end that sent SYN, and where none was captured the
// higher port; RFC 9846 §6, an alert in clear: level 2, description 40.
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {FateColumns} from '../../source/observe/fate-columns.ts';
import {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {OctetStore} from '../../source/observe/octet-store.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {segmentOf} from './segments.ts';

const client = {address: '192.0.2.1', port: 50_000};
const server = {address: '192.0.2.2', port: 443};

/** The server refuses; `first`: whose segment is the first of the capture. */
const refused = (first: 'client' | 'server', data: Uint8Array) => {
  const ends = first === 'client' ? ([client, server] as const) : ([server, client] as const);
  const connection = new ObservedConnection({
    fates: new FateColumns(),
    id: 1,
    ends,
    frame: 1,
    atUs: 0,
    store: new OctetStore(1 << 16),
  });
  const side = first === 'client' ? 1 : 0;
  const alert = {...segmentOf({seq: 300, ack: 100, frame: 2}), data, length: data.length};
  connection.take(side === 0 ? 1 : 0, segmentOf({seq: 100, ack: 300}), undefined);
  connection.take(side, alert, undefined);
  connection.read(side, alert);
  return capturedTls([connection], undefined);
};

test.each(['client', 'server'] as const)('the %s seen first', (first) => {
  const [captured] = refused(first, octetsOf('15030300020228'));
  expect(captured?.session?.alerts).toEqual([{side: 1, frame: 2, level: 2, description: 40}]);
  expect(captured?.session).toMatchObject({
    hello: false,
    retried: false,
    closed: false,
    opened: false,
    why: undefined,
  });
});

test('on TLS’s port what is neither TLS nor text is told without a session', () => {
  expect(refused('client', octetsOf('0011223344'))).toMatchObject([{session: undefined, http: []}]);
  expect(refused('client', octetsOf('4142434445'))).toEqual([]);
});

const connectionsOf = async (file: string) => {
  const read = await inspectCapture(fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url)));
  return read.ok ? read.value.inspector.connections : [];
};

// Each alone is what the side files say (captures.test.ts).
test('a certificate that is read once for all who show it is not told of those who show another', async () => {
  const files = ['captures/16a-tls12-rsa-gcm.pcap', 'captures-today/24e-tls10-tls11.pcap'];
  const all = (await Promise.all(files.map(connectionsOf))).map((each) => [...each]);
  const told = (of: (typeof all)[number]) =>
    capturedTls(of, undefined).map(({session}) => session?.certificate);
  const alone = all.map((each) => each.flatMap((one) => told([one])));
  expect(new Set(alone.flat().map((each) => each?.notBeforeUs)).size).toBeGreaterThan(1);
  expect(told(all.flat())).toEqual(alone.flat());
});
