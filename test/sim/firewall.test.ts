// What a firewall lets through, and what it answers. Oracles: RFC 1812 §5.3.9 (filters), §5.2.7.1 (codes of ICMP), RFC 4443 §3.1 (of ICMPv6),
// RFC 9293 §3.10.7.1 (the RST of a closed port), RFC 3704 §2.2 (a source that does not belong there).

import {describe, expect, test} from 'vitest';
import type {FirewallRule} from '../../source/sim/action.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import {floodScenario, routedScenario} from '../helpers/networks.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const scenario = (rules: readonly FirewallRule[], six = false): Scenario => {
  const base = handshakeScenario({
    actors: [{kind: 'firewall', host: 'server', rules}],
    until: {atUs: 500_000},
  });
  const ip = (name: string): string => (name === 'client' ? '2001:db8::10' : '2001:db8::20');
  return six
    ? {
        ...base,
        hosts: base.hosts.map((host) => ({
          ...host,
          interfaces: host.interfaces.map((each) => ({...each, ip: ip(host.name)})),
        })),
      }
    : base;
};

/** What the firewall does with the SYN: passed, or what the server's side answers in its place. */
const fate = (rules: readonly FirewallRule[], six = false): unknown => {
  const trace = run(scenario(rules, six));
  const [drop] = eventsOf(trace, 'drop');
  if (!drop) return 'passed';
  const answer = eventsOf(trace, 'send').find(({host}) => host === 'server');
  if (answer?.frame?.payload.kind !== 'ip') return [drop.reason, 'silence'];
  const {src, transport} = answer.frame.payload.packet;
  if (transport.kind === 'tcp')
    return [drop.reason, 'tcp', src, transport.segment.flags, transport.segment.ack];
  return transport.kind === 'udp' || transport.kind === 'raw'
    ? transport.kind
    : [drop.reason, transport.kind, transport.message.type, transport.message.code];
};

const rule = (verdict: FirewallRule['verdict'], at: FirewallRule['at'] = {}): FirewallRule => ({verdict, at});

test.each<[FirewallRule['verdict'], unknown, unknown]>([
  ['pass', 'passed', 'passed'],
  ['drop', ['firewall', 'silence'], ['firewall', 'silence']],
  // RST,ACK of what the SYN takes up: 1000 + 1.
  [
    'reset',
    ['firewall', 'tcp', '198.51.100.20', 0x14, 1001],
    ['firewall', 'tcp', '2001:db8::20', 0x14, 1001],
  ],
  ['port', ['firewall', 'icmp', 3, 3], ['firewall', 'icmpv6', 1, 4]],
  ['host', ['firewall', 'icmp', 3, 1], ['firewall', 'icmpv6', 1, 3]],
  ['admin-prohibited', ['firewall', 'icmp', 3, 13], ['firewall', 'icmpv6', 1, 1]],
])('%s', (verdict, four, six) => {
  expect([fate([rule(verdict)]), fate([rule(verdict)], true)]).toEqual([four, six]);
});

describe('a rule is about', () => {
  test.each<[string, FirewallRule['at'], boolean]>([
    ['everything', {}, true],
    ['its protocol', {proto: 'tcp'}, true],
    ['no other protocol', {proto: 'udp'}, false],
    ['its port of destination', {port: 80}, true],
    ['not the source’s port', {port: 40_000}, false],
    ['who sends', {from: 'client'}, true],
    ['nobody else', {from: 'server'}, false],
    ['who is meant', {to: 'server'}, true],
    ['not who sends', {to: 'client'}, false],
    ['all that it says', {proto: 'tcp', port: 80, from: 'client', to: 'server'}, true],
    ['not a part only', {proto: 'tcp', port: 81, from: 'client', to: 'server'}, false],
    ['what is spoofed', {spoofed: true}, false],
  ])('%s', (_name, at, fits) => {
    expect(fate([rule('drop', at)])).toEqual(fits ? ['firewall', 'silence'] : 'passed');
  });
});

test('the first that fits decides', () => {
  expect(fate([rule('pass', {port: 80}), rule('drop')])).toBe('passed');
  expect(fate([rule('drop', {port: 81}), rule('port'), rule('drop')])).toEqual(['firewall', 'icmp', 3, 3]);
  expect(fate([])).toBe('passed');
});

test('in a router: sources that do not belong where they come from are dropped, others pass', () => {
  const actors = [{kind: 'firewall', host: 'r1', rules: [rule('drop', {spoofed: true})]}] as const;
  const flood = floodScenario({actors});
  // Under addresses of the client's network.
  const script = flood.script.map((cause) =>
    cause.action.call === 'spoofSyn'
      ? {...cause, action: {...cause.action, source: {first: '192.0.2.77', count: 1}}}
      : cause,
  );
  const trace = run({...flood, script});
  const drops = eventsOf(trace, 'drop').filter(({reason}) => reason === 'firewall');
  expect(drops.map(({host, because}) => `${host} ${because}`)).toEqual(
    Array.from({length: 4}, () => 'r1 3704:2.2/ingress/spoofed'),
  );
  expect(eventsOf(trace, 'signal').map(({host, signal}) => `${host} ${signal}`)).toContain(
    'client connected',
  );
});

test('in a router a reset comes in the name of who was meant', () => {
  const trace = run(routedScenario([], {actors: [{kind: 'firewall', host: 'r1', rules: [rule('reset')]}]}));
  const signals = eventsOf(trace, 'signal').map(({host, signal}) => `${host} ${signal}`);
  expect(signals).toEqual(['client ECONNREFUSED']);
  const answer = eventsOf(trace, 'send').find(({host, hop}) => host === 'r1' && hop === 0);
  // RFC 6864 §4.1: what may not be cut needs no number.
  expect(answer?.frame?.payload).toMatchObject({
    packet: {src: '198.51.100.20', dst: '192.0.2.10', id: 0, dontFragment: true, ttl: 64, trafficClass: 0},
  });
});
