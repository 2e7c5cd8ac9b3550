// TLS 1.2 between our client and our server: what is agreed on, in which order, and under which keys.
import {describe, expect, test} from 'vitest';
import {Pair, write} from '../pair.ts';

const tls12 = 0x0303;
const only12 = {versions: [tls12]};

const suites = [
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 0x009c],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 0x009d],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 0xc02b],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 0xc02c],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 0xc02f],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 0xc030],
] as const;

describe('full handshake (RFC 5246 figure 1)', () => {
  test.each(suites)('%s', (_, suite) => {
    const pair = new Pair({client: {...only12, cipherSuites: [suite]}, server: only12}).open().run();
    expect(pair.client.alerts).toEqual([]);
    expect(pair.client.agreement).toMatchObject({version: 'TLS 1.2', suite, resumed: false});
    pair.client.happen(write('GET / HTTP/1.1'));
    pair.server.happen(write('HTTP/1.1 200 OK'));
    pair.run();
    expect([pair.server.text, pair.client.text]).toEqual(['GET / HTTP/1.1', 'HTTP/1.1 200 OK']);
  });
});
