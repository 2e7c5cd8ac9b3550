// Fast Open at the client (RFC 7413): when data travel on the SYN, and what becomes of what the peer leaves.
import {expect, test} from 'vitest';
import {isClient, mayCarry, peerAfter, planSyn} from '../../../source/stack/tcp/fast-open.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import {verdict} from '../../drills/packetdrill/bench.ts';
import {twinsOf} from '../../drills/packetdrill/twins.ts';
import {fastOpening} from '../../helpers/tcp/fast-opening.ts';
import {made} from '../../helpers/tcp/one-host.ts';

test('a cookie is asked for, then data go along; what is not taken goes again', () => {
  expect(verdict(fastOpening)).toBe('pass');
  for (const {what, source} of twinsOf(fastOpening)) expect(verdict(source), what).not.toBe('pass');
});

test('the SYN has room for a segment less all options; without a cookie nothing goes along', () => {
  const settings = {...profiles.linux, fastOpen: 1};
  expect(planSyn(known, 5000, settings).dataBytes).toBe(860);
  expect(planSyn(undefined, 5000, settings).dataBytes).toBe(0);
  // Bit 4 of tcp_fastopen: no cookie is needed, none is shown.
  expect(planSyn(known, 100, {...settings, fastOpen: 5})).toMatchObject({options: [], dataBytes: 100});
});

const known = {cookie: Uint8Array.of(1, 2, 3, 4), experimental: false, settled: true, mss: 900};
const none = {cookie: new Uint8Array(0), experimental: false, settled: false, mss: undefined};
const linux = (fastOpen: TcpSettings['fastOpen'], change: Partial<TcpSettings> = {}): TcpSettings => ({
  ...{...profiles.linux, fastOpen, ...change},
});

test('bits of tcp_fastopen: 1 is the client, 4 needs no cookie (ip-sysctl.rst)', () => {
  expect((['off', 0, 1, 2, 3, 4, 5] as const).map((bits) => isClient(linux(bits)))).toEqual([
    ...[false, false, true, false, true, false, true],
  ]);
  const carry = (bits: TcpSettings['fastOpen'], peer?: typeof known, change = {}) =>
    mayCarry(peer, linux(bits, change));
  expect([carry(1, known), carry(1, {...known, cookie: none.cookie}), carry(1)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([carry(5), carry('off', known), carry('off')]).toEqual([true, false, false]);
  const without = {fastOpenWithoutCookie: true};
  expect([carry(1, undefined, without), carry('off', known, without)]).toEqual([true, false]);
});

test('what the SYN has: the cookie in its form, the wish for one, as much as is wanted and fits', () => {
  expect(planSyn(known, 100, linux(1))).toMatchObject({dataBytes: 100, experimental: false});
  expect(planSyn(known, 100, linux(1)).options[0]).toMatchObject({type: 34, data: known.cookie});
  expect(planSyn({...known, experimental: true}, 9, linux(1))).toMatchObject({
    ...{experimental: true, options: [{type: 254}]},
  });
  expect(planSyn(undefined, 9, linux(1))).toMatchObject({
    ...{dataBytes: 0, experimental: false},
    options: [{type: 34, data: none.cookie}, {kind: 'nop'}, {kind: 'nop'}],
  });
  // The lesser of both MSS counts, and no room is none.
  expect(planSyn({...known, mss: 9000}, 5000, linux(1)).dataBytes).toBe(profiles.linux.mss - 40);
  expect(planSyn({...known, mss: undefined}, 5000, linux(1)).dataBytes).toBe(profiles.linux.mss - 40);
  expect(planSyn({...known, mss: 30}, 5000, linux(1)).dataBytes).toBe(0);
});

const answer = (options: readonly TcpOption[], flags = TcpFlag.SYN | TcpFlag.ACK): TcpSegment =>
  made('A', {flags, options: [{kind: 'mss', mss: 1400}, ...options]});
const given: TcpOption = {kind: 'raw', type: 34, data: Uint8Array.of(9, 9, 9, 9)};
const asked = {dataBytes: 0, experimental: false, asked: true, repeated: false};

test('a cookie that was asked for is kept, another is nobody’s', () => {
  const kept = {cookie: Uint8Array.of(9, 9, 9, 9), experimental: false, settled: true, mss: 1400};
  expect(peerAfter(undefined, asked, answer([given]))).toEqual(kept);
  expect(peerAfter(known, {...asked, dataBytes: 5}, answer([given]))).toEqual(kept);
  const untold = {...none, mss: 1400};
  expect(peerAfter(undefined, {...asked, asked: false}, answer([given]))).toEqual(untold);
  expect(peerAfter(known, {...asked, asked: false}, answer([given]))).toEqual({...known, mss: 1400});
  // A SYN that crosses is no answer.
  expect(peerAfter(undefined, asked, answer([given], TcpFlag.SYN))).toMatchObject({cookie: none.cookie});
});

test('a wish that was not heard is made once in the other form', () => {
  const after = (
    peer: typeof none | typeof known | undefined,
    change = {},
    options: readonly TcpOption[] = [],
  ) => peerAfter(peer, {...asked, ...change}, answer(options));
  const silent = {...none, mss: 1400};
  expect(after(undefined)).toEqual({...silent, experimental: true});
  expect(after({...none, experimental: true}, {experimental: true})).toEqual({...silent, settled: true});
  expect(after({...none, settled: true})).toEqual({...silent, settled: true});
  // A repeated SYN went without it, an empty option is an answer, data say that there was a cookie.
  expect(after(undefined, {repeated: true})).toEqual(silent);
  expect(after(undefined, {}, [{kind: 'raw', type: 34, data: none.cookie}])).toEqual(silent);
  expect(after(undefined, {dataBytes: 1})).toEqual(silent);
  expect(after(known)).toEqual({...known, mss: 1400});
});
