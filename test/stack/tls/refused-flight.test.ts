// Flights under handshake keys that the other end refuses, by the alert that RFC 9846 names.
import {describe, expect, test} from 'vitest';
import type {TlsSession} from '../../../source/stack/tls/settings.ts';
import {credentials as lessonCredentials} from '../../helpers/certificates.ts';
import {credentials} from './pair.ts';
import {type Case, check, fresh} from './refusal.ts';
import {answerSays, decoded, encode, flightSays, handshake, keysOf, sealed} from './tamper.ts';

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
    'unreadable certificate (§6.2)',
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
    'key not for signing (§4.5.1.2, RFC 5280 §4.2.1.3)',
    'unsupported_certificate',
    () =>
      flightSays((all) => {
        const message = decoded(all[1]);
        if (message.type !== 'certificate') throw new Error('order');
        // The authority's own: keyCertSign and cRLSign.
        const [, issuer] = lessonCredentials('good.rsa').chain;
        const certificateList = [{certData: issuer ?? new Uint8Array(), extensions: []}];
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
    'scheme of other key (§4.5.2)',
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
    'short Finished (§4.5.3)',
    'decode_error',
    () =>
      flightSays((all) => [handshake(...all.with(3, encode({type: 'finished', body: new Uint8Array(12)})))]),
  ],
  [
    'more behind Finished (§5.1)',
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
    'unsent early data (§4.3)',
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

/** EncryptedExtensions with these, in place of the server's. */
const saying = (
  extensions: Extract<
    ReturnType<typeof decoded>,
    {readonly type: 'encrypted_extensions'}
  >['body']['extensions'],
) => encode({type: 'encrypted_extensions', body: {extensions}});

/** CertificateRequest behind EncryptedExtensions. */
const asking = (context: readonly number[], schemes: readonly number[]) =>
  flightSays((all) => {
    const body = {
      certificateRequestContext: Uint8Array.from(context),
      extensions: schemes.length > 0 ? [{name: 'signature_algorithms', value: schemes} as const] : [],
    };
    return [handshake(...all.toSpliced(1, 0, encode({type: 'certificate_request', body})))];
  });

/** A ticket that the server cannot open any more. */
const forgotten = (): TlsSession => {
  const [session] = fresh({server: {maxEarlyData: 100}}).run().client.sessions;
  if (!session) throw new Error('no ticket');
  return session;
};

const rarer: readonly Case[] = [
  ['certificate request, context (§4.4.2)', 'illegal_parameter', () => asking([1], [0x0403])],
  ['certificate request, no schemes (§4.4.2)', 'missing_extension', () => asking([], [])],
  [
    'early data, no PSK (§4.3.10)',
    'illegal_parameter',
    () =>
      flightSays((all) => [handshake(...all.with(0, saying([{name: 'early_data', value: undefined}])))], {
        client: {session: forgotten(), earlyData: true},
        server: {ticketKey: new Uint8Array(32)},
      }),
  ],
  [
    'zeros alone (§5.4)',
    'unexpected_message',
    () => flightSays(() => [{type: 0, content: new Uint8Array(9)}]),
  ],
  [
    'overlong record with ServerHello (§5.2)',
    'record_overflow',
    () => {
      const pair = fresh();
      pair.pass(pair.client, pair.server);
      const long = Uint8Array.of(23, 3, 3, 0x41, 0x01, ...new Uint8Array(0x4101));
      const [flight = new Uint8Array()] = pair.server.take();
      const hello = flight.slice(0, 5 + ((flight[3] ?? 0) << 8) + (flight[4] ?? 0));
      pair.client.happen({kind: 'bytes', data: Uint8Array.of(...hello, ...long)});
      return pair;
    },
  ],
];

const inAnswer: readonly Case[] = [
  [
    'short Finished (§4.5.3)',
    'decode_error',
    () => answerSays(() => [handshake(encode({type: 'finished', body: new Uint8Array(12)}))]),
  ],
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

describe('of a server', () => {
  test.each([...inFlight, ...rarer])('%s: %s', (_, alert, run) => check(run().client, alert));
});

describe('of a client', () => {
  test.each(inAnswer)('%s: %s', (_, alert, run) => check(run().server, alert));
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

test('a server whose key is not that of its certificate cannot sign', () => {
  const credential = {chain: credentials.rsa.chain, privateKey: credentials.p256.privateKey};
  const pair = fresh({server: {credentials: [credential]}}).run();
  check(pair.server, 'internal_error');
});

test('a client with early keys says what is wrong under those of the handshake (§A.1)', () => {
  const pair = flightSays((all) => [handshake(...all.slice(1))], {
    client: {session: forgotten(), earlyData: true},
    server: {ticketKey: new Uint8Array(32)},
  });
  pair.pass(pair.client, pair.server);
  expect([pair.client.alerts, pair.server.alerts]).toEqual([
    ['sent unexpected_message'],
    ['received unexpected_message'],
  ]);
});
