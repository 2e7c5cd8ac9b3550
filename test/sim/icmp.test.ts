// ICMP inside the simulation: a narrow link (RFC 1191), a packet that has gone too far (RFC 792), and who hears of it.
import {expect, test} from 'vitest';
import type {Fault} from '../../source/sim/fault.ts';
import type {Cause} from '../../source/sim/scenario.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const sending: Cause = {
  when: {kind: 'on', host: 'client', event: 'connected', afterUs: 0},
  host: 'client',
  action: {call: 'send', bytes: 4000},
};

/** client — r1 — r2 — server; the link between the routers may be narrow. */
const routed = (middleMtu: number, faults: readonly Fault[] = []) => {
  const base = handshakeScenario({faults, profile: 'linux'});
  const [client, server] = base.hosts;
  if (!client || !server) throw new Error('two hosts');
  const link = (name: string, between: [string, string], mtu: number) => ({
    name,
    between,
    delayUs: 25_000,
    loss: 0,
    mtu,
  });
  return {
    ...base,
    script: [...base.script, sending],
    hosts: [
      {...client, interfaces: [{link: 'near', ip: '192.0.2.10', mac: '02:00:00:00:00:01'}]},
      {...server, interfaces: [{link: 'far', ip: '198.51.100.20', mac: '02:00:00:00:00:02'}]},
      {
        ...client,
        name: 'r1',
        router: true,
        interfaces: [
          {link: 'near', ip: '192.0.2.1', mac: '02:00:00:00:00:03'},
          {link: 'middle', ip: '203.0.113.1', mac: '02:00:00:00:00:04'},
        ],
      },
      {
        ...client,
        name: 'r2',
        router: true,
        interfaces: [
          {link: 'middle', ip: '203.0.113.2', mac: '02:00:00:00:00:05'},
          {link: 'far', ip: '198.51.100.1', mac: '02:00:00:00:00:06'},
        ],
      },
    ],
    links: [
      link('near', ['client', 'r1'], 1500),
      link('middle', ['r1', 'r2'], middleMtu),
      link('far', ['r2', 'server'], 1500),
    ],
  };
};

const errorsIn = (trace: ReturnType<typeof run>) =>
  eventsOf(trace, 'send').flatMap(({host, frame}) => {
    if (frame?.payload.kind !== 'ip' || frame.payload.packet.transport.kind !== 'icmp') return [];
    const {type, code, rest} = frame.payload.packet.transport.message;
    return [{host, type, code, rest}];
  });

test('a router before a narrow link says so, the sender makes its segments smaller, all bytes arrive', () => {
  const trace = run(routed(1000));
  expect(errorsIn(trace)[0]).toEqual({host: 'r1', type: 3, code: 4, rest: 1000});
  const delivered = eventsOf(trace, 'deliver').reduce((sum, {bytes}) => sum + bytes, 0);
  expect(delivered).toBe(4000);
  const far = eventsOf(trace, 'send').filter(({host, to}) => host === 'r2' && to === 'server');
  const sizes = far.map(({frame}) =>
    frame?.payload.kind === 'ip' && frame.payload.packet.transport.kind === 'tcp'
      ? frame.payload.packet.transport.segment.payload.length
      : 0,
  );
  expect(Math.max(...sizes)).toBe(960);
});

test.each([
  [1500, 1460],
  [600, 560],
])('link of %i, MSS of %i', (nearMtu, mss) => {
  const wide = routed(1500);
  const links = wide.links.map((link) => (link.name === 'near' ? {...link, mtu: nearMtu} : link));
  const trace = run({...wide, links});
  const frame = eventsOf(trace, 'send')[0]?.frame;
  const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
  const options = transport?.kind === 'tcp' ? transport.segment.options : [];
  expect(options[0]).toEqual({kind: 'mss', mss});
  expect(errorsIn(trace)).toEqual([]);
});

test('a wide link hears nothing', () => {
  expect(errorsIn(run(routed(1500)))).toEqual([]);
});

test('a packet whose TTL runs out dies at the router, which tells its sender (RFC 792); Linux gives the attempt up', () => {
  const faults: readonly Fault[] = [
    {kind: 'edit', field: 'ip.ttl', value: 1, mend: true, at: {from: 'client', nth: {first: 1, last: 1}}},
  ];
  const trace = run(routed(1500, faults));
  expect(errorsIn(trace)).toEqual([{host: 'r1', type: 11, code: 0, rest: 0}]);
  expect(eventsOf(trace, 'signal').map(({signal, atUs}) => [signal, atUs])).toEqual([
    ['EHOSTUNREACH', 50_000],
  ]);
});
