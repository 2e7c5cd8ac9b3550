// Whatever comes, a machine of TLS 1.2 waits, goes on, or ends with one alert; it never throws, and hears nothing that was changed.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {runs} from '../../../helpers/seeds.ts';
import {damage, damaged, hear, junk, sound} from '../damage.ts';
import {type Pair, write} from '../pair.ts';
import {resuming} from './refused.ts';
import {fresh12} from './tamper.ts';

const {session} = resuming();

/** The first `flights` flights, the last of them changed. */
const talk = (pair: Pair, flights: number, change: (data: Uint8Array) => Uint8Array): void => {
  pair.client.happen(write('GET'));
  for (let n = 0; n <= flights; n++) {
    const [from, to] = n % 2 === 0 ? [pair.client, pair.server] : [pair.server, pair.client];
    pair.pass(from, to, n === flights ? change : undefined);
  }
  pair.run();
};

describe.each([
  ['RSA', {cipherSuites: [0x009c]}],
  ['ECDHE', {cipherSuites: [0xc02b]}],
  ['resumed', {session}],
])('damaged flights: %s', (_, client) => {
  test.each([0, 1, 2, 3])('flight %i', (flight) => {
    fc.assert(
      fc.property(damage, fc.integer({min: 1, max: 900}), (hit, pieces) => {
        const pair = fresh12({client, pieces});
        talk(pair, flight, (data) => (data.length > 0 ? damaged(data, hit) : data));
        sound(pair.client);
        sound(pair.server);
        expect(['', 'GET']).toContain(pair.server.text);
      }),
      {numRuns: runs(12, 4)},
    );
  });
});

test('any octets in a record, wherever the handshake stands', () => {
  const types = fc.constantFrom(20, 21, 22, 23);
  const messages = fc.constantFrom(0, 1, 2, 4, 11, 12, 13, 14, 16, 20, 22);
  fc.assert(
    fc.property(fc.integer({min: -1, max: 3}), types, messages, junk, (flights, type, message, data) => {
      const pair = fresh12();
      if (flights >= 0) talk(pair, flights, (whole) => whole.slice(0, Math.floor(whole.length / 2)));
      const body = Uint8Array.of(message, 0, data.length >> 8, data.length & 0xff, ...data);
      for (const end of [pair.client, pair.server]) {
        hear(end, Uint8Array.of(type, 3, 3, body.length >> 8, body.length & 0xff, ...body));
        sound(end);
      }
    }),
    {numRuns: runs(120, 10)},
  );
});
