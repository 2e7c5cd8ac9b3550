// A router between two hosts: hops have numbers, the TTL falls, the link header is new (RFC 1812 §5.2).
import {expect, test} from 'vitest';
import {parseFault} from '../../source/sim/fault-text.ts';
import {routedScenario} from '../helpers/networks.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const routed = (change = {}) => {
  const base = handshakeScenario(change);
  const [client, server] = base.hosts;
  if (!client || !server) throw new Error('two hosts');
  const link = (name: string, between: [string, string]) => ({
    name,
    between,
    delayUs: 25_000,
    loss: 0,
    mtu: 1500,
  });
  return {
    ...base,
    hosts: [
      {...client, interfaces: [{link: 'near', ip: '192.0.2.10', mac: '02:00:00:00:00:01'}]},
      {...server, interfaces: [{link: 'far', ip: '198.51.100.20', mac: '02:00:00:00:00:02'}]},
      {
        ...client,
        name: 'r1',
        router: true,
        interfaces: [
          {link: 'near', ip: '192.0.2.1', mac: '02:00:00:00:00:03'},
          {link: 'far', ip: '198.51.100.1', mac: '02:00:00:00:00:04'},
        ],
      },
    ],
    links: [link('near', ['client', 'r1']), link('far', ['r1', 'server'])],
  };
};

test('packet 1 is sent by the client and, as hop 1, by the router', () => {
  const sends = eventsOf(run(routed()), 'send').slice(0, 2);
  expect(sends.map(({host, packet, hop, to}) => [host, packet, hop, to])).toEqual([
    ['client', 1, 0, 'r1'],
    ['r1', 1, 1, 'server'],
  ]);
  const ttl = sends.map(({frame}) => (frame?.payload.kind === 'ip' ? frame.payload.packet.ttl : 0));
  expect(ttl).toEqual([64, 63]);
  expect(sends.map(({frame}) => [frame?.src, frame?.dst])).toEqual([
    ['02:00:00:00:00:01', '02:00:00:00:00:03'],
    ['02:00:00:00:00:04', '02:00:00:00:00:02'],
  ]);
});

test('three packets make a handshake over two links in the same time', () => {
  const trace = run(routed());
  expect(trace.packetCount).toBe(3);
  expect(trace.durationUs).toBe(150_000);
});

test('a fault names its link; without one it waits on the first', () => {
  const far = run(
    routed({faults: [{kind: 'drop', at: {link: 'far', from: 'client', nth: {first: 1, last: 1}}}]}),
  );
  expect(eventsOf(far, 'drop')[0]).toMatchObject({packet: 1, hop: 1, host: 'r1'});
  const first = run(routed({faults: [{kind: 'drop', at: {packet: 1}}]}));
  expect(eventsOf(first, 'drop')[0]).toMatchObject({packet: 1, hop: 0, host: 'client'});
});

test('a router reads no further than the IP header: damage behind it is found by whom it is for (RFC 1812 §5.2.2)', () => {
  const damaged = (text: string) => {
    const fault = parseFault(text);
    if (!fault.ok) throw new Error(text);
    const trace = run(routedScenario([fault.value]));
    const events = [...trace.events()];
    const drop = events.find((event) => event.kind === 'drop');
    const forwards = events.filter((event) => event.kind === 'send' && event.hop === 1 && event.packet === 4);
    return {dropped: drop && [drop.host, drop.reason], forwards: forwards.length, end: trace.endReason};
  };
  const data = 'link=near,from=client,data,nth=1';
  expect(damaged(`corrupt=memory@${data}`)).toMatchObject({dropped: ['server', 'checksum'], forwards: 1});
  expect(damaged(`edit!:tcp.checksum=0@${data}`)).toMatchObject({
    dropped: ['server', 'checksum'],
    forwards: 1,
  });
  expect(damaged(`edit!:ip.checksum=0@${data}`)).toMatchObject({dropped: ['r1', 'checksum'], forwards: 0});
  expect(damaged(`corrupt@${data}`)).toMatchObject({dropped: ['r1', 'link check'], forwards: 0});
});
