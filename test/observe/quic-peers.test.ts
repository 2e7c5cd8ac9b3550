// QUIC that tshark 4.0 does not open. Oracle: what the client (ngtcp2) printed while it was recorded, fixtures/captures-today/README.md.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {http3Json, http3On} from '../../source/observe/http3-json.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {quicJson} from '../../source/observe/quic-json.ts';
import {readBytes} from '../wire/captures.ts';
import {quicFile, quicKeys} from './quic-captures.ts';

test.each([
  ['28b-quic-ccm', 'TLS_AES_128_CCM_SHA256', '1'],
  ['28c-quic-v2-draft', 'TLS_AES_128_GCM_SHA256', 'v2-draft-01'],
])('%s', (name, cipherSuite, version) => {
  const inspector = new CaptureInspector();
  for (const record of readBytes(readFileSync(quicFile(name))).records) inspector.add(record);
  inspector.finish();
  const quic = capturedQuic(inspector, quicKeys(name));
  expect(quic.map(({connection}) => quicJson(connection))).toMatchObject([
    {versions: [version], cipherSuite, alpn: 'h3', opened: true, close: {by: 'client', code: 256}},
  ]);
  expect(http3On(quic).map(http3Json)).toMatchObject([
    {streams: [{method: 'GET', path: '/index.html', status: 200, contentLength: 10, dataBytesToClient: 10}]},
  ]);
});
