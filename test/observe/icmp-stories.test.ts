// Messages written out by hand (RFC 792, RFC 1191 §4, RFC 4443 §3.2): pings, ways that are traced, and what is no probe.
import {describe, expect, test} from 'vitest';
import {FateColumns, meaningOf, Verdict} from '../../source/observe/fate-columns.ts';
import {hopsOf, IcmpStories} from '../../source/observe/icmp-stories.ts';
import {addressText, LinkTypes, readFrameHeaders} from '../../source/wire/frame-headers.ts';
import {seq} from '../../source/wire/seq.ts';

type Octets = readonly number[];
type Said = readonly [atUs: number, octets: Octets];

const [me, far, router] = ['10.0.0.1', '10.0.9.9', '10.0.5.5'];

/** An IPv4 packet (RFC 791 §3.1), without checksum. */
const packet = (from: string, to: string, protocol: number, ttl: number, payload: Octets): Octets => {
  const size = 20 + payload.length;
  const addresses = [from, to].flatMap((address) => address.split('.').map(Number));
  return [0x45, 0, size >> 8, size & 0xff, 0, 0, 0, 0, ttl, protocol, 0, 0, ...addresses, ...payload];
};

/** An IPv6 packet (RFC 8200 §3) between fd00::1 and fd00::2. */
const packet6 = (nextHeader: number, hops: number, payload: Octets): Octets => {
  const address = (last: number): Octets => [0xfd, ...Array.from({length: 14}, () => 0), last];
  return [0x60, 0, 0, 0, 0, payload.length, nextHeader, hops, ...address(1), ...address(2), ...payload];
};

const saidOf = (fates: FateColumns, ...all: readonly Said[]): IcmpStories => {
  const stories = new IcmpStories(fates);
  for (const [index, [atUs, octets]] of all.entries()) {
    const frame = Uint8Array.from(octets);
    const headers = readFrameHeaders(frame, LinkTypes.raw, frame.length);
    const carried = {bytes: frame, at: headers.transportAt, end: frame.length};
    stories.watch(headers, frame, carried, {frame: index + 1, atUs});
    if (headers.protocol !== 1 && headers.protocol !== 58) continue;
    const [from, to] = [addressText(frame, headers, 0), addressText(frame, headers, 1)];
    const place = {from, to, hops: hopsOf(headers, frame), frame: index + 1, atUs, refuses: false};
    stories.take({headers, ...carried, ...place});
  }
  return stories;
};

const said = (...all: readonly Said[]) => saidOf(new FateColumns(), ...all);

const udp = (ttl: number, port: number, size = 8): Octets =>
  packet(me, far, 17, ttl, [0x80, 0, 0x82, port, 0, size, 0, 0].slice(0, size));
const echo = (type: 8 | 0, sequence: number, ttl = 64): Octets =>
  type === 8
    ? packet(me, far, 1, ttl, [8, 0, 0, 0, 0x12, 0x34, 0, sequence])
    : packet(far, me, 1, 60, [0, 0, 0, 0, 0x12, 0x34, 0, sequence]);
const about = (from: string, [type, code]: readonly [number, number], quoted: Octets, mtu = 0): Octets =>
  packet(from, me, 1, 64, [type, code, 0, 0, 0, 0, mtu >> 8, mtu & 0xff, ...quoted.slice(0, 28)]);
const usedUp = [11, 0] as const;
const closedPort = [3, 3] as const;

describe('pings', () => {
  test('requests, answers, the least and the longest time; each answer counts once', () => {
    const {pings, counts} = said(
      ...[[0, echo(8, 1)] as const, [500, echo(0, 1)] as const, [1000, echo(8, 2)] as const],
      ...[[1900, echo(0, 2)] as const, [1950, echo(0, 2)] as const, [2000, echo(8, 3)] as const],
      [2100, echo(0, 9)],
    );
    expect(pings).toMatchObject([
      {
        from: me,
        to: far,
        firstFrame: 1,
        sent: 3,
        answered: 2,
        leastUs: 500,
        mostUs: 900,
        firstUs: 0,
        lastUs: 2000,
      },
    ]);
    expect([...counts]).toEqual([
      ['echo request', 3],
      ['echo reply', 4],
    ]);
  });

  test('of 256 pairs, no more; what comes late of one that is known still counts', () => {
    const ask = (last: number): readonly [number, Octets] => [
      0,
      packet(`10.1.${last >> 8}.${last & 0xff}`, far, 1, 64, [8, 0, 0, 0, 0, 1, 0, 1]),
    ];
    const {pings} = said(...Array.from({length: 257}, (_, last) => ask(last)), [5000, ask(0)[1]]);
    expect(pings).toHaveLength(256);
    expect([pings[0]?.sent, pings[255]?.sent]).toEqual([2, 1]);
  });

  test('an answer to whom nobody has asked, or behind its request a second time, is none', () => {
    expect(said([0, echo(0, 1)]).pings).toEqual([]);
    expect(said([0, echo(8, 1, 40)], [5, echo(0, 1)]).pings).toMatchObject([{answered: 1, leastUs: 5}]);
  });

  test('of IPv6', () => {
    const {pings} = said(
      [0, packet6(58, 64, [128, 0, 0, 0, 0, 1, 0, 1])],
      [10, packet6(58, 64, [128, 0, 0, 0, 0, 1, 0, 2])],
    );
    expect(pings).toMatchObject([{from: 'fd00::1', to: 'fd00::2', sent: 2, answered: 0}]);
  });
});

describe('ways that are traced', () => {
  test('hop by hop, to the end that says so; of each number of hops the first answer', () => {
    const probes = [1, 2, 3].map((ttl) => udp(ttl, ttl));
    const [one = [], two = [], three = []] = probes;
    const {traces, errors} = said(
      ...[[0, one] as const, [100, about('10.0.0.254', usedUp, one)] as const],
      ...[[200, two] as const, [450, about(router, usedUp, two)] as const],
      ...[[460, about('10.0.7.7', usedUp, two)] as const, [500, three] as const],
      [1000, about(far, closedPort, three)],
    );
    expect(traces).toEqual([
      {
        ...{from: me, to: far, by: 'udp'},
        hops: [
          {
            hops: 1,
            from: '10.0.0.254',
            us: 100,
            frame: 2,
            arrived: false,
            drew: {version: 4, type: 11, code: 0},
          },
          {hops: 2, from: router, us: 250, frame: 4, arrived: false, drew: {version: 4, type: 11, code: 0}},
          {hops: 3, from: far, us: 500, frame: 7, arrived: true, drew: {version: 4, type: 3, code: 3}},
        ],
      },
    ]);
    expect(errors.map(({meaning, way}) => [meaning, way !== undefined])).toEqual([
      ...[1, 2, 3].map(() => ['time exceeded: hop limit', true]),
      ['unreachable: port', true],
    ]);
  });

  test('by echo requests: they are no pings', () => {
    const {traces, pings} = said(
      ...[[0, echo(8, 1, 1)] as const, [90, about(router, usedUp, echo(8, 1, 1))] as const],
      ...[[100, echo(8, 2, 2)] as const, [300, echo(0, 2)] as const],
    );
    expect(traces).toMatchObject([
      {
        by: 'icmp',
        hops: [
          {hops: 1, arrived: false},
          {hops: 2, us: 200, arrived: true},
        ],
      },
    ]);
    expect(pings).toEqual([]);
  });

  // The answer comes from the port that was asked, to the one that asked, and acknowledges the SYN (RFC 9293 §3.10.7.3).
  test('by SYNs: a segment that answers one is the end of the way', () => {
    const syn = (ttl: number, number: number): Octets =>
      packet(me, far, 6, ttl, [0x80, 0, 0, 80, 0, 0, 0, number]);
    const answered = (drew: 'RST' | 'SYN,ACK', ports: Octets, ack: number, ...first: readonly Said[]) => {
      const stories = said(...first);
      const bytes = Uint8Array.from(packet(far, me, 6, 60, [...ports, ...syn(0, 0)]));
      const headers = readFrameHeaders(bytes, LinkTypes.raw, bytes.length);
      const place = {frame: 9, atUs: 500, from: far, to: me};
      stories.segment({bytes, at: headers.transportAt, end: bytes.length, headers, ...place}, seq(ack), drew);
      return stories.traces;
    };
    const way: readonly Said[] = [
      ...[[0, syn(1, 7)] as const, [100, about(router, usedUp, syn(1, 7))] as const],
      [200, syn(2, 8)] as const,
    ];
    const [back, forth] = [
      [0, 80, 0x80, 0],
      [0x80, 0, 0, 80],
    ] as const;
    for (const drew of ['RST', 'SYN,ACK'] as const)
      expect(answered(drew, back, 9, ...way)).toMatchObject([
        {
          ...{from: me, to: far, by: 'tcp'},
          hops: [
            {hops: 1, from: router, us: 100, frame: 2, arrived: false},
            {hops: 2, from: far, us: 300, frame: 9, arrived: true, drew},
          ],
        },
      ]);
    // Another number, another port; nobody traces.
    expect(answered('RST', back, 8, ...way)).toEqual([]);
    expect(answered('RST', forth, 9, ...way)).toEqual([]);
    expect(answered('RST', back, 9, [200, syn(2, 8)])).toEqual([]);
  });

  test('one hop alone is none, and an answer from the end alone neither', () => {
    const ended = said([0, udp(5, 1)], [100, about(far, closedPort, udp(5, 1))]);
    expect(ended.traces).toEqual([]);
    expect(ended.errors).toMatchObject([{way: undefined}]);
    const astray = said([0, udp(5, 1)], [100, about(router, usedUp, udp(5, 1))]);
    expect([astray.traces, astray.errors]).toMatchObject([[], [{way: {hops: [{arrived: false}]}}]]);
  });

  test('a router that refuses is not the end', () => {
    const [one, two] = [udp(1, 1), udp(2, 2)];
    const {traces} = said(
      [0, one],
      [1, about(router, usedUp, one)],
      [2, two],
      [3, about(router, closedPort, two)],
    );
    expect(traces[0]?.hops.map(({arrived}) => arrived)).toEqual([false, false]);
  });

  // An error quotes eight octets (RFC 792): what has fewer cannot be told from others.
  test.each([
    [30, 8, 1],
    [31, 8, 0],
    [30, 7, 0],
  ])('hops %i, octets %i', (ttl, size, ways) => {
    const probe = udp(ttl, 9, size);
    const first = udp(1, 1);
    const {traces} = said(
      ...[[0, first] as const, [1, about(router, usedUp, first)] as const],
      ...[[2, probe] as const, [3, about(router, usedUp, probe)] as const],
    );
    expect(traces).toHaveLength(ways);
  });
});

test('how large packets may be (RFC 1191 §4, RFC 4443 §3.2)', () => {
  const tooBig = [2, 0, 0, 0, 0, 1, 0, 2, ...packet6(17, 1, [])];
  const {errors} = said(
    [0, about(router, [3, 4], udp(64, 1), 1400)],
    [1, about(router, [3, 1], udp(64, 1), 1400)],
    [2, packet6(58, 64, tooBig)],
  );
  expect(errors.map(({meaning, mtu, way}) => [meaning, mtu, way !== undefined])).toEqual([
    ['unreachable: fragmentation needed', 1400, false],
    ['unreachable: host', undefined, false],
    ['packet too big', 65_538, false],
  ]);
});

test('an echo that was quoted or answered has a fate: used up on the way, come, or nobody can tell', () => {
  const fates = new FateColumns();
  const probes = [echo(8, 1, 1), echo(8, 2, 3), echo(8, 3, 9)];
  const stories = saidOf(
    fates,
    ...probes.map((octets, index) => [index, octets] as const),
    [10, about(router, usedUp, echo(8, 1, 1))],
    [11, echo(0, 2)],
  );
  const quoted = Uint8Array.from(echo(8, 1, 1));
  const headers = readFrameHeaders(quoted, LinkTypes.raw, quoted.length);
  stories.told(headers, quoted, {verdict: Verdict.expired, frame: 4});
  const told = probes.map((_, index) => meaningOf(fates.verdict(index + 1)));
  expect(told.map(({what, how, reason}) => `${what} ${how} ${reason ?? ''}`.trim())).toEqual([
    ...['lost proved ttl', 'delivered proved', 'unknown presumed'],
  ]);
  expect(probes.map((_, index) => fates.shownBy(index + 1))).toEqual([[4], [5], []]);
});
