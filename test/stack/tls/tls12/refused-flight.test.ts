// What a client of TLS 1.2 refuses behind ServerHello, by the alert that RFC 5246 names.
import {describe, test} from 'vitest';
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import {tls12} from '../../../../source/wire/tls/handshake.ts';
import {type ServerKeyExchange, signedParams} from '../../../../source/wire/tls/handshake-12.ts';
import {credentials as lessonCredentials} from '../../../helpers/certificates.ts';
import {credentials, type Pair} from '../pair.ts';
import {bytes} from '../refusal.ts';
import {join} from '../rfc8448.ts';
import {answered, type Case12, ecdheRsa, flipped, nothing, refuses, resuming, rsa, shown} from './refused.ts';
import {
  answerSays,
  before,
  changed,
  changeRecord,
  flightSays,
  fresh12,
  lacking,
  lastSays,
  withFinished,
  withMessages,
} from './tamper.ts';

const issuer = lessonCredentials('good.rsa').chain[1] ?? nothing;

const certificates: readonly Case12[] = [
  [
    'Certificate missing (§7.4.2)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => flightSays(lacking('certificate')),
  ],
  ['no certificate in it (§7.4.2)', 'decode_error', '5246:7.4.2/empty', () => flightSays(shown([]))],
  [
    'no certificate at all (§7.4.2)',
    'bad_certificate',
    '5246:7.4.2/unreadable',
    () => flightSays(shown([Uint8Array.of(0x30, 0)])),
  ],
  [
    'a key of another kind (§7.4.2)',
    'illegal_parameter',
    '5246:7.4.2/key',
    () => flightSays(shown(credentials.p256.chain), {client: rsa}),
  ],
  [
    'RSA, curve wanted (§7.4.2)',
    'illegal_parameter',
    '5246:7.4.2/key',
    () => flightSays(shown(credentials.rsa.chain), {client: {cipherSuites: [0xc02b]}}),
  ],
  [
    'key not encrypting (RFC 5280 §4.2.1.3)',
    'unsupported_certificate',
    '5246:7.4.2/usage',
    () => flightSays(shown([issuer]), {client: rsa}),
  ],
  [
    'key not signing (RFC 5280 §4.2.1.3)',
    'unsupported_certificate',
    '5246:7.4.2/usage',
    () => flightSays(shown([issuer]), {client: ecdheRsa}),
  ],
  [
    'the message twice (§7.4.2)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () =>
      flightSays(
        before('server_key_exchange', {
          type: 'certificate',
          body: {certificates: credentials.p256.chain},
        }),
      ),
  ],
];

describe('Certificate', () => {
  test.each(certificates)('%s: %s', (_, alert, because, run) => refuses(run().client, alert, because));
});

type Share = Extract<ServerKeyExchange, {readonly kind: 'ecdhe'}>;

const share = (edit: (body: Share) => ServerKeyExchange) =>
  changed('server_key_exchange', (message) => {
    if (message.body.kind !== 'ecdhe') throw new Error('kind');
    return {...message, body: edit(message.body)};
  });

/** The messages of a flight with ServerKeyExchange signed anew over what `edit` makes of it. */
const signedAnew = (group: number, publicKey: Uint8Array): Pair => {
  const pair = fresh12({client: ecdheRsa});
  pair.pass(pair.client, pair.server);
  const {phase} = pair.server.connection;
  if (!('progress' in phase)) throw new Error('state');
  const {clientRandom, serverRandom} = phase.progress;
  const params = {curveType: 3, group, publicKey};
  const signature = nodeCrypto.sign(
    'rsa_pkcs1_sha256',
    credentials.rsa.privateKey,
    join(clientRandom, serverRandom, signedParams(params)),
  );
  if (!signature) throw new Error('no signature');
  const body = {kind: 'ecdhe', ...params, algorithm: 0x0401, signature} as const;
  return flightSays(
    share(() => body),
    {client: ecdheRsa},
  );
};

const finished = (size: number) => ({
  type: 22,
  content: tls12.encode({type: 'finished', body: new Uint8Array(size)}),
});

const keyExchanges: readonly Case12[] = [
  [
    'ServerKeyExchange missing (§7.4.3)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => flightSays(lacking('server_key_exchange')),
  ],
  [
    'ServerKeyExchange where RSA transports (§7.4.3)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () =>
      flightSays(
        before('server_hello_done', {type: 'server_key_exchange', body: {kind: 'other', octets: nothing}}),
        {
          client: rsa,
        },
      ),
  ],
  [
    'curve not offered (RFC 8422 §5.4)',
    'illegal_parameter',
    '8422:5.4/curve',
    () => flightSays(share((body) => ({...body, group: 24}))),
  ],
  [
    'a curve by its numbers (RFC 8422 §5.4)',
    'illegal_parameter',
    '8422:5.4/curve',
    () => flightSays(share(() => ({kind: 'other', octets: Uint8Array.of(1, 2, 3)}))),
  ],
  [
    'signature not offered (§7.4.3)',
    'illegal_parameter',
    '5246:7.4.3/scheme',
    () => flightSays(share((body) => ({...body, algorithm: 0x0201}))),
  ],
  [
    'signature, other key (§7.4.3)',
    'illegal_parameter',
    '5246:7.4.3/scheme',
    () => flightSays(share((body) => ({...body, algorithm: 0x0401}))),
  ],
  [
    'a signature that was changed (§7.4.3)',
    'decrypt_error',
    '5246:7.4.3/signature',
    () => flightSays(share((body) => ({...body, signature: flipped(body.signature, 20)}))),
  ],
  [
    'a share that was changed (§7.4.3)',
    'decrypt_error',
    '5246:7.4.3/signature',
    () => flightSays(share((body) => ({...body, publicKey: new Uint8Array(32)}))),
  ],
  [
    'changed random (§7.4.3)',
    'decrypt_error',
    '5246:7.4.3/signature',
    () => flightSays(answered((body) => ({...body, random: flipped(body.random, 0)}))),
  ],
  [
    'a share that leads nowhere (RFC 8422 §5.11)',
    'illegal_parameter',
    '8422:5.11/point',
    () => signedAnew(29, new Uint8Array(32)),
  ],
  [
    'CertificateRequest twice (§7.4.4)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => {
      const asked = {
        type: 'certificate_request',
        body: {certificateTypes: [1], signatureAlgorithms: [0x0401], certificateAuthorities: []},
      } as const;
      const once = before('server_hello_done', asked);
      return flightSays((all) => once(once(all)));
    },
  ],
  [
    'ServerHelloDone that says something (§7.4.5)',
    'decode_error',
    '5246:7.2.2/decode',
    () => flightSays((all) => [...all.slice(0, -1), Uint8Array.of(14, 0, 0, 1, 0)]),
  ],
  [
    'message unknown to 1.2 (§7.4)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => flightSays((all) => [...all.slice(0, 1), Uint8Array.of(8, 0, 0, 2, 0, 0)]),
  ],
  [
    'unannounced ticket (RFC 5077 §3.2)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => {
      const pair = answerSays((all) => all, {client: {sessionTickets: false}});
      const body = {ticketLifetimeHint: 1, ticket: Uint8Array.of(1)};
      const fragment = tls12.encode({type: 'new_session_ticket', body});
      pair.client.happen({kind: 'bytes', data: join(Uint8Array.of(22, 3, 3, 0, fragment.length), fragment)});
      return pair;
    },
  ],
  [
    'announced ticket missing (RFC 5077 §3.2)',
    'unexpected_message',
    '5246:7.1/too-early',
    () => {
      const pair = answerSays((all) => all);
      pair.client.happen({kind: 'bytes', data: changeRecord});
      return pair;
    },
  ],
  [
    'change_cipher_spec before the secret (§7.1)',
    'unexpected_message',
    '5246:7.1/too-early',
    () => {
      const pair = flightSays((all) => all.slice(0, 1));
      pair.client.happen({kind: 'bytes', data: changeRecord});
      return pair;
    },
  ],
  [
    'changed ticket (§7.4.9)',
    'decrypt_error',
    '5246:7.4.9/wrong',
    () => {
      const other = changed('new_session_ticket', ({body, ...message}) => ({
        ...message,
        body: {...body, ticket: flipped(body.ticket, 0)},
      }));
      return lastSays(withMessages(other));
    },
  ],
  [
    'a wrong Finished (§7.4.9)',
    'decrypt_error',
    '5246:7.4.9/wrong',
    () => lastSays((data, {server}) => withFinished(data, server, [finished(12)])),
  ],
  [
    'a long Finished (§7.4.9)',
    'decode_error',
    '5246:7.4.9/size',
    () => lastSays((data, {server}) => withFinished(data, server, [finished(36)])),
  ],
  [
    'resumed, wrong Finished (§7.4.9)',
    'decrypt_error',
    '5246:7.4.9/wrong',
    () => {
      const pair = fresh12({client: resuming()});
      pair.pass(pair.client, pair.server);
      pair.pass(pair.server, pair.client, (data) => withFinished(data, pair.server, [finished(12)]));
      return pair;
    },
  ],
  [
    'data before the end (§7.3)',
    'unexpected_message',
    '5246:7.3/data-too-early',
    () => {
      const pair = flightSays((all) => all);
      pair.client.happen(bytes(23, 3, 3, 0, 1, 0));
      return pair;
    },
  ],
];

describe('the rest of the server’s flight', () => {
  test.each(keyExchanges)('%s: %s', (_, alert, because, run) => refuses(run().client, alert, because));
});
