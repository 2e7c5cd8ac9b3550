// Datagrams in a few words. Oracle: the types that the side file of the capture names; IANA's port of NTP.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {frameParts} from '../../source/account/frame-parts.ts';
import {partsText} from '../../source/account/notation.ts';
import {decodeFrame, encodeFrame} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {eyeHands} from '../../source/words/hands.ts';
import {todayFolder, todayTrace} from '../helpers/captured-today.ts';

type Side = {readonly dhcp: readonly {readonly frame: number; readonly type: string}[]};

test('DHCP is told by its type and the address that it is about', () => {
  const {dhcp}: Side = JSON.parse(readFileSync(`${todayFolder}27c-dhcp.json`, 'utf8'));
  const trace = todayTrace('27c-dhcp.pcap');
  expect(dhcp.length).toBeGreaterThan(4);
  for (const {frame, type} of dhcp) {
    const read = trace.packet(frame).frame;
    const text = read ? partsText(frameParts(read), eyeHands.en) : '';
    expect(text).toMatch(new RegExp(`^DHCP ${type}( 10\\.77\\.58\\.119)?$`, 'i'));
  }
});

test('a datagram that is not read is told by its port, too', () => {
  const payload = ropeFromBytes(new Uint8Array(48));
  const frame = encodeFrame({
    ...{src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02'},
    payload: {
      kind: 'ip',
      packet: {
        ...{
          version: 4,
          src: '192.0.2.1',
          dst: '192.0.2.2',
          ttl: 64,
          id: 1,
          dontFragment: true,
          trafficClass: 0,
        },
        transport: {kind: 'udp', datagram: {srcPort: 50_000, dstPort: 123, payload}},
      },
    },
  });
  const read = decodeFrame(frame);
  expect(read.ok && partsText(frameParts(read.value), eyeHands.en)).toBe('UDP 50000 > 123 (NTP) len=48');
});
