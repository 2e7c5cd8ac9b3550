// ServerHellos and HelloRetryRequests that a client refuses, by the alert that RFC 9846 names.
import {describe, test} from 'vitest';
import {bytes, type Case, check, fresh, resuming, secp256r1, x25519} from './refusal.ts';
import {retrySays, serverSays} from './tamper.ts';

const retried = () => {
  const pair = fresh({client: {keyShares: [x25519]}, server: {groups: [secp256r1], cookie: 'retry'}});
  pair.pass(pair.client, pair.server);
  pair.pass(pair.server, pair.client);
  return pair;
};

const toClient: readonly Case[] = [
  [
    'version not offered (§4.3.1)',
    'illegal_parameter',
    () => serverSays(fresh(), (body) => withAnswer(body, 'supported_versions', 0x0303)),
  ],
  ['TLS 1.2 (§4.3.1)', 'protocol_version', () => serverSays(fresh(), withoutVersion)],
  [
    '1.2 where 1.3 known (§4.2.3)',
    'illegal_parameter',
    () =>
      serverSays(fresh(), (body) => {
        const random = Uint8Array.from(body.random);
        random.set(new TextEncoder().encode('DOWNGRD\u0001'), 24);
        return withoutVersion({...body, random});
      }),
  ],
  [
    '1.1 where 1.3 known (§4.2.3)',
    'illegal_parameter',
    () =>
      serverSays(fresh(), (body) => {
        const random = Uint8Array.from(body.random);
        random.set(new TextEncoder().encode('DOWNGRD\u0000'), 24);
        return withoutVersion({...body, random});
      }),
  ],
  [
    'legacy_version 1.3 (§4.2.3)',
    'protocol_version',
    () => serverSays(fresh(), (body) => ({...body, legacyVersion: 0x0304})),
  ],
  [
    'another session id (§4.2.3)',
    'illegal_parameter',
    () => serverSays(fresh(), (body) => ({...body, legacySessionIdEcho: new Uint8Array(32)})),
  ],
  [
    'compression (§4.2.3)',
    'illegal_parameter',
    () => serverSays(fresh(), (body) => ({...body, legacyCompressionMethod: 1})),
  ],
  [
    'suite not offered (§4.2.3)',
    'illegal_parameter',
    () => serverSays(fresh({client: {cipherSuites: [0x1301]}}), (body) => ({...body, cipherSuite: 0x1303})),
  ],
  [
    'no share (§9.2)',
    'missing_extension',
    () =>
      serverSays(fresh(), (body) => ({
        ...body,
        extensions: (body.extensions ?? []).filter(({name}) => name !== 'key_share'),
      })),
  ],
  [
    'a share of another group (§4.3.8)',
    'illegal_parameter',
    () =>
      serverSays(fresh(), (body) =>
        withAnswer(body, 'key_share', {group: secp256r1, keyExchange: new Uint8Array(65)}),
      ),
  ],
  [
    'a point of small order (§7.4.2)',
    'illegal_parameter',
    () =>
      serverSays(fresh(), (body) =>
        withAnswer(body, 'key_share', {group: x25519, keyExchange: new Uint8Array(32)}),
      ),
  ],
  [
    'unasked extension (§4.3)',
    'unsupported_extension',
    () =>
      serverSays(fresh(), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'raw', type: 0x1234, value: new Uint8Array()}],
      })),
  ],
  [
    'misplaced extension (§4.3)',
    'illegal_parameter',
    () =>
      serverSays(fresh({client: {alpn: ['a']}}), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'server_name', value: undefined}],
      })),
  ],
  [
    'a PSK that was not offered (§4.3)',
    'unsupported_extension',
    () =>
      serverSays(fresh(), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'pre_shared_key', value: 0}],
      })),
  ],
  [
    'a PSK beyond those offered (§4.3.11)',
    'illegal_parameter',
    () => serverSays(resuming(), (body) => withAnswer(body, 'pre_shared_key', 1)),
  ],
  [
    'a PSK with another hash (§4.3.11)',
    'illegal_parameter',
    () => serverSays(resuming(), (body) => ({...body, cipherSuite: 0x1302})),
  ],
  [
    'a retry that changes nothing (§4.2.4)',
    'illegal_parameter',
    () =>
      retrySays(fresh({server: {cookie: 'always'}}), (body) => ({
        ...body,
        extensions: (body.extensions ?? []).filter(({name}) => name !== 'cookie'),
      })),
  ],
  [
    'retry for shared group (§4.3.8)',
    'illegal_parameter',
    () =>
      retrySays(fresh({server: {cookie: 'always'}}), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'key_share', value: x25519}],
      })),
  ],
  [
    'retry, group not offered (§4.3.8)',
    'illegal_parameter',
    () =>
      retrySays(fresh({server: {cookie: 'always'}}), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'key_share', value: 24}],
      })),
  ],
  [
    'oversized cookie (§4.3.2)',
    'illegal_parameter',
    () =>
      retrySays(fresh({server: {cookie: 'always'}}), (body) =>
        withAnswer(body, 'cookie', new Uint8Array(0xff00)),
      ),
  ],
  [
    'another message in clear (§4)',
    'unexpected_message',
    () => {
      const pair = fresh();
      pair.client.happen(bytes(22, 3, 3, 0, 6, 8, 0, 0, 2, 0, 0));
      return pair;
    },
  ],
  [
    'a second retry (§4.2.4)',
    'unexpected_message',
    () => {
      const pair = fresh({server: {cookie: 'always'}});
      pair.pass(pair.client, pair.server);
      const [retry] = pair.server.take();
      for (let times = 0; times < 2; times++) if (retry) pair.client.happen({kind: 'bytes', data: retry});
      return pair;
    },
  ],
  [
    'another suite after a retry (§4.2.4)',
    'illegal_parameter',
    () => {
      const pair = retried();
      return serverSays(pair, (body) => ({...body, cipherSuite: 0x1303}));
    },
  ],
];

function withoutVersion<B extends {readonly extensions?: readonly {readonly name: string}[] | undefined}>(
  body: B,
): B {
  return {...body, extensions: (body.extensions ?? []).filter(({name}) => name !== 'supported_versions')};
}

function withAnswer<B extends {readonly extensions?: readonly {readonly name: string}[] | undefined}>(
  body: B,
  name: string,
  value: unknown,
): B {
  return {
    ...body,
    extensions: (body.extensions ?? []).map((one) => (one.name === name ? {...one, value} : one)),
  };
}

describe('a ServerHello', () => {
  test.each(toClient)('%s: %s', (_, alert, run) => check(run().client, alert));
});
