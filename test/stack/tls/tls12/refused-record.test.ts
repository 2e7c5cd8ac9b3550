// Records and alerts of TLS 1.2: what a connected end refuses, and what it makes of an alert that comes.
import {describe, expect, test} from 'vitest';
import {type Pair, write} from '../pair.ts';
import {bytes} from '../refusal.ts';
import {type Case12, flipped, refuses} from './refused.ts';
import {fresh12, keysOf12, sealed12} from './tamper.ts';

const connected = (type: number, ...octets: readonly number[]): Pair => {
  const pair = fresh12().run();
  const keys = {...keysOf12(pair.client), sequence: 1};
  pair.server.happen({kind: 'bytes', data: sealed12(keys, [{type, content: Uint8Array.from(octets)}])});
  return pair;
};

const records: readonly Case12[] = [
  [
    'a flipped bit (§6.2.3.3)',
    'bad_record_mac',
    '5246:7.2.2/bad_record_mac',
    () => {
      const pair = fresh12().run();
      pair.client.happen(write('transfer 100'));
      pair.pass(pair.client, pair.server, (data) => flipped(data, 15));
      return pair;
    },
  ],
  [
    'other type (§6.2.3.3)',
    'bad_record_mac',
    '5246:7.2.2/bad_record_mac',
    () => {
      const pair = fresh12().run();
      pair.client.happen(write('x'));
      pair.pass(pair.client, pair.server, (data) => data.with(0, 22));
      return pair;
    },
  ],
  [
    'a record twice (§6.1)',
    'bad_record_mac',
    '5246:7.2.2/bad_record_mac',
    () => {
      const pair = fresh12().run();
      pair.client.happen(write('transfer 100'));
      const [record] = pair.client.take();
      for (let times = 0; times < 2; times++) if (record) pair.server.happen({kind: 'bytes', data: record});
      return pair;
    },
  ],
  [
    'a record in clear (§6.2.3)',
    'bad_record_mac',
    '5246:7.2.2/bad_record_mac',
    () => {
      const pair = fresh12().run();
      pair.server.happen(bytes(23, 3, 3, 0, 1, 65));
      return pair;
    },
  ],
  [
    'overlong content (§6.2.1)',
    'record_overflow',
    '5246:7.2.2/record_overflow',
    () => connected(23, ...new Uint8Array(0x4001)),
  ],
  [
    'overlong record (§6.2.3)',
    'record_overflow',
    '9846:5.1/length',
    () => {
      const pair = fresh12().run();
      pair.server.happen(bytes(23, 3, 3, 0x48, 0x01));
      return pair;
    },
  ],
  ['an empty handshake record (§6.2.1)', 'unexpected_message', '5246:6.2.1/empty', () => connected(22)],
  [
    'Finished after the end (§7.4.9)',
    'unexpected_message',
    '5246:7.3/unexpected',
    () => connected(22, 20, 0, 0, 0),
  ],
  [
    'change_cipher_spec after the end (§7.1)',
    'unexpected_message',
    '5246:7.1/too-early',
    () => connected(20, 1),
  ],
  [
    'another change_cipher_spec (§7.1)',
    'unexpected_message',
    '9846:5/change-cipher-spec',
    () => connected(20, 2),
  ],
];

describe('records', () => {
  test.each(records)('%s: %s', (_, alert, because, run) => refuses(run().server, alert, because));
});

describe('alerts that come (§7.2)', () => {
  test('a warning ends nothing, whatever it says', () => {
    for (const description of [90, 112, 200])
      expect(connected(21, 1, description).server.state).toBe('CONNECTED');
  });

  test('what is fatal is fatal', () => {
    const {server} = connected(21, 2, 40);
    expect([server.state, server.alerts]).toEqual(['CLOSED', ['received handshake_failure']]);
  });

  test('who is done answers at once, and both directions end (§7.2.1)', () => {
    const pair = fresh12().run();
    pair.client.happen(write('last words')).happen({kind: 'close'});
    pair.run();
    expect(pair.server.text).toBe('last words');
    expect(pair.server.alerts).toEqual(['received close_notify', 'sent close_notify']);
    expect([pair.client.state, pair.server.state]).toEqual(['CLOSED', 'CLOSED']);
    pair.server.happen(write('too late'));
    expect(pair.server.take()).toEqual([]);
  });

  test('without close_notify data may be missing', () => {
    const pair = fresh12().run();
    pair.client.happen({kind: 'eof'});
    expect(pair.client.of('closed').map(({how, because}) => [how, because])).toEqual([
      ['truncated', '5246:7.2.1/truncated'],
    ]);
  });
});
