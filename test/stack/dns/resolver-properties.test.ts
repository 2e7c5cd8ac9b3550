// Random zones, random loss, liars: what holds for every search. Oracle: a plain look at the zones' records.
import {describe, expect, test} from 'vitest';
import {liveEntries} from '../../../source/stack/dns/cache.ts';
import type {DnsAnswer} from '../../../source/stack/dns/call.ts';
import {resolverDefaults} from '../../../source/stack/dns/resolver-settings.ts';
import {zoneOf} from '../../../source/stack/dns/zone.ts';
import type {DnsRecord} from '../../../source/wire/dns/message.ts';
import {isAtOrBelow, nameKey} from '../../../source/wire/dns/name.ts';
import {RecordClass, RecordType} from '../../../source/wire/dns/registry.ts';
import {must, type Net, OneResolver, type Server} from '../../helpers/dns/one-resolver.ts';
import {
  type Pick,
  questionsOf,
  type RandomZone,
  randomTree,
  type Truth,
  truthOf,
} from '../../helpers/dns/random-tree.ts';
import {serves} from '../../helpers/dns/tree.ts';
import {runs} from '../../helpers/seeds.ts';

const block = 20;
const seeds = runs(160, block);

/** mulberry32. */
const picker = (seed: number): Pick => {
  let state = seed;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
};

const serversOf = (zones: readonly RandomZone[]): Record<string, Server> => {
  const addresses = new Set(zones.flatMap(({servers}) => servers.map(({address}) => address)));
  return Object.fromEntries(
    [...addresses].map((address) => {
      const own = zones.filter(({servers}) => servers.some((each) => each.address === address));
      return [address, serves(...own.map(zoneOf))];
    }),
  );
};

const netOf = (zones: readonly RandomZone[], net: Partial<Net> & {minimise?: boolean} = {}): Net => {
  const roots = must(zones[0]).servers.map(({name, address}) => ({name, addresses: [address]}));
  const {minimise = false, ...rest} = net;
  return {
    spec: {role: 'recursive', settings: {...resolverDefaults, roots, minimise}},
    servers: serversOf(zones),
    ...rest,
  };
};

const found = ({result, chain, records}: DnsAnswer): Truth => ({
  result: result === 'ok' || result === 'NXDOMAIN' ? result : 'NODATA',
  chain: chain.flatMap(({data}) => (data.kind === 'CNAME' ? [nameKey(data.name)] : [])),
  data: records.map(({data}) => JSON.stringify(data)).sort(),
});

/** What a server believes of others must never be more than this: `poison` stands for nobody. */
const poison = '6.6.6.6';

describe.each(Array.from({length: seeds / block}, (_, nth) => nth * block + 1))(
  'seeds %i and on',
  (first) => {
    const each = (run: (seed: number, pick: Pick) => void): void => {
      for (let seed = first; seed < first + block; seed++) run(seed, picker(seed));
    };

    test('without loss the answer is the one in the zones, from servers and from the cache', () => {
      each((seed, pick) => {
        const zones = randomTree(pick);
        const net = new OneResolver(netOf(zones, {minimise: seed % 2 === 0, seed}));
        const questions = questionsOf(zones);
        for (let nth = 0; nth < 12; nth++) {
          const question = must(questions[pick(questions.length)]);
          const sent = net.sent.length;
          const token = net.call({call: 'resolve', ...question});
          net.run();
          const answer = must(net.answers.get(token));
          const truth = truthOf(zones, question);
          const where = `seed ${seed}, ${question.name} ${question.type}`;
          if (truth.result === 'loop') expect(answer.result, where).toBe('SERVFAIL');
          else expect([answer.result !== 'SERVFAIL', found(answer)], where).toEqual([true, truth]);
          expect(net.sent.length - sent, where).toBeLessThanOrEqual(resolverDefaults.budget);
          net.run(net.nowUs + pick(40_000_000));
        }
      });
    });

    test('with loss it is that or SERVFAIL, within the budget, and everything ends', () => {
      each((seed, pick) => {
        const zones = randomTree(pick);
        const loss = pick(60);
        const fates = picker(seed + 1000);
        const net = new OneResolver(netOf(zones, {lost: () => fates(100) < loss, seed}));
        const questions = questionsOf(zones);
        for (let nth = 0; nth < 6; nth++) {
          const question = must(questions[pick(questions.length)]);
          const sent = net.sent.length;
          const token = net.call({call: 'resolve', ...question});
          net.run();
          const answer = must(net.answers.get(token));
          const where = `seed ${seed}, ${question.name} ${question.type}`;
          if (answer.result !== 'SERVFAIL') expect(found(answer), where).toEqual(truthOf(zones, question));
          expect(net.sent.length - sent, where).toBeLessThanOrEqual(resolverDefaults.budget);
          if (net.state.role === 'recursive')
            expect([net.state.walks.size, net.state.queries.size]).toEqual([0, 0]);
          net.run(net.nowUs + pick(40_000_000));
        }
      });
    });

    test('no record is given beyond its TTL, counted from when its server gave it', () => {
      each((seed, pick) => {
        const zones = randomTree(pick);
        const given = new Map<string, number>();
        const keyOf = (record: DnsRecord): string => `${nameKey(record.name)} ${record.type}`;
        const servers = Object.fromEntries(
          Object.entries(serversOf(zones)).map(([address, server]): [string, Server] => [
            address,
            (query, via) => {
              const message = must(server(query, via));
              for (const record of [...message.answers, ...message.authorities, ...message.additionals])
                given.set(
                  keyOf(record),
                  Math.max(given.get(keyOf(record)) ?? 0, net.nowUs + 40_000 + record.ttl * 1e6),
                );
              return message;
            },
          ]),
        );
        const net: OneResolver = new OneResolver(netOf(zones, {servers, seed}));
        const questions = questionsOf(zones);
        const few = Array.from({length: 6}, () => must(questions[pick(questions.length)]));
        for (let nth = 0; nth < 15; nth++) {
          const token = net.call({call: 'resolve', ...must(few[pick(few.length)])});
          net.run();
          const {chain, records, atUs} = must(net.answers.get(token));
          // The TTL told is the one given less the whole seconds that have passed.
          for (const record of [...chain, ...records])
            expect(atUs + (record.ttl - 1) * 1e6, `seed ${seed}`).toBeLessThan(
              must(given.get(keyOf(record))),
            );
          net.run(net.nowUs + pick(30_000_000));
        }
      });
    });

    test('what a server says of names outside its zones, or unasked, never enters the cache', () => {
      each((seed, pick) => {
        const zones = randomTree(pick);
        const honest = serversOf(zones);
        const lie = (name: string, type: 'A' | 'NS'): DnsRecord => ({
          name,
          type: RecordType[type],
          class: RecordClass.IN,
          ttl: 86_400,
          data: type === 'A' ? {kind: 'A', address: poison} : {kind: 'NS', name: 'evil.'},
        });
        const servers = Object.fromEntries(
          Object.entries(honest).map(([address, server]): [string, Server] => {
            const own = zones.filter((zone) => zone.servers.some((each) => each.address === address));
            const foreign = questionsOf(zones)
              .map(({name}) => name)
              .filter((name) => !own.some(({origin}) => isAtOrBelow(name, origin)));
            return [
              address,
              (query, via) => {
                const message = must(server(query, via));
                const victims = Array.from(
                  {length: 3},
                  () => foreign[pick(Math.max(1, foreign.length))] ?? 'evil.',
                );
                const addresses = [...victims, 'evil.'].map((name) => lie(name, 'A'));
                return {
                  ...message,
                  answers: [...message.answers, ...addresses],
                  authorities: [
                    ...message.authorities,
                    ...victims.map((name) => lie(name, 'NS')),
                    ...addresses,
                  ],
                  additionals: [...message.additionals, ...addresses],
                };
              },
            ];
          }),
        );
        const net = new OneResolver(netOf(zones, {servers, seed}));
        const questions = questionsOf(zones);
        for (let nth = 0; nth < 8; nth++) {
          net.call({call: 'resolve', ...must(questions[pick(questions.length)])});
          net.run();
        }
        if (net.state.role !== 'recursive') throw new Error('no resolver');
        const {entries, parents} = net.state.cache;
        const kept = [...liveEntries(net.state.cache, net.nowUs), ...entries.values(), ...parents.values()];
        expect(kept.length).toBeGreaterThan(0);
        expect(
          JSON.stringify(kept.filter(({records}) => JSON.stringify(records).match(/6\.6\.6\.6|evil/))),
        ).toBe('[]');
        for (const answer of net.answers.values())
          expect(JSON.stringify(answer.records)).not.toContain(poison);
        expect(net.sent.some(({to}) => to === poison)).toBe(false);
      });
    });
  },
);
