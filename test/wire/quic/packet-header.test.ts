// Which packets a datagram holds. Oracle: RFC 9000 §12.2 and §17, RFC 9287 §3.
import {describe, expect, test} from 'vitest';
import {octetsOf} from '../../../source/wire/octets.ts';
import {isQuic, packetsIn} from '../../../source/wire/quic/packet-header.ts';

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
