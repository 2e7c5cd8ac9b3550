// ClientHellos that a server refuses, the first and the second, by the alert that RFC 9846 names.
import {describe, test} from 'vitest';
import type {Pair} from './pair.ts';
import {bytes, type Case, check, fresh, resuming, secp256r1, x25519} from './refusal.ts';
import {clientSays, replaced, without} from './tamper.ts';

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
    'overlong record (§5.1)',
    'record_overflow',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 1, 0xff, 0xff));
      return pair;
    },
  ],
  [
    'overlong clear record (§5.1)',
    'record_overflow',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 1, 0x40, 0x01, ...new Uint8Array(0x4001).fill(1)));
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
    'truncated hello (§6)',
    'decode_error',
    () => {
      const pair = fresh();
      pair.server.happen(bytes(22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3));
      return pair;
    },
  ],
  [
    'alert inside hello (§5.1)',
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
    'no common signature (§4.5.1.2)',
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
    'no signature_algorithms, before any retry (§9.2)',
    'missing_extension',
    () =>
      clientSays(fresh({server: {groups: [secp256r1]}}), (hello) => without(hello, 'signature_algorithms')),
  ],
  [
    'no signature_algorithms, unknown PSK (§9.2)',
    'missing_extension',
    () =>
      clientSays(resuming({ticketKey: new Uint8Array(32)}), (hello) =>
        without(hello, 'signature_algorithms'),
      ),
  ],
  [
    'share, group not offered (§4.3.8)',
    'illegal_parameter',
    () => clientSays(fresh(), (hello) => replaced(hello, {name: 'supported_groups', value: [secp256r1]})),
  ],
  [
    'two equal shares (§4.3.8)',
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
    'point off the curve (§4.3.8.2)',
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
    'wrong binder (§4.3.11.2)',
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
    'PSK not last (§4.3.11)',
    'illegal_parameter',
    () => clientSays(resuming(), (hello) => ({...hello, extensions: (hello.extensions ?? []).toReversed()})),
  ],
];

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
    'no share after cookie (§4.3.8)',
    'illegal_parameter',
    () => {
      const pair = fresh({client: {middleboxCompatibility: false}, server: {cookie: 'always'}});
      pair.pass(pair.client, pair.server);
      pair.pass(pair.server, pair.client);
      return clientSays(pair, (hello) => replaced(hello, {name: 'key_share', value: []}));
    },
  ],
  [
    'share of another group (§4.3.8)',
    'illegal_parameter',
    () => {
      const groups = [secp256r1, x25519];
      const pair = fresh({client: {keyShares: [], middleboxCompatibility: false}, server: {groups}});
      pair.pass(pair.client, pair.server);
      pair.pass(pair.server, pair.client);
      const keyExchange = new Uint8Array(32).fill(9);
      return clientSays(pair, (hello) =>
        replaced(hello, {name: 'key_share', value: [{group: x25519, keyExchange}]}),
      );
    },
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

describe('a ClientHello', () => {
  test.each(toServer)('%s: %s', (_, alert, run) => check(run().server, alert));
});

describe('a second ClientHello', () => {
  test.each(toServerAgain)('%s: %s', (_, alert, run) => check(run().server, alert));
});
