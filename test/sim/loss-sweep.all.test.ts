// Every loss of one and of two packets of open, transfer and close heals, or the application is told, within bounds.
// The oracle is TCP's promise (RFC 9293 §3.8): the stream arrives whole and in order, or an error is reported.
import {expect, test} from 'vitest';
import {hashOf} from '../../source/sim/chance.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {pairScenario} from '../helpers/scenarios.ts';
import {runs} from '../helpers/seeds.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const seeds = runs(12, 3);
/** 20 minutes of simulated time: more than the longest give-up plus 2 MSL of either profile. */
const limitUs = 1_200_000_000;

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

/** Sizes, delay, profile and who closes first depend on the seed; the ISNs come from the RFC's recipe. */
const conversation = (seed: number): Scenario => {
  const choose = (what: string, count: number) => hashOf(seed, what) % count;
  const up = [0, 1, 100, 1460, 3000, 8000][choose('up', 6)] ?? 0;
  const down = [0, 1, 200, 1461, 4000][choose('down', 5)] ?? 0;
  const [first, second] = choose('closer', 2) === 0 ? ['client', 'server'] : ['server', 'client'];
  const profile = choose('profile', 2) === 0 ? 'linux' : 'rfc';
  const base = pairScenario([], {profile, seed, limitUs});
  const send = (host: string, bytes: number): Cause[] =>
    bytes === 0
      ? []
      : [
          {
            when: {kind: 'on', host, event: host === 'client' ? 'connected' : 'accepted', afterUs: 1000},
            host,
            action: {call: 'send', bytes},
          },
        ];
  const script: Cause[] = [
    {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
    {
      when: at(0),
      host: 'client',
      action: {call: 'connect', to: {host: 'server', port: 80}, as: 'c', read: 'auto'},
    },
    ...send('client', up),
    ...send('server', down),
    {
      when: {kind: 'on', host: first, event: first === 'client' ? 'connected' : 'accepted', afterUs: 2000},
      host: first,
      action: {call: 'shutdown'},
    },
    {when: {kind: 'on', host: second, event: 'eof', afterUs: 5000}, host: second, action: {call: 'shutdown'}},
  ];
  const delayUs = [200, 5000, 50_000, 150_000][choose('delay', 4)] ?? 0;
  const hosts = base.hosts.map(({iss: _fixed, ...host}) => host);
  return {...base, hosts, links: base.links.map((link) => ({...link, delayUs})), script};
};

const delivered = (trace: Trace, host: string): number =>
  eventsOf(trace, 'deliver').reduce((sum, event) => sum + (event.host === host ? event.bytes : 0), 0);

const sentBy = ({script}: Scenario, host: string): number =>
  script.reduce(
    (sum, {action, host: who}) => sum + (action.call === 'send' && who === host ? action.bytes : 0),
    0,
  );

/** What is wrong with the end of this run; empty if nothing. */
const complaints = (scenario: Scenario, trace: Trace): string[] => {
  const found: string[] = [];
  const errors = eventsOf(trace, 'signal').filter(({signal}) => signal.startsWith('E'));
  const whole =
    delivered(trace, 'server') === sentBy(scenario, 'client') &&
    delivered(trace, 'client') === sentBy(scenario, 'server');
  if (trace.endReason !== 'quiet') found.push(`ended by ${trace.endReason}`);
  if (!whole && errors.length === 0) found.push('bytes are missing and nobody was told');
  for (const [name, {tcp}] of Object.entries(trace.stateAt(trace.length)?.hosts ?? {}))
    for (const {state} of tcp.connections.values()) found.push(`${name} is left in ${state}`);
  return found;
};

const losing = (scenario: Scenario, packets: readonly number[]): Trace =>
  run({...scenario, faults: packets.map((packet) => ({kind: 'drop', at: {packet}}))});

test(`all losses of one and two packets, ${seeds} seeds`, () => {
  const wrong: string[] = [];
  let tried = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const scenario = conversation(seed);
    const {packetCount} = run(scenario);
    for (let a = 1; a <= packetCount; a++)
      // Packets that exist only because `a` was lost can be lost too.
      for (let b = a; b <= packetCount + 1; b++) {
        const packets = a === b ? [a] : [a, b];
        const trace = losing(scenario, packets);
        tried++;
        for (const complaint of complaints(scenario, trace))
          wrong.push(`seed ${seed}, lost ${packets}: ${complaint}`);
      }
  }
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(tried).toBeGreaterThan(seeds * 50);
});
