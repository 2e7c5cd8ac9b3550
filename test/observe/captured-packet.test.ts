// A frame of which the file has only the beginning, and one whose length cannot be. Oracles: RFC 791 §3.1, RFC 9293 §3.1, the pcap format (a
// record claims any original length).
import {describe, expect, test} from 'vitest';
import {CapturedPacket} from '../../source/observe/captured-packet.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';

const octets = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (each) => Number.parseInt(each, 16));

/** Ethernet, IPv4 with `length` octets in all, TCP without options; nothing of its data. */
const segment = (length: number): Uint8Array =>
  octets(
    `020000000002 020000000001 0800 4500${length.toString(16).padStart(4, '0')} 0000 0000 4006 0000 0a000001 0a000002 9c40 1f90 00000001 00000000 5018 ffff 0000 0000`,
  );

const packetOf = (bytes: Uint8Array, originalLength: number): CapturedPacket =>
  new CapturedPacket(
    {
      ...{atUs: 0, from: 'a', to: 'b', conversation: 0, forMany: false},
      ...{marks: 0, linkType: 1, originalLength},
      recorded: {atUs: 0, nanoseconds: 0, comments: []},
    },
    {id: 1, sendEvent: 1, endEvent: 2, sentUs: 0, dueUs: 0},
    {
      bytes: () => bytes,
      fate: () => ({what: 'delivered', how: 'presumed', shownBy: []}),
      lost: () => false,
    },
  );

/** undefined: the segment can't be read. */
const dataOf = (packet: CapturedPacket): Uint8Array | undefined => {
  const payload = packet.frame?.payload;
  const transport = payload?.kind === 'ip' ? payload.packet.transport : undefined;
  return transport?.kind === 'tcp' ? ropeToBytes(transport.segment.payload) : undefined;
};

describe('data that was cut off', () => {
  test('count with the length that they had, read as zero', () => {
    const bytes = segment(40 + 1000);
    expect(dataOf(packetOf(bytes, bytes.length + 1000))).toEqual(new Uint8Array(1000));
  });

  test('of the longest packet of IP, too', () => {
    const bytes = segment(65_535);
    expect(dataOf(packetOf(bytes, 14 + 65_535))?.length).toBe(65_535 - 40);
  });

  test('are not there where the file has all: then the header says too much', () => {
    const bytes = segment(40 + 1000);
    expect(dataOf(packetOf(bytes, bytes.length))).toBeUndefined();
  });
});

test.each([2 ** 32 - 1, 2 ** 40])('a length of %d takes no such memory', (claimed) => {
  const bytes = segment(40 + 1000);
  expect(dataOf(packetOf(bytes, claimed))).toEqual(new Uint8Array(1000));
});

test('a frame whose record claims less than it holds is read as far as it goes', () => {
  expect(dataOf(packetOf(segment(40), 20))).toEqual(new Uint8Array());
});
