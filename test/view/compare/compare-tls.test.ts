// Two servers that answer the same ClientHello with different suites: the first difference is told by the message (RFC 5246 §7.4.1.3).
import {expect, test} from 'vitest';
import {compareTraces} from '../../../source/sim/compare.ts';
import {page, runOf} from '../../lesson/tls/page.ts';
import {explained} from './explained.ts';

const suites = ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] as const;
const [rsa, ecdhe] = suites.map((suite) =>
  runOf(
    page(
      `apps: [{host: server, tls: {certificate: good.rsa, versions: [1.2], suites: [${suite}], http: {routes: [{get: /, body: 10B}]}}}]
script: [{at: 0ms, host: client, call: get, url: 'https://www.example.com/'}]
`,
    ),
  ),
);

test('the message that differs is named', () => {
  if (!rsa || !ecdhe) expect.fail('two runs');
  const comparison = compareTraces(rsa, ecdhe);
  expect(explained(comparison, 'en')).toMatch(
    /^Packet 6 \(.*ServerHello, Certificate …\): tls\.handshake\.ciphersuite is 0x009c in A and 0xc02f in B\./,
  );
  expect(explained(comparison, 'zh')).toContain('A 中 tls.handshake.ciphersuite 是 0x009c，B 中是 0xc02f。');
});
