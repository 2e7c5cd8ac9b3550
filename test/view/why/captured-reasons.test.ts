// *Why?* of what somebody else's programs say: DNS, ARP, alerts, GOAWAY; what is known of arrivals where the capture was taken, and why
// there is no estimate of a time. What the packets are is tshark's word for these files.
import {describe, expect, test} from 'vitest';
import {loadData} from '../../../source/lesson/load-data.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {encodePcap} from '../../../source/wire/pcap/writer.ts';
import {ropeFromBytes} from '../../../source/wire/rope.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {open, started} from '../player.ts';

const data = loadData({rules: dataFile('rules')});
const rules = data.ok ? data.value.rules : [];

const why = (trace: Trace, subject: Subject, language: Language = 'en') => {
  const opened = open({trace, rule: (id) => rules.find((rule) => rule.id === id)});
  return whyAbout(
    viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined}),
    subject,
  );
};

const sent = (trace: Trace, packet: number, language: Language = 'en') =>
  why(trace, {kind: 'event', event: trace.packet(packet).sendEvent}, language);
const come = (trace: Trace, packet: number, language: Language = 'en') =>
  why(trace, {kind: 'event', event: trace.packet(packet).endEvent ?? 0}, language).paragraphs;

const walk = '13a-dns-full-walk.pcap';

describe('DNS', () => {
  test('a query with RD wants the whole answer, one without what the server knows (RFC 1035 §4.1.1, RFC 1034 §5.3.3)', () => {
    const trace = capturedTrace(walk);
    expect(sent(trace, 3).paragraphs).toEqual([
      'Its sender wants the A records of www.example.com and asks the server to find the whole answer: RD is set (RFC 1035 §4.1.1).',
    ]);
    expect(sent(trace, 3, 'zh').paragraphs).toEqual([
      '发送方要 www.example.com 的 A 记录，请服务器负责找到完整的答案：RD 置 1（RFC 1035 §4.1.1）。',
    ]);
    expect(sent(trace, 6).paragraphs[0]).toMatch(
      /^Its sender wants the NS records of \. and asks this server only/,
    );
    expect(sent(trace, 6, 'zh').paragraphs[0]).toMatch(/^发送方要 \. 的 NS 记录，只问这台服务器/);
  });

  test('a response says to which query, and whether it refers to others', () => {
    const trace = capturedTrace(walk);
    expect(sent(trace, 13).paragraphs.at(-1)).toMatch(
      /^It is the response to packet 12 \(RFC 1035 §4\.1\.1\)\. It is a referral: .*\(RFC 1034 §4\.3\.1\)\.$/,
    );
    expect(sent(trace, 13, 'zh').paragraphs[0]).toMatch(
      /^它是对第 12 个分组的响应（RFC 1035 §4\.1\.1）。这是一个转介：/,
    );
    // With AA, and an answer: none.
    expect(sent(trace, 7).paragraphs).toEqual(['It is the response to packet 6 (RFC 1035 §4.1.1).']);
    expect(sent(trace, 7, 'zh').paragraphs).toEqual(['它是对第 6 个分组的响应（RFC 1035 §4.1.1）。']);
  });

  // Whoever shows a capture without its contents, as `show --json` does, judges as the player does.
  test('a query whose ID a response carries has come (RFC 1035 §4.1.1)', () => {
    const trace = capturedTrace(walk);
    expect(trace.packet(12).deduced).toEqual({what: 'delivered', how: 'proved', shownBy: [13]});
    expect(come(trace, 12).slice(1)).toEqual([
      'Proved: the response carries its ID (RFC 1035 §4.1.1).',
      'Packet 13 shows it.',
    ]);
  });

  const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};
  const message = (change: Partial<DnsMessage> = {}): DnsMessage => ({
    ...{id: 7, opcode: 0, flags, rcode: 0, answers: [], authorities: [], additionals: []},
    questions: [{name: 'y.abc.com.', type: 1, class: 1}],
    ...change,
  });

  /** Over UDP from one port. */
  const asked = (said: readonly (readonly [atUs: number, message: DnsMessage])[]): Trace => {
    const records = said.map(([atUs, each]) => {
      const ends = ['192.0.2.1', '192.0.2.2'] as const;
      const [src, dst] = each.flags.qr ? [ends[1], ends[0]] : ends;
      const [srcPort, dstPort] = each.flags.qr ? [53, 40_000] : [40_000, 53];
      const datagram = {srcPort, dstPort, payload: ropeFromBytes(encodeDns(each))};
      const ip = {version: 4, ttl: 64, id: 1, dontFragment: true, trafficClass: 0} as const;
      const packet = {...ip, src, dst, transport: {kind: 'udp', datagram} as const};
      const link = {src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02'};
      const bytes = encodeFrame({...link, payload: {kind: 'ip', packet}});
      return {atUs, bytes, originalLength: bytes.length};
    });
    return traceOfFile(Buffer.concat([...encodePcap(1, records)]), 'asked.pcap');
  };
  const again =
    /^It asks again: packet 1 asked the same, and no answer to it has passed since \(RFC 1035 §4\.2\.1\)\. Its sender wants/;
  const response = message({flags: {...flags, qr: true}});

  test('the same question, unanswered, is asked again', () => {
    const trace = asked([
      [0, message()],
      [1_000_000, message()],
    ]);
    expect(sent(trace, 2).paragraphs[0]).toMatch(again);
    expect(sent(trace, 2, 'zh').paragraphs[0]).toMatch(
      /^它再次询问：第 1 个分组问过同样的问题，此后没有看到应答（RFC 1035 §4\.2\.1）。发送方要/,
    );
    expect(sent(trace, 1).paragraphs[0]).toMatch(/^Its sender wants/);
  });

  test.each([
    [
      'it was answered',
      [
        [0, message()],
        [9000, response],
        [1_000_000, message()],
      ],
      3,
    ],
    [
      'it has another ID',
      [
        [0, message()],
        [1_000_000, message({id: 8})],
      ],
      2,
    ],
    [
      'it asks for another type',
      [
        [0, message()],
        [1_000_000, message({questions: [{name: 'y.abc.com.', type: 28, class: 1}]})],
      ],
      2,
    ],
    [
      'one frame was captured twice',
      [
        [0, message()],
        [40, message()],
      ],
      2,
    ],
  ] as const)('not where %s', (_, said, packet) => {
    expect(sent(asked(said), packet).paragraphs[0]).toMatch(/^Its sender wants/);
  });

  test.each([
    ['another operation than a query (NOTIFY)', {opcode: 4}],
    ['a transfer of a zone', {questions: [{name: 'abc.com.', type: 252, class: 1}]}],
    ['no question', {questions: []}],
  ])('%s: nothing is made up', (_, change) => {
    expect(sent(asked([[0, message(change)]]), 1).paragraphs[0]).toMatch(/^The capture does not tell why/);
  });

  test('a response whose query was not captured', () => {
    expect(sent(asked([[0, response]]), 1).paragraphs[0]).toMatch(
      /^It is a response, and the capture does not show to which query/,
    );
  });
});

// tshark: an alert in packet 8 of the one, GOAWAY in 60 of the other, RST_STREAM in 10 of the third.
test.each([
  [
    '16k-tls-no-common-cipher.pcap',
    8,
    /^The server sends the TLS alert handshake_failure/,
    'RFC 5246 §7.2.2',
  ],
  ['../captures-today/21c-h2-priorities-window-updates.pcap', 60, /^It holds GOAWAY/, 'RFC 9113 §6.8'],
  ['../captures-today/28n-h2-server-first.pcap', 10, /^It holds RST_STREAM/, 'RFC 9113 §6.4'],
  ['13m-dns-over-tcp.pcapng', 6, /^Its sender wants/, 'RFC 1035 §4.1.1'],
] as const)('%s: what is said comes first, TCP only carries it', (name, packet, text, clause) => {
  const trace = capturedTrace(name);
  const [en, zh] = [sent(trace, packet), sent(trace, packet, 'zh')];
  const carrier = en.paragraphs.findIndex((each) => text.test(each)) + 1;
  expect(carrier).toBeGreaterThan(0);
  expect(en.paragraphs[carrier]).toMatch(/^TCP: Deduced, as far as this stack follows RFC 9293: /);
  expect(zh.paragraphs[carrier]).toMatch(/^TCP：推断（假定/);
  expect(en.rule?.startsWith(`${clause}; ◌ RFC 9293 §`)).toBe(true);
  expect(zh.rule?.startsWith(`${clause}；◌ RFC 9293 §`)).toBe(true);
});

describe('ARP', () => {
  // tshark: packet 19 goes to a hardware address, packet 1 of the other to ff:ff:ff:ff:ff:ff.
  test('whoever has an address asks there alone whether it still holds (RFC 1122 §2.3.2.1)', () => {
    const trace = capturedTrace('07a-black-hole-default.pcap');
    expect(sent(trace, 19).paragraphs[0]).toMatch(
      /^Its sender has a hardware address for 10\.77\..*\(RFC 1122 §2\.3\.2\.1\)\.$/,
    );
    expect(sent(trace, 19, 'zh').paragraphs[0]).toMatch(/^发送方已有 10\.77\..* 的硬件地址/);
    expect(sent(capturedTrace(walk), 1).paragraphs[0]).toMatch(/So it asks everybody/);
  });

  test('what shows that it has come is a matter of ARP, not of TCP', () => {
    const trace = capturedTrace(walk);
    expect(come(trace, 1).slice(1)).toEqual([
      'Proved: a reply to it came, and only a host that it has reached replies (RFC 826).',
      'Packet 2 shows it.',
    ]);
    expect(come(trace, 2)[1]).toMatch(/^Proved: its receiver, .* sends packets for it to that/);
    expect(come(trace, 1, 'zh')[1]).toMatch(/^已证实：有应答返回/);
    expect(come(trace, 2, 'zh')[1]).toMatch(
      /^已证实：接收方先前向所有主机询问过这个地址，后来把发往它的分组/,
    );
  });
});

describe('arrivals', () => {
  // One end answers more than ten times as fast as the other: the capture was taken there.
  test('what was captured on a host has come to it', () => {
    const trace = capturedTrace('14c-http11-pipelining.pcap');
    const {vantage} = trace.header;
    const own = [...trace.events()].filter(
      (event) => event.kind === 'arrive' && event.host === vantage?.host && !event.estimated,
    );
    expect(own.length).toBeGreaterThan(1);
    for (const event of own) {
      if (event.kind !== 'arrive') continue;
      const [en, zh] = [come(trace, event.packet), come(trace, event.packet, 'zh')];
      expect(en[0]).toMatch(
        /^Deduced: by its times the capture seems to be taken at this host, so it has come here\./,
      );
      expect(zh[0]).toMatch(/^推断：从时间看，抓包像是在这台主机上进行的，所以它已经到了这里。/);
      expect(en.join(' ')).not.toMatch(/nothing shows that it arrived/);
      expect(/Whether the stack took it/.test(en[0] ?? '')).toBe(event.presumed ?? false);
      expect(/协议栈有没有收下它/.test(zh[0] ?? '')).toBe(event.presumed ?? false);
      expect(en.some((each) => each.startsWith('Proved'))).toBe(!event.presumed);
    }
    const presumed = own.map((event) => event.kind === 'arrive' && event.presumed === true);
    expect(presumed).toContain(true);
    expect(presumed).toContain(false);
  });

  test('why there is no estimate is said', () => {
    const trace = capturedTrace('01a-client-close-idle.pcap');
    expect(come(trace, 1)[0]).toMatch(/: it crosses one link only/);
    expect(come(trace, 3)[0]).toMatch(/: both ends answer within a millisecond/);
    expect(come(capturedTrace(walk), 3)[0]).toMatch(
      /: a way is measured by acknowledgments of TCP, and none/,
    );
    expect(
      [come(trace, 1, 'zh'), come(trace, 3, 'zh'), come(capturedTrace(walk), 3, 'zh')].map(([each]) => each),
    ).toEqual([
      expect.stringMatching(/：它只经过一条链路/),
      expect.stringMatching(/：双方都在一毫秒之内应答/),
      expect.stringMatching(/：往返时间要靠 TCP 的确认来量/),
    ]);
  });
});

// tshark: 1480 octets from 0 and from 1480, 48 from 2960, of identification 0x833a.
test('a fragment says of what it is a piece (RFC 791 §3.2)', () => {
  const trace = capturedTrace('18q-udp-fragments.pcap');
  expect([4, 5, 6].map((id) => sent(trace, id).paragraphs[0]?.replace(/ The receiver.*/, ''))).toEqual(
    ['0 to 1479', '1480 to 2959', '2960 to 3007'].map(
      (bytes) =>
        `It is a fragment of one UDP packet that was too large for a link: bytes ${bytes} of identification 833a.`,
    ),
  );
  expect(sent(trace, 5, 'zh').paragraphs[0]).toMatch(
    /^它是一个 UDP 分组的分片，.*标识 833a，第 1480–2959 字节。/,
  );
});

test('what shows a state is named, and is not its cause', () => {
  const trace = capturedTrace('01a-client-close-idle.pcap');
  const states = [...trace.events()].filter((event) => event.kind === 'state');
  const told = states.slice(0, 5).map(({n}) => why(trace, {kind: 'event', event: n}));
  expect(told.map(({causedBy}) => causedBy)).toEqual([
    ...[undefined, 'packet 3 arriving', 'packet 4 arriving', 'packet 5 arriving', undefined],
  ]);
  expect(told.map(({previous}) => previous)).toEqual(told.map(({causedBy}) => causedBy));
  expect(
    told.map(({paragraphs}) => paragraphs.filter((each) => /^Packet \d+ shows it\.$/.test(each))),
  ).toEqual([
    ...[['Packet 3 shows it.'], ['Packet 4 shows it.'], ['Packet 5 shows it.'], [], ['Packet 6 shows it.']],
  ]);
  // An end that opens is in SYN-SENT whatever becomes of its SYN (RFC 9293 §3.10.1): a firewall has dropped this one.
  const barred = capturedTrace('06e-firewall-reject-icmp.pcap');
  const opening = [...barred.events()].find((event) => event.kind === 'state' && event.to === 'SYN-SENT');
  const first = told.find(({heading}) => heading.includes('SYN-SENT'));
  for (const {paragraphs} of [why(barred, {kind: 'event', event: opening?.n ?? 0}), first ?? expect.fail()])
    expect(paragraphs[0]).toBe('A capture has no states, so this one is deduced.');
  const others = told.filter(({heading}) => /ESTABLISHED|FIN-WAIT/.test(heading));
  expect(others.length).toBeGreaterThan(1);
  for (const {paragraphs} of others) expect(paragraphs[0]).toContain('sent to it were delivered');
});

test('a time that was estimated is told in one clause after another', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const event = [...trace.events()].find((each) => each.kind === 'send' && each.estimated)?.n ?? 0;
  const told = why(trace, {kind: 'event', event}, 'zh').paragraphs.find((each) =>
    each.includes('没有人看到它发出'),
  );
  expect(told?.match(/：/g)).toHaveLength(1);
});

test('an arrival is doubted only where nothing proves it', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const seen = '≈ Nobody saw it arrive: this is half of the measured way there and back after it left';
  // Packet 4 acknowledges it.
  expect(come(trace, 3).slice(0, 1)).toEqual([`${seen}.`]);
  expect(come(trace, 3, 'zh')[0]).toBe('≈ 没有人看到它到达：这个时刻是发出之后加上往返时间的一半。');
  const presumed = [...trace.events()].find(
    (event) => event.kind === 'arrive' && event.estimated && event.presumed && event.packet > 0,
  );
  expect(why(trace, {kind: 'event', event: presumed?.n ?? 0}).paragraphs[0]).toBe(
    `${seen}, if it arrived at all.`,
  );
});

// tshark: packet 6 of this capture is a neighbour solicitation from :: (RFC 4862 §5.4.2); packet 4 of the other one an MLD report.
test.each([
  ['00a-handshake-only.pcap', 6],
  ['07a-black-hole-default.pcap', 4],
])('%s: who sends packet %i has no address yet (RFC 4291 §2.5.2)', (name, packet) => {
  const trace = capturedTrace(name);
  const field = {kind: 'field', packet, field: 'ipv6.src'} as const;
  expect(why(trace, field).paragraphs.at(-1)).toMatch(
    /^It stands for no address: who sends the packet has none yet/,
  );
  expect(why(trace, field, 'zh').paragraphs.at(-1)).toMatch(/^它不代表任何地址：发送方还没有可用的地址/);
});

// RFC 6691 §2: “the sender MUST reduce the TCP data length to account for any IP or TCP options that it is including”. By tshark: both SYNs
// with MSS 1460 and timestamps, packet 7 with 1448 bytes.
test('a full segment is smaller than the MSS by what timestamps take', () => {
  const trace = capturedTrace('18m-sequence-wrap.pcap');
  expect(sent(trace, 7).heading).toContain('these 1448 bytes');
  expect(sent(trace, 7).paragraphs[1]).toBe(
    'It is full: 1460 − 12 = 1448. The MSS of the SYNs leaves options out of account, so the sender takes them off, and timestamps ride in every segment with 12 bytes (RFC 9293 §3.7.1, RFC 6691 §2).',
  );
  expect(sent(trace, 7, 'zh').paragraphs[1]).toMatch(/^这个报文段是满的：1460 − 12 = 1448。/);
  // The SYN carries no data.
  expect(sent(trace, 1).paragraphs.join(' ')).not.toContain('It is full');
});

// RFC 768 has no acknowledgments; those of QUIC are its own (RFC 9000 §13.2).
test('of a datagram that nothing proves it is said that UDP has no acknowledgments', () => {
  const seen = {datagrams: 0, others: 0};
  for (const name of [
    '13c-dns-nxdomain.pcap',
    walk,
    '00a-handshake-only.pcap',
    '07a-black-hole-default.pcap',
  ]) {
    const trace = capturedTrace(name);
    for (const {endEvent, frame, id} of Array.from({length: trace.packetCount}, (_, n) =>
      trace.packet(n + 1),
    )) {
      if (endEvent === undefined) continue;
      const told = [come(trace, id), come(trace, id, 'zh')].map((each) => each.join(' '));
      const isDatagram = frame?.payload.kind === 'ip' && frame.payload.packet.transport.kind === 'udp';
      if (!/nothing speaks against it/.test(told[0] ?? '')) continue;
      seen[isDatagram ? 'datagrams' : 'others'] += 1;
      expect(/because UDP has none/.test(told[0] ?? ''), `${name} ${id}`).toBe(isDatagram);
      expect(/UDP 没有确认/.test(told[1] ?? ''), `${name} ${id}`).toBe(isDatagram);
    }
  }
  expect(Math.min(seen.datagrams, seen.others)).toBeGreaterThan(0);
});

// RFC 9156 §2, RFC 7816 §2. Oracle: the questions of that recording of BIND, whose client asks for deep.a.b.c.example.com.
test('a query for less than the name that was asked for is told as QNAME minimisation', () => {
  const trace = capturedTrace('13j-dns-bind-resolver.pcap');
  const told = (packet: number, language: 'en' | 'zh' = 'en') =>
    sent(trace, packet, language).paragraphs.join(' ');
  for (const [packet, name] of [
    [3, 'com'],
    [10, 'example.com'],
    [12, 'c.example.com'],
    [16, 'a.b.c.example.com'],
  ] as const) {
    expect(told(packet)).toContain('packet 1 has asked its sender for deep.a.b.c.example.com, and is not');
    expect(told(packet)).toContain(`no more than ${name}, so it is told no more`);
    expect(told(packet, 'zh')).toContain('QNAME 最小化（RFC 9156 §2）：第 1 个分组');
  }
  // The root’s own servers, an address of another name, and the whole name at last.
  for (const packet of [2, 6, 18]) expect(told(packet)).not.toContain('minimisation');
  for (const packet of [8, 12, 16])
    expect(sent(capturedTrace(walk), packet).paragraphs.join(' ')).not.toContain('9156');
});

// RFC 9293 §3.5, Figure 7: the SYN,ACKs cross, and so do the ACKs that answer them. Oracle: packets 10 and 11 leave before either has come.
test('what has crossed a segment is not what the segment answers', () => {
  const trace = capturedTrace('00c-simultaneous-open.pcap');
  for (const packet of [11, 12]) {
    const text = sent(trace, packet).paragraphs.join(' ');
    expect(text).toContain('whose numbers were all received before');
    expect(text).not.toContain('carries nothing');
  }
});
