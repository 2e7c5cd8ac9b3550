// A packet's record tells of its whole way, over all links: worked out here anew from the log alone.
import {expect, test} from 'vitest';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {floodScenario, routedScenario, starScenario} from '../helpers/networks.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

type OnWay = Extract<TraceEvent, {packet: number}>;

/** What the log says about a packet, in order. */
const wayIn = (trace: Trace, packet: number): OnWay[] =>
  [...trace.events()].filter((event): event is OnWay => 'packet' in event && event.packet === packet);

const lossy = (loss: number, seed: number) => {
  const {links, ...rest} = routedScenario([], {seed, limitUs: 60_000_000});
  return {...rest, links: links.map((link) => ({...link, loss}))};
};

const runs: readonly (readonly [string, Trace])[] = [
  ['two hosts', run(teardownScenario())],
  ['a router', run(routedScenario())],
  ...[1, 2, 3, 4, 5, 6].map((seed) => [`a router, losses, seed ${seed}`, run(lossy(0.3, seed))] as const),
  ['a star', run(starScenario(7))],
  ['a flood', run(floodScenario())],
];

test.each(runs)('%s: the last landing or the loss ends it', (_name, trace) => {
  const routers = new Set(trace.header.hosts.filter(({ip}) => ip.length > 1).map(({name}) => name));
  const delayOf = (a: string, b: string): number =>
    trace.header.links.find(({between}) => between.includes(a) && between.includes(b))?.delayUs ?? 0;
  for (let id = 1; id <= trace.packetCount; id++) {
    const way = wayIn(trace, id).filter((event) => event.kind !== 'drop' || event.reason !== 'discarded');
    const [first] = way;
    const last = way.at(-1);
    const packet = trace.packet(id);
    expect(packet).toMatchObject({from: first?.host, sendEvent: first?.n});
    if (last?.kind === 'send') expect(packet.endEvent).toBeUndefined();
    else expect(packet.endEvent).toBe(last?.n);
    const hops = way.filter((event) => event.kind === 'send');
    expect(packet.lost).toBe(hops.some(({lost}) => lost));
    const dst = packet.frame?.payload.kind === 'ip' ? packet.frame.payload.packet.dst : '';
    const owner = trace.header.hosts.find(({ip}) => ip.includes(dst))?.name;
    expect(packet.to).toBe(last?.kind === 'arrive' ? last.host : (owner ?? hops.at(-1)?.to));
    // No queues and no detours: the time is the sum of the links, here at most two.
    if (owner === undefined) continue;
    const near = hops[0]?.to ?? '';
    const far = routers.has(near) && near !== owner ? delayOf(near, owner) : 0;
    expect(packet.dueUs).toBe(packet.sentUs + delayOf(packet.from, near) + far);
  }
});

test('lost on the second link: for the server, due there, dead half-way beyond the router', () => {
  const trace = run(
    routedScenario([{kind: 'drop', at: {link: 'far', from: 'client', nth: {first: 1, last: 1}}}]),
  );
  const packet = trace.packet(1);
  expect(packet).toMatchObject({from: 'client', to: 'server', lost: true, dueUs: 50_000});
  expect(trace.event(packet.endEvent ?? 0)).toMatchObject({kind: 'drop', host: 'r1', hop: 1, atUs: 37_500});
});

test('what a firewall on the way throws away has not arrived', () => {
  const trace = run(
    routedScenario([], {
      actors: [{kind: 'firewall', host: 'r1', rules: [{verdict: 'drop', at: {port: 80}}]}],
      until: {atUs: 500_000},
    }),
  );
  const packet = trace.packet(1);
  expect(packet).toMatchObject({to: 'server', dueUs: 50_000});
  expect(trace.event(packet.endEvent ?? 0)).toMatchObject({kind: 'drop', host: 'r1', reason: 'firewall'});
});

test('what a router finds nobody for by ARP ends there (RFC 1812 §5.2.7.1)', () => {
  const [, ...others] = routedScenario().script;
  const gone = {when: {kind: 'at', atUs: 0}, host: 'server', action: {call: 'crash'}} as const;
  const trace = run(routedScenario([], {arp: true, script: [gone, ...others], until: {atUs: 4_000_000}}));
  const packet = trace.packet(1);
  expect(packet.to).toBe('server');
  expect(trace.event(packet.endEvent ?? 0)).toMatchObject({
    kind: 'drop',
    host: 'r1',
    hop: 1,
    reason: 'no route',
  });
});

test('a copy that arrives twice ended with its first landing; what the receiver discards has arrived', () => {
  const doubled = run(
    handshakeScenario({faults: [{kind: 'dup', at: {packet: 1}, afterUs: 5000}], until: {atUs: 400_000}}),
  );
  expect(doubled.event(doubled.packet(1).endEvent ?? 0)).toMatchObject({kind: 'arrive', atUs: 50_000});
  const refused = run(routedScenario([], {script: routedScenario().script.slice(1)}));
  const way = wayIn(refused, 1);
  expect(way.at(-1)).toMatchObject({kind: 'drop', reason: 'discarded'});
  expect(refused.event(refused.packet(1).endEvent ?? 0)).toMatchObject({kind: 'arrive', host: 'server'});
});
