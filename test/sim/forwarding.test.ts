// What a router does with a packet. Oracles: RFC 1812 §5.2.1, §5.3.1 (TTL), §5.2.7.1 (unreachable), RFC 1191 §4 and RFC 8201 (too big),
// types and codes of RFC 792 and RFC 4443 §3.
import {expect, test} from 'vitest';
import {changeLink, type Draft} from '../../source/sim/draft.ts';
import {forward} from '../../source/sim/forwarding.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {IpPacket} from '../../source/wire/ip-packet.ts';
import {routedScenario} from '../helpers/networks.ts';
import {draftOf, segmentOf, sentIn, tcpPacket} from './drafts.ts';

const network = (change: Partial<Scenario> = {}, speaks = true): Draft => {
  const scenario = routedScenario([], {script: [], ...change});
  const hosts = scenario.hosts.map((host) => ({
    ...host,
    ...(speaks && host.router ? {unreachable: true} : {}),
  }));
  return draftOf({...scenario, hosts});
};

const passes = (draft: Draft, packet: IpPacket): readonly string[] => {
  const via = draft.plan.topology.hosts.get('r1')?.interfaces[0];
  if (!via) throw new Error('no router');
  forward(draft, 'r1', {packet, arrived: {packet: 3, hop: 0}, via});
  const drops = draft.events.flatMap((event) =>
    event.kind === 'drop' ? [`${event.packet} ${event.hop} ${event.reason} ${event.because}`] : [],
  );
  const sent = sentIn(draft).map(({src, dst, ttl, hop, transport, because}) => {
    const told =
      transport.kind === 'icmp' || transport.kind === 'icmpv6'
        ? `${transport.kind} ${transport.message.type} ${transport.message.code} ${transport.message.rest}`
        : transport.kind;
    return `${src} > ${dst} ${told} ttl ${ttl} hop ${hop} ${because}`;
  });
  return [...drops, ...sent];
};

const large = (bytes: number) => tcpPacket(segmentOf({}, 'x'.repeat(bytes)));

test('it takes one from the TTL, and the hop counts', () =>
  expect(passes(network(), tcpPacket(segmentOf(), {ttl: 2}))).toEqual([
    '192.0.2.10 > 198.51.100.20 tcp ttl 1 hop 1 1812:5.2.1/forward',
  ]));

test('at a TTL of 1 it dies, and its maker hears of it', () => {
  const because = '1812:5.3.1/ttl';
  expect(passes(network(), tcpPacket(segmentOf(), {ttl: 1}))).toEqual([
    `3 0 ttl ${because}`,
    `192.0.2.1 > 192.0.2.10 icmp 11 0 0 ttl 64 hop 0 ${because}`,
  ]);
  expect(passes(network({}, false), tcpPacket(segmentOf(), {ttl: 0}))).toHaveLength(2);
});

test('where no way leads it says so of the network; silent routers only drop', () => {
  const stray = tcpPacket(segmentOf(), {dst: '203.0.113.9'});
  const because = '1812:5.2.7.1/unreachable/network';
  expect(passes(network(), stray)).toEqual([
    `3 0 no route ${because}`,
    `192.0.2.1 > 192.0.2.10 icmp 3 0 0 ttl 64 hop 0 ${because}`,
  ]);
  expect(passes(network({}, false), stray)).toEqual([`3 0 no route ${because}`]);
});

test('the last router speaks of the host: the link is down, or nobody has the address', () => {
  const because = '1812:5.2.7.1/unreachable/host';
  const icmp = `192.0.2.1 > 192.0.2.10 icmp 3 1 0 ttl 64 hop 0 ${because}`;
  const down = network();
  changeLink(down, 'far', {up: false});
  expect(passes(down, tcpPacket())).toEqual([`3 0 link down ${because}`, icmp]);
  const nobody = tcpPacket(segmentOf(), {dst: '198.51.100.99'});
  expect(passes(network(), nobody)).toEqual([`3 0 no such host ${because}`, icmp]);
  // One that keeps silent about it lets the packet leave, and so does one that would have to ask.
  expect(passes(network({}, false), nobody)).toEqual([
    '192.0.2.10 > 198.51.100.99 tcp ttl 63 hop 1 1812:5.2.1/forward',
  ]);
  expect(passes(network({arp: true}), nobody)).toEqual([]);
});

test.each([
  [1460, false],
  [1461, true],
])('40 + %i octets, too big: %s', (bytes, dies) => {
  const told = passes(network(), large(bytes));
  expect(told).toEqual(
    dies
      ? ['3 0 too big 1191:4/too-big', '192.0.2.1 > 192.0.2.10 icmp 3 4 1500 ttl 64 hop 0 1191:4/too-big']
      : ['192.0.2.10 > 198.51.100.20 tcp ttl 63 hop 1 1812:5.2.1/forward'],
  );
});

test('the MTU of now counts', () => {
  const draft = network();
  changeLink(draft, 'far', {mtu: 1000});
  expect(passes(draft, large(961))).toContain(
    '192.0.2.1 > 192.0.2.10 icmp 3 4 1000 ttl 64 hop 0 1191:4/too-big',
  );
});

test('the same in IPv6: types of its own', () => {
  const six = (): Draft => {
    const scenario = routedScenario([], {script: []});
    const ip = (old: string): string => `2001:db8:${old.startsWith('192') ? 1 : 2}::${old.split('.').at(-1)}`;
    const hosts = scenario.hosts.map((host) => ({
      ...{...host, unreachable: true},
      interfaces: host.interfaces.map((each) => ({...each, ip: ip(each.ip)})),
    }));
    return draftOf({...scenario, hosts});
  };
  const packet = (change: Partial<IpPacket>, bytes = 0) =>
    tcpPacket(segmentOf({}, 'x'.repeat(bytes)), {
      ...{version: 6, src: '2001:db8:1::10', dst: '2001:db8:2::20', dontFragment: false, ...change},
    });
  const to = '2001:db8:1::1 > 2001:db8:1::10 icmpv6';
  expect(passes(six(), packet({ttl: 1}))[1]).toMatch(`${to} 3 0 0 `);
  expect(passes(six(), packet({}, 1441))[1]).toMatch(`${to} 2 0 1500 `);
  expect(passes(six(), packet({dst: '2001:db8:9::9'}))[1]).toMatch(`${to} 1 0 0 `);
  expect(passes(six(), packet({dst: '2001:db8:2::99'}))[1]).toMatch(`${to} 1 3 0 `);
});
