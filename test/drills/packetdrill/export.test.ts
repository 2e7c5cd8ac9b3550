// A simulated run, exported as a script of either host, passes on the same stack; falsified, it does not.

import {describe, expect, test} from 'vitest';
import {toPacketdrill} from '../../../source/drills/packetdrill/export.ts';
import type {Action} from '../../../source/sim/action.ts';
import type {Cause, Scenario} from '../../../source/sim/scenario.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {ProfileName, TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {some} from '../../helpers/seeds.ts';
import {verdict} from './bench.ts';
import {twinsOf} from './twins.ts';

const at = (atUs: number, host: string, action: Action): Cause => ({when: {kind: 'at', atUs}, host, action});

const session: readonly Cause[] = [
  at(0, 'server', {call: 'listen', port: 80, read: 'auto'}),
  at(10_000, 'client', {call: 'connect', to: {host: 'server', port: 80}, read: 'auto'}),
  at(100_000, 'client', {call: 'send', bytes: 3000}),
  at(200_000, 'server', {call: 'send', bytes: 10_000}),
  at(900_000, 'client', {call: 'shutdown'}),
  at(1_000_000, 'server', {call: 'close'}),
];

const refusal: readonly Cause[] = [
  at(10_000, 'client', {call: 'connect', to: {host: 'server', port: 81}, read: 'auto'}),
];

const abortion: readonly Cause[] = [...session.slice(0, 3), at(500_000, 'server', {call: 'abort'})];

const reading: readonly Cause[] = [
  at(0, 'server', {call: 'listen', port: 80, read: 'manual'}),
  at(10_000, 'client', {call: 'connect', to: {host: 'server', port: 80}, read: 'manual'}),
  at(100_000, 'client', {call: 'send', bytes: 900}),
  at(300_000, 'server', {call: 'receive', bytes: 500}),
  at(400_000, 'server', {call: 'receive', bytes: 500}),
];

type Variant = {
  readonly name: string;
  readonly script: readonly Cause[];
  readonly profile: ProfileName;
  readonly loss: number;
  readonly change?: Partial<TcpSettings>;
};

const scenarioOf = ({script, profile, loss, change}: Variant): Scenario => {
  const tcp = {...profiles[profile], ...change};
  const host = (name: string, number: number) => ({
    name,
    interfaces: [{link: 'path', ip: `10.0.0.${number}`, mac: `02:00:00:00:00:0${number}`}],
    router: false,
    tcp,
  });
  return {
    profile,
    seed: 5,
    hosts: [host('client', 1), host('server', 2)],
    links: [{name: 'path', between: ['client', 'server'], delayUs: 20_000, loss, mtu: 1500}],
    arp: false,
    script,
    faults: [],
    until: {atUs: 20_000_000},
    limitUs: 60_000_000,
  };
};

const variants: readonly Variant[] = [
  {name: 'a session', script: session, profile: 'rfc', loss: 0},
  {name: 'a session with losses', script: session, profile: 'rfc', loss: 0.2},
  {name: 'a session of Linux hosts', script: session, profile: 'linux', loss: 0.1},
  {
    name: 'changed settings',
    script: session,
    profile: 'rfc',
    loss: 0,
    change: {mss: 700, delayedAckUs: 100_000},
  },
  {
    name: 'known acknowledgements',
    script: session,
    profile: 'linux',
    loss: 0,
    change: {
      delayedAckUs: 90_000,
      acknowledging: [
        {octets: 4000, waitUs: 0},
        {octets: 5000, waitUs: 30_000},
      ],
    },
  },
  {name: 'a refused connection', script: refusal, profile: 'linux', loss: 0},
  {name: 'an abort', script: abortion, profile: 'rfc', loss: 0},
  {name: 'the program’s own reads', script: reading, profile: 'rfc', loss: 0},
];

const exported = (variant: Variant, host: string): string => {
  const scenario = scenarioOf(variant);
  const trace = simulate(scenario, {source: 'test', run: 'main'});
  const base = profiles[variant.profile];
  const script = toPacketdrill(trace, {host, settings: {...base, ...variant.change}, base});
  return script.ok ? script.value : '';
};

describe.each(some(variants, 3))('$name', (variant) => {
  test.each(['client', 'server'])('as %s saw it', (host) => {
    const source = exported(variant, host);
    if (host === 'server' && variant.script === refusal) {
      expect(source).toBe('');
      return;
    }
    expect(source.split('\n').filter((line) => line.includes(' > ')).length).toBeGreaterThan(0);
    expect(verdict(source), source).toBe('pass');
    for (const {what, source: twin} of twinsOf(source)) expect(verdict(twin), what).not.toBe('pass');
  });
});
