// Two servers that answer the same ClientHello with different suites: the first difference is told by the message (RFC 5246 §7.4.1.3).
import {expect, test} from 'vitest';
import {compareTraces} from '../../../source/sim/compare.ts';
import {explanation} from '../../../source/view/compare/compare-words.ts';
import {page, runOf} from '../../lesson/tls/page.ts';

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
  expect(explanation(comparison, 'en')).toMatch(
    /^At 150 ms server writes ServerHello: what it says differs\./,
  );
  expect(explanation(comparison, 'zh')).toMatch(/^150 ms，服务器写出 ServerHello：内容不同。/);
});
