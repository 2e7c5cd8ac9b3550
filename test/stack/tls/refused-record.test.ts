// What a connected end refuses, by the alert that RFC 9846 names; alerts that come.
import {describe, expect, test} from 'vitest';
import {type Pair, write} from './pair.ts';
import {bytes, type Case, check, fresh} from './refusal.ts';
import {keysOf, sealed} from './tamper.ts';

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
    'overlong record (§5.2)',
    'record_overflow',
    () => {
      const pair = fresh().run();
      pair.server.happen(bytes(23, 3, 3, 0x41, 0x01));
      return pair;
    },
  ],
  ['endless handshake message (§6.2)', 'decode_error', () => connected(22, 24, 0xff, 0xff, 0xff)],
];

describe('after the handshake', () => {
  test.each(afterwards)('%s: %s', (_, alert, run) => check(run().server, alert));
});

test('unknown alerts are fatal, user_canceled is not (§6)', () => {
  const canceled = connected(21, 1, 90);
  expect([canceled.server.state, canceled.server.alerts]).toEqual(['CONNECTED', ['received user_canceled']]);
  const unknown = connected(21, 1, 200);
  expect([unknown.server.state, unknown.server.alerts]).toEqual(['CLOSED', ['received unknown']]);
});
