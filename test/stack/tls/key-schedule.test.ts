// The key schedule against RFC 8448 §3: every secret, key, IV and Finished value of the trace.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {cipherSuite} from '../../../source/stack/tls/cipher-suite.ts';
import {
  binderKey,
  derivedSecret,
  deriveSecret,
  earlySecret,
  finishedKey,
  handshakeSecret,
  kdfOf,
  mainSecret,
  ticketPsk,
  trafficKey,
  verifyData,
} from '../../../source/stack/tls/key-schedule.ts';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {clientPrivate, computed, computedNames, join, labels, message, serverPrivate} from './rfc8448.ts';

const suite = cipherSuite(0x1301);
if (!suite) throw new Error('no TLS_AES_128_GCM_SHA256');
const kdf = kdfOf(nodeCrypto, suite);
const hash = (...messages: readonly Uint8Array[]) => nodeCrypto.hash('sha256', join(...messages));

const [hello, serverHello] = [message('ClientHello'), message('ServerHello')];
const hellos = hash(hello, serverHello);
const flight = ['EncryptedExtensions', 'Certificate', 'CertificateVerify'].map(message);
const toVerify = [hello, serverHello, ...flight];

/** Everything that the trace computes, by our own functions from the two private keys and the messages. */
const schedule = (): ReadonlyMap<string, Uint8Array> => {
  const [client, server] = [
    nodeCrypto.keyPair('x25519', clientPrivate),
    nodeCrypto.keyPair('x25519', serverPrivate),
  ];
  const shared = nodeCrypto.agree('x25519', clientPrivate, server.publicKey) ?? new Uint8Array();
  const early = earlySecret(kdf);
  const handshake = handshakeSecret(kdf, early, shared);
  const main = mainSecret(kdf, handshake);
  const [clientHs, serverHs] = ['c hs traffic', 's hs traffic'].map((label) =>
    deriveSecret(kdf, handshake, label, hellos),
  );
  if (!clientHs || !serverHs) throw new Error('two secrets');
  const serverData = verifyData(kdf, serverHs, hash(...toVerify));
  const serverFinished = join(octetsOf('14000020'), serverData);
  const toServerFinished = hash(...toVerify, serverFinished);
  const clientData = verifyData(kdf, clientHs, toServerFinished);
  const clientFinished = join(octetsOf('14000020'), clientData);
  const toClientFinished = hash(...toVerify, serverFinished, clientFinished);
  const application = (label: string) => deriveSecret(kdf, main, label, toServerFinished);
  const keys = (name: string, secret: Uint8Array): [string, Uint8Array][] => {
    const {key, iv} = trafficKey(kdf, secret, suite.keyBytes);
    return [
      [`${name}_key`, key],
      [`${name}_iv`, iv],
    ];
  };
  return new Map([
    ['client_x25519_public', client.publicKey],
    ['server_x25519_public', server.publicKey],
    ['shared_secret', shared],
    ['empty_hash', hash()],
    ['early_secret', early],
    ['derived_for_handshake', derivedSecret(kdf, early)],
    ['handshake_secret', handshake],
    ['transcript_hash_ClientHello_ServerHello', hellos],
    ['client_handshake_traffic_secret', clientHs],
    ['server_handshake_traffic_secret', serverHs],
    ['derived_for_master', derivedSecret(kdf, handshake)],
    ['master_secret', main],
    ...keys('client_handshake', clientHs),
    ...keys('server_handshake', serverHs),
    ['transcript_hash_to_CertificateVerify', hash(...toVerify)],
    ['server_finished_key', finishedKey(kdf, serverHs)],
    ['server_finished_verify_data', serverData],
    ['server_Finished', serverFinished],
    ['transcript_hash_to_server_Finished', toServerFinished],
    ['client_finished_key', finishedKey(kdf, clientHs)],
    ['client_finished_verify_data', clientData],
    ['client_Finished', clientFinished],
    ['transcript_hash_to_client_Finished', toClientFinished],
    ['client_application_traffic_secret_0', application('c ap traffic')],
    ['server_application_traffic_secret_0', application('s ap traffic')],
    ...keys('client_application', application('c ap traffic')),
    ...keys('server_application', application('s ap traffic')),
    ['exporter_master_secret', application('exp master')],
    ['resumption_master_secret', deriveSecret(kdf, main, 'res master', toClientFinished)],
  ]);
};

describe('RFC 8448 §3', () => {
  const ours = schedule();

  test.each(computedNames)('%s', (name) => {
    expect(hexOf(ours.get(name) ?? new Uint8Array())).toBe(hexOf(computed(name)));
  });

  test.each(Object.entries(labels))('%s by its label', (name, [from, label, context]) => {
    expect(hexOf(deriveSecret(kdf, computed(from), label, computed(context)))).toBe(hexOf(computed(name)));
  });
});

// RFC 8448 §4: what the ticket of §3 stands for, and the binder of the ClientHello that offers it.
test('a ticket, its PSK and its binder', () => {
  const psk = ticketPsk(kdf, computed('resumption_master_secret'), Uint8Array.of(0, 0));
  expect(hexOf(psk)).toBe('4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3');
  const early = earlySecret(kdf, psk);
  expect(hexOf(early)).toBe('9b2188e9b2fc6d64d71dc329900e20bb41915000f678aa839cbb797cb7d8332c');
  const key = binderKey(kdf, early);
  expect(hexOf(key)).toBe('69fe131a3bbad5d63c64eebcc30e395b9d8107726a13d074e389dbc8a4e47256');
  const truncated = octetsOf('63224b2e4573f2d3454ca84b9d009a04f6be9e05711a8396473aefa01e924a14');
  const binder = '3add4fb2d8fdf822a0ca3cf7678ef5e88dae990141c5924d57bb6fa31b9e5f9d';
  expect(hexOf(verifyData(kdf, key, truncated))).toBe(binder);
});
