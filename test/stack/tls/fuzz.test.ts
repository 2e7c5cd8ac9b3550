// Whatever comes, a TLS machine waits, goes on, or ends with one alert; it never throws.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ExtensionType} from '../../../source/wire/tls/registry.ts';
import {runs} from '../../helpers/seeds.ts';
import {damage, damaged, hear, junk, sound} from './damage.ts';
import {Pair, write} from './pair.ts';
import {clientSays, encode, flightSays, handshake, serverSays} from './tamper.ts';

describe('any octets', () => {
  test('to a server that waits', () => {
    fc.assert(
      fc.property(junk, junk, (a, b) => {
        const {server} = new Pair().open();
        hear(server, a);
        hear(server, b);
        sound(server);
      }),
      {numRuns: runs(100, 10)},
    );
  });

  test('in a record, to a client that waits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(20, 21, 22, 23),
        fc.constantFrom(0, 1, 2, 4, 8, 11, 20),
        junk,
        (type, message, data) => {
          const {client} = new Pair().open();
          const body = Uint8Array.of(message, 0, data.length >> 8, data.length & 0xff, ...data);
          hear(client, Uint8Array.of(type, 3, 3, body.length >> 8, body.length & 0xff, ...body));
          sound(client);
        },
      ),
      {numRuns: runs(100, 10)},
    );
  });

  test('to both ends of a connection', () => {
    fc.assert(
      fc.property(junk, (data) => {
        const pair = new Pair().open().run();
        hear(pair.server, data);
        hear(pair.client, Uint8Array.of(23, 3, 3, data.length >> 8, data.length & 0xff, ...data));
        sound(pair.server);
        sound(pair.client);
      }),
      {numRuns: runs(20, 5)},
    );
  });
});

describe('damaged flights', () => {
  test.each([0, 1, 2, 3])('flight %i', (flight) => {
    fc.assert(
      fc.property(damage, fc.integer({min: 1, max: 700}), (hit, pieces) => {
        const pair = new Pair({pieces}).open();
        pair.client.happen(write('GET'));
        for (let n = 0; n < 4; n++) {
          const [from, to] = n % 2 === 0 ? [pair.client, pair.server] : [pair.server, pair.client];
          pair.pass(from, to, n === flight ? (data) => damaged(data, hit) : undefined);
        }
        sound(pair.client);
        sound(pair.server);
        // Under protection nothing that was changed is ever heard.
        expect(['', 'GET']).toContain(pair.server.text);
      }),
      {numRuns: runs(15, 4)},
    );
  });
});

describe('damaged early data', () => {
  const session = new Pair({server: {maxEarlyData: 500}}).open().run().client.of('session')[0]?.session;

  test.each([0, 1, 2])('flight %i', (flight) => {
    if (!session) throw new Error('no ticket');
    fc.assert(
      fc.property(damage, fc.boolean(), (hit, accepted) => {
        const server = {maxEarlyData: accepted ? 500 : 0};
        const pair = new Pair({client: {session, earlyData: true}, server, seed: 'early'}).open();
        pair.client.happen(write('GET'));
        for (let n = 0; n < 3; n++) {
          const [from, to] = n % 2 === 0 ? [pair.client, pair.server] : [pair.server, pair.client];
          pair.pass(from, to, n === flight ? (data) => damaged(data, hit) : undefined);
        }
        sound(pair.client);
        sound(pair.server);
        expect(['', 'GET']).toContain(pair.server.text);
      }),
      {numRuns: runs(15, 4)},
    );
  });
});

/** Extensions of known types with any octets in them. */
const oddExtensions = fc.array(
  fc.record({
    name: fc.constant('raw' as const),
    type: fc.constantFrom(...Object.values(ExtensionType)),
    value: fc.oneof(
      fc.uint8Array({maxLength: 40}),
      fc.constant(new Uint8Array()),
      fc.constant(Uint8Array.of(3, 4)),
    ),
  }),
  {maxLength: 6},
);

describe('odd extensions', () => {
  test('in a ClientHello', () => {
    fc.assert(
      fc.property(oddExtensions, fc.boolean(), (odd, instead) => {
        const pair = clientSays(new Pair().open(), (hello) => ({
          ...hello,
          extensions: instead ? odd : [...(hello.extensions ?? []), ...odd],
        }));
        sound(pair.server);
      }),
      {numRuns: runs(60, 10)},
    );
  });

  test('in a ServerHello', () => {
    fc.assert(
      fc.property(oddExtensions, (odd) => {
        const pair = serverSays(new Pair().open(), (body) => ({
          ...body,
          extensions: [...(body.extensions ?? []), ...odd],
        }));
        sound(pair.client);
      }),
      {numRuns: runs(30, 10)},
    );
  });

  test('in EncryptedExtensions', () => {
    fc.assert(
      fc.property(oddExtensions, (odd) => {
        const pair = flightSays((all) => [
          handshake(...all.with(0, encode({type: 'encrypted_extensions', body: {extensions: odd}}))),
        ]);
        sound(pair.client);
      }),
      {numRuns: runs(30, 10)},
    );
  });
});
