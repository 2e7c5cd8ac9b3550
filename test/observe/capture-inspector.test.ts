// One pass over frames that were written out octet by octet (RFC 791, RFC 8200, RFC 768, RFC 826, RFC 1035): what is counted, and as what.
import {describe, expect, test} from 'vitest';
import {CaptureInspector, endpointText} from '../../source/observe/capture-inspector.ts';
import {bytesOf} from '../../source/observe/datagrams.ts';
import {Verdict} from '../../source/observe/fate-columns.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import type {CaptureRecord} from '../../source/wire/pcap/record.ts';

const octets = (hex: string) => octetsOf(hex.replaceAll(/\s/g, ''));
const word = (value: number) => value.toString(16).padStart(4, '0');
const [a, b] = ['c0000201', 'c0000202'];

const ip4 = (protocol: string, payload: string, {from = a, to = b, fragment = '0000'} = {}) => {
  const size = 20 + octets(payload).length;
  return `4500 ${word(size)} 0001 ${fragment} 40${protocol} 0000 ${from} ${to} ${payload}`;
};
const ip6 = (next: string, payload: string) =>
  `60000000 ${word(octets(payload).length)} ${next} 40 ${'20'.repeat(16)} ${'30'.repeat(16)} ${payload}`;
const udp = (from: number, to: number, payload: string, length = 8 + octets(payload).length) =>
  `${word(from)} ${word(to)} ${word(length)} 0000 ${payload}`;
const tcp = (from: number, to: number, flags: string, payload = '') =>
  `${word(from)} ${word(to)} 00000064 00000065 50${flags} ffff 0000 0000 ${payload}`;

const query = '0007 0100 0001 0000 0000 0000 0161 00 0001 0001';
const answer = '0007 8180 0001 0000 0000 0000 0161 00 0001 0001';

type Frame = string | (Partial<CaptureRecord> & {readonly hex: string});

const inspected = (frames: readonly Frame[], options?: ConstructorParameters<typeof CaptureInspector>[0]) => {
  const inspector = new CaptureInspector(options);
  const seen = frames.map((frame, index) => {
    const {hex, ...more} = typeof frame === 'string' ? {hex: frame} : frame;
    const bytes = octets(hex);
    const plain = {nanoseconds: 0, linkType: 101, comments: [], fileOffset: 0, interfaceId: 0} as const;
    const record = {
      ...plain,
      frameNumber: index + 1,
      atUs: 1000 * index,
      bytes,
      originalLength: bytes.length,
    };
    return inspector.add({...record, ...more});
  });
  return {inspector, seen};
};

test('ends with ports, addresses of IPv6 in brackets (RFC 3986 §3.2.2)', () => {
  expect(endpointText({address: '192.0.2.1', port: 5})).toBe('192.0.2.1:5');
  expect(endpointText({address: '::1', port: 5})).toBe('[::1]:5');
});

describe('the capture', () => {
  const at = (...times: readonly number[]) =>
    inspected(times.map((atUs) => ({hex: ip4('11', udp(5, 6, '')), atUs}))).inspector;

  test('frames, how long, and when', () => {
    expect([at().frames, at().durationUs, at().takenUs]).toEqual([0, 0, undefined]);
    expect([at(5).frames, at(5, 9, 7).durationUs]).toEqual([1, 2]);
    // The year 2000.
    const year2000 = Date.UTC(2000, 0) * 1000;
    expect([at(year2000).takenUs, at(year2000 + 1, 5).takenUs]).toEqual([undefined, year2000 + 1]);
  });

  test('frames that were cut', () => {
    const hex = ip4('11', udp(5, 6, 'aabb'));
    const cut = (originalLength: number) => inspected([{hex, originalLength}]).inspector.cut;
    expect([cut(octets(hex).length), cut(octets(hex).length + 1)]).toEqual([0, 1]);
  });
});

test('of segments that nobody asks to explain all is counted, and nothing worked out of what became of them', () => {
  const frames = ['10', '18', '18', '11'].map((flags) => ip4('06', tcp(5, 80, flags, 'aabb')));
  const [whole, counted] = [true, false].map(
    (explains) => inspected(frames, {explains}).inspector.connections[0],
  );
  expect(whole?.counts).toMatchObject({packets: 4, resent: 3, fin: 1});
  expect(counted?.counts).toEqual(whole?.counts);
  expect([whole?.notes.silence?.us, counted?.notes.silence]).toEqual([1000, undefined]);
  expect([whole, counted].map((each) => each?.reasons(0).resendings.count)).toEqual([3, 0]);
});

describe('beside TCP and UDP', () => {
  test('ARP, ICMP of each version, tags', () => {
    const arp =
      '020000000002 020000000001 0806 0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202';
    const tagged = `020000000002 020000000001 8100 0005 0800 ${ip4('01', '0800 0000 0000 0000')}`;
    const {inspector, seen} = inspected([
      ...[{hex: arp, linkType: 1} as const, {hex: tagged, linkType: 1} as const],
      ...[
        ip4('01', '0800 0000 0000 0000'),
        ip6('3a', '8000 0000 0000 0000'),
        ip6('01', '0800 0000 0000 0000'),
      ],
      ip4('3a', '8000 0000 0000 0000'),
    ]);
    expect(inspector.others).toEqual({arp: 1, icmp: 2, icmpv6: 1, vlan: 1});
    expect([inspector.arp.requests, inspector.arp.unanswered]).toEqual([1, ['192.0.2.2']]);
    expect(seen.every((each) => each === undefined)).toBe(true);
  });

  test('fragments, and what they make together', () => {
    const whole = udp(5, 6, '00'.repeat(16));
    const [first, second] = [whole.replaceAll(' ', '').slice(0, 32), whole.replaceAll(' ', '').slice(32)];
    const {inspector, seen} = inspected([
      ip4('11', first, {fragment: '2000'}),
      ip4('11', second, {fragment: '0002'}),
    ]);
    expect([inspector.pieces, inspector.datagrams]).toEqual([2, 1]);
    expect([seen[0], seen[1] && 'datagrams' in seen[1] && bytesOf(seen[1].datagrams)]).toEqual([
      undefined,
      [16, 0],
    ]);
  });
});

describe('TCP', () => {
  test('connections by their ends, another SYN begins another one', () => {
    const syn = (sequence: string) => `c350 0050 ${sequence} 00000000 5002 ffff 0000 0000`;
    const {inspector, seen} = inspected([
      ...[ip4('06', syn('00000001')), ip4('06', tcp(80, 50_000, '12'), {from: b, to: a})],
      ...[ip4('06', tcp(50_000, 80, '14')), ip4('06', syn('00005001')), ip6('06', syn('00000001'))],
    ]);
    expect(inspector.connections).toHaveLength(3);
    expect(seen.map((each) => each && 'connection' in each && [each.connection.id, each.side])).toEqual([
      ...[
        [1, 0],
        [1, 1],
      ],
      ...[
        [1, 0],
        [2, 0],
        [3, 0],
      ],
    ]);
    expect(inspector.unfollowed).toBe(0);
  });

  test('a header that is no header is no segment', () => {
    expect(inspected([ip4('06', 'c350 0050')]).seen).toEqual([undefined]);
  });
});

describe('UDP', () => {
  test('datagrams beside those of name servers; of DNS questions with their answers', () => {
    const {inspector, seen} = inspected([
      ...[ip4('11', udp(40_000, 53, query)), ip4('11', udp(53, 40_000, answer), {from: b, to: a})],
      ip4('11', udp(5000, 6000, 'aabbcc')),
    ]);
    expect(inspector.datagrams).toBe(1);
    expect(inspector.dns.all).toMatchObject([
      {
        client: '192.0.2.1:40000',
        server: '192.0.2.2:53',
        queryFrame: 1,
        responseFrame: 2,
        queryUs: 0,
        responseUs: 1000,
      },
    ]);
    expect(seen.map((each) => each && 'datagrams' in each && [each.datagrams.id, each.side])).toEqual([
      ...[
        [1, 0],
        [1, 1],
        [2, 0],
      ],
    ]);
    expect(inspector.udp.all[1]?.ways.map((each) => each.bytes)).toEqual([3, 0]);
  });

  test('an answer that is captured first is still the server’s', () => {
    const {inspector} = inspected([ip4('11', udp(53, 40_000, answer), {from: b, to: a})]);
    expect(inspector.dns.unasked).toMatchObject([{client: '192.0.2.1:40000', server: '192.0.2.2:53'}]);
  });

  test('its length is what the header says, not what was captured, nor what lies behind', () => {
    const bytes = (payload: string, length: number) =>
      inspected([ip4('11', udp(5000, 6000, payload, length))]).inspector.udp.all[0]?.ways[0].bytes;
    expect([bytes('aabb', 10), bytes('aabb', 9), bytes('aabb', 20), bytes('', 0)]).toEqual([2, 1, 12, 0]);
  });

  test('without contents what programs say is left alone, and fates are judged', () => {
    const frames = [ip4('11', udp(40_000, 53, query)), ip4('06', tcp(50_000, 80, '02'))];
    const {inspector, seen} = inspected(frames, {contents: false});
    expect([seen[0], inspector.dns.all, inspector.connections.length]).toEqual([undefined, [], 1]);
    expect(inspector.fates.verdict(1)).toBe(Verdict.unknown);
  });

  test('a datagram whose header was cut', () => {
    expect(inspected([ip4('11', '1388 1770')]).seen).toEqual([undefined]);
  });
});

describe('ICMP about what was sent', () => {
  const unreachable = (code: string, quoted: string) =>
    ip4('01', `03${code} 0000 0000 0514 ${quoted}`, {from: b, to: a});

  test('a refused datagram has come, as the host itself says (RFC 1122 §3.2.2.1)', () => {
    const datagram = ip4('11', udp(5000, 6000, 'aa'));
    const {fates} = inspected([datagram, unreachable('03', datagram)]).inspector;
    expect([fates.verdict(1), fates.shownBy(1)]).toEqual([Verdict.delivered, [2]]);
  });

  // RFC 1812 §5.2.7.1: of each kind of packet, as its sender hears it.
  test.each([
    ['a SYN', ip4('06', tcp(50_000, 80, '02'))],
    ['a datagram', ip4('11', udp(5000, 6000, 'aa'))],
    ['an echo request', ip4('01', '0800 0000 1234 0001')],
  ])('%s, refused, is lost', (_, packet) => {
    const fateOf = (code: string) => {
      const {fates} = inspected([packet, unreachable(code, packet)]).inspector;
      return [fates.verdict(1), fates.shownBy(1)];
    };
    expect(['00', '01', '05', '0d'].map(fateOf)).toEqual([
      [Verdict.noRoute, [2]],
      [Verdict.noHost, [2]],
      [expect.anything(), []],
      [Verdict.filtered, [2]],
    ]);
  });

  test('of several datagrams that wait one has been refused, and nobody knows which', () => {
    const datagram = ip4('11', udp(5000, 6000, 'aa'));
    const {fates} = inspected([datagram, datagram, unreachable('0d', datagram)]).inspector;
    expect([1, 2].map((frame) => fates.verdict(frame))).toEqual([Verdict.presumedLost, Verdict.presumedLost]);
  });

  test('of a connection the first refusal is noted, with who said so', () => {
    const segment = ip4('06', tcp(50_000, 80, '02'));
    const notes = (code: string) =>
      inspected([segment, unreachable(code, segment)]).inspector.connections[0]?.notes;
    expect(notes('01')?.refusal).toEqual({frame: 2, from: '192.0.2.2', version: 4, type: 3, code: 1});
    expect(notes('04')?.tooBig).toEqual({
      ...{frame: 2, from: '192.0.2.2', to: '192.0.2.1', mtu: 0x514, rewritten: false},
    });
    expect(notes('04')?.refusal).toBeUndefined();
  });
});
