// Other initial sequence numbers than a lesson pins: distances stay, and what turns over turns over (RFC 9293 §3.4).
import {describe, expect, test} from 'vitest';
import {withFreeNumbers} from '../../source/lesson/free-numbers.ts';
import {load, runOf} from './fragments.ts';

const pinned = (client: number, server: number | undefined, iss?: number) =>
  runOf(
    load({
      topology: `topology:
  hosts:
    client: {iss: ${client}}
    server: {${server === undefined ? '' : `iss: ${server}`}}
`,
      script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000${iss === undefined ? '' : `, iss: ${iss}`}}
`,
    }),
  );

const numbersOf = ({hosts, script}: ReturnType<typeof pinned>) => [
  ...hosts.map(({iss}) => iss),
  ...script.flatMap(({action}) => (action.call === 'connect' ? [action.iss] : [])),
];

describe('where no call names one', () => {
  test('none is pinned any more, and the seed is another', () => {
    const freed = withFreeNumbers(pinned(1000, 9000), 7);
    expect([freed.seed, ...numbersOf(freed)]).toEqual([7, undefined, undefined, undefined]);
    expect(freed.hosts.map((host) => Object.hasOwn(host, 'iss'))).toEqual([false, false]);
  });

  test('one that turns over within 1024 still does, as soon at most', () => {
    const close = 2 ** 32 - 100;
    for (const seed of [1, 2, 3, 4, 5]) {
      const [client, server] = numbersOf(withFreeNumbers(pinned(close, 2 ** 32 - 1025), seed));
      expect(client).toBeLessThanOrEqual(close);
      expect(client).toBeGreaterThan(close - 100);
      expect(server).toBeUndefined();
    }
    const moved = [1, 2, 3, 4, 5].map((seed) => numbersOf(withFreeNumbers(pinned(close, 1), seed))[0]);
    expect(new Set(moved).size).toBeGreaterThan(1);
    expect(numbersOf(withFreeNumbers(pinned(2 ** 32 - 1024, 1), 1))[0]).toBeDefined();
  });
});

test('where a call names one all of a host move by the same distance, those that nobody pinned not at all', () => {
  const run = pinned(1000, 9000, 4000);
  const [client = 0, server = 0, call = 0] = numbersOf(withFreeNumbers(run, 7));
  expect(call - client).toBe(3000);
  expect([client === 1000, server === 9000, server - client === 8000]).toEqual([false, false, false]);
  expect(numbersOf(withFreeNumbers(run, 7))).toEqual([client, server, call]);
  expect(numbersOf(withFreeNumbers(run, 8))[0]).not.toBe(client);
  expect(withFreeNumbers(run, 7).seed).toBe(7);
  expect(numbersOf(withFreeNumbers(pinned(1000, undefined, 4000), 7))[1]).toBeUndefined();
});
