// Oracle: RFC 826, the packet format octet by octet.
import {expect, test} from 'vitest';
import {ARP_SIZE, type ArpMessage, readArp, writeArp} from '../../source/wire/arp.ts';
import {hexOf, octetsOf} from '../../source/wire/octets.ts';

const request: ArpMessage = {
  operation: 1,
  senderMac: '02:00:00:00:00:01',
  senderIp: '192.0.2.1',
  targetMac: '00:00:00:00:00:00',
  targetIp: '192.0.2.20',
};
const octets = '0001' + '0800' + '06' + '04' + '0001' + '020000000001c0000201' + '000000000000c0000214';

const from = (hex: string, at = 0) => readArp(octetsOf(hex), at);

test('a request, written and read, at any place', () => {
  const bytes = new Uint8Array(30);
  writeArp(bytes, 2, request);
  expect(hexOf(bytes)).toBe(`0000${octets}`);
  expect(from(`0000${octets}`, 2)).toEqual(request);
  expect(from(`${octets}00000000`)).toEqual(request);
  expect(ARP_SIZE).toBe(28);
});

test.each([
  ['an octet too few', octets.slice(0, -2)],
  ['another hardware', octets.replace(/^0001/, '0006')],
  ['another protocol', octets.replace('0800', '86dd')],
  ['other sizes of hardware', octets.replace('0604', '0804')],
  ['other sizes of protocol', octets.replace('0604', '0610')],
  ['RARP', octets.replace('06040001', '06040003')],
])('%s is none', (_, hex) => expect(from(hex)).toBeUndefined());

test('a reply', () => {
  const reply = octets.replace('06040001', '06040002');
  expect(from(reply)).toEqual({...request, operation: 2});
});

test('where it begins counts, not how long the frame is', () =>
  expect(from(`0000${octets.slice(0, -2)}`, 2)).toBeUndefined());
