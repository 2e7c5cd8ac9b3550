// ICMP errors that say that a packet did not reach its destination (RFC 792, RFC 1191 §4, RFC 4443 §3.1 to §3.3), in octets.
import {describe, expect, test} from 'vitest';
import {meaningOf, Verdict} from '../../source/observe/fate-columns.ts';
import {readRefusal, verdictOf} from '../../source/observe/icmp-refusals.ts';
import {LinkTypes, readFrameHeaders} from '../../source/wire/frame-headers.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const octets = (hex: string) => octetsOf(hex.replaceAll(' ', ''));

/** 20 octets of IPv4 and 8 of UDP, from port 50000 to 53. */
const quoted4 = '4500 001c 0001 0000 40 11 0000 c0000201 c0000202 c350 0035 0008 0000';
/** 40 of IPv6, and 8 of TCP. */
const quoted6 = `60000000 0008 06 40 ${'20'.repeat(16)} ${'30'.repeat(16)} c350 0050 00000001`;

const read = (hex: string, version: 4 | 6, {before = 3, less = 0} = {}) => {
  const message = octets(hex);
  const frame = new Uint8Array(before + message.length);
  frame.set(message, before);
  return readRefusal(frame, before, frame.length - less, version);
};

describe('which messages', () => {
  test.each<readonly [string, type: string, version: 4 | 6, mtu: number | undefined | 'none']>([
    ['network unreachable', '0300 0000 0000 0000', 4, undefined],
    ['port unreachable', '0303 0000 0000 0000', 4, undefined],
    ['fragmentation needed', '0304 0000 0000 0514', 4, 1300],
    ['time exceeded in transit', '0b00 0000 0000 0000', 4, undefined],
    ['time exceeded at reassembly', '0b01 0000 0000 0000', 4, 'none'],
    ['an echo', '0800 0000 0000 0514', 4, 'none'],
    ['of another type', '0404 0000 0000 0514', 4, 'none'],
    ['no route', '0100 0000 0000 0000', 6, undefined],
    ['port unreachable', '0104 0000 0000 0000', 6, undefined],
    ['packet too big', '0200 0000 0001 0500', 6, 0x10500],
    ['time exceeded in transit', '0300 0000 0000 0000', 6, undefined],
    ['time exceeded at reassembly', '0301 0000 0000 0000', 6, 'none'],
  ])('%s: %s of version %i', (_, header, version, mtu) => {
    const found = read(`${header} ${version === 4 ? quoted4 : quoted6}`, version);
    if (mtu === 'none') {
      expect(found).toBeUndefined();
      return;
    }
    const [type, code] = octets(header);
    expect(found?.reason).toEqual({version, type, code});
    expect(found?.mtu).toBe(mtu);
    expect(found?.headers).toMatchObject({version, protocol: version === 4 ? 17 : 6});
    expect(found?.headers.transportAt).toBe(version === 4 ? 20 : 40);
    expect(found?.bytes).toEqual(octets(version === 4 ? quoted4 : quoted6));
  });
});

test('the ports have to be quoted, whole, by the same version', () => {
  const header = '0303 0000 0000 0000';
  expect(read(`${header} ${quoted4}`, 4, {less: 4})?.bytes).toHaveLength(24);
  expect(read(`${header} ${quoted4}`, 4, {less: 5})).toBeUndefined();
  expect(read(`${header} ${quoted6}`, 4)).toBeUndefined();
  expect(read(header, 4)).toBeUndefined();
});

/** Of a packet that carries this protocol. */
const quoted = (protocol: number) => {
  const bytes = octets(quoted4.replace(' 11 ', ` ${protocol.toString(16).padStart(2, '0')} `));
  return {headers: readFrameHeaders(bytes, LinkTypes.raw, bytes.length)};
};

// RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1; RFC 4443 §3.1.
test.each<
  readonly [version: 4 | 6, code: number, byReceiver: string | undefined, byOthers: string | undefined]
>([
  [4, 0, 'no route', 'no route'],
  [4, 1, 'no such host', 'no such host'],
  [4, 2, 'delivered', undefined],
  [4, 3, 'delivered', undefined],
  [4, 5, undefined, undefined],
  [4, 6, 'no route', 'no route'],
  [4, 7, 'no such host', 'no such host'],
  [4, 9, 'firewall', 'firewall'],
  [4, 10, 'firewall', 'firewall'],
  [4, 11, undefined, undefined],
  [4, 13, 'firewall', 'firewall'],
  [4, 14, undefined, undefined],
  [6, 0, 'no route', 'no route'],
  [6, 1, 'firewall', 'firewall'],
  [6, 2, undefined, undefined],
  [6, 3, 'no such host', 'no such host'],
  [6, 4, 'delivered', undefined],
  [6, 5, 'firewall', 'firewall'],
  [6, 6, 'no route', 'no route'],
])('version %i, code %i: %s', (version, code, byReceiver, byOthers) => {
  const told = [true, false].map((isReceiver) => {
    const reason = {version, type: version === 4 ? 3 : 1, code};
    const verdict = verdictOf({...quoted(17), reason, mtu: undefined}, isReceiver);
    const meaning = verdict === undefined ? undefined : meaningOf(verdict);
    return meaning?.reason ?? meaning?.what;
  });
  expect(told).toEqual([byReceiver, byOthers]);
});

// RFC 1812 §5.3.1, RFC 4443 §3.3: whoever says so has thrown it away, and stands on the way.
test('a packet whose hops are used up', () => {
  for (const [version, type] of [
    [4, 11],
    [6, 3],
  ] as const)
    expect(verdictOf({...quoted(6), reason: {version, type, code: 0}, mtu: undefined}, false)).toBe(
      Verdict.expired,
    );
});

test('a size that is refused', () => {
  const reason = {version: 6, type: 2, code: 0} as const;
  expect(verdictOf({...quoted(17), reason, mtu: 1280}, false)).toBe(Verdict.tooBig);
});

// RFC 9293 §3.5.2: a closed port answers with RST; iptables rejects with this message unless another is asked for.
test('a port of TCP that is told unreachable is a filter’s word', () => {
  const reason = {version: 4, type: 3, code: 3} as const;
  expect([true, false].map((by) => verdictOf({...quoted(6), reason, mtu: undefined}, by))).toEqual([
    ...[Verdict.filtered, Verdict.filtered],
  ]);
});
