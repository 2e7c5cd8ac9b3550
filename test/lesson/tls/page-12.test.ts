// TLS 1.2 and certificates in lessons: who is believed, what a leaked key opens of a recording (RFC 5246 §F.1.1.2), and the alerts
// by which clients refuse (RFC 5246 §7.2.2, RFC 9846 §6.2).
import {describe, expect, test} from 'vitest';
import {answersOf, page, runOf, toldOf} from './page.ts';

const get = (at: string) => `{at: ${at}, host: client, call: get, url: 'https://www.example.com/'}`;
const run = (tls: string, more: readonly string[] = [], client = '') => {
  const site = `{host: server, tls: {${tls}, http: {keepAlive: 2s, routes: [{get: /, body: 100B}]}}}`;
  const apps = [site, client].filter((app) => app !== '').join(', ');
  return runOf(page(`apps: [${apps}]\nscript: [${[get('0ms'), ...more].join(', ')}]\n`));
};

const leak = '{at: 10s, host: server, call: leakKey, of: certificate}';
const recovered = (suite: string) => run(`certificate: good, versions: [1.2], suites: [${suite}]`, [leak]);

test('with RSA key transport the leaked key opens the recorded request and response', () => {
  const [leaked] = toldOf(recovered('TLS_RSA_WITH_AES_128_GCM_SHA256'), 'recovered');
  if (leaked?.what.kind !== 'recovered') expect.fail('nothing is recovered');
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  expect(text(leaked.what.client)).toBe('GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n');
  expect(text(leaked.what.server)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test.each(['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'])(
  'with %s it opens nothing',
  (suite) => {
    const trace = recovered(suite);
    expect(answersOf(trace)).toEqual(['ok 200']);
    expect(toldOf(trace, 'recovered')).toEqual([]);
    expect(toldOf(trace, 'unrecovered').map(({what}) => what)).toEqual([
      {kind: 'unrecovered', why: 'no-key-transport'},
    ]);
  },
);

describe.each(['1.2', '1.3'])('TLS %s', (version) => {
  test.each([
    ['expired', 'certificate_expired'],
    ['wrong-name', 'certificate_unknown'],
    ['self-signed', 'unknown_ca'],
    ['forged', 'unknown_ca'],
  ])('a certificate that is %s ends with %s', (certificate, alert) => {
    const trace = run(`certificate: ${certificate}, versions: [${version}]`);
    expect(answersOf(trace)).toEqual(['alert']);
    const [sent] = toldOf(trace, 'alert');
    expect(sent).toMatchObject({host: 'client', what: {op: 'sent', name: alert, fatal: true}});
  });

  test('who believes the attacker’s authority accepts its forgery', () => {
    const fooled = '{host: client, tls: {roots: attacker}}';
    expect(answersOf(run(`certificate: forged, versions: [${version}]`, [], fooled))).toEqual(['ok 200']);
  });

  test('a ticket spares the certificate', () => {
    const trace = run(`certificate: good, versions: [${version}]`, [get('30s')]);
    const agreed = toldOf(trace, 'established').filter(({host}) => host === 'client');
    expect(agreed.map(({what}) => what)).toMatchObject([
      {agreement: {version: `TLS ${version}`, resumed: false}},
      {agreement: {version: `TLS ${version}`, resumed: true}},
    ]);
  });
});
