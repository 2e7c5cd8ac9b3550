// Oracles: a segment that Linux sent (test/fixtures/captures/00a), RFC 9293 §3.1–3.2, round trips.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeFrame} from '../../source/wire/frame.ts';
import {decodeIpPacket, encodeIpPacket} from '../../source/wire/ip-packet.ts';
import {emptyRope} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import {hasFlag, segLen, TcpFlag, type TcpOption} from '../../source/wire/tcp.ts';
import {optionsLength} from '../../source/wire/tcp-options.ts';
import {runs} from '../helpers/seeds.ts';
import {fullOptions, option} from './arbitrary.ts';
import {readCapture} from './captures.ts';
import {packet, segment} from './oddities.ts';
import {plain} from './plain.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const optionsOf = (options: readonly TcpOption[]): string =>
  hex(encodeIpPacket(packet({kind: 'tcp', segment: segment({options, payload: emptyRope})})).subarray(40));

const decodedOptions = (bytes: Uint8Array): unknown => {
  const decoded = decodeIpPacket(bytes);
  const transport = decoded.ok ? decoded.value.transport : undefined;
  return transport?.kind === 'tcp' ? plain(transport.segment.options) : decoded;
};

const roundTripOptions = (options: readonly TcpOption[]): unknown =>
  decodedOptions(encodeIpPacket(packet({kind: 'tcp', segment: segment({options})})));

test('a SYN of Linux is understood', () => {
  const [, , syn] = readCapture('00a-handshake-only.pcap').records;
  const decoded = decodeFrame(syn?.bytes ?? new Uint8Array());
  const payload = decoded.ok && decoded.value.payload.kind === 'ip' && decoded.value.payload.packet.transport;
  if (payload === false || payload.kind !== 'tcp') throw new Error('no segment');
  expect(payload.segment.options.map(({kind}) => kind)).toEqual([
    'mss',
    'sackPermitted',
    'timestamps',
    'nop',
    'windowScale',
  ]);
  expect(segLen(payload.segment)).toBe(1);
  expect(hasFlag(payload.segment, 'SYN')).toBe(true);
  expect(hasFlag(payload.segment, 'ACK')).toBe(false);
});

describe('options', () => {
  test.each<[string, TcpOption, string]>([
    ['maximum segment size', {kind: 'mss', mss: 1460}, '020405b4'],
    ['window scale', {kind: 'windowScale', shift: 7}, '03030700'],
    ['SACK permitted', {kind: 'sackPermitted'}, '04020000'],
    ['SACK', {kind: 'sack', blocks: [{left: seq(1), right: seq(2)}]}, '050a00000001000000020000'],
    ['timestamps', {kind: 'timestamps', val: 1, ecr: 0xffffffff}, '080a00000001ffffffff0000'],
    ['raw', {kind: 'raw', type: 253, data: Uint8Array.of(1, 2, 3)}, 'fd05010203000000'],
    ['no operation', {kind: 'nop'}, '01000000'],
    ['end of list', {kind: 'eol'}, '00000000'],
  ])('%s', (_, one, bytes) => {
    expect(optionsOf([one])).toBe(bytes);
  });

  test('are written in their order, and read back', () => {
    fc.assert(
      fc.property(fullOptions, (options) => {
        expect(roundTripOptions(options)).toEqual(plain(options));
      }),
      {numRuns: runs(500)},
    );
  });

  test('padding is read as the end of the list, what follows it is not read', () => {
    fc.assert(
      fc.property(option, option, (one, hidden) => {
        fc.pre(optionsLength([one, {kind: 'eol'}, hidden]) <= 40);
        const padding = [{kind: 'eol'} as const, hidden];
        expect(roundTripOptions([one, ...padding])).toEqual(plain([one, {kind: 'eol'}]));
      }),
      {examples: [[{kind: 'nop'}, {kind: 'raw', type: 254, data: new Uint8Array()}]], numRuns: runs(100)},
    );
  });

  test('of a known kind with another length stay raw', () => {
    const odd = {kind: 'raw', type: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6)} as const;
    expect(roundTripOptions([odd])).toEqual(plain([odd]));
  });

  test.each(['0200', '0201', '0205', 'fe'])('%s has a length that is none', (octets) => {
    const data = Uint8Array.from(Buffer.from(octets, 'hex'));
    const nops: TcpOption[] = Array.from({length: 4}, () => ({kind: 'nop'}));
    const bytes = encodeIpPacket(
      packet({kind: 'tcp', segment: segment({options: nops, payload: emptyRope})}),
    );
    bytes.set(data, 44 - data.length);
    expect(decodeIpPacket(bytes, {verifyChecksums: false})).toEqual({
      ok: false,
      error: {code: 'malformed', protocol: 'tcp', field: 'tcp.option_len'},
    });
  });

  test('that do not fit into a header are a bug of the caller', () => {
    const options = Array.from({length: 41}, () => ({kind: 'nop'}) as const);
    expect(() => optionsOf(options)).toThrow(RangeError);
  });
});

test('SEG.LEN counts SYN and FIN', () => {
  const five = segment({flags: TcpFlag.ACK});
  expect(segLen(five)).toBe(5);
  expect(segLen({...five, flags: TcpFlag.FIN | TcpFlag.ACK})).toBe(6);
  expect(segLen({...five, flags: TcpFlag.SYN | TcpFlag.FIN})).toBe(7);
});

test('a header length that cannot be is refused', () => {
  const bytes = encodeIpPacket(packet({kind: 'tcp', segment: segment({payload: emptyRope})}));
  for (const offset of [0x40, 0x60, 0xf0]) {
    bytes[32] = offset;
    expect(decodeIpPacket(bytes, {verifyChecksums: false})).toEqual({
      ok: false,
      error: {code: 'malformed', protocol: 'tcp', field: 'tcp.hdr_len'},
    });
  }
});
