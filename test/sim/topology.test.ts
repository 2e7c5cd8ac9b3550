// Who is reached over which link: the shortest path, through routers only; default routes of hosts (RFC 1122 §3.3.1.1), networks of
// /24 and /64 (RFC 4291 §2.5.1).

import {describe, expect, test} from 'vitest';
import type {LinkSpec} from '../../source/sim/action.ts';
import type {HostSpec} from '../../source/sim/scenario.ts';
import {addressOf, delayTo, peerOn, routeTo, topologyOf} from '../../source/sim/topology.ts';

const link = (name: string, a: string, b: string, delayUs: number): LinkSpec => ({
  name,
  between: [a, b],
  delayUs,
  loss: 0,
  mtu: 1500,
});

/** `addresses`: by link. */
const host = (name: string, addresses: Readonly<Record<string, string>>, router = false): HostSpec => ({
  name,
  router,
  interfaces: Object.entries(addresses).map(([on, ip]) => ({link: on, ip, mac: '02:00:00:00:00:01'})),
  tcp: {},
});

// a ─ r1 ─ r2 ─ b, and from r1 over h, which is no router, a shorter way to b.
const hosts = [
  host('a', {near: '10.0.1.2'}),
  host('r1', {near: '10.0.1.1', middle: '10.0.2.1', side: '10.0.4.1'}, true),
  host('r2', {middle: '10.0.2.2', far: '10.0.3.1'}, true),
  host('b', {far: '10.0.3.2', short: '10.0.5.2', six: '2001:db8:0:1::2'}),
  host('h', {side: '10.0.4.2', short: '10.0.5.1'}),
  host('lonely', {}),
  host('c', {six: '2001:db8:0:1::3'}),
];
const topology = topologyOf(hosts, [
  link('near', 'a', 'r1', 1),
  link('middle', 'r1', 'r2', 20),
  link('far', 'r2', 'b', 300),
  link('side', 'r1', 'h', 4000),
  link('short', 'h', 'b', 50_000),
  link('six', 'b', 'c', 600_000),
  link('nobody', 'a', 'nobody', 7),
]);

/** Link and next hop. */
const way = (from: string, to: string): string | undefined => {
  const route = routeTo(topology, from, to);
  return route && `${route.interface.link} ${route.nextHop}`;
};

describe('a host of the lesson', () => {
  test.each([
    ['a neighbour', 'a', '10.0.1.1', 'near 10.0.1.1'],
    ['behind one router', 'a', '10.0.2.2', 'near 10.0.1.1'],
    ['behind two, through routers', 'a', '10.0.3.2', 'near 10.0.1.1'],
    ['the same, from r1', 'r1', '10.0.3.2', 'middle 10.0.2.2'],
    // All addresses of a host are where it is first met.
    ['its other address', 'r1', '10.0.5.2', 'middle 10.0.2.2'],
    ['back', 'b', '10.0.1.2', 'far 10.0.3.1'],
    // That end is no router.
    ['the link’s other end', 'r1', '10.0.4.2', 'side 10.0.4.2'],
    ['over it, from there', 'b', '10.0.4.2', 'short 10.0.5.1'],
    ['IPv6', 'c', '2001:db8:0:1::2', 'six 2001:db8:0:1::2'],
  ])('%s', (_name, from, to, expected) => {
    expect(way(from, to)).toBe(expected);
  });
});

describe('an address that nobody has', () => {
  test.each([
    ['in the own network', 'a', '10.0.1.77', 'near 10.0.1.77'],
    ['in a neighbour’s network', 'a', '10.0.2.77', 'near 10.0.1.1'],
    ['in one far away', 'a', '10.0.3.77', 'near 10.0.1.1'],
    ['in one of a router’s', 'r1', '10.0.2.77', 'middle 10.0.2.77'],
    ['elsewhere: the default route', 'a', '192.0.2.1', 'near 10.0.1.1'],
    // A router has no default route.
    ['elsewhere, from a router', 'r1', '192.0.2.1', undefined],
    // It is looked for on the own link.
    ['elsewhere, without a router', 'c', '2001:db8:0:2::9', 'six 2001:db8:0:2::9'],
    ['IPv6, same 64 bits', 'c', '2001:db8:0:1:ffff::9', 'six 2001:db8:0:1:ffff::9'],
    ['from a host without a link', 'lonely', '10.0.1.1', undefined],
    ['from nobody', 'nobody', '10.0.1.1', undefined],
  ])('%s', (_name, from, to, expected) => {
    expect(way(from, to)).toBe(expected);
  });
});

test('delays add up along the way', () => {
  expect(delayTo(topology, 'a', '10.0.1.1')).toBe(1);
  expect(delayTo(topology, 'a', '10.0.3.2')).toBe(321);
  expect(delayTo(topology, 'b', '10.0.1.2')).toBe(321);
  expect(delayTo(topology, 'a', '10.0.1.2')).toBe(0);
  expect(delayTo(topology, 'a', '192.0.2.1')).toBe(0);
  expect(delayTo(topology, 'lonely', '10.0.1.1')).toBe(0);
});

test('the address of a host is that on its first link; the ends of a link', () => {
  expect(['r1', 'lonely', 'nobody'].map((name) => addressOf(topology, name))).toEqual([
    '10.0.1.1',
    '0.0.0.0',
    '0.0.0.0',
  ]);
  const [near] = [...topology.links.values()];
  expect(near && [peerOn(near, 'a'), peerOn(near, 'r1')]).toEqual(['r1', 'a']);
  expect(topology.ownerOf.get('10.0.5.1')).toBe('h');
});

test('networks are told apart by their octets, not by their digits', () => {
  const two = topologyOf(
    [
      host('x', {one: '10.1.11.2', other: '10.11.1.2'}, true),
      host('y', {one: '10.1.11.1'}),
      host('z', {other: '10.11.1.1'}),
    ],
    [link('one', 'x', 'y', 1), link('other', 'x', 'z', 1)],
  );
  expect(['10.1.11.99', '10.11.1.99'].map((ip) => routeTo(two, 'x', ip)?.interface.link)).toEqual([
    'one',
    'other',
  ]);
});
