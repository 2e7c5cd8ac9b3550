// *Why?* of fields of headers: from where their maker has them. Oracles: RFC 791 §3.1, RFC 768, RFC 9293 §3.1, and the packets read by hand.
import {expect, test} from 'vitest';
import {ipPacketOf, packetOf, segmentOf} from '../../../source/account/packet.ts';
import {runScript} from '../../../source/drills/packetdrill/run.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {parsed} from '../../drills/packetdrill/bench.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {todayTrace} from '../../helpers/captured-today.ts';
import {recordings} from '../../helpers/kernel-recordings.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, packet: number, field: string, language: Language = 'en') =>
  whyAbout(viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined}), {
    kind: 'field',
    packet,
    field,
  });

const handshake = runNamed('handshake base');
const tight = (lines: readonly string[] = []): readonly string[] =>
  lines.map((line) => line.replace(/ +/g, ' '));

test('the port that an answer goes to is the one that the question came from', () => {
  const copied = {says: 'why.whyFilled.port', host: 'server', packet: 1};
  expect(why(handshake, 2, 'tcp.dstport').paragraphs[1]).toSay(copied);
  // Sent again by a timer, it still has the port of the SYN.
  expect(why(runNamed('handshake-loss no-third'), 4, 'tcp.dstport').paragraphs[1]).toSay(copied);
  // Nobody told the client, and the URL names no port: the server waits at the port of its service.
  const known = {says: 'why.whyFilled.service'};
  expect(why(runNamed('http-request base'), 1, 'tcp.dstport').paragraphs[1]).toSay({
    ...known,
    ...{port: 80, of: 'HTTP'},
  });
  // Event 3 of that run: connect to port 80 of the server; nobody speaks HTTP there.
  const named = {says: 'why.whyFilled.called', host: 'client', port: 80, of: 'HTTP'};
  expect(why(handshake, 1, 'tcp.dstport').paragraphs[1]).toSay(named);
  expect(why(handshake, 3, 'tcp.dstport').paragraphs[1]).toSay(named);
  expect(why(runNamed('dns-recursion base'), 1, 'udp.dstport').paragraphs[1]).toSay({
    ...known,
    ...{port: 53, of: 'DNS'},
  });
});

// RFC 9293 §3.8.6, SHLD-16. In the kernel's recording, 1500 octets are in flight and the window is 300.
test('a retransmission into a window that has shrunk is as long as the window', () => {
  const source = recordings.find(({name}) => name === 'own/window/shrunk-opens')?.source ?? '';
  const {trace} = runScript(parsed(source));
  const packets = Array.from({length: trace.packetCount}, (_, index) => packetOf(trace, index + 1));
  const cut = packets.find((packet) => segmentOf(packet)?.payload.length === 300) ?? expect.fail('none');
  expect(why(trace, cut.id, 'tcp.len').paragraphs.join(' ')).toSay({
    ...{says: 'why.whySize.shrunk', bytes: 300, beyond: 1200},
  });
  const whole = packets.find(({retransmission}) => retransmission) ?? expect.fail('none');
  expect(why(trace, whole.id, 'tcp.len').paragraphs.join(' ')).not.toSay({says: 'why.whySize.shrunk'});
});

test('lengths have their sums', () => {
  expect(tight(why(handshake, 3, 'ip.hdr_len').formulas[0])).toEqual([
    'ip.hdr_len = 20 + options',
    '20 = 20 + 0',
  ]);
  const header = Number(tight(why(handshake, 1, 'tcp.hdr_len').formulas[0])[1]?.split(' ')[0]);
  expect(header).toBeGreaterThan(20);
  expect(tight(why(handshake, 1, 'tcp.hdr_len').formulas[0])).toEqual([
    'tcp.hdr_len = 20 + options',
    `${header} = 20 + ${header - 20}`,
  ]);
  // RFC 9293 §3.7.1, RFC 7323 §2.2, RFC 2018 §2: what makes a SYN longer.
  expect(why(handshake, 3, 'tcp.hdr_len').paragraphs.join(' ')).toSay({says: 'why.whyFilled.bare'});
  expect(why(handshake, 1, 'tcp.hdr_len').paragraphs.join(' ')).not.toContain('SYNs alone');
  expect(tight(why(handshake, 2, 'tcp.len').formulas[0])).toEqual([
    'tcp.len = ip.len − ip.hdr_len − tcp.hdr_len',
    `0 = ${20 + header} − 20 − ${header}`,
  ]);
});

test('a TTL is what its maker begins with; of a capture nobody knows that', () => {
  expect(why(handshake, 1, 'ip.ttl').paragraphs[1]).toSay({says: 'why.whyFilled.ttl', host: 'client'});
  expect(why(capturedTrace('00a-handshake-only.pcap'), 3, 'ip.ttl').paragraphs.join(' ')).not.toContain(
    'begins',
  );
});

test('a packet that was not cut up says so', () => {
  expect(why(handshake, 1, 'ip.frag_offset').paragraphs[1]).toSay({says: 'why.whyFilled.whole'});
});

test('of the flags each that is set says what it says', () => {
  const {paragraphs} = why(handshake, 2, 'tcp.flags');
  expect(paragraphs[0]).toMatch(/control bits/);
  expect(paragraphs.slice(1, 3).join(' ')).toMatch(/^ACK: .* SYN: /);
  expect(paragraphs.join(' ')).not.toMatch(/FIN:|RST:|PSH:/);
});

// RFC 6056 §2.2.
test('the port that somebody begins from is one that no other conversation has', () => {
  const took = {says: 'why.whyFilled.ephemeral'};
  expect(why(runNamed('http-request base'), 1, 'tcp.srcport').paragraphs[1]).toSay(took);
  expect(why(runNamed('dns-recursion base'), 1, 'udp.srcport').paragraphs[1]).toSay({
    says: 'why.whyFilled.ephemeral',
    host: 'laptop',
  });
  // What began before the capture: nobody knows who did.
  const middle = capturedTrace('../captures-made/midstream-keep-alive.pcap');
  expect(why(middle, 1, 'tcp.srcport').paragraphs.join(' ')).not.toSay(took);
});

// RFC 9293 §3.9.1.1: OPEN (local port, remote socket, …); event 3 of that run: connect, from 40000. RFC 4987 §2.2: no TCP forges a SYN.
test('a port that a program names, and numbers that somebody makes up, nobody has picked', () => {
  const named = {says: 'why.whyFilled.chosen', host: 'client', port: 40_000};
  expect(why(handshake, 1, 'tcp.srcport').paragraphs[1]).toSay(named);
  expect(why(handshake, 3, 'tcp.srcport').paragraphs[1]).toSay(named);
  const flood = runNamed('syn-flood recycle');
  const forged = {says: 'why.whyField.forged', host: 'attacker'};
  expect(why(flood, 2, 'tcp.srcport').paragraphs[1]).toSay(forged);
  expect(why(flood, 2, 'tcp.seq_raw').paragraphs[1]).toSay(forged);
});

// The path gives packet 1 another port: what packet 4 answers is packet 3, the SYN once more (raw events of the run).
test('what the path altered did not go to that port', () => {
  const trace = runNamed('tcp-header what-if 3');
  expect(why(trace, 4, 'tcp.srcport').paragraphs[1]).toSay({
    ...{says: 'why.whyFilled.own', host: 'server', packet: 3},
  });
});

// RFC 826; tshark: packet 1 asks, 2 answers it.
test('what ARP says is told by what it asks or answers, and by whose it is', () => {
  const trace = capturedTrace('14c-http11-pipelining.pcap');
  expect(why(trace, 2, 'arp.opcode').paragraphs[1]).toSay({
    says: 'player.ruleReasons.arpRequest',
    address: '10.77.138.80',
  });
  expect(why(trace, 3, 'arp.opcode').paragraphs[1]).toSay({says: 'player.whyTexts.answers', packet: 2});
  expect(why(trace, 3, 'arp.dst.hw_mac').paragraphs[1]).toSay({
    ...{says: 'why.whyFilled.asker', host: '10.77.138.80', packet: 2},
  });
  expect(why(trace, 2, 'arp.src.hw_mac').paragraphs[1]).toSay({
    says: 'why.whyFilled.ownAddress',
    host: '10.77.138.2',
  });
  for (const field of ['arp.src.hw_mac', 'arp.src.proto_ipv4'])
    expect(why(trace, 3, field).paragraphs[1]).toSay({
      ...{says: 'why.whyFilled.told', packet: 2, address: '10.77.138.80'},
    });
  expect(trace.packet(3).frame?.dst).toBe(trace.packet(2).frame?.src);
  expect(why(trace, 3, 'eth.dst').paragraphs[1]).toSay({says: 'why.whyStation.asker', packet: 2});
  for (const field of ['arp.hw.type', 'arp.proto.type', 'arp.hw.size', 'arp.proto.size'])
    expect(why(trace, 2, field).paragraphs[1]).toSay({says: 'why.whyFilled.always'});
});

// RFC 9293 §3.7: TCP sends bytes again that it has kept. Raw events: packet 7 of `cookies-session what-if 2` is packet 5 sent again by a probe.
test('what a program said is not filled in anew where TCP sends it again', () => {
  const trace = runNamed('cookies-session what-if 2');
  const told = (packet: number, language?: Language) =>
    why(trace, packet, 'http.response.line', language).paragraphs.at(-1);
  expect(packetOf(trace, 7).retransmission).toBe(true);
  expect(told(5)).toSay({says: 'why.whyFilled.payload', by: 'TCP'});
  expect(told(7)).toSay({says: 'why.whyFilled.payload', packet: 5, by: 'TCP'});
  expect(why(trace, 7, 'tcp.window_size_value').paragraphs.join(' ')).not.toSay({
    says: 'why.whyFilled.payload',
  });
});

// RFC 9293 §3.7.1, §3.8.6. Oracles: the calls of these runs (10000 and 10 bytes), and tshark’s tcp.options.mss_val of that capture, 1460.
test('a segment carries what MSS, the window and the data leave', () => {
  const of = (trace: Trace, packet: number, field: string, language?: Language) =>
    why(trace, packet, field, language).paragraphs.join(' ');
  const burst = runNamed('rack-tlp what-if 4');
  expect(of(burst, 6, 'tcp.len')).toSay({says: 'why.whySize.full', left: 9000, mss: 1000});
  expect(of(burst, 7, 'data.len')).toSay({says: 'why.whySize.full', left: 8000, mss: 1000});
  expect(of(runNamed('half-open for-good'), 4, 'data.len')).toSay({says: 'why.whySize.rest', bytes: 10});
  const captured = capturedTrace('14k-http-large-download.pcap');
  expect(of(captured, 9, 'tcp.payload')).toSay({says: 'why.whySize.less', most: 1448});
});

// RFC 4291 §2.7.1, RFC 3810 §5.2.14; tshark: icmpv6.type 143 and 135.
test.each([
  [34, 'ff02::16', 'reports'],
  [1, 'ff02::1:ff92:3687', 'solicited'],
])('packet %s to the group %s', (packet, group, which) => {
  const {heading, paragraphs} = why(capturedTrace('16g-tls13-early-data.pcap'), packet, 'ipv6.dst');
  expect(heading).toContain(group);
  expect(paragraphs[1]).toSay({says: 'why.whyAddress.group', which});
});

// RFC 1812 §4.2.2.5, §5.3.1: routers count down and sum up anew, and the frame is of each link.
test('what those fill in who pass a captured packet on is not said to be its sender’s', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const [syn] = Array.from({length: trace.packetCount}, (_, at) => at + 1).filter(
    (id) => trace.packet(id).frame?.payload.kind === 'ip' && trace.packet(id).bytes[12] === 0x08,
  );
  const told = (field: string) => why(trace, syn ?? expect.fail(), field).paragraphs[1];
  // Packet 2 is the ARP reply of whom the frame is for (RFC 826).
  expect(told('eth.dst')).toSay({says: 'why.whyStation.told', packet: 2, ip: '10.77.141.80', arp: true});
  // RFC 894: the type tells what follows, whoever sends the frame.
  expect(told('eth.type')).toSay({says: 'why.whyHeader.next', what: 'IPv4'});
  // Packet 1, its ARP request.
  expect(told('eth.src')).toSay({says: 'why.whyPassedOn.known', packet: 1, ip: '10.77.141.2', arp: true});
  expect(told('ip.ttl')).toSay({says: 'why.whyPassedOn.hops', host: '10.77.141.2'});
  expect(told('ip.checksum')).toSay({says: 'why.whyChecksum', of: 'ip', routed: true});
  expect(told('ip.src')).not.toContain('router');
  // ARP passes no router; of a run the packet is told as it left.
  expect(why(capturedTrace('14c-http11-pipelining.pcap'), 2, 'eth.src').paragraphs[1]).toSay({
    says: 'why.whyPassedOn.own',
    host: '10.77.138.2',
  });
  expect(why(handshake, 1, 'eth.src').paragraphs[1]).toSay({says: 'why.whyPassedOn.own', host: 'client'});
  expect(why(handshake, 1, 'ip.checksum').paragraphs[1]).toSay({
    ...{says: 'why.whyChecksum', host: 'client', of: 'ip'},
  });
});

test('a tag is a switch’s or a station’s, a cooked header the capturing system’s, a tunnel’s header the tunnel’s', () => {
  const tagged = capturedTrace('../captures-made/link-sll2-vlan.pcap');
  expect(why(tagged, 1, 'vlan.id').paragraphs[1]).toSay({says: 'why.whyPassedOn.tag'});
  expect(why(tagged, 1, 'sll.pkttype').paragraphs.at(-1)).toSay({says: 'why.whyPassedOn.capture'});
  // tshark: UDP of the tunnel's ends around TCP of those who speak.
  for (const field of ['vxlan.vni', 'ip.version', 'ip.checksum'])
    expect(why(todayTrace('28j-vxlan.pcap'), 23, field).paragraphs[1]).toSay({
      says: 'why.whyPassedOn.tunnel',
    });
});

// RFC 791 §3.1, RFC 894: what stands there is a number of what follows. Oracle: the transport that the packet has.
test('the number of what follows says so', () => {
  const dns = runNamed('dns-recursion base');
  const v6 = capturedTrace('01e-client-close-ipv6.pcapng');
  expect(why(handshake, 1, 'eth.type').paragraphs[1]).toSay({says: 'why.whyHeader.next', what: 'IPv4'});
  expect(why(handshake, 1, 'ip.proto').paragraphs[1]).toSay({says: 'why.whyHeader.next', what: 'TCP'});
  expect(why(dns, 1, 'ip.proto').paragraphs[1]).toSay({says: 'why.whyHeader.next', what: 'UDP'});
  expect(why(v6, 9, 'ipv6.nxt').paragraphs[1]).toSay({says: 'why.whyHeader.next', what: 'TCP'});
});

// RFC 6864 §4.1 of what may not be cut and is no piece; RFC 791 §2.3 of all else. Oracle: tshark of that capture, `ip.flags.df == 0`.
test('the identification of IP means nothing where the packet may not be cut', () => {
  expect(why(handshake, 1, 'ip.id').paragraphs[1]).toSay({says: 'why.whyHeader.number', atomic: true});
  const fragments = capturedTrace('18q-udp-fragments.pcap');
  const told = why(fragments, 4, 'ip.id').paragraphs[1];
  expect(told).toSay({says: 'why.whyHeader.number', atomic: false});
  const flags = why(handshake, 1, 'ip.flags').paragraphs[1];
  expect(flags).toSay({says: 'why.whyBit.cut', whole: true});
  expect(flags).toSay({says: 'why.whyFilled.whole'});
});

// RFC 1122 §3.3.4.2: the source of an answer is where the question went. Oracle: the addresses of the hosts in the header of the run.
test('the address that a packet comes from is its maker’s own, or the one that was asked', () => {
  const from = (trace: Trace, packet: number, language?: Language) =>
    why(trace, packet, 'ip.src', language).paragraphs[1];
  expect(from(handshake, 1)).toSay({says: 'why.whyHeader.ownSource', host: 'client'});
  expect(from(handshake, 3)).toSay({says: 'why.whyHeader.ownSource', host: 'client'});
  expect(from(handshake, 2)).toSay({says: 'why.whyHeader.answered', packet: 1});
  const dns = runNamed('dns-recursion base');
  expect(from(dns, 3)).toSay({says: 'why.whyHeader.answered', packet: 2});
  expect(from(dns, 4)).toSay({says: 'why.whyHeader.ownSource', host: 'resolver'});
  const flood = runNamed('syn-flood base');
  const attacker = flood.header.hosts.find(({name}) => name === 'attacker');
  const forged = ipPacketOf(packetOf(flood, 1))?.src ?? '';
  expect(attacker?.ip).not.toContain(forged);
  expect(from(flood, 1)).toSay({says: 'why.whyHeader.foreign', host: 'attacker'});
});

// RFC 768: the length counts the 8 octets of the header and the data. RFC 9293 §3.1: without URG or ACK nobody reads those fields.
test('lengths of UDP and IPv6 have their sums, and what is not valid says no more', () => {
  const dns = runNamed('dns-recursion base');
  expect(why(dns, 1, 'udp.payload').formulas).toEqual(why(dns, 1, 'udp.length').formulas);
  const bytes = Number(tight(why(dns, 1, 'udp.length').formulas[0])[1]?.split(' ')[0]);
  expect(tight(why(dns, 1, 'udp.length').formulas[0])).toEqual([
    'udp.length = 8 + data',
    `${bytes} = 8 + ${bytes - 8}`,
  ]);
  expect(tight(why(capturedTrace('01e-client-close-ipv6.pcapng'), 8, 'ipv6.plen').formulas[0])).toEqual([
    'ipv6.plen = tcp.hdr_len + tcp.len',
    '40 = 32 + 8',
  ]);
  expect(why(handshake, 1, 'tcp.urgent_pointer').paragraphs.at(-1)).toSay({
    ...{says: 'inspector.unreadField', flag: 'URG', left: true},
  });
});

// RFC 9293 §3.5, figure 8: both ends send a SYN before that of the other one has come (the run's own events).
test('whoever opens a connection copies no port, though another SYN is on its way to him', () => {
  const crossing = runNamed('simultaneous-open linux');
  for (const field of ['tcp.dstport', 'tcp.srcport'])
    expect(why(crossing, 2, field).paragraphs.join(' '), field).not.toContain('packet 1');
});

// RFC 5452 §9.1. Oracle: packets 3 and 6 are the attacker's, and only the second goes to the port of the query.
test.each([3, 6])('the ports of a forged response are what the asker looks for (packet %i)', (packet) => {
  const trace = runNamed('dns-transport what-if 4');
  expect(why(trace, packet, 'udp.dstport').paragraphs[1]).toSay({
    says: 'why.whyFilled.guessed',
    host: 'attacker',
  });
  expect(why(trace, packet, 'udp.srcport').paragraphs[1]).toSay({
    says: 'why.whyFilled.posed',
    host: 'attacker',
  });
});
