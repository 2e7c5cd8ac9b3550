// A packet in a few words. Oracle: the fields of RFC 9293 §3.1, in the order in which people say them; sentences written by hand.
import {describe, expect, test} from 'vitest';
import {summaryOf} from '../../source/account/summary.ts';
import type {Transport} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import {TcpFlag, type TcpSegment} from '../../source/wire/tcp.ts';

const {SYN, ACK, FIN, RST, PSH, URG, ECE, CWR} = TcpFlag;

const summary = (transport: Transport): string =>
  summaryOf({
    src: '02:00:00:00:00:01',
    dst: '02:00:00:00:00:02',
    payload: {
      kind: 'ip',
      packet: {
        version: 4,
        src: '192.0.2.10',
        dst: '198.51.100.20',
        ttl: 64,
        id: 1,
        dontFragment: true,
        trafficClass: 0,
        transport,
      },
    },
  });

const segment = (flags: number, bytes: number): string => {
  const of: TcpSegment = {
    srcPort: 40_000,
    dstPort: 80,
    seq: seq(1000),
    ack: seq(9001),
    flags,
    window: 65_535,
    urgent: 0,
    options: [],
    payload: ropeFromBytes(Uint8Array.from({length: bytes}, () => 120)),
  };
  return summary({kind: 'tcp', segment: of});
};

describe('segments', () => {
  test.each([
    [0, 0, 'no flags seq=1000'],
    [0, 5, 'no flags seq=1000 len=5'],
    [SYN, 0, 'SYN seq=1000'],
    [SYN | ACK, 0, 'SYN,ACK seq=1000 ack=9001'],
    [ACK | PSH, 1, 'PSH,ACK seq=1000 ack=9001 len=1'],
    [RST, 0, 'RST seq=1000'],
    [0xff, 0, 'SYN,FIN,RST,PSH,URG,ACK,ECE,CWR seq=1000 ack=9001'],
    [FIN | URG | ECE | CWR, 0, 'FIN,URG,ECE,CWR seq=1000'],
  ])('flags %i, %i octets: %s', (flags, bytes, words) => {
    expect(segment(flags, bytes)).toBe(words);
  });
});

test('what has no layer of its own here is told by its number', () => {
  const payload = ropeFromBytes(Uint8Array.of(1, 2, 3));
  expect(summary({kind: 'udp', datagram: {srcPort: 5000, dstPort: 7, payload}})).toBe('UDP 5000 > 7 len=3');
  expect(summary({kind: 'raw', protocol: 47, payload})).toBe('IP protocol 47');
  const ends = {src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02'};
  expect(summaryOf({...ends, payload: {kind: 'raw', etherType: 0x9a, bytes: payload}})).toBe('type 0x009a');
});

test('ARP: who asks, who has (RFC 826)', () => {
  const arp = (operation: 1 | 2): string =>
    summaryOf({
      src: '02:00:00:00:00:01',
      dst: 'ff:ff:ff:ff:ff:ff',
      payload: {
        kind: 'arp',
        message: {
          operation,
          senderMac: '02:00:00:00:00:01',
          senderIp: '192.0.2.10',
          targetMac: '00:00:00:00:00:00',
          targetIp: '192.0.2.1',
        },
      },
    });
  expect(arp(1)).toBe('ARP who has 192.0.2.1? tell 192.0.2.10');
  expect(arp(2)).toBe('ARP 192.0.2.10 is at 02:00:00:00:00:01');
});
