// What a server of TLS 1.2 refuses of a client, by the alert that RFC 5246 names.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import {tls12} from '../../../../source/wire/tls/handshake.ts';
import type {ClientKeyExchange} from '../../../../source/wire/tls/handshake-12.ts';
import type {ClientHello} from '../../../../source/wire/tls/hello.ts';
import {credentials} from '../pair.ts';
import {join} from '../rfc8448.ts';
import {asked, both, type Case12, ecdheRsa, flipped, nothing, refuses, resuming, rsa} from './refused.ts';
import {
  answerSays,
  before,
  changed,
  changeRecord,
  finishedSays,
  flightSays,
  helloSays,
  lacking,
  v13,
} from './tamper.ts';

const without = (body: ClientHello, ...names: readonly string[]): ClientHello => ({
  ...body,
  extensions: (body.extensions ?? []).filter(({name}) => !names.includes(name)),
});

const clientHellos: readonly Case12[] = [
  [
    'TLS 1.1 (§E.1)',
    'protocol_version',
    '5246:E.1/server',
    () => helloSays(asked((body) => ({...body, legacyVersion: 0x0302}))),
  ],
  [
    'TLS 1.3 alone (§E.1)',
    'protocol_version',
    '5246:E.1/server',
    () => helloSays((all) => all, {client: {versions: [v13]}}),
  ],
  [
    'needless fallback (RFC 7507 §3)',
    'inappropriate_fallback',
    '7507:3/fallback',
    () => helloSays((all) => all, {client: {cipherSuites: [0xc02f, 0x5600]}, server: both}),
  ],
  [
    'no way without compression (§7.4.1.2)',
    'illegal_parameter',
    '5246:7.4.1.2/compression',
    () => helloSays(asked((body) => ({...body, legacyCompressionMethods: [1]}))),
  ],
  [
    'renegotiation on a new connection (RFC 5746 §3.6)',
    'handshake_failure',
    '5746:3.6/renegotiation-info',
    () =>
      helloSays(
        asked((body) => ({
          ...without(body, 'renegotiation_info'),
          extensions: [
            ...(without(body, 'renegotiation_info').extensions ?? []),
            {name: 'renegotiation_info', value: new Uint8Array(12)},
          ],
        })),
      ),
  ],
  [
    'no suite in common (§7.4.1.3)',
    'handshake_failure',
    '5246:7.4.1.3/no-suite',
    () => helloSays((all) => all, {client: {cipherSuites: [0x002f]}}),
  ],
  [
    'no fitting certificate (§7.4.1.3)',
    'handshake_failure',
    '5246:7.4.1.3/no-suite',
    () => helloSays((all) => all, {client: rsa, server: {credentials: [credentials.p256]}}),
  ],
  [
    'no group in common (RFC 8422 §5.1)',
    'handshake_failure',
    '5246:7.4.1.3/no-suite',
    () => helloSays((all) => all, {client: {...ecdheRsa, groups: [24]}}),
  ],
  [
    'no signature in common (§7.4.1.4.1)',
    'handshake_failure',
    '5246:7.4.1.3/no-suite',
    () => helloSays((all) => all, {client: {...ecdheRsa, signatureSchemes: [0x0403]}}),
  ],
  [
    'no signatures: SHA-1 (§7.4.1.4.1)',
    'handshake_failure',
    '5246:7.4.1.3/no-suite',
    () =>
      helloSays(
        asked((body) => without(body, 'signature_algorithms')),
        {client: ecdheRsa},
      ),
  ],
  [
    'compressed points alone (RFC 8422 §5.1.2)',
    'handshake_failure',
    '5246:7.4.1.3/no-suite',
    () =>
      helloSays(
        asked((body) => ({
          ...body,
          extensions: (body.extensions ?? []).map((one) =>
            one.name === 'ec_point_formats' ? {...one, value: [1]} : one,
          ),
        })),
        {client: ecdheRsa},
      ),
  ],
  [
    'key not signing (§7.4.3)',
    'internal_error',
    '5246:7.4.3/cannot-sign',
    () => {
      const {chain} = credentials.rsa;
      const unusable = [{chain, privateKey: Uint8Array.of(1)}];
      return helloSays((all) => all, {client: ecdheRsa, server: {credentials: unusable}});
    },
  ],
  [
    'no protocol in common (RFC 7301 §3.2)',
    'no_application_protocol',
    '7301:3.2/none',
    () => helloSays((all) => all, {client: {alpn: ['x']}, server: {alpn: ['http/1.1']}}),
  ],
  [
    'bound, offered unbound (RFC 7627 §5.3)',
    'handshake_failure',
    '7627:5.3/not-extended',
    () => helloSays((all) => all, {client: {...resuming(), extendedMasterSecret: false}}),
  ],
];

describe('ClientHello', () => {
  test.each(clientHellos)('%s: %s', (_, alert, because, run) => refuses(run().server, alert, because));
});

const finished = (size: number) => ({
  type: 22,
  content: tls12.encode({type: 'finished', body: new Uint8Array(size)}),
});

const exchange = (edit: (body: ClientKeyExchange) => ClientKeyExchange) =>
  changed('client_key_exchange', (message) => ({...message, body: edit(message.body)}));

const encrypted = (edit: (block: Uint8Array) => Uint8Array) =>
  exchange((body) => {
    if (body.kind !== 'rsa') throw new Error('kind');
    return {...body, encryptedPreMasterSecret: edit(body.encryptedPreMasterSecret)};
  });

/** Blocks as an attacker makes them, encrypted for the server's key. */
const blockOf = (...secret: readonly number[]) => {
  const key = nodeCrypto.certificateKey(credentials.rsa.chain[0] ?? nothing);
  const size = 256 - 3 - secret.length;
  const block = Uint8Array.of(0, 2, ...new Uint8Array(size).fill(7), 0, ...secret);
  return (key && nodeCrypto.rsaPublic(key.publicKey, block)) ?? nothing;
};

const rsaBlocks: readonly (readonly [string, (block: Uint8Array) => Uint8Array])[] = [
  ['damaged', (block) => flipped(block, 100)],
  ['of another version', () => blockOf(3, 2, ...new Uint8Array(46))],
  ['a secret too short', () => blockOf(3, 3, ...new Uint8Array(45).fill(1))],
  ['wrong block length', (block) => block.slice(1)],
  ['zeros', () => new Uint8Array(256)],
];

const answers: readonly Case12[] = [
  [
    'ClientKeyExchange missing (§7.4.7)',
    'unexpected_message',
    '5246:7.1/too-early',
    () => answerSays(lacking('client_key_exchange')),
  ],
  [
    'unasked certificate (§7.4.6)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => answerSays(before('client_key_exchange', {type: 'certificate', body: {certificates: []}})),
  ],
  [
    'a point where RSA transports (§7.4.7)',
    'decode_error',
    '5246:7.2.2/decode',
    () =>
      answerSays(
        exchange(() => ({kind: 'ecdhe', publicKey: new Uint8Array(32)})),
        {client: rsa},
      ),
  ],
  [
    'encrypted, not agreed (§7.4.7)',
    'decode_error',
    '5246:7.2.2/decode',
    () => answerSays(exchange(() => ({kind: 'rsa', encryptedPreMasterSecret: new Uint8Array(256)}))),
  ],
  [
    'a share that leads nowhere (RFC 8422 §5.11)',
    'illegal_parameter',
    '8422:5.11/point',
    () => answerSays(exchange(() => ({kind: 'ecdhe', publicKey: new Uint8Array(32)}))),
  ],
  ...rsaBlocks.map(
    ([what, edit]): Case12 => [
      `the encrypted secret: ${what} (§7.4.7.1)`,
      'bad_record_mac',
      '5246:7.2.2/bad_record_mac',
      () => answerSays(encrypted(edit), {client: rsa}),
    ],
  ),
  [
    'a share of another client (§7.4.9)',
    'bad_record_mac',
    '5246:7.2.2/bad_record_mac',
    () =>
      answerSays(
        exchange(() => {
          const {publicKey} = nodeCrypto.keyPair('x25519', new Uint8Array(32).fill(9));
          return {kind: 'ecdhe', publicKey};
        }),
      ),
  ],
  ['a wrong Finished (§7.4.9)', 'decrypt_error', '5246:7.4.9/wrong', () => finishedSays([finished(12)])],
  ['a short Finished (§7.4.9)', 'decode_error', '5246:7.4.9/size', () => finishedSays([finished(11)])],
  [
    'no Finished (§7.4.9)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => finishedSays([{type: 22, content: Uint8Array.of(14, 0, 0, 0)}]),
  ],
  [
    'data instead of Finished (§7.3)',
    'unexpected_message',
    '5246:7.3/data-too-early',
    () => finishedSays([{type: 23, content: Uint8Array.of(1)}]),
  ],
  [
    'change_cipher_spec twice (§7.1)',
    'unexpected_message',
    '5246:7.1/too-early',
    () => finishedSays([{type: 20, content: Uint8Array.of(1)}]),
  ],
  [
    'Finished in clear (§7.4.9)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => {
      const pair = flightSays((all) => all);
      pair.pass(pair.client, pair.server, (data) => {
        const change = data.findIndex((_, at) =>
          [...changeRecord].every((octet, n) => data[at + n] === octet),
        );
        return join(data.slice(0, change), Uint8Array.of(22, 3, 3, 0, 16, 20, 0, 0, 12), new Uint8Array(12));
      });
      return pair;
    },
  ],
  [
    'changed hello (§7.4.9)',
    'decrypt_error',
    '5246:7.4.9/wrong',
    () => {
      // Without a bond the keys are the same, and only Finished tells.
      const pair = helloSays(
        asked((body) => ({...body, cipherSuites: [...body.cipherSuites, 0x002f]})),
        {client: {...rsa, extendedMasterSecret: false}},
      );
      pair.pass(pair.server, pair.client);
      pair.pass(pair.client, pair.server);
      return pair;
    },
  ],
];

describe('the client’s answer', () => {
  test.each(answers)('%s: %s', (_, alert, because, run) => refuses(run().server, alert, because));

  test('nothing tells a damaged block from one that holds another secret (§7.4.7.1)', () => {
    const [first, ...others] = rsaBlocks.map(([, edit]) => {
      const {server} = answerSays(encrypted(edit), {client: rsa});
      const sizes = server.of('send').map(({data, because}) => [data.length, because]);
      const states = server.of('note').flatMap(({note}) => (note.kind === 'state' ? [note.to] : []));
      return {sizes, states, alerts: server.alerts};
    });
    for (const other of others) expect(other).toEqual(first);
  });
});
