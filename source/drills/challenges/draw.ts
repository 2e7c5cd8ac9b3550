// Draws the random values of a generated challenge: every value is a hash of the challenge's seed and of how many values were drawn before
// it, so a seed always gives the same challenge.
import type {Text} from '../../lesson/text.ts';
import {timeText} from '../../lesson/value.ts';
import {hashOf} from '../../sim/chance.ts';
import {drillPairs} from '../../words/catalogue/drills-world.ts';

export class Draw {
  readonly #identity: readonly (string | number)[];
  #drawn = 0;

  constructor(...identity: readonly (string | number)[]) {
    this.#identity = identity;
  }

  /** Draws a whole number between `least` and `most`, in steps of `step` from `least` on. */
  whole(least: number, most: number, step = 1): number {
    const count = Math.floor((most - least) / step) + 1;
    return least + step * (hashOf(...this.#identity, this.#drawn++) % count);
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return others[this.whole(0, others.length) - 1] ?? first;
  }
}

/** The hosts and the link of a generated challenge: the words for the two hosts, the link's delay, and the server's port. */
export type Pair = {
  readonly facts: {readonly client: Text; readonly server: Text; readonly delay: string};
  /** The one-way delay of the link between client and server, in milliseconds. */
  readonly delayMs: number;
  readonly port: number;
};

type Side = {readonly [key: string]: unknown};

/** Writes a number of milliseconds, rounded down, as the sentences of a challenge show times. */
export const timeOf = (ms: number): string => timeText(Math.floor(ms) * 1000);

export const drawPair = (draw: Draw, {least = 15, most = 120} = {}): Pair => {
  const {phone, camera, till, sensor, laptop, station, car, tablet} = drillPairs;
  const {client, server} = draw.pick(phone, camera, till, sensor, laptop, station, car, tablet);
  const delayMs = draw.whole(least, most);
  const facts = {client, server, delay: timeOf(delayMs)};
  return {facts, delayMs, port: draw.pick(80, 443, 1883, 5222, 8080, 8883, 9100, 25, 143, 5000)};
};

/**
 * Returns the `topology` of a lesson file with a client, a server and the link between them; the second argument adds keys to each of the
 * three.
 */
export const pairTopology = (
  {facts: {client, server}, delayMs}: Pair,
  {client: one = {}, server: other = {}, path = {}}: {client?: Side; server?: Side; path?: Side} = {},
): object => ({
  hosts: {
    client: {label: client, ip: '192.0.2.10', iss: 1000, ...one},
    server: {label: server, ip: '198.51.100.20', iss: 9000, ...other},
  },
  links: [{name: 'path', between: ['client', 'server'], delay: `${delayMs}ms`, ...path}],
});

/** The first two calls of a challenge's script: the server listens on the port and the client connects to it. */
export const openingCalls = ({port}: Pair, listening: Side = {}): readonly object[] => [
  {at: '0ms', host: 'server', call: 'listen', port, ...listening},
  {at: '0ms', host: 'client', call: 'connect', to: `server:${port}`, from: 40000},
];

export const drawName = (draw: Draw): string => {
  const host = draw.pick('www', 'shop', 'mail', 'news', 'maps', 'bank', 'wiki');
  return `${host}.${draw.pick('tea', 'oak', 'sea', 'bee', 'ink', 'hat')}.example`;
};

/** Returns the `apps` entry of a host that is the only name server, for the root zone, and that has the address of one name. */
export const nameServer = (host: string, name: string, ttl = 300): object => ({
  host,
  dns: {
    zones: [
      {
        origin: '.',
        text: [
          '@ 3600 SOA ns.example. hostmaster.example. 1 1800 900 604800 60',
          '@ 3600 NS ns.example.',
          'ns.example. 3600 A 203.0.113.53',
          `${name}. ${ttl} A 203.0.113.80`,
          '',
        ].join('\n'),
      },
    ],
  },
});
