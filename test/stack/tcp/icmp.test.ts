// ICMP errors: RFC 1122 §4.2.3.9, RFC 9293 §3.9.2.2, RFC 5461, RFC 5927 §4.1 and §7.2, path MTU by RFC 1191.
import {describe, expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {ProfileName} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, none, told} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, brief, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK} = TcpFlag;

const opening = (profile: ProfileName, change = {}): World => {
  const settings = {...profiles[profile], ...change};
  const world = new World({settings: {A: settings, B: settings}, fate: none});
  world.step('A', {kind: 'call', call: {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'}});
  return world;
};

const open = (profile: ProfileName, change = {}): World => {
  const world = opening(profile, change);
  arrives(world, 'A', {
    seq: 9000,
    ack: 1001,
    flags: SYN | ACK,
    window: 20_000,
    options: [{kind: 'mss', mss: 1460}],
  });
  world.step('A', {kind: 'call', call: {call: 'SEND', connection: AB, data: rope(2920)}});
  return world;
};

type Error = {type?: number; code?: number; at?: number; mtu?: number};

const hears = (world: World, {type = 3, code = 0, at = 1000, mtu}: Error) =>
  told('A', world.step('A', {kind: 'icmp', local: A, remote: B, seq: seq(at), type, code, mtu}));

const refused = ['ECONNREFUSED', 'SYN-SENT > CLOSED'];
const unreachable = ['EHOSTUNREACH', 'SYN-SENT > CLOSED'];
const noNet = ['ENETUNREACH', 'SYN-SENT > CLOSED'];

describe('in SYN-SENT', () => {
  test.each([
    {about: 'net unreachable', type: 3, code: 0, rfc: [], linux: noNet, freebsd: []},
    {about: 'host unreachable', type: 3, code: 1, rfc: [], linux: unreachable, freebsd: []},
    {about: 'protocol unreachable', type: 3, code: 2, rfc: refused, linux: refused, freebsd: refused},
    {about: 'port unreachable', type: 3, code: 3, rfc: refused, linux: refused, freebsd: refused},
    {about: 'source route failed', type: 3, code: 5, rfc: [], linux: unreachable, freebsd: []},
    {about: 'prohibited', type: 3, code: 13, rfc: unreachable, linux: unreachable, freebsd: refused},
    {about: 'TTL exceeded', type: 11, code: 0, rfc: [], linux: unreachable, freebsd: unreachable},
    {about: 'reassembly time exceeded', type: 11, code: 1, rfc: [], linux: unreachable, freebsd: []},
    {about: 'source quench (RFC 6633)', type: 4, code: 0, rfc: [], linux: [], freebsd: []},
    {about: 'echo reply', type: 0, code: 0, rfc: [], linux: [], freebsd: []},
  ])('$about', ({type, code, ...wanted}) => {
    for (const profile of ['rfc', 'linux', 'freebsd'] as const)
      expect(hears(opening(profile), {type, code}), profile).toEqual(wanted[profile]);
  });

  // RFC 4443 §3.1–3.4, by the errors of Linux (net/ipv6/icmp.c, icmpv6_err_convert).
  test.each([
    {about: 'no route', type: 1, code: 0, linux: noNet, freebsd: []},
    {about: 'prohibited', type: 1, code: 1, linux: unreachable, freebsd: refused},
    {about: 'beyond the source’s scope', type: 1, code: 2, linux: unreachable, freebsd: []},
    {about: 'address unreachable', type: 1, code: 3, linux: unreachable, freebsd: []},
    {about: 'port unreachable', type: 1, code: 4, linux: refused, freebsd: refused},
    {about: 'source address failed policy', type: 1, code: 5, linux: unreachable, freebsd: refused},
    {about: 'route rejected', type: 1, code: 6, linux: unreachable, freebsd: []},
    {about: 'a code of later', type: 1, code: 7, linux: [], freebsd: []},
    {about: 'too big', type: 2, code: 0, linux: [], freebsd: []},
    {about: 'hop limit exceeded', type: 3, code: 0, linux: unreachable, freebsd: unreachable},
    {about: 'reassembly time exceeded', type: 3, code: 1, linux: unreachable, freebsd: []},
    {about: 'parameter problem', type: 4, code: 0, linux: unreachable, freebsd: []},
    {about: 'echo reply', type: 129, code: 0, linux: [], freebsd: []},
  ])('ICMPv6: $about', ({type, code, ...wanted}) => {
    const [local, remote] = [
      {ip: '2001:db8::1', port: A.port},
      {ip: '2001:db8::2', port: B.port},
    ];
    for (const profile of ['linux', 'freebsd'] as const) {
      const settings = {A: profiles[profile], B: profiles[profile]};
      const world = new World({settings, fate: none});
      world.step('A', {kind: 'call', call: {call: 'OPEN', mode: 'active', local, remote, read: 'auto'}});
      const heard = world.step('A', {
        kind: 'icmp',
        local,
        remote,
        seq: seq(1000),
        type,
        code,
        mtu: undefined,
      });
      expect(told('A', heard), profile).toEqual(wanted[profile]);
    }
  });

  // RFC 5461 §4.1 is why a soft error ends an attempt, RFC 1122 §4.2.3.9 why a hard one does.
  test.each([
    ['soft', 1, '5461:4.1/opening/abort'],
    ['hard', 3, '1122:4.2.3.9/hard/abort'],
  ])('the clause of a %s error', (_, code, clause) => {
    const world = opening('linux');
    const event = {kind: 'icmp', local: A, remote: B, seq: seq(1000), type: 3, code, mtu: undefined} as const;
    const ends = world.step('A', event).flatMap((effect) => (effect.kind === 'state' ? effect.because : []));
    expect(ends).toEqual([clause]);
  });

  test('a host that does not let ICMP reset keeps trying', () => {
    expect(hears(opening('freebsd', {icmpMayReset: false}), {code: 3})).toEqual([]);
  });

  test.each([999, 1001, 2 ** 32 - 1])(
    'a quote of number %i, which is not in flight, is nothing (RFC 5927 §4.1)',
    (at) => {
      expect(hears(opening('linux'), {code: 3, at})).toEqual([]);
    },
  );
});

test('a soft error is what the program hears when the retries end', () => {
  const world = opening('rfc');
  hears(world, {code: 1});
  world.run();
  expect(world.signals('A')).toEqual(['EHOSTUNREACH']);
  const progress = opening('rfc');
  hears(progress, {code: 1});
  arrives(progress, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK});
  expect(progress.tcp.A.connections.get(AB)?.softError).toBe(undefined);
});

test('synchronised: hard errors end the connection by RFC 1122, soft ones never', () => {
  const result = (profile: ProfileName, code: number) => hears(open(profile), {code, at: 1001});
  expect(result('rfc', 3)).toEqual(['ECONNREFUSED', 'ESTABLISHED > CLOSED']);
  for (const profile of ['linux', 'freebsd'] as const) expect(result(profile, 3)).toEqual([]);
  for (const code of [0, 1, 5]) expect(result('rfc', code)).toEqual([]);
});

test('no connection: nothing', () => {
  const world = opening('rfc');
  const event = {
    kind: 'icmp',
    local: B,
    remote: A,
    seq: seq(1000),
    type: 3,
    code: 3,
    mtu: undefined,
  } as const;
  expect(told('A', world.step('A', event))).toEqual([]);
  expect(world.stateOf('A', AB)).toBe('SYN-SENT');
});

describe('path MTU (RFC 1191)', () => {
  const sizes = (world: World) => world.sent.filter(({segment}) => segment.payload.length > 0).map(brief);

  test('what was too large goes out again in smaller segments, later data too', () => {
    const world = open('rfc');
    expect(sizes(world)).toEqual(['A ACK 1001 9001 +1460', 'A PSH,ACK 2461 9001 +1460']);
    const again = hears(world, {code: 4, at: 1001, mtu: 1000});
    expect(again[0]).toBe('A ACK 1001 9001 +960');
    expect(world.tcp.A.connections.get(AB)?.mss).toBe(960);
    for (const ack of [1961, 2461, 3421]) arrives(world, 'A', {seq: 9001, ack, flags: ACK, window: 20_000});
    const repeats = new Set(sizes(world).slice(2));
    expect(repeats).toEqual(
      new Set([
        'A ACK 1001 9001 +960',
        'A ACK 1961 9001 +500',
        'A ACK 2461 9001 +960',
        'A PSH,ACK 3421 9001 +500',
      ]),
    );
  });

  // RFC 1191 §7.1: below 1500 the next plateau is 1492.
  test('a router that does not say its MTU: the next plateau', () => {
    const world = open('rfc');
    hears(world, {code: 4, at: 1001, mtu: 0});
    expect(world.tcp.A.connections.get(AB)?.mss).toBe(1452);
  });

  // RFC 1191 §3.1: before the SYN,ACK what the own link carries is all that is known: an MSS of 1460 and 40 octets of headers.
  test.each([
    [1499, 1499],
    [1450, 1450],
    [1500, undefined],
    [0, 1492],
  ])('in SYN-SENT, an MTU of %i: the path carries %s', (mtu, carries) => {
    const world = opening('rfc');
    hears(world, {code: 4, at: 1000, mtu});
    expect(world.tcp.A.connections.get(AB)?.pathMtu).toBe(carries);
  });

  test.each([1500, 9000])('an MTU of %i is no smaller: nothing (RFC 5927 §7.2)', (mtu) => {
    const world = open('rfc');
    expect(hears(world, {code: 4, at: 1001, mtu})).toEqual([]);
    expect(world.tcp.A.connections.get(AB)?.mss).toBe(1460);
  });

  test('no path is narrower than 68 bytes (RFC 791 §3.2)', () => {
    const world = open('rfc');
    hears(world, {code: 4, at: 1001, mtu: 21});
    expect(world.tcp.A.connections.get(AB)?.mss).toBe(28);
  });
});
