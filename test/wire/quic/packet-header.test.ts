// Which packets a datagram holds. Oracle: RFC 9000 §12.2 and §17, RFC 9287 §3.
import {describe, expect, test} from 'vitest';
import {octetsOf} from '../../../source/wire/octets.ts';
import {headerRows, isQuic, packetsIn} from '../../../source/wire/quic/packet-header.ts';

/** Version 1, a destination id of 4 octets, an empty source id; `first` has the type. */
const long = (first: string, dcid: string, payload = '0011223344556677'): string => {
  const token = first === 'c0' || first === '80' ? '00' : '';
  return `${first}0000000104${dcid}00${token}4008${payload}`;
};

const kindsIn = (digits: string): readonly string[] => packetsIn(octetsOf(digits)).map(({kind}) => kind);

describe('packets that share a datagram', () => {
  const initial = long('c0', '0a0b0c0d');

  test('are for the same connection id', () => {
    expect(kindsIn(initial + long('e0', '0a0b0c0d'))).toEqual(['Initial', 'Handshake']);
    expect(kindsIn(`${initial}400a0b0c0d99887766`)).toEqual(['Initial', '1-RTT']);
    expect(kindsIn(initial + long('e0', '0a0b0c0e'))).toEqual(['Initial']);
    expect(kindsIn(`${initial}400a0b0c0e99887766`)).toEqual(['Initial']);
  });

  test('zeros behind them are padding, also where the id is empty', () => {
    expect(kindsIn(`${initial}${'00'.repeat(40)}`)).toEqual(['Initial']);
    expect(kindsIn(`e000000001000040080011223344556677${'00'.repeat(40)}`)).toEqual(['Handshake']);
  });

  test('may lack the fixed bit', () => {
    expect(kindsIn(`${long('80', '0a0b0c0d')}000a0b0c0d99887766`)).toEqual(['Initial', '1-RTT']);
    expect(kindsIn('000a0b0c0d99887766')).toEqual(['1-RTT']);
  });
});

test('without the fixed bit only a full Initial of a known version begins a conversation', () => {
  const full = (digits: string): Uint8Array => octetsOf(digits + '00'.repeat(1200));
  expect(isQuic(full('800000000104'), [4433, 50_000])).toBe(true);
  expect(isQuic(octetsOf('80000000010400000000'), [4433, 50_000])).toBe(false);
  expect(isQuic(full('801234567804'), [443, 50_000])).toBe(false);
});

describe('what the first octet says in clear (§17.2, §17.3)', () => {
  const rowsOf = (digits: string): readonly string[] => {
    const bytes = octetsOf(digits);
    return packetsIn(bytes).flatMap((header) =>
      headerRows(bytes, header)
        .filter(({mask}) => mask !== undefined)
        .map(
          ({name, value, start, end, mask = 0}) =>
            `${start}-${end} ${name.slice(5)} & ${mask.toString(16)} = ${value}`,
        ),
    );
  };

  test('of a short header its form, the fixed bit, the spin bit', () => {
    const rows = (first: string) =>
      rowsOf(`${first}0a0b0c0d99887766`)
        .map((row) => row.slice(-1))
        .join('');
    expect(['00', '1f', '40', '5f', '60', '7f', '20'].map(rows)).toEqual([
      ...['000', '000', '010', '010', '011', '011', '001'],
    ]);
    expect(rowsOf('400a0b0c0d99887766')).toEqual([
      '0-1 header_form & 80 = 0',
      '0-1 fixed_bit & 40 = 1',
      '0-1 spin_bit & 20 = 0',
    ]);
  });

  test('of long ones their form, the fixed bit, the type; the second where it stands', () => {
    const initial = `8f00000001040a0b0c0d000040080011223344556677`;
    const at = initial.length / 2;
    expect(rowsOf(initial + long('e0', '0a0b0c0d'))).toEqual([
      ...['0-1 header_form & 80 = 1', '0-1 fixed_bit & 40 = 0', '0-1 long.packet_type & 30 = 0'],
      `${at}-${at + 1} header_form & 80 = 1`,
      `${at}-${at + 1} fixed_bit & 40 = 1`,
      `${at}-${at + 1} long.packet_type & 30 = 2`,
    ]);
  });
});
