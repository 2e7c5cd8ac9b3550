// Findings of which no recorded capture has an example, in packets that are made by hand.
import {expect, test} from 'vitest';
import {finding} from '../../source/verdict/finding.ts';
import {listedText} from '../../source/view/findings/listed.ts';
import {dns, foundIn, icmp, neighbour, tcp, toldOf, udp} from './crafted.ts';

const out = {from: 2, to: 80};
const back = {from: 80, to: 2};
const router = {from: 1, to: 2};
const ask = udp(out, [5000, 53], dns(7, 0x0100));
const answer = (rcode: number, id = 7) => udp(back, [53, 5000], dns(id, 0x8180 | rcode));

test('an error other than the three that have a finding of their own', () => {
  expect(
    foundIn([
      [0, ask],
      [10, answer(1)],
    ]),
  ).toContain('dns-failed fault');
  expect(
    foundIn([
      [0, ask],
      [10, answer(4)],
    ]),
  ).toContain('dns-failed fault');
  expect(
    foundIn([
      [0, ask],
      [10, answer(2)],
    ]),
  ).not.toContain('dns-failed fault');
  expect(
    foundIn([
      [0, ask],
      [10, answer(0)],
    ]),
  ).not.toContain('dns-failed fault');
});

test('a reply under another number is told, and is no forgery yet', () => {
  const told = foundIn([
    [0, ask],
    [5, answer(3, 8)],
    [10, answer(0)],
  ]);
  expect(told).toContain('dns-odd-reply note');
  expect(told).not.toContain('dns-forged fault');
  expect(
    foundIn([
      [0, ask],
      [10, answer(0)],
    ]),
  ).not.toContain('dns-odd-reply note');
});

test('one question without an answer, though the server answers others', () => {
  const other = udp(out, [5001, 53], dns(9, 0x0100).with(13, 0x74));
  const itsAnswer = udp(back, [53, 5001], dns(9, 0x8180).with(13, 0x74));
  const told = foundIn([
    [0, ask],
    [10, other],
    [20, itsAnswer],
    [9000, icmp(out, 8, 0, [])],
  ]);
  expect(told).toContain('dns-unanswered note');
  expect(told).not.toContain('dns-server-silent fault');
  expect(
    foundIn([
      [0, ask],
      [10, answer(0)],
      [9000, icmp(out, 8, 0, [])],
    ]),
  ).not.toContain('dns-unanswered note');
});

test('a router that has no route, or does not find the host', () => {
  const sent = udp(out, [5000, 5001], [1, 2, 3]);
  const told = (code: number) =>
    foundIn([
      [0, sent],
      [5, icmp(router, 3, code, sent)],
    ]);
  expect(told(0)).toContain('net-unreachable fault');
  expect(told(1)).toContain('host-unreachable fault');
  expect(told(3).filter((each) => each.includes('host-') || each.includes('net-'))).toEqual([]);
});

const ports = [40_000, 80] as const;
const ports2 = [80, 40_000] as const;
const [syn, synAck, ack, push, rst] = [2, 18, 16, 24, 4];
const opened = [
  [0, tcp(out, {ports, seq: 1000, flags: syn})],
  [1, tcp(back, {ports: ports2, seq: 9000, ack: 1001, flags: synAck})],
  [2, tcp(out, {ports, seq: 1001, ack: 9001, flags: ack})],
] as const;

test('data in the SYN', () => {
  const told = foundIn([
    [0, tcp(out, {ports, seq: 1000, flags: syn, data: [1, 2]})],
    [1, tcp(back, {ports: ports2, seq: 9000, ack: 1003, flags: synAck})],
    [2, tcp(out, {ports, seq: 1003, ack: 9001, flags: ack})],
  ]);
  expect(told).toContain('fast-open note');
  expect(foundIn(opened)).not.toContain('fast-open note');
});

test('an older connection answers the SYN by a challenge ACK', () => {
  const told = foundIn([
    [0, tcp(out, {ports, seq: 1000, flags: syn})],
    [1, tcp(back, {ports: ports2, seq: 77, ack: 55, flags: ack})],
    [1000, tcp(out, {ports, seq: 1000, flags: syn})],
    [1001, tcp(back, {ports: ports2, seq: 9000, ack: 1001, flags: synAck})],
    [1002, tcp(out, {ports, seq: 1001, ack: 9001, flags: ack})],
  ]);
  expect(told).toContain('challenge-ack note');
  expect(foundIn(opened)).not.toContain('challenge-ack note');
});

test('an RST outside the window ends nothing', () => {
  const told = foundIn([...opened, [3, tcp(back, {ports: ports2, seq: 500, flags: rst})]]);
  expect(told).toContain('reset-stray note');
  expect(foundIn([...opened, [3, tcp(back, {ports: ports2, seq: 9001, flags: rst})]])).not.toContain(
    'reset-stray note',
  );
});

test('a ClientHello of SSL 2.0 before a server that does not speak it', () => {
  const hello = [0x80, 0x2e, 1, 0, 2, 0, 21, 0, 0, 0, 16, ...Array.from({length: 37}, () => 5)];
  const alert = [21, 3, 1, 0, 2, 2, 70];
  const said = (data: readonly number[]) =>
    foundIn([
      ...opened,
      [3, tcp(out, {ports, seq: 1001, ack: 9001, flags: push, data})],
      [4, tcp(back, {ports: ports2, seq: 9001, ack: 1001 + data.length, flags: push, data: alert})],
    ]);
  expect(said(hello)).toContain('tls-old-hello note');
  expect(said([1, 2, 3, 4])).not.toContain('tls-old-hello note');
});

const request = [...new TextEncoder().encode('GET / HTTP/1.1\r\nHost: a\r\n\r\n')];
const response = [...new TextEncoder().encode('HTTP/1.1 204 No Content\r\n\r\n')];

test('a server that closes before it has answered is at fault, one that has not answered yet is not', () => {
  const asked = [
    ...opened,
    [3, tcp(out, {ports, seq: 1001, ack: 9001, flags: push, data: request})],
  ] as const;
  const next = 1001 + request.length;
  const closed = (seq: number, at: number) =>
    [
      [at, tcp(back, {ports: ports2, seq, ack: next, flags: 17})],
      [at + 1, tcp(out, {ports, seq: next, ack: seq + 1, flags: 17})],
      [at + 2, tcp(back, {ports: ports2, seq: seq + 1, ack: next + 1, flags: ack})],
    ] as const;
  expect(foundIn([...asked, ...closed(9001, 5)])).toContain('http-unanswered fault');
  expect(foundIn(asked)).toContain('http-unanswered note');
  const answered = [
    5,
    tcp(back, {ports: ports2, seq: 9001, ack: next, flags: push, data: response}),
  ] as const;
  const told = foundIn([...asked, answered, ...closed(9001 + response.length, 6)]);
  expect(told.filter((each) => each.startsWith('http-unanswered'))).toEqual([]);
});

const finAck = 17;
const rstAck = 20;
const text = (line: string): readonly number[] => [...Buffer.from(line)];
const get = text('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
const asked = 1001 + get.length;

test('a plain request on a port of TLS that nobody answers is told once, with the port', () => {
  const on = (port: number) =>
    foundIn([
      [0, tcp(out, {ports: [40_000, port], seq: 1000, flags: syn})],
      [1, tcp(back, {ports: [port, 40_000], seq: 9000, ack: 1001, flags: synAck})],
      [2, tcp(out, {ports: [40_000, port], seq: 1001, ack: 9001, flags: push, data: get})],
      [3, tcp(back, {ports: [port, 40_000], seq: 9001, ack: asked, flags: ack})],
    ]);
  expect(on(443)).toEqual(['http-unanswered note']);
  expect(on(80)).toEqual(['http-unanswered note']);
});

const exchanged = [
  ...opened,
  [3, tcp(out, {ports, seq: 1001, ack: 9001, flags: push, data: text('what')})],
  [4, tcp(back, {ports: ports2, seq: 9001, ack: 1005, flags: push, data: text('that')})],
] as const;

test('an RST behind both FINs that answers data: its program had closed before it had read them', () => {
  const closed = [
    ...exchanged,
    [5, tcp(out, {ports, seq: 1005, ack: 9005, flags: finAck})],
    [6, tcp(back, {ports: ports2, seq: 9005, ack: 1005, flags: push, data: text('bye')})],
    [7, tcp(back, {ports: ports2, seq: 9008, ack: 1005, flags: finAck})],
  ] as const;
  expect(foundIn([...closed, [8, tcp(out, {ports, seq: 1005, flags: rst})]])).toContain('reset-unread note');
  const silent = [...exchanged, [5, tcp(out, {ports, seq: 1005, ack: 9005, flags: finAck})]] as const;
  expect(
    foundIn([
      ...silent,
      [6, tcp(back, {ports: ports2, seq: 9005, ack: 1006, flags: finAck})],
      [7, tcp(out, {ports, seq: 1006, flags: rst})],
    ]).filter((each) => each.startsWith('reset-unread')),
  ).toEqual([]);
  // Nothing is missing: the other end ends by RST where a FIN was to come.
  expect(
    foundIn([...silent, [6, tcp(back, {ports: ports2, seq: 9005, ack: 1006, flags: rstAck})]]),
  ).toContain('reset-abort note');
});

test('FIN, and then RST though nothing came between: its program had closed with a window full of what it had not read', () => {
  const bulk = Array.from({length: 1000}, () => 7);
  const uploaded = (window: number) =>
    foundIn([
      ...exchanged,
      ...[0, 1, 2].flatMap(
        (at) =>
          [
            [5 + 2 * at, tcp(out, {ports, seq: 1005 + 1000 * at, ack: 9005, flags: push, data: bulk})],
            [6 + 2 * at, tcp(back, {ports: ports2, seq: 9005, ack: 2005 + 1000 * at, flags: ack, window})],
          ] as const,
      ),
      [12, tcp(back, {ports: ports2, seq: 9005, ack: 4005, flags: finAck, window})],
      [13, tcp(back, {ports: ports2, seq: 9006, ack: 4005, flags: rstAck, window})],
    ]).filter((each) => each.startsWith('reset-'));
  expect(uploaded(1000)).toEqual(['reset-unread note']);
  expect(uploaded(0xffff)).toEqual([]);
});

test('a client gives the handshake up by an alert that is no error', () => {
  const alert = (description: number) =>
    foundIn([
      ...opened,
      [3, tcp(out, {ports, seq: 1001, ack: 9001, flags: push, data: [21, 3, 3, 0, 2, 1, description]})],
    ]);
  expect(alert(90)).toContain('tls-canceled note');
  expect(alert(0)).not.toContain('tls-canceled note');
});

test('a signature of DNS whose time is over, or has not come', () => {
  const dayMs = 86_400_000;
  const takenMs = 1_700_000_000_000;
  const four = (value: number): readonly number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
  const rrsig = (fromMs: number, untilMs: number): readonly number[] => [
    ...[0xc0, 12, 0, 46, 0, 1, 0, 0, 1, 44, 0, 23, 0, 1, 13, 2, 0, 0, 1, 44],
    ...[...four(untilMs / 1000), ...four(fromMs / 1000), 0, 7, 0, 1, 2, 3, 4],
  ];
  const signed = (fromMs: number, untilMs: number) => {
    const answered = [...dns(1, 0x8180), ...rrsig(fromMs, untilMs)].with(7, 1);
    return foundIn([
      [takenMs, udp(out, [40_000, 53], dns(1, 0x0100))],
      [takenMs + 5, udp(back, [53, 40_000], answered)],
    ]);
  };
  expect(signed(takenMs - 9 * dayMs, takenMs - dayMs)).toContain('dns-signature fault');
  expect(signed(takenMs + dayMs, takenMs + 9 * dayMs)).toContain('dns-signature fault');
  expect(signed(takenMs - dayMs, takenMs + dayMs)).not.toContain('dns-signature fault');
});

/** The packet with another checksum of TCP (36) or UDP (26). */
const summedWrong = (packet: readonly number[], at: 26 | 36) => packet.with(at, (packet[at] ?? 0) ^ 0x55);
const aboutSums = (told: readonly string[]) => told.filter((each) => /^(bad-checksum|edited)/.test(each));

test('a wrong checksum is damage only of a packet that is whole in the file, and an alteration only of one that was taken', () => {
  const data = tcp(out, {ports, seq: 1001, ack: 9001, flags: push, data: text('what is it')});
  const bare = (seq: number) => tcp(out, {ports, seq, ack: 9001, flags: ack});
  const acked = [4, tcp(back, {ports: ports2, seq: 9001, ack: 1011, flags: ack})] as const;
  const sums = (packet: readonly number[], after: readonly (typeof acked)[] = []) =>
    aboutSums(foundIn([...opened, [3, packet], ...after]));
  expect(sums(summedWrong(data, 36))).toEqual(['bad-checksum fault']);
  expect(sums(data.slice(0, -3))).toEqual([]);
  expect(sums(summedWrong(data, 36), [acked])).toEqual(['edited note']);
  expect(sums(summedWrong(bare(1001), 36))).toEqual([]);
});

test('a question with a wrong checksum that was answered under another name was altered in the file', () => {
  const given = udp(back, [53, 5000], dns(7, 0x8180).with(13, 0x74));
  const rest = Array.from({length: 3}, (_, at) => [20 + at, tcp(out, {ports, seq: at, flags: syn})] as const);
  const told = foundIn([[0, summedWrong(ask, 26)], [10, given], ...rest]);
  expect(aboutSums(told)).toEqual(['edited note']);
  expect(told).not.toContain('dns-odd-reply note');
  expect(foundIn([[0, ask], [10, given], ...rest])).toContain('dns-odd-reply note');
});

test('routers that drop packets are told one by one, and one that answers multicast is at fault itself', () => {
  const sent = udp(out, [5000, 9], [1, 2, 3, 4]);
  const from = (last: number, quoted: readonly number[]) => icmp({from: last, to: 2}, 11, 0, quoted);
  const said = (quoted: readonly number[]) =>
    foundIn([
      [0, quoted],
      [1, from(1, quoted)],
      [2, from(1, quoted)],
      [3, from(3, quoted)],
    ]).filter((each) => !each.startsWith('not-read'));
  expect(said(sent)).toEqual(['ttl-expired fault', 'ttl-expired fault']);
  expect(said(sent.with(16, 224))).toEqual(['icmp-error note', 'icmp-error note']);
});

test('a DHCP client that nobody answers, beside one that has an answer', () => {
  const dhcp = (client: number, type: number) => [
    ...[type === 2 ? 2 : 1, 1, 6, 0, ...Array.from({length: 29}, () => 0), client],
    ...[...Array.from({length: 202}, () => 0), 0x63, 0x82, 0x53, 0x63, 53, 1, type, 255],
  ];
  const discover = (client: number) => udp({from: 0, to: 255}, [68, 67], dhcp(client, 1));
  const alone = [
    [0, discover(1)],
    [1000, discover(1)],
  ] as const;
  const offer = udp({from: 1, to: 2}, [67, 68], dhcp(2, 2));
  expect(toldOf(alone)).toContain('no DHCP server');
  expect(toldOf(alone)).not.toContain('10.0.0.255');
  const both = toldOf([...alone, [2000, discover(2)], [2001, offer]]);
  expect(both).toContain('10.0.0.1 answered another client');
  expect(both).toContain('Check the DHCP server (10.0.0.1)');
});

test('findings of one kind are listed by their names, and only counted if they have none', () => {
  const about = {capture: true} as const;
  const across = finding('captured-across', {about, facts: {device: 'nat', packets: 2, aside: 0}});
  const on = finding('opened-before', {about: {connection: 2}, facts: {}});
  expect(listedText({finding: across, alike: [across]}, false).en).toMatch(/one more like this\.$/);
  expect(listedText({finding: on, alike: [on]}, false).en).toMatch(/one more like this: #2\.$/);
});

test('an error for a message that is no question for records', () => {
  // An inverse query (RFC 1035 §6.4): no question, and a record whose name is looked for.
  const record = [...[4, 0x73, 0x68, 0x6f, 0x70, 0, 0, 1, 0, 1], ...[0, 0, 0, 0, 0, 4, 10, 0, 0, 9]];
  const inverse = udp(out, [5000, 53], [...[0, 7, 0x09, 0, 0, 0, 0, 1, 0, 0, 0, 0], ...record]);
  const status = udp(out, [5000, 53], [0, 7, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const failed = (rcode: number) => udp(back, [53, 5000], [0, 7, 0x90, rcode, 0, 0, 0, 0, 0, 0, 0, 0]);
  const told = (asks: readonly number[], rcode: number) =>
    toldOf([
      [0, asks],
      [10, failed(rcode)],
    ]);
  expect(told(inverse, 4)).toContain('answered the message IQUERY for shop with the error NOTIMP');
  expect(told(status, 5)).toContain('answered the message STATUS for <Root> with the error REFUSED');
  expect(told(inverse, 0)).not.toContain('dns-failed');
});

test('IPv6 neighbor discovery is told as ARP is', () => {
  const asks = [0, 1000, 2000].map((ms) => [ms, neighbour(135, [1, 0], 1)] as const);
  expect(foundIn(asks)).toEqual(['arp-unanswered fault']);
  // An answer to one host need not have the option (RFC 4861 §4.4).
  expect(foundIn([...asks, [2001, neighbour(136, [9, 1])]])).toEqual([]);
  const claims = [9, 8, 9, 8].map((hardware, at) => [3000 + at, neighbour(136, [9, 0], hardware)] as const);
  expect(foundIn([...asks, ...claims])).toEqual(['address-conflict fault']);
});

test('a fragment without the beginning of its datagram has no ports', () => {
  const sent = udp(out, [5000, 9], [1, 2, 3, 4]);
  const told = (quoted: readonly number[]) => toldOf([[0, icmp({from: 1, to: 2}, 3, 13, quoted)]]);
  expect(told(sent)).toContain('to 10.0.0.80 port 9 with');
  expect(told(sent.with(7, 5))).toContain('to 10.0.0.80 with');
  expect(foundIn([[0, sent.with(7, 5)]])).toEqual([]);
});
