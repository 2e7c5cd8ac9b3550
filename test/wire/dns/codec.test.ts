// Oracles: the example of RFC 1035 §4.1.4, octets put together by hand from the figures of RFC 1035, 3596 and 6891; invariants.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {ednsOf, fullRcode, optRecord} from '../../../source/wire/dns/edns.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import type {DnsMessage, DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {readName} from '../../../source/wire/dns/read-name.ts';
import {
  className,
  classNumber,
  Opcode,
  Rcode,
  rcodeName,
  typeName,
  typeNumber,
} from '../../../source/wire/dns/registry.ts';
import {hexOf} from '../../../source/wire/octets.ts';
import {runs} from '../../helpers/seeds.ts';
import {messages} from './arbitrary.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
const ascii = (text: string): string => Buffer.from(text).toString('hex');

const flags = {qr: false, aa: false, tc: false, rd: false, ra: false, ad: false, cd: false};
const empty: DnsMessage = {
  ...{id: 0, opcode: 0, flags, rcode: 0},
  ...{questions: [], answers: [], authorities: [], additionals: []},
};

test.each([
  // A pointer has two octets, a label as many as it says, and behind each comes another.
  ['c0', 14],
  ['0161 c0', 16],
  ['03 6161', 16],
  ['0161', 15],
  ['', 13],
])('a name that ends too early at %s: up to where it would have gone on', (octets, needed) => {
  const bytes = hex(`${'00'.repeat(12)} ${octets}`);
  expect(readName(bytes, {at: 12, end: bytes.length, field: 'name'})).toMatchObject({
    ok: false,
    error: {code: 'short', needed, found: bytes.length},
  });
});

describe('compression (RFC 1035 §4.1.4)', () => {
  /** The RFC's picture: F.ISI.ARPA at 20, FOO.F.ISI.ARPA at 40, ARPA at 64, the root at 92. */
  const bytes = new Uint8Array(93);
  bytes.set(hex(`01${ascii('F')} 03${ascii('ISI')} 04${ascii('ARPA')} 00`), 20);
  bytes.set(hex(`03${ascii('FOO')} c014`), 40);
  bytes.set(hex('c01a'), 64);

  test.each([
    [20, 'F.ISI.ARPA.', 32],
    [40, 'FOO.F.ISI.ARPA.', 46],
    [64, 'ARPA.', 66],
    [92, '.', 93],
  ])('the name at %i', (at, name, end) => {
    expect(readName(bytes, {at, end: bytes.length, field: ''})).toEqual({ok: true, value: {name, end}});
  });

  const header = '0000 0000 0001 0000 0000 0000';
  const bad = {ok: false, error: {code: 'malformed', protocol: 'dns', field: 'dns.qry.name'}};

  test.each([
    ['to itself', 'c00c 0001 0001'],
    ['to earlier labels', '0161 c00c 0001 0001'],
    ['forward', 'c012 0001 0001 0161 00'],
    ['into the header', 'c000 0001 0001'],
    ['of the reserved kinds', '4061 00 0001 0001'],
    ['other reserved kind', '8061 00 0001 0001'],
  ])('a pointer %s is refused', (_, text) => {
    expect(decodeDns(hex(`${header} ${text}`))).toEqual(bad);
  });

  test('256 octets are refused, 255 are not', () => {
    const label = `3f${'61'.repeat(63)}`;
    const question = (last: number) =>
      decodeDns(
        hex(`${header} ${label.repeat(3)} ${hexOf(Uint8Array.of(last))}${'62'.repeat(last)} 00 0001 0001`),
      );
    expect(question(61).ok).toBe(true);
    expect(question(62)).toEqual(bad);
  });

  test('what is compressed: names of RFC 1035, not the target of SRV (RFC 2782, RFC 3597 §4)', () => {
    const record = (name: string, type: number, data: RData): DnsRecord => ({
      ...{name, type, class: 1, ttl: 1, data},
    });
    const message = {
      ...empty,
      questions: [{name: 'isi.arpa.', type: 255, class: 1}],
      answers: [
        record('isi.arpa.', 15, {kind: 'MX', preference: 10, exchange: 'f.isi.arpa.'}),
        record('f.isi.arpa.', 33, {kind: 'SRV', priority: 1, weight: 2, port: 3, target: 'f.isi.arpa.'}),
        record('ISI.arpa.', 2, {kind: 'NS', name: '.'}),
      ],
    };
    expect(hexOf(encodeDns(message))).toBe(
      [
        '0000 0000 0001 0003 0000 0000',
        `03${ascii('isi')}04${ascii('arpa')}00 00ff 0001`,
        'c00c 000f 0001 00000001 0006 000a 0166 c00c',
        // The MX's exchange stands at 40.
        `c028 0021 0001 00000001 0012 0001 0002 0003 0166 03${ascii('isi')}04${ascii('arpa')}00`,
        // Other letters: only `arpa.` is the same text.
        `03${ascii('ISI')}c010 0002 0001 00000001 0001 00`,
      ]
        .join('')
        .replaceAll(' ', ''),
    );
  });
});

test('header: each flag at its bit (RFC 1035 §4.1.1, RFC 4035 §3)', () => {
  const word = (changes: Partial<DnsMessage>): string => hexOf(encodeDns({...empty, ...changes}), 2, 4);
  expect(word({flags: {...flags, qr: true}})).toBe('8000');
  expect(word({flags: {...flags, aa: true}})).toBe('0400');
  expect(word({flags: {...flags, tc: true}})).toBe('0200');
  expect(word({flags: {...flags, rd: true}})).toBe('0100');
  expect(word({flags: {...flags, ra: true}})).toBe('0080');
  expect(word({flags: {...flags, ad: true}})).toBe('0020');
  expect(word({flags: {...flags, cd: true}})).toBe('0010');
  expect(word({opcode: Opcode.UPDATE, rcode: Rcode.REFUSED})).toBe('2805');
});

/** RDATA in hexadecimal, as the figures of the RFCs draw it. */
const rdata: readonly (readonly [number, string, RData])[] = [
  [1, 'c0000201', {kind: 'A', address: '192.0.2.1'}],
  // RFC 3596 §2.2: 128 bits.
  [28, '20010db8000000000000000000000035', {kind: 'AAAA', address: '2001:db8::35'}],
  [2, '0161 00', {kind: 'NS', name: 'a.'}],
  [5, '0161 00', {kind: 'CNAME', name: 'a.'}],
  [12, '0161 00', {kind: 'PTR', name: 'a.'}],
  [15, '000a 0161 00', {kind: 'MX', preference: 10, exchange: 'a.'}],
  [16, '03616263 00', {kind: 'TXT', strings: ['616263', '']}],
  [33, '0000 0005 0050 0161 00', {kind: 'SRV', priority: 0, weight: 5, port: 80, target: 'a.'}],
  [
    6,
    '0161 00 0162 00 00000001 00000002 00000003 00000004 ffffffff',
    {
      ...{kind: 'SOA', mname: 'a.', rname: 'b.', serial: 1, refresh: 2},
      ...{retry: 3, expire: 4, minimum: 0xffffffff},
    },
  ],
  // RFC 6891 §6.1.2: code, length, data.
  [41, '000a 0002 beef', {kind: 'OPT', options: [{code: 10, data: 'beef'}]}],
  [731, 'abcd', {kind: 'raw', octets: 'abcd'}],
  [1, 'c00002', {kind: 'raw', octets: 'c00002'}],
];

const oneAnswer = (type: number, data: string): string => {
  const length = hexOf(Uint8Array.of(0, data.replaceAll(' ', '').length / 2));
  const typeHex = type.toString(16).padStart(4, '0');
  return `0000 0000 0000 0001 0000 0000 00 ${typeHex} 0001 00000e10 ${length} ${data}`;
};

test.each(rdata)('RDATA of type %i: %s', (type, text, data) => {
  const bytes = hex(oneAnswer(type, text));
  const message = {...empty, answers: [{name: '.', type, class: 1, ttl: 3600, data}]};
  expect(decodeDns(bytes)).toEqual({ok: true, value: message});
  expect(hexOf(encodeDns(message))).toBe(hexOf(bytes));
});

test.each([
  ['name before RDATA’s end', 2, '0161 00 00'],
  ['string beyond RDATA', 16, '0461 6263'],
  ['option beyond RDATA', 41, '000a 0003 beef'],
  ['SOA without last number', 6, '00 00 00000001 00000002 00000003 00000004'],
])('refused: %s', (_, type, text) => {
  expect(decodeDns(hex(oneAnswer(type, text)))).toMatchObject({error: {code: 'malformed'}});
});

test('octets behind the last record are refused', () => {
  expect(decodeDns(hex(`${oneAnswer(1, 'c0000201')} 00`)).ok).toBe(false);
});

test('OPT: size, upper bits of the RCODE, version, DO (RFC 6891 §6.1.3)', () => {
  const opt = optRecord({udpSize: 1232, extendedRcode: 1, version: 2, doBit: true});
  const message = {...empty, rcode: 0, additionals: [opt]};
  expect(hexOf(encodeDns(message), 12)).toBe('00002904d0010280000000');
  expect(fullRcode(message)).toBe(Rcode.BADVERS);
  expect(fullRcode(empty)).toBe(Rcode.NOERROR);
  expect(ednsOf(empty)).toBeUndefined();
  expect(ednsOf(message)).toEqual({
    ...{udpSize: 1232, extendedRcode: 1, version: 2, doBit: true, options: []},
  });
});

test('names of numbers (IANA; RFC 3597 §5 for the others)', () => {
  expect([1, 28, 41, 255, 731].map(typeName)).toEqual(['A', 'AAAA', 'OPT', 'ANY', 'TYPE731']);
  expect(['a', 'Aaaa', 'TYPE731', 'type1', 'nosuch', 'TYPE70000'].map(typeNumber)).toEqual([
    ...[1, 28, 731, 1, undefined, undefined],
  ]);
  expect([1, 3, 42].map(className)).toEqual(['IN', 'CH', 'CLASS42']);
  expect(['in', 'CLASS42'].map(classNumber)).toEqual([1, 42]);
  expect([0, 3, 16, 4000].map(rcodeName)).toEqual(['NOERROR', 'NXDOMAIN', 'BADVERS', 'RCODE4000']);
});

test('what is encoded is decoded alike', () => {
  fc.assert(
    fc.property(messages, (message) => {
      expect(decodeDns(encodeDns(message))).toEqual({ok: true, value: message});
    }),
    {numRuns: runs(1000)},
  );
});

test('any octets are a message or an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 100}), (bytes) => {
      const decoded = decodeDns(bytes);
      if (!decoded.ok) expect(['short', 'malformed']).toContain(decoded.error.code);
    }),
    {numRuns: runs(2000)},
  );
});

test('a damaged message is a message or an error', () => {
  const damage = fc.array(fc.tuple(fc.nat(300), fc.nat(255)), {minLength: 1, maxLength: 6});
  fc.assert(
    fc.property(messages, damage, fc.nat(600), (message, changes, length) => {
      const bytes = encodeDns(message).slice(0, Math.max(12, length));
      for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
      const decoded = decodeDns(bytes);
      if (!decoded.ok) expect(['short', 'malformed']).toContain(decoded.error.code);
    }),
    {numRuns: runs(2000)},
  );
});

/** Every rule left out but the pointer's meaning: it says where a pointer is met for the second time. */
const naiveName = (bytes: Uint8Array, start: number): {readonly octets: string; readonly again: boolean} => {
  const seen = new Set<number>();
  let octets = '';
  let at = start;
  for (let length = bytes[at] ?? 0; length !== 0; length = bytes[at] ?? 0) {
    if (length < 0xc0) {
      octets += hexOf(bytes, at, at + 1 + length);
      at += 1 + length;
    } else {
      if (seen.has(at)) return {octets, again: true};
      seen.add(at);
      at = ((length & 0x3f) << 8) | (bytes[at + 1] ?? 0);
    }
  }
  return {octets, again: false};
};

test('no pointer is read twice: a name that is accepted has none met again', () => {
  /** Many pointers, to places nearby. */
  const piece = fc.oneof(
    fc.tuple(fc.constant(0xc0), fc.integer({min: 8, max: 40})),
    fc.constantFrom([1, 0x61], [2, 0x62, 0x63], [0]),
  );
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(piece, {minLength: 4, maxLength: 20}), fc.nat(30), (pieces, skip) => {
      const bytes = Uint8Array.from([...Array<number>(12).fill(0), ...pieces.flat()]);
      const at = 12 + skip;
      const read = readName(bytes, {at, end: bytes.length, field: ''});
      if (!read.ok) return;
      accepted++;
      const {octets, again} = naiveName(bytes, at);
      expect(again).toBe(false);
      const asMessage = encodeDns({...empty, questions: [{name: read.value.name, type: 1, class: 1}]});
      expect(hexOf(asMessage, 12, asMessage.length - 5)).toBe(octets);
    }),
    {numRuns: runs(3000)},
  );
  expect(accepted).toBeGreaterThan(runs(3000) / 30);
});

test('a pointer that leads back to its own labels is read once, and not until the name is too long', () => {
  const bytes = hex('0000 0000 0000 0000 0000 0000 0161 c00c');
  let reads = 0;
  const watched = new Proxy(bytes, {
    get: (target, key) => {
      if (key === '15') reads++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  expect(readName(watched, {at: 12, end: 16, field: ''}).ok).toBe(false);
  expect(reads).toBe(1);
});
