// Oracle: the numbers of IANA and IEEE; that what is inside a tunnel is no connection here.
import {expect, it} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';

const octets = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (each) => Number.parseInt(each, 16));

const link = '020000000002 020000000001';

/** IPv4 without options around `payload`, from 10.0.0.1 to 10.0.0.2. */
const ip4 = (protocol: string, payload: string): string => {
  const length = 20 + octets(payload).length;
  return `4500 ${length.toString(16).padStart(4, '0')} 0000 0000 40${protocol} 0000 0a000001 0a000002 ${payload}`;
};

const syn = ip4('06', '9c40 1f90 00000001 00000000 5002 ffff 0000 0000');

const counted = (...frames: readonly string[]): CaptureInspector => {
  const inspector = new CaptureInspector();
  for (const [index, hex] of frames.entries()) {
    const bytes = octets(`${link} ${hex}`);
    const record = {
      atUs: index,
      bytes,
      linkType: 1,
      originalLength: bytes.length,
      frameNumber: index + 1,
      nanoseconds: 0,
      fileOffset: 0,
      comments: [],
    };
    inspector.add(record);
  }
  return inspector;
};

it.each([
  ['GRE', `0800 ${ip4('2f', `0000 880b ${syn}`)}`],
  ['ESP', `0800 ${ip4('32', '00000001 00000001 aabbccdd')}`],
  ['PPPoE', `8864 1100 0005 002a 0021 ${syn}`],
  ['MPLS', `8847 00010140 ${syn}`],
  ['LLC', `0030 aaaa03000000 0800 ${syn}`],
  ['VXLAN', `0800 ${ip4('11', `9c40 12b5 0046 0000 00000000 00004d00 ${link} 0800 ${syn}`)}`],
  ['NTP', `0800 ${ip4('11', `007b 007b 0038 0000 23 ${'00'.repeat(47)}`)}`],
  ['mDNS', `0800 ${ip4('11', '14e9 14e9 000c 0000 00000000')}`],
  ['WireGuard', `0800 ${ip4('11', `ca6c ca6c 009c 0000 01000000 ${'ab'.repeat(144)}`)}`],
  ['EtherType 0x1234', '1234 00'],
  ['IP protocol 200', `0800 ${ip4('c8', '00')}`],
])('%s is named, and what is inside it is not read', (name, frame) => {
  const inspector = counted(frame, frame);
  expect([...inspector.unread]).toEqual([[name, 2]]);
  expect(inspector.connections).toEqual([]);
});

it('what is read is not named, nor is a later fragment', () => {
  const fragment = ip4('2f', '0000').replace('0000 0000', '0001 0010');
  const inspector = counted(`0800 ${syn}`, `8100 0007 0800 ${syn}`, `0800 ${fragment}`, '0806 0001');
  expect(inspector.unread.size).toBe(0);
  expect(inspector.connections).toHaveLength(1);
});

it('keeps a bound on names', () => {
  const inspector = counted(...Array.from({length: 99}, (_, index) => `${(0x2000 + index).toString(16)} 00`));
  expect(inspector.unread.size).toBe(33);
  expect(inspector.unread.get('…')).toBe(67);
});
