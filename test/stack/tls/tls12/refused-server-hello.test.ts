// ServerHellos that a client of TLS 1.2 refuses, by the alert that RFC 5246 names.
import {describe, test} from 'vitest';
import type {ServerHello} from '../../../../source/wire/tls/hello.ts';
import {Pair} from '../pair.ts';
import {join} from '../rfc8448.ts';
import {answered, asked, both, type Case12, nothing, refuses, resuming, rsa} from './refused.ts';
import {flightSays, fresh12, helloSays, v13} from './tamper.ts';

const withoutAnswer = (body: ServerHello, name: string): ServerHello => ({
  ...body,
  extensions: (body.extensions ?? []).filter((one) => one.name !== name),
});

const answering = (body: ServerHello, ...more: NonNullable<ServerHello['extensions']>): ServerHello => ({
  ...body,
  extensions: [...(body.extensions ?? []), ...more],
});

const serverHellos: readonly Case12[] = [
  [
    'TLS 1.1 (§E.1)',
    'protocol_version',
    '5246:E.1/version',
    () => flightSays(answered((body) => ({...body, legacyVersion: 0x0302}))),
  ],
  [
    '1.2 where 1.3 known (RFC 9846 §4.2.3)',
    'illegal_parameter',
    '9846:4.2.3/downgrade',
    () => {
      const pair = new Pair({client: both, server: both}).open();
      // Somebody takes TLS 1.3 out of the offer.
      const stripped = helloSays(
        asked((body) => ({
          ...body,
          extensions: (body.extensions ?? []).filter(({name}) => name !== 'supported_versions'),
        })),
        {client: both, server: both},
      );
      pair.client.take();
      stripped.pass(stripped.server, stripped.client);
      return stripped;
    },
  ],
  [
    'TLS 1.2 after HelloRetryRequest (RFC 9846 §4.3.1)',
    'protocol_version',
    '9846:4.3.1/version',
    () => {
      const options = {client: {...both, keyShares: [23]}, server: {versions: [v13], groups: [29]}};
      const pair = new Pair(options).open();
      pair.pass(pair.client, pair.server);
      pair.pass(pair.server, pair.client);
      const other = flightSays((all) => all).server;
      pair.client.happen({kind: 'bytes', data: join(...other.of('send').map(({data}) => data))});
      return pair;
    },
  ],
  [
    'suite not offered (§7.4.1.3)',
    'illegal_parameter',
    '5246:7.4.1.3/suite',
    () =>
      flightSays(
        answered((body) => ({...body, cipherSuite: 0x009d})),
        {client: rsa},
      ),
  ],
  [
    'a suite of TLS 1.3 (§7.4.1.3)',
    'illegal_parameter',
    '5246:7.4.1.3/suite',
    () =>
      flightSays(
        answered((body) => ({...body, cipherSuite: 0x1301})),
        {client: both},
      ),
  ],
  [
    'compression (§7.4.1.3)',
    'illegal_parameter',
    '5246:7.4.1.3/compression',
    () => flightSays(answered((body) => ({...body, legacyCompressionMethod: 1}))),
  ],
  [
    'unasked extension (§7.4.1.4)',
    'unsupported_extension',
    '5246:7.4.1.4/unsolicited',
    () => flightSays(answered((body) => answering(body, {name: 'encrypt_then_mac', value: undefined}))),
  ],
  [
    'extension unknown to ServerHello (§7.4.1.4)',
    'unsupported_extension',
    '5246:7.4.1.4/unsolicited',
    () =>
      flightSays(
        answered((body) =>
          answering(body, {name: 'key_share', value: {group: 29, keyExchange: new Uint8Array(32)}}),
        ),
        {client: both},
      ),
  ],
  [
    'TLS 1.3 for a client of 1.2 (§7.4.1.4)',
    'unsupported_extension',
    '5246:7.4.1.4/unsolicited',
    () => flightSays(answered((body) => answering(body, {name: 'supported_versions', value: v13}))),
  ],
  [
    'an extension twice (§7.4.1.4)',
    'illegal_parameter',
    '9846:4.3/twice',
    () => flightSays(answered((body) => answering(body, {name: 'extended_master_secret', value: undefined}))),
  ],
  [
    'nothing of secure renegotiation (RFC 5746 §3.4)',
    'handshake_failure',
    '5746:3.4/renegotiation-info',
    () => flightSays(answered((body) => withoutAnswer(body, 'renegotiation_info'))),
  ],
  [
    'unasked renegotiation (RFC 5746 §3.4)',
    'handshake_failure',
    '5746:3.4/renegotiation-info',
    () =>
      flightSays(
        answered((body) =>
          answering(withoutAnswer(body, 'renegotiation_info'), {
            name: 'renegotiation_info',
            value: new Uint8Array(12),
          }),
        ),
      ),
  ],
  [
    'session never offered (§7.4.1.3)',
    'illegal_parameter',
    '5246:7.4.1.3/session-id',
    () => {
      const pair = fresh12({client: both});
      pair.pass(pair.client, pair.server);
      const hello = pair.client
        .of('note')
        .flatMap(({note}) => (note.kind === 'message' ? [note.bytes] : []))[0];
      const legacySessionIdEcho = hello?.slice(39, 71) ?? nothing;
      return flightSays(
        answered((body) => ({...body, legacySessionIdEcho})),
        undefined,
        fresh12({client: both}),
      );
    },
  ],
  [
    'resumed, other suite (§7.4.1.3)',
    'illegal_parameter',
    '5246:7.4.1.3/resumed-suite',
    () =>
      flightSays(
        answered((body) => ({...body, cipherSuite: 0x009c})),
        {client: resuming()},
      ),
  ],
  [
    'resumed, no bond (RFC 7627 §5.3)',
    'handshake_failure',
    '7627:5.3/resumed',
    () =>
      flightSays(
        answered((body) => withoutAnswer(body, 'extended_master_secret')),
        {client: resuming()},
      ),
  ],
  [
    'protocol not offered (RFC 7301 §3.1)',
    'illegal_parameter',
    '7301:3.1/not-offered',
    () =>
      flightSays(
        answered((body) =>
          answering(body, {
            name: 'application_layer_protocol_negotiation',
            value: [Uint8Array.of(120)],
          }),
        ),
        {client: {alpn: ['http/1.1']}},
      ),
  ],
];

describe('ServerHello', () => {
  test.each(serverHellos)('%s: %s', (_, alert, because, run) => refuses(run().client, alert, because));
});
