// Oracles: round trips, the recorded captures (whose checksums real stacks made), and single-bit damage.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeFrame, encodeFrame} from '../../source/wire/frame.ts';
import {runs, some} from '../helpers/seeds.ts';
import {frames} from './arbitrary.ts';
import {captureFiles, readCapture} from './captures.ts';
import {frame, oddities, packet, segment} from './oddities.ts';
import {plain} from './plain.ts';

const tcpFrame = frame({kind: 'ip', packet: packet({kind: 'tcp', segment: segment()})});

test('what is encoded is decoded', () => {
  fc.assert(
    fc.property(frames, (one) => {
      const decoded = decodeFrame(encodeFrame(one));
      expect(decoded.ok && plain(decoded.value)).toEqual(plain(one));
    }),
    {numRuns: runs(1000)},
  );
});

describe('every whole frame of a capture comes back byte by byte', () => {
  const ethernet = captureFiles.filter((name) => readCapture(name).records[0]?.linkType === 1);

  test.each(some(ethernet, 15))('%s', (name) => {
    for (const {bytes, originalLength, frameNumber} of readCapture(name).records) {
      const decoded = decodeFrame(bytes);
      if (bytes.length < originalLength) continue;
      expect(decoded.ok, `frame ${frameNumber}: ${JSON.stringify(decoded)}`).toBe(true);
      if (decoded.ok) expect(Buffer.compare(encodeFrame(decoded.value), bytes)).toBe(0);
    }
  });

  test('among them are more than 100', () => {
    expect(ethernet.flatMap((name) => readCapture(name).records).length).toBeGreaterThan(100);
  });
});

test('any bytes are a frame or an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 120}), (bytes) => {
      expect(typeof decodeFrame(bytes).ok).toBe('boolean');
    }),
    {numRuns: runs(2000)},
  );
});

test('any part of any odd frame is a frame or an error', () => {
  for (const {bytes} of oddities) {
    for (let length = 0; length <= bytes.length; length++) {
      expect(typeof decodeFrame(bytes.slice(0, length)).ok).toBe('boolean');
    }
  }
});

test('a single wrong bit behind the link header is noticed', () => {
  const bytes = encodeFrame(tcpFrame);
  for (let bit = 8 * 14; bit < 8 * bytes.length; bit++) {
    const damaged = bytes.slice();
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
    expect(decodeFrame(damaged).ok, `bit ${bit}`).toBe(false);
  }
});

test.each([
  ['IP with a wrong checksum', 'ip'],
  ['TCP with a wrong checksum', 'tcp'],
  ['UDP with a wrong checksum', 'udp'],
])('%s: says which one, and what would be right', (name, protocol) => {
  const {bytes} = oddities.find((one) => one.name === name) ?? {bytes: new Uint8Array()};
  const decoded = decodeFrame(bytes);
  expect(decoded).toMatchObject({ok: false, error: {code: 'checksum', protocol, found: 0x1111}});
  if (decoded.ok || decoded.error.code !== 'checksum') return;
  const at = {ip: 24, tcp: 50, udp: 40}[protocol] ?? 0;
  const mended = bytes.slice();
  mended.set([decoded.error.expected >> 8, decoded.error.expected & 0xff], at);
  expect(decodeFrame(mended).ok).toBe(true);
  expect(decodeFrame(bytes, {verifyChecksums: false}).ok).toBe(true);
});

test('a UDP datagram without checksum is taken', () => {
  const {bytes} = oddities.find(({name}) => name === 'UDP without checksum') ?? {bytes: new Uint8Array()};
  expect(decodeFrame(bytes).ok).toBe(true);
});

test('link padding behind the packet is ignored', () => {
  const bytes = encodeFrame(tcpFrame);
  const padded = new Uint8Array(bytes.length + 7);
  padded.set(bytes);
  expect(plain(decodeFrame(padded))).toEqual(plain(decodeFrame(bytes)));
});

test('a packet of the version that the type does not say is refused', () => {
  const bytes = encodeFrame(tcpFrame);
  bytes.set([0x86, 0xdd], 12);
  expect(decodeFrame(bytes)).toEqual({
    ok: false,
    error: {code: 'malformed', protocol: 'ip', field: 'ip.version'},
  });
});

test('half a tag is too short', () => {
  const bytes = encodeFrame({...tcpFrame, vlan: {priority: 0, dei: 0, id: 1}});
  const error = {code: 'short', protocol: 'eth', needed: 18, found: 17};
  expect(decodeFrame(bytes.slice(0, 17))).toEqual({ok: false, error});
});

test('ARP for anything but IPv4 over Ethernet stays raw', () => {
  const names = ['ARP with eight-octet hardware addresses', 'ARP for another protocol'];
  for (const {name, bytes} of oddities) {
    if (!names.includes(name)) continue;
    expect(decodeFrame(bytes), name).toMatchObject({value: {payload: {kind: 'raw', etherType: 0x0806}}});
  }
});

test('a frame is encoded in one allocation of its exact length', () => {
  const bytes = encodeFrame(tcpFrame);
  expect(bytes).toHaveLength(14 + 20 + 20 + 5);
  expect(bytes.buffer.byteLength).toBe(bytes.length);
});

test('an address that is none is a bug of the caller', () => {
  expect(() => encodeFrame({...tcpFrame, dst: 'nonsense'})).toThrow(RangeError);
});
