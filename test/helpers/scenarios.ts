// Scenarios for tests: the curriculum's default pair of hosts, 50 ms apart, with what lessons leave out.
import {tcpChanges} from '../../source/lesson/tcp/settings.ts';
import type {LinkSpec} from '../../source/sim/action.ts';
import type {Cause, HostSpec, Scenario} from '../../source/sim/scenario.ts';
import {seq} from '../../source/wire/seq.ts';

const path: LinkSpec = {name: 'path', between: ['client', 'server'], delayUs: 50_000, loss: 0, mtu: 1500};

const pairHosts: readonly HostSpec[] = [
  {
    name: 'client',
    interfaces: [{link: 'path', ip: '192.0.2.10', mac: '02:00:00:00:00:01'}],
    router: false,
    iss: seq(1000),
    tcp: tcpChanges({}),
  },
  {
    name: 'server',
    interfaces: [{link: 'path', ip: '198.51.100.20', mac: '02:00:00:00:00:02'}],
    router: false,
    iss: seq(9000),
    tcp: tcpChanges({}),
  },
];

export const pairScenario = (script: readonly Cause[], change: Partial<Scenario> = {}): Scenario => ({
  profile: 'linux',
  seed: 1,
  hosts: pairHosts,
  links: [path],
  arp: false,
  script,
  faults: [],
  until: 'quiet',
  limitUs: 600_000_000,
  ...change,
});

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

const listenAndConnect: readonly Cause[] = [
  {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
  {
    when: at(0),
    host: 'client',
    action: {call: 'connect', to: {host: 'server', port: 80}, from: 40000, as: 'c', read: 'auto'},
  },
];

export const handshakeScenario = (change: Partial<Scenario> = {}): Scenario =>
  pairScenario(listenAndConnect, change);

/** Open, 100 bytes up, 200 down, the client's FIN, 50 bytes more, the server's FIN (curriculum, lesson 13). */
export const teardownScenario = (change: Partial<Scenario> = {}): Scenario =>
  pairScenario(
    [
      ...listenAndConnect,
      {
        when: {kind: 'on', host: 'client', event: 'connected', of: 'c', afterUs: 0},
        host: 'client',
        action: {call: 'send', bytes: 100},
      },
      {
        when: {kind: 'on', host: 'server', event: 'received', bytes: 100, afterUs: 0},
        host: 'server',
        action: {call: 'send', bytes: 200},
      },
      {when: at(1_000_000), host: 'client', action: {call: 'shutdown', of: 'c'}},
      {
        when: {kind: 'on', host: 'server', event: 'eof', afterUs: 150_000},
        host: 'server',
        action: {call: 'send', bytes: 50},
      },
      {
        when: {kind: 'on', host: 'server', event: 'eof', afterUs: 250_000},
        host: 'server',
        action: {call: 'close'},
      },
    ],
    change,
  );
