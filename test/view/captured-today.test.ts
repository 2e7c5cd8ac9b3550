// Recorded captures as the player shows them. What became of each packet is tshark's word: which packet an ICMP error quotes
// (`icmp.type`, the ports inside), which numbers an ACK of QUIC names (`quic.ack.*`), which addresses a name has (`dns.a`, `dns.aaaa`).
import {describe, expect, test} from 'vitest';
import {fateOf} from '../../source/account/fates.ts';
import {packetOf} from '../../source/account/packet.ts';
import {packetLayers} from '../../source/observe/packet-layers.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {layoutOf, usualSpread} from '../../source/view/layout.ts';
import {viewOf} from '../../source/view/view.ts';
import {whyOf} from '../../source/view/why/scene-why.ts';
import {todayTrace} from '../helpers/captured-today.ts';
import {some, thorough} from '../helpers/seeds.ts';
import {act, canvasOf, open, started, textOf} from './player.ts';
import '../helpers/meaning.ts';

const traced = (): Trace => todayTrace('27a-traceroute.pcap');

const fates = (trace: Trace): readonly string[] =>
  Array.from({length: trace.packetCount}, (_, index) => {
    const fate = fateOf(trace, packetOf(trace, index + 1));
    return [fate?.what, fate?.how, fate?.reason, ...(fate?.shownBy ?? [])].filter(Boolean).join(' ');
  });

const atEnd = (trace: Trace, size = {columns: 80, rows: 24}): readonly string[] => {
  const opened = open({trace});
  return textOf(canvasOf(opened, act(opened, started(), {kind: 'toEnd'}), size));
};

describe('what a router or a host said became of a packet', () => {
  test('probes whose hops were used up are lost, what is answered has come', () => {
    const all = fates(traced());
    expect([3, 5, 7, 9, 11, 13].map((id) => all[id - 1])).toEqual([
      ...['lost proved ttl 4', 'lost proved ttl 6', 'delivered proved 8'],
      ...['lost proved ttl 10', 'lost proved ttl 12', 'delivered proved 14'],
    ]);
  });

  test('segments that were too big are lost, each by its own message', () => {
    const all = fates(todayTrace('27e-packet-too-big.pcap'));
    const told = [10, 11, 12, 13, 14, 20].map((id) => all[id - 1]);
    expect(told).toEqual([15, 16, 17, 18, 19, 22].map((id) => `lost proved too big ${id}`));
  });

  test('packets of QUIC whose numbers an ACK names have come', () => {
    const trace = todayTrace('22c-quic-retry.pcapng');
    const shown = fates(trace).flatMap((fate, index) =>
      fate.startsWith('delivered proved') ? [`${index + 1} ${fate.split(' ').slice(2).join(' ')}`] : [],
    );
    expect(shown.length).toBeGreaterThan(8);
    for (const each of shown) {
      const [packet, by] = each.split(' ').map(Number);
      expect(by).toBeGreaterThan(packet ?? 0);
      expect(packetOf(trace, by ?? 0).from).toBe(packetOf(trace, packet ?? 0).to);
    }
  });

  test.each([
    [10, {says: 'player.ruleReasons.icmpErrors.hops', packet: 9}],
    [8, {says: 'player.ruleReasons.icmpErrors.port', packet: 7}],
    [14, {says: 'player.whyTexts.answers', packet: 13}],
  ])('*Why?* of packet %i', (id, said) => {
    const trace = traced();
    const event = packetOf(trace, id).sendEvent;
    const view = viewOf({...open({trace}), playback: started(), message: undefined});
    expect(whyOf(view, event).paragraphs.join(' ')).toSay(said);
  });
});

// `tls.alert_message.desc` and `.level` with the key log; who sends, by `ip.src`.
test.each([
  [
    '24i-tls13-expired-certificate.pcap',
    10,
    /client .*certificate_expired.* handshake fails/,
    /客户端.*握手失败/,
  ],
  [
    '24k-tls13-grease-hello.pcap',
    11,
    /client .*user_canceled.* close_notify has to follow/,
    /客户端.*放弃握手/,
  ],
  ['24e-tls10-tls11.pcap', 26, /server .*close_notify.* answer .*RFC 5246 §7\.2\.1/, /服务器.*立即回/],
  ['24e-tls10-tls11.pcap', 28, /client .*close_notify.* orderly end/, /客户端.*正常结束/],
] as const)('*Why?* of the alert in %s, packet %i', (name, id, en, zh) => {
  const trace = todayTrace(name);
  const event = packetOf(trace, id).sendEvent;
  for (const [language, said] of [
    ['en', en],
    ['zh', zh],
  ] as const) {
    const view = viewOf({...open({trace}), playback: started({language}), message: undefined});
    const why = whyOf(view, event);
    expect(why.paragraphs[0]).toMatch(said);
    expect(why.heading).toMatch(/(alert|警报) \w+/);
  }
});

// `dns.a` and `dns.count.answers` of the answers by the server of the zone; `dns.flags.authoritative`.
test('an answer that has no room keeps its address, how many more there are and its flags; its name stands in the question', () => {
  const last = atEnd(todayTrace('23e-dnssec-bogus.pcap'), {columns: 80, rows: 24});
  const answers = last.filter((line) => line.includes('10.77.89.66'));
  expect(answers.length).toBeGreaterThan(2);
  for (const line of answers) expect(line).toMatch(/ A 10\.77\.89\.66 \+1 AA=[01] /);
});

// The server of that capture is gone: packets 18 and later of the client have no answer.
test('probes of QUIC into silence are drawn as what nobody knows the fate of', () => {
  const trace = todayTrace('22k-quic-idle-timeout.pcap');
  const drawn = atEnd(trace, {columns: 120, rows: 50}).filter((line) => line.includes('STREAM 4'));
  expect(drawn.length).toBeGreaterThan(5);
  for (const line of drawn) expect(line).toMatch(/─\?│ arrival unknown/);
});

test.each([
  ['27c-dhcp.pcap', 'dhcp.option.dhcp', /asks all hosts on the link/, /向本链路上的所有主机要一个地址/],
  ['27c-dhcp.pcap', 'arp.opcode', /so it asks all hosts/i, /于是询问所有主机/],
  ['22c-quic-retry.pcapng', 'quic.retry_token', /wants proof that the client/, /要客户端证明/],
  ['21e-h2-ping-reset-goaway.pcap', 'http2.rst_stream.error', /RFC 9113 §6\.4/, /RFC 9113 §6\.4/],
  [
    '21e-h2-ping-reset-goaway.pcap',
    'http2.goaway.error',
    /GOAWAY NO_ERROR, last stream 7\. .* accepts no new streams/,
    /GOAWAY NO_ERROR，最后的流是 7。.*不再接受新的流/,
  ],
  [
    '21k-h2-protocol-error.pcap',
    'http2.goaway.error',
    /GOAWAY PROTOCOL_ERROR, last stream 1\. .* because of an error/,
    /GOAWAY PROTOCOL_ERROR，最后的流是 1。.*因为出错而结束连接/,
  ],
])('*Why?* in %s of %s', (name, field, en, zh) => {
  const trace = todayTrace(name);
  const has = (id: number): boolean =>
    packetLayers(trace, id).layers.some(({fields}) => fields.some((each) => each.name === field));
  const id = Array.from({length: trace.packetCount}, (_, index) => index + 1).find(has) ?? 0;
  for (const [language, said] of [
    ['en', en],
    ['zh', zh],
  ] as const) {
    const view = viewOf({...open({trace}), playback: started({language}), message: undefined});
    expect(whyOf(view, packetOf(trace, id).sendEvent).paragraphs.join(' ')).toMatch(said);
  }
});

describe('how it is drawn', () => {
  test('a probe tells how far it may go, and ends where its hops did', () => {
    const lines = atEnd(traced(), {columns: 120, rows: 40}).join('\n');
    expect(lines).toMatch(/ICMP echo request TTL=1 .*✗/);
    expect(lines).toMatch(/ICMP echo request TTL=3 ─*▸/);
    expect(lines).toContain('1.63 ms');
    expect(lines).not.toMatch(/● 1 ms/);
    expect(atEnd(todayTrace('23e-dnssec-bogus.pcap')).join('\n')).toMatch(/● 67\.9 ms$/m);
  });

  test('ends on one machine are headed by their sockets, once', () => {
    const opened = open({trace: todayTrace('28n-h2-server-first.pcap')});
    const shown = act(opened, started({focus: 'stream'}), {kind: 'toEnd'});
    const lines = textOf(canvasOf(opened, shown, {columns: 120, rows: 40})).join('\n');
    expect(lines).toMatch(/stream {3}127\.0\.0\.1:\d+ ▸ 127\.0\.0\.1:\d+ /);
  });

  test('both families of a name are two lifelines, and the one that was used tells its states', () => {
    const lines = atEnd(todayTrace('26a-happy-eyeballs-v6-black-hole.pcap'), {columns: 120, rows: 60});
    expect(lines[2]).toMatch(/10\.77\.119\.2, fd77:77::2 .* 10\.77\.119\.80, fd77:77::80/);
    expect(lines.join('\n')).toMatch(/├── #1 IPv6 SYN /);
    expect(lines.join('\n')).toMatch(/◌ESTABLISHED/);
  });

  test('an address stands apart from Chinese', () => {
    const opened = open({trace: todayTrace('25i-http-cors-preflight.pcap')});
    const end = act(opened, started({language: 'zh', focus: 'graph'}), {kind: 'toEnd'});
    const lines = textOf(canvasOf(opened, end, {columns: 120, rows: 40})).join('\n');
    expect(lines).toMatch(/10\.77\.141\.\d+ 发出的字节/);
  });

  test('neighbours answer on the link: how far the ends of a connection are does not put them before its beginning', () => {
    const trace = todayTrace('26c-happy-eyeballs-v6-slow.pcap');
    expect(packetOf(trace, 9).sentUs).toBeGreaterThan(packetOf(trace, 8).sentUs);
    expect(atEnd(trace).at(-3)).toMatch(/^ +0 ━/);
  });

  test.each([
    [60, 15],
    [80, 24],
    [120, 40],
    [200, 60],
  ])('at %i×%i without a narration', (columns, rows) => {
    const told = layoutOf({columns, rows}, 'en', usualSpread);
    const untold = layoutOf({columns, rows}, 'en', {...usualSpread, untold: true});
    expect(untold.ladder.bottom).toBeGreaterThan(told.ladder.bottom);
    expect(untold.ladder.bottom).toBeLessThan(untold.timelineRow - 1);
    const lines = atEnd(todayTrace('22c-quic-retry.pcapng'), {columns, rows});
    const last = lines.findLastIndex((line) => line.split('│').length >= 3 || /[├┤]/.test(line));
    expect(untold.ladder.bottom - last).toBeLessThan(3);
  });

  test.each([
    [80, 24],
    [120, 40],
    [200, 60],
  ])('at %i×%i the timeline stays', (columns, rows) => {
    const trace = todayTrace('24c-tls13-mutual-resumed.pcap');
    const opened = open({trace});
    const events = Array.from({length: trace.length - 1}, (_, index) => index + 1);
    for (const language of ['en', 'zh'] as const)
      for (const event of some(events, 6)) {
        const canvas = canvasOf(opened, started({language, event}), {columns, rows});
        expect(canvas.collisions, `event ${event}`).toBe(0);
        expect(textOf(canvas)[rows - 3]).toMatch(/^ +0 [━┈●]/);
      }
  });

  test('what is told of an event has a second row where it needs one', () => {
    const opened = open({trace: todayTrace('22c-quic-retry.pcapng')});
    const lines = textOf(canvasOf(opened, started({language: 'zh', event: 30}), {columns: 80, rows: 24}));
    const told = lines.slice(19, 21).map((line) => line.trim());
    expect(told.join('')).toMatch(/^第 30 个事件，共 46 个：第 16 个分组：1-RTT: .*852 ms 发出$/);
  });

  test('what QUIC has sealed is not called absent', () => {
    const opened = open({trace: todayTrace('22e-h3-lost-datagram.pcap')});
    for (const [language, said] of [
      ['en', 'any data is encrypted by QUIC'],
      ['zh', '若有数据，已由 QUIC 加密'],
    ] as const) {
      const end = act(opened, started({language, focus: 'layers'}), {kind: 'toEnd'});
      const shown = act(opened, end, {kind: 'select', selection: {packet: 78}});
      const lines = textOf(canvasOf(opened, shown, {columns: 120, rows: 40}));
      expect(lines.join('\n')).toContain(said);
    }
  });

  thorough('below the bytes the ladder has packets, or is not there', () => {
    const trace = todayTrace('22e-h3-lost-datagram.pcap');
    const opened = open({trace});
    const end = act(opened, started({focus: 'bytes'}), {kind: 'toEnd'});
    for (let packet = 1; packet <= trace.packetCount; packet += 7) {
      const shown = act(opened, end, {kind: 'select', selection: {packet}});
      const lines = textOf(canvasOf(opened, shown, {columns: 120, rows: 40})).join('\n');
      if (/(earlier|later) packet/.test(lines)) expect(lines, `packet ${packet}`).toMatch(/^▸.*│/m);
    }
  });
});
