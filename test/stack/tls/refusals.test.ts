// Hostile and broken handshakes: each ends with the alert that RFC 9846 names, at the side that has to see it.
import {describe, expect, test} from 'vitest';
import type {AlertName} from '../../../source/wire/tls/registry.ts';
import {type End, Pair, write} from './pair.ts';
import {
  answerSays,
  clientSays,
  decoded,
  encode,
  flightSays,
  handshake,
  keysOf,
  replaced,
  retrySays,
  sealed,
  serverSays,
  without,
} from './tamper.ts';

type Case = readonly [what: string, alert: AlertName, run: () => Pair];

/** One fatal alert, sent by `judge`; its state is over, and the other end hears of it. */
const check = (judge: End, alert: AlertName): void => {
  expect(judge.alerts).toEqual([`sent ${alert}`]);
  expect(judge.state).toBe('CLOSED');
  expect(judge.of('closed').map(({how}) => how)).toEqual(['alert']);
};

const fresh = (options: ConstructorParameters<typeof Pair>[0] = {}) => new Pair(options).open();
const x25519 = 29;
const secp256r1 = 23;
const bytes = (...octets: readonly number[]) => ({kind: 'bytes', data: Uint8Array.from(octets)}) as const;

const toServer: readonly Case[] = [
  [
    'no TLS at all',
    'unexpected_message',
    () => {
      const pair = fresh();
      pair.server.happen({kind: 'bytes', data: new TextEncoder().encode('GET / HTTP/1.1\r\n')});
      return pair;
    },
  ],
  [
    'TLS of another major version (§5.1)',
    'protocol_version',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 2, 0, 0, 1, 1));
      return pair;
    },
  ],
  [
    'a record that is too long (§5.1)',
    'record_overflow',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 1, 0xff, 0xff));
      return pair;
    },
  ],
  [
    'an empty handshake record (§5.1)',
    'unexpected_message',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 1, 0, 0));
      return pair;
    },
  ],
  [
    'change_cipher_spec before any hello (§5)',
    'unexpected_message',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(20, 3, 3, 0, 1, 1));
      return pair;
    },
  ],
  [
    'data before any hello (§5)',
    'unexpected_message',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(23, 3, 3, 0, 1, 1));
      return pair;
    },
  ],
  [
    'another message than ClientHello (§4)',
    'unexpected_message',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 3, 0, 4, 14, 0, 0, 0));
      return pair;
    },
  ],
  [
    'a hello that ends too early (§6)',
    'decode_error',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3));
      return pair;
    },
  ],
  [
    'an alert between the parts of a hello (§5.1)',
    'unexpected_message',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 1, 0, 4, 1, 0, 0, 2, 21, 3, 1, 0, 2, 1, 0));
      return pair;
    },
  ],
  [
    'a client without TLS 1.3 (§4.3.1)',
    'protocol_version',
    () => clientSays(fresh(), (hello) => replaced(hello, {name: 'supported_versions', value: [0x0303]})),
  ],
  [
    'a client of TLS 1.2 (§4.3.1)',
    'protocol_version',
    () => clientSays(fresh(), (hello) => without(hello, 'supported_versions')),
  ],
  [
    'legacy_version 1.3 (§4.2.2)',
    'protocol_version',
    () => clientSays(fresh(), (hello) => ({...hello, legacyVersion: 0x0304})),
  ],
  [
    'compression (§4.2.2)',
    'illegal_parameter',
    () => clientSays(fresh(), (hello) => ({...hello, legacyCompressionMethods: [1, 0]})),
  ],
  [
    'no common suite (§4.2.1)',
    'handshake_failure',
    () => clientSays(fresh(), (hello) => ({...hello, cipherSuites: [0x1304]})),
  ],
  [
    'no common group (§4.2.1)',
    'handshake_failure',
    () =>
      clientSays(fresh(), (hello) =>
        replaced(replaced(hello, {name: 'supported_groups', value: [30]}), {name: 'key_share', value: []}),
      ),
  ],
  [
    'no signature that the client knows (§4.5.1.2)',
    'handshake_failure',
    () => clientSays(fresh(), (hello) => replaced(hello, {name: 'signature_algorithms', value: [0x0807]})),
  ],
  [
    'no key_share (§9.2)',
    'missing_extension',
    () => clientSays(fresh(), (hello) => without(hello, 'key_share')),
  ],
  [
    'no supported_groups (§9.2)',
    'missing_extension',
    () => clientSays(fresh(), (hello) => without(hello, 'supported_groups')),
  ],
  [
    'no signature_algorithms (§9.2)',
    'missing_extension',
    () => clientSays(fresh(), (hello) => without(hello, 'signature_algorithms')),
  ],
  [
    'a share for a group that is not offered (§4.3.8)',
    'illegal_parameter',
    () => clientSays(fresh(), (hello) => replaced(hello, {name: 'supported_groups', value: [secp256r1]})),
  ],
  [
    'two shares for one group (§4.3.8)',
    'illegal_parameter',
    () =>
      clientSays(fresh(), (hello) => {
        const share = {group: x25519, keyExchange: new Uint8Array(32).fill(9)};
        return replaced(hello, {name: 'key_share', value: [share, share]});
      }),
  ],
  [
    'a point of small order (§7.4.2)',
    'illegal_parameter',
    () =>
      clientSays(fresh(), (hello) =>
        replaced(hello, {name: 'key_share', value: [{group: x25519, keyExchange: new Uint8Array(32)}]}),
      ),
  ],
  [
    'a point that is not on the curve (§4.3.8.2)',
    'illegal_parameter',
    () =>
      clientSays(fresh(), (hello) => {
        const keyExchange = new Uint8Array(65).fill(7).with(0, 4);
        return replaced(hello, {name: 'key_share', value: [{group: secp256r1, keyExchange}]});
      }),
  ],
  [
    'an extension twice (§4.3)',
    'illegal_parameter',
    () =>
      clientSays(fresh(), (hello) => ({
        ...hello,
        extensions: [...(hello.extensions ?? []), ...(hello.extensions ?? []).slice(0, 1)],
      })),
  ],
  [
    'no common protocol (RFC 7301 §3.2)',
    'no_application_protocol',
    () => {
      const pair = fresh({client: {alpn: ['a']}, server: {alpn: ['b']}});
      pair.pass(pair.client, pair.server);
      return pair;
    },
  ],
  [
    'a binder that does not fit (§4.3.11.2)',
    'decrypt_error',
    () =>
      clientSays(resuming(), (hello) => {
        const psk = hello.extensions?.at(-1);
        if (psk?.name !== 'pre_shared_key') throw new Error('no PSK');
        return replaced(hello, {...psk, value: {...psk.value, binders: [new Uint8Array(32)]}});
      }),
  ],
  [
    'fewer binders than identities (§4.3.11)',
    'illegal_parameter',
    () =>
      clientSays(resuming(), (hello) => {
        const psk = hello.extensions?.at(-1);
        if (psk?.name !== 'pre_shared_key') throw new Error('no PSK');
        const [identity] = psk.value.identities;
        const identities = identity ? [identity, identity] : [];
        return replaced(hello, {...psk, value: {...psk.value, identities}});
      }),
  ],
  [
    'a PSK without its modes (§4.3.9)',
    'missing_extension',
    () => clientSays(resuming(), (hello) => without(hello, 'psk_key_exchange_modes')),
  ],
  [
    'a PSK that is not the last extension (§4.3.11)',
    'illegal_parameter',
    () => clientSays(resuming(), (hello) => ({...hello, extensions: (hello.extensions ?? []).toReversed()})),
  ],
];

/** A client with a ticket. */
function resuming(): Pair {
  const session = new Pair().open().run().client.of('session')[0]?.session;
  if (!session) throw new Error('no ticket');
  return fresh({client: {session}});
}

const retried = () => {
  const pair = fresh({client: {keyShares: [x25519]}, server: {groups: [secp256r1], cookie: 'retry'}});
  pair.pass(pair.client, pair.server);
  pair.pass(pair.server, pair.client);
  return pair;
};

/** Second hellos; their first record is change_cipher_spec. */
const again = (edit: Parameters<typeof clientSays>[1]): Pair => {
  const pair = fresh({
    client: {keyShares: [x25519], middleboxCompatibility: false},
    server: {groups: [secp256r1], cookie: 'retry'},
  });
  pair.pass(pair.client, pair.server);
  pair.pass(pair.server, pair.client);
  return clientSays(pair, edit);
};

const toServerAgain: readonly Case[] = [
  [
    'another random (§4.2.2)',
    'illegal_parameter',
    () => again((hello) => ({...hello, random: new Uint8Array(32)})),
  ],
  [
    'other suites (§4.2.2)',
    'illegal_parameter',
    () => again((hello) => ({...hello, cipherSuites: [0x1303]})),
  ],
  ['another name (§4.2.2)', 'illegal_parameter', () => again((hello) => without(hello, 'server_name'))],
  ['no cookie (§4.3.2)', 'illegal_parameter', () => again((hello) => without(hello, 'cookie'))],
  [
    'another cookie (§4.3.2)',
    'illegal_parameter',
    () => again((hello) => replaced(hello, {name: 'cookie', value: new Uint8Array(64)})),
  ],
  [
    'no share again (§4.3.8)',
    'illegal_parameter',
    () => again((hello) => replaced(hello, {name: 'key_share', value: []})),
  ],
  [
    'early data again (§4.2.2)',
    'illegal_parameter',
    () =>
      again((hello) => ({
        ...hello,
        extensions: [...(hello.extensions ?? []), {name: 'early_data', value: undefined}],
      })),
  ],
];

const toClient: readonly Case[] = [
  [
    'a version that was not offered (§4.3.1)',
    'illegal_parameter',
    () => serverSays(fresh(), (body) => withAnswer(body, 'supported_versions', 0x0303)),
  ],
  ['TLS 1.2 (§4.3.1)', 'protocol_version', () => serverSays(fresh(), withoutVersion)],
  [
    'TLS 1.2 from a server that knows better (§4.2.3)',
    'illegal_parameter',
    () =>
      serverSays(fresh(), (body) => {
        const random = Uint8Array.from(body.random);
        random.set(new TextEncoder().encode('DOWNGRD\u0001'), 24);
        return withoutVersion({...body, random});
      }),
  ],
  [
    'TLS 1.1 from a server that knows better (§4.2.3)',
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
    'a suite that was not offered (§4.2.3)',
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
    'an extension that nobody asked for (§4.3)',
    'unsupported_extension',
    () =>
      serverSays(fresh(), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'raw', type: 0x1234, value: new Uint8Array()}],
      })),
  ],
  [
    'an extension in the wrong message (§4.3)',
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
    'a retry for a group that has a share (§4.3.8)',
    'illegal_parameter',
    () =>
      retrySays(fresh({server: {cookie: 'always'}}), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'key_share', value: x25519}],
      })),
  ],
  [
    'a retry for a group that was not offered (§4.3.8)',
    'illegal_parameter',
    () =>
      retrySays(fresh({server: {cookie: 'always'}}), (body) => ({
        ...body,
        extensions: [...(body.extensions ?? []), {name: 'key_share', value: 24}],
      })),
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

const inFlight: readonly Case[] = [
  [
    'EncryptedExtensions missing (§4.4.1)',
    'unexpected_message',
    () => flightSays(([, ...rest]) => [handshake(...rest)]),
  ],
  [
    'Certificate missing (§4.5.1)',
    'unexpected_message',
    () => flightSays(([ee, , ...rest]) => [handshake(...(ee ? [ee] : []), ...rest)]),
  ],
  [
    'CertificateVerify missing (§4.5.2)',
    'unexpected_message',
    () => flightSays((all) => [handshake(...all.toSpliced(2, 1))]),
  ],
  [
    'Certificate twice (§4.5.1)',
    'unexpected_message',
    () => flightSays((all) => [handshake(...all.toSpliced(1, 0, ...all.slice(1, 2)))]),
  ],
  [
    'no certificate in it (§4.5.1.3)',
    'decode_error',
    () =>
      flightSays((all) => [
        handshake(
          ...all.with(
            1,
            encode({
              type: 'certificate',
              body: {certificateRequestContext: new Uint8Array(), certificateList: []},
            }),
          ),
        ),
      ]),
  ],
  [
    'a certificate with a context (§4.5.1)',
    'illegal_parameter',
    () =>
      flightSays((all) => {
        const message = decoded(all[1]);
        if (message.type !== 'certificate') throw new Error('order');
        const body = {...message.body, certificateRequestContext: Uint8Array.of(1)};
        return [handshake(...all.with(1, encode({...message, body})))];
      }),
  ],
  [
    'a certificate that cannot be read (§6.2)',
    'bad_certificate',
    () =>
      flightSays((all) => {
        const message = decoded(all[1]);
        if (message.type !== 'certificate') throw new Error('order');
        const certificateList = [{certData: Uint8Array.of(0x30, 0), extensions: []}];
        return [handshake(...all.with(1, encode({...message, body: {...message.body, certificateList}})))];
      }),
  ],
  [
    'a signature over something else (§4.5.2)',
    'decrypt_error',
    () =>
      flightSays((all) => {
        const message = decoded(all[2]);
        if (message.type !== 'certificate_verify') throw new Error('order');
        const signature = message.body.signature.map((octet, i) => (i === 20 ? octet ^ 1 : octet));
        return [handshake(...all.with(2, encode({...message, body: {...message.body, signature}})))];
      }),
  ],
  [
    'a scheme that does not fit the key (§4.5.2)',
    'illegal_parameter',
    () =>
      flightSays((all) => {
        const message = decoded(all[2]);
        if (message.type !== 'certificate_verify') throw new Error('order');
        return [handshake(...all.with(2, encode({...message, body: {...message.body, algorithm: 0x0804}})))];
      }),
  ],
  [
    'PKCS #1 v1.5 in a handshake (§4.3.3)',
    'illegal_parameter',
    () =>
      flightSays((all) => {
        const message = decoded(all[2]);
        if (message.type !== 'certificate_verify') throw new Error('order');
        return [handshake(...all.with(2, encode({...message, body: {...message.body, algorithm: 0x0401}})))];
      }),
  ],
  [
    'a wrong Finished (§4.5.3)',
    'decrypt_error',
    () =>
      flightSays((all) => [handshake(...all.with(3, encode({type: 'finished', body: new Uint8Array(32)})))]),
  ],
  [
    'a Finished that is too short (§4.5.3)',
    'decode_error',
    () =>
      flightSays((all) => [handshake(...all.with(3, encode({type: 'finished', body: new Uint8Array(12)})))]),
  ],
  [
    'something behind Finished in its record (§5.1)',
    'unexpected_message',
    () => flightSays((all) => [handshake(...all, Uint8Array.of(24, 0, 0, 1, 0))]),
  ],
  [
    'data before Finished (§6.2)',
    'unexpected_message',
    () => flightSays(() => [{type: 23, content: Uint8Array.of(1)}]),
  ],
  [
    'an empty handshake record (§5.1)',
    'unexpected_message',
    () => flightSays(() => [{type: 22, content: new Uint8Array()}]),
  ],
  [
    'change_cipher_spec under protection (§5)',
    'unexpected_message',
    () => flightSays(() => [{type: 20, content: Uint8Array.of(1)}]),
  ],
  [
    'a type that nobody knows (§5)',
    'unexpected_message',
    () => flightSays(() => [{type: 99, content: Uint8Array.of(1)}]),
  ],
  [
    'two alerts in a record (§5.1)',
    'decode_error',
    () => flightSays(() => [{type: 21, content: Uint8Array.of(1, 0, 1, 0)}]),
  ],
  [
    'ALPN that was not offered (RFC 7301 §3.1)',
    'illegal_parameter',
    () =>
      flightSays(
        (all) => [
          handshake(
            ...all.with(
              0,
              encode({
                type: 'encrypted_extensions',
                body: {
                  extensions: [
                    {name: 'application_layer_protocol_negotiation', value: [Uint8Array.of(0x7a)]},
                  ],
                },
              }),
            ),
          ),
        ],
        {client: {alpn: ['a']}},
      ),
  ],
  [
    'early data that nobody sent (§4.3)',
    'unsupported_extension',
    () =>
      flightSays((all) => [
        handshake(
          ...all.with(
            0,
            encode({
              type: 'encrypted_extensions',
              body: {extensions: [{name: 'early_data', value: undefined}]},
            }),
          ),
        ),
      ]),
  ],
  [
    'EndOfEarlyData from a server (§4.6)',
    'unexpected_message',
    () => flightSays(() => [handshake(Uint8Array.of(5, 0, 0, 0))]),
  ],
  [
    'KeyUpdate before Finished (§4.7.3)',
    'unexpected_message',
    () => flightSays(() => [handshake(Uint8Array.of(24, 0, 0, 1, 0))]),
  ],
];

const inAnswer: readonly Case[] = [
  [
    'a wrong Finished (§4.5.3)',
    'decrypt_error',
    () => answerSays(() => [handshake(encode({type: 'finished', body: new Uint8Array(32)}))]),
  ],
  [
    'EndOfEarlyData without early data (§4.6)',
    'unexpected_message',
    () => answerSays((all) => [handshake(Uint8Array.of(5, 0, 0, 0)), handshake(...all)]),
  ],
  [
    'data before Finished (§6.2)',
    'unexpected_message',
    () => answerSays(() => [{type: 23, content: Uint8Array.of(1)}]),
  ],
  [
    'a ClientHello (§4.2.2)',
    'unexpected_message',
    () => {
      const pair = fresh().run();
      const hello = pair.client.of('send')[0]?.data.slice(5) ?? new Uint8Array();
      pair.server.happen({
        kind: 'bytes',
        data: sealed(keysOf(pair.client, 'application'), [handshake(hello)]),
      });
      return pair;
    },
  ],
];

/** After the handshake. */
const connected = (type: number, ...octets: readonly number[]): Pair => {
  const pair = fresh().run();
  const content = Uint8Array.from(octets);
  pair.server.happen({kind: 'bytes', data: sealed(keysOf(pair.client, 'application'), [{type, content}])});
  return pair;
};

const afterwards: readonly Case[] = [
  ['a request_update of 2 (§4.7.3)', 'illegal_parameter', () => connected(22, 24, 0, 0, 1, 2)],
  [
    'a ticket from a client (§4.7.1)',
    'unexpected_message',
    () => connected(22, 4, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0),
  ],
  [
    'change_cipher_spec after Finished (§5)',
    'unexpected_message',
    () => {
      const pair = fresh().run();
      pair.server.happen(bytes(20, 3, 3, 0, 1, 1));
      return pair;
    },
  ],
  [
    'a record in clear (§5)',
    'unexpected_message',
    () => {
      const pair = fresh().run();
      pair.server.happen(bytes(22, 3, 3, 0, 4, 24, 0, 0, 1));
      return pair;
    },
  ],
  [
    'a flipped bit (§5.2)',
    'bad_record_mac',
    () => {
      const pair = fresh().run();
      pair.client.happen(write('transfer 100'));
      pair.pass(pair.client, pair.server, (data) => data.with(9, (data[9] ?? 0) ^ 1));
      return pair;
    },
  ],
  [
    'a record twice (§5.3)',
    'bad_record_mac',
    () => {
      const pair = fresh().run();
      pair.client.happen(write('transfer 100'));
      const [record] = pair.client.take();
      for (let times = 0; times < 2; times++) if (record) pair.server.happen({kind: 'bytes', data: record});
      return pair;
    },
  ],
  [
    'a record left out (§5.3)',
    'bad_record_mac',
    () => {
      const pair = fresh().run();
      pair.client.happen(write('one'));
      pair.client.take();
      pair.client.happen(write('two'));
      pair.pass(pair.client, pair.server);
      return pair;
    },
  ],
  [
    'a record that is too long (§5.2)',
    'record_overflow',
    () => {
      const pair = fresh().run();
      pair.server.happen(bytes(23, 3, 3, 0x41, 0x01));
      return pair;
    },
  ],
  ['a handshake message that never ends (§6.2)', 'decode_error', () => connected(22, 24, 0xff, 0xff, 0xff)],
];

describe('the server refuses', () => {
  test.each([...toServer, ...inAnswer, ...afterwards])('%s: %s', (_, alert, run) =>
    check(run().server, alert),
  );
});

describe('the server refuses in the second ClientHello', () => {
  test.each(toServerAgain)('%s: %s', (_, alert, run) => check(run().server, alert));
});

describe('the client refuses', () => {
  test.each([...toClient, ...inFlight])('%s: %s', (_, alert, run) => check(run().client, alert));
});

test('whoever is refused hears of it, and is over', () => {
  const pair = flightSays(([, ...rest]) => [handshake(...rest)]);
  pair.pass(pair.client, pair.server);
  expect(pair.server.alerts).toEqual(['received unexpected_message']);
  expect(pair.server.state).toBe('CLOSED');
});

test('every refusal leaves the keys forgotten (§6)', () => {
  for (const [, , run] of inFlight) {
    const {channel} = run().client.connection;
    expect([channel.read, channel.write]).toEqual([undefined, undefined]);
  }
});

test('unknown alerts are fatal, user_canceled is not (§6)', () => {
  const canceled = connected(21, 1, 90);
  expect([canceled.server.state, canceled.server.alerts]).toEqual(['CONNECTED', ['received user_canceled']]);
  const unknown = connected(21, 1, 200);
  expect([unknown.server.state, unknown.server.alerts]).toEqual(['CLOSED', ['received unknown']]);
});
