// QUIC of other kinds than in the side files. Oracle: what the clients printed and tshark 4.0 says, fixtures/captures-today/README.md.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {http3Json, http3On} from '../../source/observe/http3-json.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {quicJson} from '../../source/observe/quic-json.ts';
import {readBytes} from '../wire/captures.ts';
import {quicFile, quicKeys} from './quic-captures.ts';

const recorded = (name: string, secrets = true) => {
  const inspector = new CaptureInspector();
  for (const record of readBytes(readFileSync(quicFile(name))).records) inspector.add(record);
  inspector.finish();
  return capturedQuic(inspector, quicKeys(name, secrets));
};

test.each([
  ['28b-quic-ccm', 'TLS_AES_128_CCM_SHA256', '1'],
  ['28c-quic-v2-draft', 'TLS_AES_128_GCM_SHA256', 'v2-draft-01'],
])('%s', (name, cipherSuite, version) => {
  const quic = recorded(name);
  expect(quic.map(({connection}) => quicJson(connection))).toMatchObject([
    {versions: [version], cipherSuite, alpn: 'h3', opened: true, close: {by: 'client', code: 256}},
  ]);
  expect(http3On(quic).map(http3Json)).toMatchObject([
    {streams: [{method: 'GET', path: '/index.html', status: 200, contentLength: 10, dataBytesToClient: 10}]},
  ]);
});

// RFC 9000 §5.2: ids tell connections apart that run between the same ports at once.
test('28k-quic-one-port: three connections at once', () => {
  const told = recorded('28k-quic-one-port').map(({connection}) => quicJson(connection));
  const packets = [
    {Initial: 4, Handshake: 4, '1-RTT': 15},
    {Initial: 3, Handshake: 4, '1-RTT': 21},
    {Initial: 3, Handshake: 4, '1-RTT': 18},
  ];
  expect(told.map((each) => each.packets)).toEqual(packets);
  expect(told.map(({datagrams}) => datagrams)).toEqual([21, 26, 23]);
  expect(told.map(({streams}) => streams?.map(({bytesToServer}) => bytesToServer))).toEqual([
    [100, 101, 102],
    [200, 201, 202],
    [300, 301, 302],
  ]);
});

test('28l-quic-no-version: the client does not come back', () => {
  const [captured] = recorded('28l-quic-no-version', false);
  expect(captured && quicJson(captured.connection)).toMatchObject({
    ...{versions: ['draft-29'], sni: 'www.example.com', alpnOffered: ['hq'], opened: false},
    ...{versionsOfServer: ['grease', '1'], packets: {Initial: 1, 'Version Negotiation': 1}},
  });
});

// RFC 9000 §10.2.3: in packets that others may read APPLICATION_ERROR stands for what the application said.
test('28m-quic-early: early data, and what the application said at the end', () => {
  const [, captured] = recorded('28m-quic-early');
  expect(captured && quicJson(captured.connection)).toMatchObject({
    ...{sessionResumed: true, earlyDataAccepted: true, packets: {'0-RTT': 4}},
    close: {by: 'client', type: 'transport', code: 0x0c},
  });
  expect(captured?.connection.closes.told).toMatchObject({application: true, code: 7, reason: 'bye'});
});

// Oracle: the ports that tshark shows.
test('28k-quic-one-port: both programs have one address, and each is a host', () => {
  const file = readFileSync(quicFile('28k-quic-one-port'));
  const index = new CaptureIndex({contents: true});
  for (const record of readBytes(file).records) index.add(record);
  const trace = index.trace({source: '', read: (from, length) => file.subarray(from, from + length)});
  expect(trace.header.hosts.map(({name}) => name)).toEqual(['127.0.0.1', '127.0.0.1:4433']);
  const senders = [1, 2, 3, 4, 16].map((packet) => trace.packet(packet).from);
  const [asks, answers] = ['127.0.0.1', '127.0.0.1:4433'];
  expect(senders).toEqual([asks, answers, answers, asks, answers]);
});
