// Oracle: docs/lessons.md on conditions of packets: each alone, on segments made by hand.
import {expect, test} from 'vitest';
import {fulfilsConditions, type SegmentConditions} from '../../source/sim/segment-pattern.ts';
import type {Frame} from '../../source/wire/frame.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {TcpFlag, type TcpFlagName} from '../../source/wire/tcp.ts';
import {segmentOf, tcpPacket, udpPacket} from './drafts.ts';

const frameOf = (packet: ReturnType<typeof tcpPacket>): Frame => ({
  ...{src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02', payload: {kind: 'ip', packet}},
});

const flagged = (...flags: readonly TcpFlagName[]): Frame =>
  frameOf(tcpPacket(segmentOf({flags: flags.reduce((sum, name) => sum | TcpFlag[name], 0)})));

const fits = (conditions: SegmentConditions, frame: Frame | undefined, retransmission = false): boolean =>
  fulfilsConditions(conditions, {frame, retransmission});

const names: readonly TcpFlagName[] = ['FIN', 'SYN', 'RST', 'ACK', 'URG', 'ECE', 'CWR'];

test('exactly these flags; PSH counts neither way', () => {
  for (const name of names) {
    expect(names.filter((other) => fits({flags: [name]}, flagged(other)))).toEqual([name]);
    expect(fits({flags: [name]}, flagged(name, 'PSH'))).toBe(true);
    expect(fits({flags: [name, 'PSH']}, flagged(name))).toBe(true);
    expect(fits({flags: [name]}, flagged(name, name === 'ACK' ? 'SYN' : 'ACK'))).toBe(false);
  }
  expect(fits({flags: ['SYN', 'ACK']}, flagged('SYN'))).toBe(false);
  expect(fits({flags: []}, flagged())).toBe(true);
  expect(fits({flags: []}, flagged('ACK'))).toBe(false);
});

const said = (text: string): Frame => frameOf(tcpPacket(segmentOf({}, text)));

test('data or none, and how much', () => {
  const told = (conditions: SegmentConditions) =>
    ['', 'a', 'abc'].map((text) => fits(conditions, said(text)));
  expect(told({carries: 'data'})).toEqual([false, true, true]);
  expect(told({carries: 'none'})).toEqual([true, false, false]);
  expect(told({length: 3})).toEqual([false, false, true]);
  expect(told({length: 0})).toEqual([true, false, false]);
  expect(told({carries: 'data', length: 1})).toEqual([false, true, false]);
  expect(told({})).toEqual([true, true, true]);
});

test('sent for the first time, or once more', () => {
  for (const retransmission of [true, false])
    expect([true, false].map((is) => fits({retransmission}, said(''), is))).toEqual([
      retransmission,
      !retransmission,
    ]);
  expect([true, false].map((is) => fits({}, said(''), is))).toEqual([true, true]);
});

test('of what is no segment nothing of the kind is true', () => {
  const datagram = frameOf(udpPacket(1, 2));
  for (const frame of [datagram, undefined]) {
    for (const conditions of [{flags: []}, {carries: 'data'}, {length: 3}, {tlsMessage: 'Finished'}] as const)
      expect(fits(conditions, frame)).toBe(false);
    expect([fits({}, frame), fits({retransmission: false}, frame)]).toEqual([true, true]);
  }
});

test('a handshake message that stands in clear', () => {
  // ServerHelloDone, and an alert behind it (RFC 5246 §7.4.5, §7.2).
  const payload = ropeFromBytes(octetsOf('16030300040e000000' + '15030300020100'));
  const frame = frameOf(tcpPacket(segmentOf({payload})));
  expect(fits({tlsMessage: 'ServerHelloDone'}, frame)).toBe(true);
  expect(fits({tlsMessage: 'ClientHello'}, frame)).toBe(false);
  expect(fits({tlsMessage: 'ServerHelloDone', length: 15}, frame)).toBe(false);
});
