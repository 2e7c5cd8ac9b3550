// Runs with more than two hosts: a router between two, a flood from a third side, a star around one router.
import type {LinkSpec} from '../../source/sim/action.ts';
import type {Fault} from '../../source/sim/fault.ts';
import type {Cause, HostSpec, Scenario} from '../../source/sim/scenario.ts';
import {seq} from '../../source/wire/seq.ts';
import {pairScenario} from './scenarios.ts';

type Drawn = {
  readonly [link: string]: {readonly between: readonly [string, string]; readonly delayUs: number};
};

/** Hosts by the addresses that they have on their links; whoever has two links is a router. */
const network = (drawn: Drawn, addresses: {readonly [host: string]: {readonly [link: string]: string}}) => {
  let made = 0;
  const hosts = Object.entries(addresses).map(([name, own], index): HostSpec => {
    const interfaces = Object.entries(own).map(([link, ip]) => {
      made++;
      return {link, ip, mac: `02:00:00:00:00:${String(made).padStart(2, '0')}`};
    });
    return {name, interfaces, router: interfaces.length > 1, iss: seq(1000 * (index + 1)), tcp: {}};
  });
  const links = Object.entries(drawn).map(
    ([name, {between, delayUs}]): LinkSpec => ({
      name,
      between,
      delayUs,
      loss: 0,
      mtu: 1500,
    }),
  );
  return {hosts, links};
};

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

const listens = (host: string): Cause => ({
  when: at(0),
  host,
  action: {call: 'listen', port: 80, read: 'auto'},
});

const connects = (host: string, to: string, atUs: number): Cause => ({
  when: at(atUs),
  host,
  action: {call: 'connect', to: {host: to, port: 80}, from: 40000, as: 'c', read: 'auto'},
});

const sends = (host: string, bytes: number, atUs: number): Cause => ({
  when: at(atUs),
  host,
  action: {call: 'send', bytes},
});

/** client – r1 – server, 25 ms each; 100 bytes up once it is open. */
export const routedScenario = (faults: readonly Fault[] = [], change: Partial<Scenario> = {}): Scenario =>
  pairScenario([listens('server'), connects('client', 'server', 0), sends('client', 100, 300_000)], {
    ...network(
      {near: {between: ['client', 'r1'], delayUs: 25_000}, far: {between: ['r1', 'server'], delayUs: 25_000}},
      {
        client: {near: '192.0.2.10'},
        r1: {near: '192.0.2.1', far: '198.51.100.1'},
        server: {far: '198.51.100.20'},
      },
    ),
    faults,
    ...change,
  });

/** Four SYNs under a stranger's address fill the queue; then the client wants in. */
export const floodScenario = (change: Partial<Scenario> = {}): Scenario =>
  pairScenario(
    [
      {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto', backlog: 3}},
      {
        when: at(0),
        host: 'attacker',
        action: {
          call: 'spoofSyn',
          to: {host: 'server', port: 80},
          source: {first: '203.0.113.1', count: 1},
        },
        repeat: {times: 4, everyUs: 1000},
      },
      connects('client', 'server', 500_000),
    ],
    {
      ...network(
        {
          dark: {between: ['attacker', 'r1'], delayUs: 25_000},
          near: {between: ['client', 'r1'], delayUs: 25_000},
          far: {between: ['r1', 'server'], delayUs: 25_000},
        },
        {
          attacker: {dark: '203.0.113.254'},
          client: {near: '192.0.2.10'},
          r1: {dark: '203.0.113.253', near: '192.0.2.1', far: '198.51.100.1'},
          server: {far: '198.51.100.20'},
        },
      ),
      limitUs: 20_000_000,
      ...change,
    },
  );

/** `hosts` machines around one router: each opens a connection to the next and sends it some bytes; the first does most. */
export const starScenario = (hosts: number, change: Partial<Scenario> = {}): Scenario => {
  const names = Array.from({length: hosts}, (_, index) => `h${index + 1}`);
  const drawn = Object.fromEntries(
    names.map((name, index) => [
      `l${index + 1}`,
      {between: [name, 'core'] as const, delayUs: 10_000 + 5_000 * index},
    ]),
  );
  const own = names.map((name, index) => [name, {[`l${index + 1}`]: `10.0.${index + 1}.10`}] as const);
  const core = Object.fromEntries(names.map((_, index) => [`l${index + 1}`, `10.0.${index + 1}.1`]));
  const script = names.flatMap((name, index): Cause[] => {
    const next = names[(index + 1) % hosts] ?? '';
    return [
      listens(name),
      connects(name, next, index * 300_000),
      sends(name, 100 * (hosts - index), index * 300_000 + 200_000),
    ];
  });
  return pairScenario(script, {
    ...network(drawn, {...Object.fromEntries(own), core}),
    limitUs: 10_000_000,
    ...change,
  });
};

/** Both ends open at the same time: their SYNs cross. */
export const simultaneousScenario = (change: Partial<Scenario> = {}): Scenario =>
  pairScenario(
    [
      {
        when: at(0),
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 5000}, from: 5001, as: 'c', read: 'auto'},
      },
      {
        when: at(0),
        host: 'server',
        action: {call: 'connect', to: {host: 'client', port: 5001}, from: 5000, as: 's', read: 'auto'},
      },
    ],
    change,
  );
