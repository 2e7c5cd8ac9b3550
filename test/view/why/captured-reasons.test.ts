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
import {isSaid} from '../../helpers/meaning.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

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
    const [asks, ...others] = sent(trace, 3).paragraphs;
    expect(asks).toSay({
      ...{says: 'player.ruleReasons.dnsAsks', name: 'www.example.com', type: 'A', recursive: true},
    });
    expect(others).toEqual([]);
    expect(sent(trace, 6).paragraphs[0]).toSay({
      ...{says: 'player.ruleReasons.dnsAsks', name: '.', type: 'NS', root: true},
    });
  });

  test('a response says to which query, and whether it refers to others', () => {
    const trace = capturedTrace(walk);
    expect(sent(trace, 13).paragraphs.at(-1)).toSay({
      ...{says: 'player.ruleReasons.dnsAnswers', packet: 12, referral: true},
    });
    // With AA, and an answer: none.
    expect(sent(trace, 7).paragraphs[0]).toSay({
      ...{says: 'player.ruleReasons.dnsAnswers', packet: 6, referral: false},
    });
    expect(sent(trace, 7).paragraphs).toHaveLength(1);
  });

  // Whoever shows a capture without its contents, as `show --json` does, judges as the player does.
  test('a query whose ID a response carries has come (RFC 1035 §4.1.1)', () => {
    const trace = capturedTrace(walk);
    expect(trace.packet(12).deduced).toEqual({what: 'delivered', how: 'proved', shownBy: [13]});
    const [, proved, shown] = come(trace, 12);
    expect(proved).toSay({says: 'fates.fateReasons.delivered.response'});
    expect(shown).toBe('Packet 13 shows this.');
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
  const again = {says: 'player.ruleReasons.dnsAsks', again: 1};
  const response = message({flags: {...flags, qr: true}});

  test('the same question, unanswered, is asked again', () => {
    const trace = asked([
      [0, message()],
      [1_000_000, message()],
    ]);
    expect(sent(trace, 2).paragraphs[0]).toSay(again);
    expect(sent(trace, 1).paragraphs[0]).toSay({...again, again: undefined});
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
      'another type is wanted',
      [
        [0, message()],
        [1_000_000, message({questions: [{name: 'y.abc.com.', type: 28, class: 1}]})],
      ],
      2,
    ],
    [
      'a frame captured twice',
      [
        [0, message()],
        [40, message()],
      ],
      2,
    ],
  ] as const)('not where %s', (_, said, packet) => {
    expect(sent(asked(said), packet).paragraphs[0]).toSay({...again, again: undefined});
  });

  test.each([
    ['another operation than a query (NOTIFY)', {opcode: 4}],
    ['a transfer of a zone', {questions: [{name: 'abc.com.', type: 252, class: 1}]}],
    ['no question', {questions: []}],
  ])('%s: nothing is made up', (_, change) => {
    expect(sent(asked([[0, message(change)]]), 1).paragraphs[0]).toSay({says: 'player.whyTexts.capture'});
  });

  test('a response whose query was not captured', () => {
    expect(sent(asked([[0, response]]), 1).paragraphs[0]).toSay({says: 'player.ruleReasons.dnsAnswers'});
  });
});

// tshark: an alert in packet 8 of the one, GOAWAY in 60 of the other, RST_STREAM in 10 of the third.
test.each([
  ['16k-tls-no-common-cipher.pcap', 8, /^.* alert handshake_failure/, 'RFC 5246 §7.2.2'],
  [
    '../captures-today/21c-h2-priorities-window-updates.pcap',
    60,
    /^This packet contains GOAWAY/,
    'RFC 9113 §6.8',
  ],
  ['../captures-today/28n-h2-server-first.pcap', 10, /^This packet contains RST_STREAM/, 'RFC 9113 §6.4'],
  ['13m-dns-over-tcp.pcapng', 6, /^Its sender wants/, 'RFC 1035 §4.1.1'],
] as const)('%s: what TCP carries comes first', (name, packet, text, clause) => {
  const trace = capturedTrace(name);
  const {paragraphs, rule} = sent(trace, packet);
  const carrier = paragraphs.findIndex((each) => text.test(each)) + 1;
  expect(carrier).toBeGreaterThan(0);
  expect(paragraphs[carrier]).toMatch(/^TCP: /);
  expect(paragraphs[carrier]).toSay({says: 'capture.explainedBy', rfc: '9293'});
  expect(rule?.startsWith(`${clause}; ◌ RFC 9293 §`)).toBe(true);
});

describe('ARP', () => {
  // tshark: packet 19 goes to a hardware address, packet 1 of the other to ff:ff:ff:ff:ff:ff.
  test('whoever has an address asks there alone whether it still holds (RFC 1122 §2.3.2.1)', () => {
    const trace = capturedTrace('07a-black-hole-default.pcap');
    expect(sent(trace, 19).paragraphs[0]).toSay({
      says: 'player.ruleReasons.arpPolls',
      address: '10.77.132.80',
    });
    expect(sent(capturedTrace(walk), 1).paragraphs[0]).toSay({says: 'player.ruleReasons.arpRequest'});
  });

  test('what shows that it has come is a matter of ARP, not of TCP', () => {
    const trace = capturedTrace(walk);
    const [, proved, shown] = come(trace, 1);
    expect(proved).toSay({says: 'fates.fateReasons.delivered.asked'});
    expect(shown).toBe('Packet 2 shows this.');
    expect(come(trace, 2)[1]).toSay({says: 'fates.fateReasons.delivered.told'});
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
      const told = come(trace, event.packet);
      expect(told[0]).toSay({
        says: 'player.whyTexts.capturedHere',
        how: event.presumed ? 'presumed' : 'proved',
      });
      expect(told.join(' ')).not.toSay({says: 'fates.fateReasons.delivered.presumed'});
      expect(told.some((each) => each.startsWith('Proved'))).toBe(!event.presumed);
    }
    const presumed = own.map((event) => event.kind === 'arrive' && event.presumed === true);
    expect(presumed).toContain(true);
    expect(presumed).toContain(false);
  });

  test('why there is no estimate is said', () => {
    const trace = capturedTrace('01a-client-close-idle.pcap');
    expect(come(trace, 1)[0]).toSay({says: 'player.whyTexts.untimed', why: 'link'});
    expect(come(trace, 3)[0]).toSay({says: 'player.whyTexts.untimed', why: 'short'});
    expect(come(capturedTrace(walk), 3)[0]).toSay({says: 'player.whyTexts.untimed', why: 'none'});
  });
});

// tshark: 1480 octets from 0 and from 1480, 48 from 2960, of identification 0x833a.
test('a fragment says of what it is a piece (RFC 791 §3.2)', () => {
  const trace = capturedTrace('18q-udp-fragments.pcap');
  for (const [id, first, last] of [
    [4, 0, 1479],
    [5, 1480, 2959],
    [6, 2960, 3007],
  ] as const)
    expect(sent(trace, id).paragraphs[0]).toSay({
      ...{says: 'player.ruleReasons.fragment', protocol: 'UDP', first, last, id: '833a'},
    });
});

test('what shows a state is named, and is not its cause', () => {
  const trace = capturedTrace('01a-client-close-idle.pcap');
  const states = [...trace.events()].filter((event) => event.kind === 'state');
  const told = states.slice(0, 5).map(({n}) => why(trace, {kind: 'event', event: n}));
  expect(told.map(({causedBy}) => causedBy)).toEqual([
    ...[undefined, 'packet 3 arrived', 'packet 4 arrived', 'packet 5 arrived', undefined],
  ]);
  expect(told.map(({previous}) => previous)).toEqual(told.map(({causedBy}) => causedBy));
  expect(
    told.map(({paragraphs}) => paragraphs.filter((each) => /^Packet \d+ shows this\.$/.test(each))),
  ).toEqual([
    ...[
      ['Packet 3 shows this.'],
      ['Packet 4 shows this.'],
      ['Packet 5 shows this.'],
      [],
      ['Packet 6 shows this.'],
    ],
  ]);
  // An end that opens is in SYN-SENT whatever becomes of its SYN (RFC 9293 §3.10.1): a firewall has dropped this one.
  const barred = capturedTrace('06e-firewall-reject-icmp.pcap');
  const opening = [...barred.events()].find((event) => event.kind === 'state' && event.to === 'SYN-SENT');
  const first = told.find(({heading}) => heading.includes('SYN-SENT'));
  for (const {paragraphs} of [why(barred, {kind: 'event', event: opening?.n ?? 0}), first ?? expect.fail()])
    expect(paragraphs[0]).toSay({says: 'player.whyTexts.deduced', opens: true});
  const others = told.filter(({heading}) => /ESTABLISHED|FIN-WAIT/.test(heading));
  expect(others.length).toBeGreaterThan(1);
  for (const {paragraphs} of others) expect(paragraphs[0]).toSay({says: 'player.whyTexts.deduced'});
});

test('a time that was estimated is told in one clause after another', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const event = [...trace.events()].find((each) => each.kind === 'send' && each.estimated)?.n ?? 0;
  const told = why(trace, {kind: 'event', event}, 'zh').paragraphs.find((each) =>
    each.includes('抓包里看不到这个分组何时发出'),
  );
  expect(told?.match(/：/g)).toHaveLength(1);
});

test('an arrival is doubted only where nothing proves it', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const notSeen = {says: 'player.whyTexts.notSeen'};
  // Packet 4 acknowledges it.
  expect(come(trace, 3)[0]).toSay({...notSeen, sure: true});
  const presumed = [...trace.events()].find(
    (event) => event.kind === 'arrive' && event.estimated && event.presumed && event.packet > 0,
  );
  expect(why(trace, {kind: 'event', event: presumed?.n ?? 0}).paragraphs[0]).toSay({
    ...notSeen,
    sure: false,
  });
});

// tshark: packet 6 of this capture is a neighbour solicitation from :: (RFC 4862 §5.4.2); packet 4 of the other one an MLD report.
test.each([
  ['00a-handshake-only.pcap', 6],
  ['07a-black-hole-default.pcap', 4],
])('%s: packet %i from no address (RFC 4291 §2.5.2)', (name, packet) => {
  const trace = capturedTrace(name);
  const field = {kind: 'field', packet, field: 'ipv6.src'} as const;
  expect(why(trace, field).paragraphs.at(-1)).toSay({says: 'why.whyHeader.unset'});
});

// RFC 6691 §2: “the sender MUST reduce the TCP data length to account for any IP or TCP options that it is including”. By tshark: both SYNs
// with MSS 1460 and timestamps, packet 7 with 1448 bytes.
test('a full segment is smaller than the MSS by what timestamps take', () => {
  const trace = capturedTrace('18m-sequence-wrap.pcap');
  expect(sent(trace, 7).heading).toContain('these 1448 bytes');
  expect(sent(trace, 7).paragraphs[1]).toSay({says: 'player.whyTexts.stamped', bytes: 1448, mss: 1460});
  // The SYN carries no data.
  expect(sent(trace, 1).paragraphs.join(' ')).not.toSay({says: 'player.whyTexts.stamped'});
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
      const told = come(trace, id).join(' ');
      const isDatagram = frame?.payload.kind === 'ip' && frame.payload.packet.transport.kind === 'udp';
      const [datagram, other] = ['datagram', 'presumed'].map((name) =>
        isSaid(told, {says: `fates.fateReasons.delivered.${name}`}),
      );
      if (!datagram && !other) continue;
      seen[isDatagram ? 'datagrams' : 'others'] += 1;
      expect(datagram, `${name} ${id}`).toBe(isDatagram);
    }
  }
  expect(Math.min(seen.datagrams, seen.others)).toBeGreaterThan(0);
});

// RFC 9156 §2, RFC 7816 §2. Oracle: the questions of that recording of BIND, whose client asks for deep.a.b.c.example.com.
test('a query for less than the name that was asked for is told as QNAME minimisation', () => {
  const trace = capturedTrace('13j-dns-bind-resolver.pcap');
  const told = (packet: number) => sent(trace, packet).paragraphs.join(' ');
  for (const [packet, name] of [
    [3, 'com'],
    [10, 'example.com'],
    [12, 'c.example.com'],
    [16, 'a.b.c.example.com'],
  ] as const) {
    expect(told(packet)).toSay({
      ...{says: 'player.ruleReasons.dnsMinimised', packet: 1, whole: 'deep.a.b.c.example.com', type: 'NS'},
      ...{hidden: true, servers: true},
    });
    expect(told(packet)).toSay({says: 'player.ruleReasons.dnsMinimised', name});
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
    expect(text).toSay({says: 'rules.9293:3.10.7.4/sequence/duplicate'});
    expect(text).not.toContain('carries nothing');
  }
});
