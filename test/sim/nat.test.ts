// Oracles: RFC 3022 §2.2 (address and port of what leaves), RFC 4787 §4.2.1 (port preservation), RFC 5382 §4.3 (nobody inside is meant),
// §5 (mappings of idle sockets), RFC 5508 §4.2 (errors are for whom they quote).
import {expect, test} from 'vitest';
import type {Draft} from '../../source/sim/draft.ts';
import {type Inbound, translateIn, translateOut, translateOwn} from '../../source/sim/nat.ts';
import {routeTo} from '../../source/sim/topology.ts';
import {icmpError, quotedSegment} from '../../source/wire/icmp-quote.ts';
import type {IpPacket} from '../../source/wire/ip-packet.ts';
import {routedDraft, segmentOf, tcpPacket, udpPacket} from './drafts.ts';

const idleUs = 1000;
const router = (change = {}): Draft => routedDraft({actors: [{kind: 'nat', host: 'r1', idleUs, ...change}]});
const later = (draft: Draft, nowUs: number): Draft => ({...draft, nowUs, events: []});

const interfaceOf = (draft: Draft, link: string, host = 'r1') => {
  const found = draft.plan.topology.hosts.get(host)?.interfaces.find((each) => each.link === link);
  if (!found) throw new Error(`${host} is not on ${link}`);
  return found;
};

const out = (draft: Draft, packet: IpPacket, via = 'near') => {
  const route = routeTo(draft.plan.topology, 'r1', packet.dst);
  if (!route) throw new Error('no route');
  return translateOut(draft, 'r1', {packet, via: interfaceOf(draft, via)}, route);
};

const ends = ({src, dst, transport}: IpPacket): string => {
  if (transport.kind !== 'tcp' && transport.kind !== 'udp') return `${src} > ${dst}`;
  const {srcPort, dstPort} = transport.kind === 'tcp' ? transport.segment : transport.datagram;
  return `${transport.kind} ${src}:${srcPort} > ${dst}:${dstPort}`;
};

const from = (ip: string, srcPort: number) => tcpPacket(segmentOf({srcPort}), {src: ip});
const answer = (dstPort: number) =>
  tcpPacket(segmentOf({srcPort: 80, dstPort}), {src: '198.51.100.20', dst: '198.51.100.1'});

const inbound = (draft: Draft, packet: IpPacket, via = 'far'): string => {
  const told: Inbound = translateIn(draft, 'r1', packet, interfaceOf(draft, via));
  return 'packet' in told ? ends(told.packet) : told.because;
};

test('what leaves gets the address outside, and keeps its port where that is free', () => {
  const draft = router();
  const first = out(draft, from('192.0.2.10', 40_000));
  expect([ends(first.packet), first.because]).toEqual([
    'tcp 198.51.100.1:40000 > 198.51.100.20:80',
    '5382:4.1/nat/map',
  ]);
  const again = out(draft, from('192.0.2.10', 40_000));
  expect([ends(again.packet), again.because]).toEqual([ends(first.packet), undefined]);
  // Another socket inside with the same port gets one of the NAT's own; the next one the next.
  const others = ['192.0.2.11', '192.0.2.12'].map((ip) => ends(out(draft, from(ip, 40_000)).packet));
  expect(others).toEqual([
    'tcp 198.51.100.1:61000 > 198.51.100.20:80',
    'tcp 198.51.100.1:61001 > 198.51.100.20:80',
  ]);
  // Ports of UDP are others.
  expect(ends(out(draft, udpPacket(40_000, 53)).packet)).toBe('udp 198.51.100.1:40000 > 198.51.100.20:53');
});

test('a port of its own that another socket keeps is passed over', () => {
  const draft = router();
  out(draft, from('192.0.2.10', 61_000));
  out(draft, from('192.0.2.10', 40_000));
  expect(ends(out(draft, from('192.0.2.11', 40_000)).packet)).toContain(':61001 >');
});

test('what comes is for the socket inside; what nobody asked for goes no further', () => {
  const draft = router();
  out(draft, from('192.0.2.10', 40_000));
  out(draft, from('192.0.2.11', 40_000));
  expect(inbound(draft, answer(40_000))).toBe('tcp 198.51.100.20:80 > 192.0.2.10:40000');
  expect(inbound(draft, answer(61_000))).toBe('tcp 198.51.100.20:80 > 192.0.2.11:40000');
  expect(inbound(draft, answer(40_001))).toBe('5382:4.3/nat/unsolicited');
  const datagram = udpPacket(53, 40_000, {src: '198.51.100.20', dst: '198.51.100.1'});
  expect(inbound(draft, datagram)).toBe('5382:4.3/nat/unsolicited');
});

test('a mapping lives as long as somebody uses it', () => {
  const draft = router();
  out(draft, from('192.0.2.10', 40_000));
  const used = later(draft, idleUs);
  expect(inbound(used, answer(40_000))).toContain('192.0.2.10:40000');
  // That was a use, too.
  expect(inbound(later(used, 2 * idleUs), answer(40_000))).toContain('192.0.2.10:40000');
  expect(inbound(later(used, 2 * idleUs + 1), answer(40_000))).toBe('5382:5/nat/forgotten');
  const forgotten = later(used, 2 * idleUs + 1);
  const anew = out(forgotten, from('192.0.2.10', 40_000));
  expect([ends(anew.packet), anew.because]).toEqual([
    'tcp 198.51.100.1:61000 > 198.51.100.20:80',
    '5382:5/nat/forgotten',
  ]);
  expect(inbound(forgotten, answer(61_000))).toContain('192.0.2.10:40000');
  // The old one stands for nobody now.
  expect(inbound(forgotten, answer(40_000))).toBe('5382:4.3/nat/unsolicited');
});

test('only what passes from the inside to the outside is translated', () => {
  const draft = router();
  const coming = tcpPacket(segmentOf(), {src: '198.51.100.20', dst: '192.0.2.10'});
  expect(out(draft, coming, 'far')).toEqual({packet: coming});
  expect(out(router({outside: 'near'}), from('192.0.2.10', 40_000)).because).toBeUndefined();
  expect(out(routedDraft(), from('192.0.2.10', 40_000)).because).toBeUndefined();
  // From the inside its own address is its own.
  expect(inbound(draft, answer(40_000), 'near')).toBe('tcp 198.51.100.20:80 > 198.51.100.1:40000');
  const ping = icmpError(from('192.0.2.10', 1), {type: 8, code: 0, rest: 0});
  const echo: IpPacket = {...from('192.0.2.10', 1), transport: {kind: 'icmp', message: ping}};
  expect(out(draft, echo)).toEqual({packet: echo});
});

test('an error is for the socket that it quotes', () => {
  const draft = router();
  out(draft, from('192.0.2.10', 40_000));
  out(draft, from('192.0.2.11', 40_000));
  const error = (srcPort: number): IpPacket => {
    const message = icmpError(from('198.51.100.1', srcPort), {type: 3, code: 1, rest: 0});
    return {...answer(1), transport: {kind: 'icmp', message}};
  };
  const told = translateIn(draft, 'r1', error(61_000), interfaceOf(draft, 'far'));
  if (!('packet' in told) || told.packet.transport.kind !== 'icmp') throw new Error('no error');
  expect(told.packet.dst).toBe('192.0.2.11');
  expect(quotedSegment(told.packet.transport.message)).toMatchObject({src: '192.0.2.11', srcPort: 40_000});
  expect(inbound(draft, error(5))).toBe('198.51.100.20 > 198.51.100.1');
});

test('before a single host the address stays, and all that comes is looked at', () => {
  const draft = routedDraft({actors: [{kind: 'nat', host: 'client', idleUs}]});
  const mine = translateOwn(draft, 'client', from('192.0.2.10', 40_000));
  expect([ends(mine.packet), mine.because]).toEqual([
    'tcp 192.0.2.10:40000 > 198.51.100.20:80',
    '5382:4.1/nat/map',
  ]);
  const near = interfaceOf(draft, 'near', 'client');
  const stranger = tcpPacket(segmentOf({srcPort: 80, dstPort: 5}), {src: '198.51.100.20', dst: '192.0.2.10'});
  expect(translateIn(draft, 'client', stranger, near)).toEqual({because: '5382:4.3/nat/unsolicited'});
  // A router's own packets are no business of its NAT, nor is there one before others.
  expect(translateOwn(router(), 'r1', from('192.0.2.1', 1)).because).toBeUndefined();
  expect(translateOwn(draft, 'server', from('198.51.100.20', 1)).because).toBeUndefined();
  expect(translateIn(draft, 'server', stranger, near)).toEqual({packet: stranger});
});
