// Oracle: a header worked out bit by bit by hand, and bits written into text.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ipv4, layout, mac, octets, part, uint, writePlace} from '../../source/wire/layout.ts';
import {runs} from '../helpers/seeds.ts';

const table = layout('toy', [
  uint('version', 4, 'toy.version'),
  uint('length', 4, 'toy.length', {scale: 4}),
  uint('flags', 12, 'toy.flags', {
    hex: 4,
    parts: [part('toy.flags.high', 9, 3, true), part('toy.flags.low', 0)],
  }),
  uint('label', 20, 'toy.label', {hex: 6}),
  uint('long', 32, 'toy.long'),
  mac('mac', 'toy.mac'),
  ipv4('ip', 'toy.ip'),
  octets('rest', 2),
]);

const values = {
  version: 4,
  length: 5,
  flags: 0xa01,
  label: 0xbcdef,
  long: 0xfffffffe,
  mac: '02:00:00:00:00:01',
  ip: '192.0.2.1',
  rest: '0000',
};

const bytes = Uint8Array.from(
  Buffer.from('00 45a01bcdef fffffffe 020000000001 c0000201 0000'.replaceAll(' ', ''), 'hex'),
);

test('writes each field at its bits', () => {
  const written = new Uint8Array(bytes.length);
  table.write(written, 1, values);
  expect(table.size).toBe(bytes.length - 1);
  expect([...written]).toEqual([...bytes]);
});

test('reads them back', () => {
  expect(table.read(bytes, 1)).toEqual(values);
});

test('rows have names, values in Wireshark’s forms, and whole bytes', () => {
  expect(
    table.rows(bytes, 1, bytes.length).map(({name, value, start, end}) => [name, value, start, end]),
  ).toEqual([
    ['toy.version', '4', 1, 2],
    ['toy.length', '20', 1, 2],
    ['toy.flags', '0x0a01', 2, 4],
    ['toy.flags.high', '1', 2, 3],
    ['toy.flags.low', '1', 3, 4],
    ['toy.label', '0x0bcdef', 3, 6],
    ['toy.long', '4294967294', 6, 10],
    ['toy.mac', '02:00:00:00:00:01', 10, 16],
    ['toy.ip', '192.0.2.1', 16, 20],
  ]);
});

test('rows that do not fit are left out', () => {
  expect(table.rows(bytes, 1, 9).map(({name}) => name)).not.toContain('toy.long');
  expect(table.rows(bytes, 1, 10).map(({name}) => name)).toContain('toy.long');
});

test('a place is read and written without its neighbours', () => {
  const widths = fc.tuple(fc.integer({min: 0, max: 16}), fc.integer({min: 1, max: 16}));
  fc.assert(
    fc.property(
      widths,
      fc.uint8Array({minLength: 8, maxLength: 8}),
      fc.nat(),
      ([before, bits], noise, number) => {
        const one = layout('toy', [
          ...(before > 0 ? [uint('before', before, 'toy.before')] : []),
          uint('it', bits, 'toy.it'),
        ]);
        const place = one.place('toy.it');
        if (!place) throw new Error('no place');
        const value = number % 2 ** bits;
        const text = [...noise].map((octet) => octet.toString(2).padStart(8, '0')).join('');
        writePlace(noise, 0, place, value);
        expect(one.read(noise, 0)).toMatchObject({it: value});
        const after = [...noise].map((octet) => octet.toString(2).padStart(8, '0')).join('');
        const middle = value.toString(2).padStart(bits, '0');
        expect(after).toBe(text.slice(0, before) + middle + text.slice(before + bits));
      },
    ),
    {numRuns: runs(500)},
  );
});

test('an address that is none throws: values come from inside', () => {
  expect(() => table.write(new Uint8Array(30), 0, {...values, ip: '1.2.3'})).toThrow(RangeError);
});
