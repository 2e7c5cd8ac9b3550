// *Why?* of fields with a reason of their own: counts of DNS (RFC 1035 §4.1.1, RFC 6891 §6.1), checksums, addresses and the version of IP.
// Oracles: the packets of those runs, read by hand.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, packet: number, field: string, language: Language = 'en') =>
  whyAbout(viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined}), {
    ...{kind: 'field', packet, field},
  });

test('a count of a DNS message names what it counts, and no rule of the packet', () => {
  const trace = runNamed('dns-recursion base');
  const told = (field: string, packet: number) => why(trace, packet, `dns.count.${field}`).paragraphs[1];
  // A query of the resolver to the root, and its referral to com.
  expect(why(trace, 2, 'dns.count.add_rr').paragraphs).toHaveLength(2);
  expect(told('add_rr', 2)).toSay({says: 'why.whyCounted.opt', opt: 1232});
  expect(told('queries', 2)).toSay({says: 'why.whyCounted.named', records: ['y.abc.com A']});
  expect(told('answers', 2)).toSay({says: 'why.whyCounted.none'});
  expect(told('auth_rr', 3)).toSay({says: 'why.whyCounted.named', records: ['com NS']});
  expect(told('add_rr', 3)).toSay({says: 'why.whyCounted.opt', opt: 1232});
  expect(told('add_rr', 3)).toSay({says: 'why.whyCounted.also', records: ['dns.com A']});
});

// RFC 9293 §3.1: “the 16-bit ones' complement of the ones' complement sum of all 16-bit words in the header and text”, with a pseudo-header.
test('a checksum is asked for by its number, and is a sum', () => {
  const trace = runNamed('handshake base');
  const {heading, paragraphs, rule} = why(trace, 1, 'tcp.checksum');
  expect(heading).toMatch(/^Why is tcp\.checksum 0x[0-9a-f]{4} in packet 1\?$/);
  expect(paragraphs[1]).toSay({says: 'why.whyChecksum', host: 'client', of: 'tcp'});
  expect(rule).toBe('RFC 9293 §3.1');
  expect(why(trace, 1, 'ip.checksum').paragraphs[1]).toSay({says: 'why.whyChecksum', of: 'ip'});
  expect(why(runNamed('dns-recursion base'), 1, 'udp.checksum').paragraphs[1]).toSay({
    says: 'why.whyChecksum',
    of: 'udp',
  });
});

test('an address is whose packet is answered, or who was to be reached', () => {
  const dns = runNamed('dns-recursion base');
  const to = (trace: Trace, packet: number) => why(trace, packet, 'ip.dst').paragraphs[1];
  expect(to(dns, 1)).toSay({says: 'why.whyAddress.stub', owner: 'resolver', host: 'laptop'});
  // Nothing stands in its cache yet (RFC 1034 §5.3.3, SBELT).
  expect(to(dns, 2)).toSay({
    ...{says: 'why.whyAddress.zone', zone: {says: 'why.factWords.zone', root: true}, from: 'hints'},
  });
  expect(to(dns, 3)).toSay({says: 'why.whyAddress.answers', packet: 2});
  // The root had named the server of com.
  expect(to(dns, 4)).toSay({
    ...{says: 'why.whyAddress.zone', zone: {says: 'why.factWords.zone', zone: 'com'}, from: 'referral'},
  });
  const tcp = runNamed('handshake base');
  const opened = {says: 'why.whyAddress.opened', owner: 'server', host: 'client'};
  expect(to(tcp, 1)).toSay(opened);
  expect(to(tcp, 2)).toSay({says: 'why.whyAddress.back', packet: 1});
  expect(to(tcp, 3)).toSay(opened);
  // Nobody has that address: the attacker has made it up.
  expect(to(runNamed('syn-flood what-if 1'), 6)).toSay({says: 'why.whyAddress.back', packet: 2});
});

test('the version of IP is that of both addresses', () => {
  expect(why(runNamed('handshake base'), 1, 'ip.version').paragraphs[1]).toMatch(
    /^[\d.]+ and [\d.]+ are IPv4 addresses, so the packet needs an IPv4 header\.$/,
  );
});

// RFC 9293 §3.7.1: MSS without fixed headers; RFC 7323 §2.2, §3.2; RFC 2018 §2. Oracle: the bytes of these packets.
test('options say what they are there for and what they say, not why the segment left', () => {
  const trace = runNamed('handshake base');
  const {paragraphs, formulas} = why(trace, 1, 'tcp.options');
  expect(paragraphs.slice(1)).toEqual([
    expect.stringMatching(/^MSS: /),
    expect.stringMatching(/^SACK permitted: /),
    expect.stringMatching(/^Window scale: /),
  ]);
  expect(paragraphs[1]).toSay({
    ...{says: 'why.whyOptions.mss', bytes: 1460, headers: 40, packet: 1500, usual: 536, version: 4},
  });
  expect(paragraphs[3]).toSay({says: 'why.whyOptions.scale', shift: 7, unit: 128, answers: false});
  expect(formulas).toEqual([]);
  expect(paragraphs.join(' ')).not.toContain('OPEN');
  expect(why(trace, 2, 'tcp.options.wscale.shift').paragraphs[1]).toSay({
    says: 'why.whyOptions.scale',
    answers: true,
  });
  expect(why(trace, 1, 'tcp.option_len').paragraphs.join(' ')).not.toContain('OPEN');
  const captured = capturedTrace('00a-handshake-only.pcap');
  const stamps = {says: 'why.whyOptions.stamps'};
  expect(why(captured, 3, 'tcp.options.timestamp').paragraphs[1]).toSay({...stamps, ecr: 0});
  expect(why(captured, 4, 'tcp.options.timestamp').paragraphs[1]).toSay({...stamps, ecr: 2854131910});
});

// RFC 2018 §3: four blocks are all that 40 octets of options have room for. Oracle: the blocks of the packet.
test('a full SACK option says that there may be more', () => {
  const trace = runNamed('congestion queue');
  const [, told] = why(trace, 356, 'tcp.options').paragraphs;
  expect(told).toSay({says: 'why.whyOptions.sack', ranges: 4, full: true});
});

// RFC 1034 §5.3.3. Oracle: packet 1 of the run, which has the same question.
test('the name of a query is the one that a client asks for', () => {
  const trace = runNamed('url-to-page what-if 2');
  const [, asked, ...others] = why(trace, 2, 'dns.qry.name').paragraphs;
  expect(asked).toSay({says: 'why.whyBit.wanted', packet: 1, host: 'resolver'});
  expect(others).toEqual([]);
  expect(why(trace, 1, 'dns.qry.name').paragraphs.join(' ')).not.toSay({says: 'why.whyBit.wanted'});
});

// RFC 9846 §5.2: on the wire the record is application_data and no more.
test('what is computed of a sealed record is computed of what was decrypted', () => {
  const trace = runNamed('url-to-page what-if 5');
  expect(why(trace, 15, 'http.request').paragraphs.at(-1)).toSay({
    says: 'inspector.inspectorTexts.computedOpened',
  });
});

// IANA: 53 is DNS; RFC 768: what answers goes to the source port of the question.
test('a port is that of an answer, of a service, or of a program that knows it', () => {
  const dns = runNamed('dns-recursion base');
  expect(why(dns, 1, 'udp.dstport').paragraphs[1]).toSay({
    ...{says: 'why.whyFilled.service', host: 'laptop', port: 53, of: 'DNS'},
  });
  expect(why(dns, 3, 'udp.dstport').paragraphs[1]).toSay({
    ...{says: 'why.whyFilled.port', host: 'root', packet: 2},
  });
  const [is, own] = why(dns, 3, 'udp.srcport').paragraphs;
  expect(is).toSay({says: 'fields.fieldTexts.udp.srcport'});
  expect(own).toSay({says: 'why.whyFilled.own', host: 'root', packet: 2});
  expect(why(runNamed('handshake base'), 2, 'tcp.srcport').paragraphs[1]).toSay({
    ...{says: 'why.whyFilled.own', host: 'server', packet: 1},
  });
  expect(why(runNamed('handshake base'), 1, 'tcp.dstport').paragraphs[1]).toMatch(
    /connect\(\) with port 80\. IANA has registered that port for HTTP/,
  );
});

// RFC 6891 §6.1.2: “MUST be 0 (root domain)”; the rule of the query says nothing of it.
test('what OPT has of a record is told as what it is in OPT', () => {
  const trace = runNamed('dns-recursion base');
  // Of this query it is the only record.
  const {heading, paragraphs, rule} = why(trace, 2, 'dns.resp.name');
  expect(heading).toContain('<Root> OPT');
  expect(paragraphs[0]).toSay({says: 'fields.fieldCases.dns.resp.name'});
  expect(rule).toBe('RFC 6891 §6.1.2');
  expect(why(trace, 2, 'dns.resp.type').paragraphs[0]).toContain('41 is OPT');
  expect(why(trace, 2, 'dns.resp.len').paragraphs[0]).toContain('options of EDNS');
  // A referral begins with records of names.
  expect(why(trace, 3, 'dns.resp.name').paragraphs[0]).toSay({says: 'fields.fieldTexts.dns.resp.name'});
});

test('a field that its flag switches off is not read by what its header says (RFC 9293 §3.1)', () => {
  expect(why(runNamed('handshake base'), 1, 'tcp.ack_raw').rule).toBe('RFC 9293 §3.1');
});

// RFC 826; RFC 2464 §7: 33:33 and the last four octets of the group; RFC 1122 §3.3.1.1: a router where the address is not on the link.
test('the station of a frame is all, a group, the one meant, or a router', () => {
  const to = (trace: Trace, packet: number) => why(trace, packet, 'eth.dst').paragraphs;
  const [all, asked] = to(capturedTrace('13c-dns-nxdomain.pcap'), 1);
  expect(all).toSay({says: 'fields.fieldCases.broadcast'});
  expect(asked).toSay({says: 'why.whyStation.asks', address: '10.77.207.53', host: '10.77.207.10'});
  const report = capturedTrace('14d-http-chunked.pcapng');
  const [group, listening] = to(report, 1);
  expect(group).toSay({says: 'fields.fieldCases.multicast'});
  expect(listening).toSay({says: 'why.whyStation.group', group: 'ff02::16', version: '6'});
  const [station, router] = to(runNamed('dns-iterative base'), 2);
  expect(station).toSay({says: 'fields.fieldTexts.eth.dst'});
  expect(router).toSay({
    ...{says: 'why.whyStation.router', router: 'router', dst: '198.51.100.1', next: '192.0.2.2'},
  });
  expect(to(runNamed('handshake base'), 1)[1]).toMatch(
    /^[\d.]+ is the address of the server\. In this run one link joins the two hosts/,
  );
});

// RFC 2474 §4.1, RFC 3168 §5; RFC 8422 §5.1.1: one group takes two bytes.
test('what a packet asks of routers, and what a length counts, is told by the number', () => {
  const dns = runNamed('dns-iterative base');
  const asked = why(dns, 1, 'ip.dsfield').paragraphs[1];
  expect(asked).toSay({says: 'why.whyTreatment.dscp', dscp: 0});
  expect(asked).toSay({says: 'why.whyTreatment.ecn', bits: 0});
  const groups = 'tls.handshake.extensions_supported_groups_length';
  expect(why(runNamed('https-tls12 rsa'), 4, groups).paragraphs[1]).toSay({
    says: 'why.whyFilled.counts',
    bytes: 2,
  });
});

const keyed = (trace: Trace, packet: number, row: string) => {
  const field = row.replace(/^.*:|#\d+$/g, '');
  const view = viewOf({...open({trace}), playback: started({viewMs: 1e9}), message: undefined});
  return whyAbout(view, {kind: 'field', packet, field, row});
};

// Oracle: tshark, `-T fields -e tcp.option_kind -e tcp.option_len`: 2,1,1,4,1,3 and 4,2,3 in the SYN of a handshake.
test('of several fields of one name the one is told that was asked for', () => {
  const trace = runNamed('handshake base');
  const kinds = [2, 1, 1, 4, 1, 3].map((kind, at) => [`tcp#1:tcp.option_kind#${at + 1}`, kind] as const);
  for (const [row, kind] of kinds)
    expect(keyed(trace, 1, row).heading).toContain(` tcp.option_kind ${kind} `);
  expect(keyed(trace, 1, 'tcp#1:tcp.option_len#3').paragraphs[1]).toMatch(/^Window scale: /);
  expect(keyed(trace, 1, 'tcp#1:tcp.option_kind#2').paragraphs[1]).toMatch(/^No-operation: one byte/);
  const dns = runNamed('dns-recursion base');
  const types = [1, 2, 3].map((nth) => keyed(dns, 3, `dns#1:dns.resp.type#${nth}`).heading);
  expect(new Set(types).size).toBe(3);
});

// RFC 792: the header of the packet and its first octets. Oracle: tshark, packet 4 quotes TTL 64 and sequence number 2999434656 of packet 3.
test('what an ICMP error quotes belongs to the packet that it quotes', () => {
  const trace = capturedTrace('06e-firewall-reject-icmp.pcap');
  for (const [row, value] of [
    ['ip#2:ip.src#1', '10.77.179.2'],
    ['tcp#1:tcp.seq_raw#1', '2999434656'],
    ['ip#2:ip.len#1', '60'],
  ] as const) {
    const {heading, paragraphs, formulas} = keyed(trace, 4, row);
    expect(heading).toContain(value);
    expect(paragraphs.at(-1)).toMatch(
      /^This field is part of a quotation\. The message repeats the beginning of packet 3, /,
    );
    expect(formulas).toEqual([]);
  }
  const forged = runNamed('dns-transport forged');
  const told = keyed(forged, 8, 'udp#1:udp.srcport#1').paragraphs.at(-1);
  expect(told).toMatch(
    /^This field is part of a quotation\. The message repeats the beginning of packet 4, /,
  );
});

// RFC 1035 §7.3, RFC 5452 §9.1: a response has the question of its query, and is known by it. Oracle: both packets of the run.
test('the question of a response is that of its query, and the flags that are set say what they say', () => {
  const trace = runNamed('layers what-if 3');
  const [, told] = why(trace, 2, 'dns.qry.name').paragraphs;
  expect(why(trace, 2, 'dns.qry.name').heading).toMatch(/^Why is dns\.qry\.name [\w.]+ in packet 2\?$/);
  expect(told).toSay({says: 'why.whyBit.repeated', packet: 1, question: true});
  expect(why(trace, 1, 'dns.qry.name').paragraphs.join(' ')).not.toSay({says: 'why.whyBit.repeated'});
  // 0x8400: QR and AA.
  const {paragraphs, rule} = why(capturedTrace('13j-dns-bind-resolver.pcap'), 4, 'dns.flags');
  expect(paragraphs[1]).toMatch(/^dns\.flags\.response: /);
  expect(paragraphs[2]).toMatch(/^dns\.flags\.authoritative: /);
  expect(rule).toBe('RFC 1035 §4.1.1');
});

// tcpdump.org/linktypes: 4 was sent by us, ARPHRD_ETHER is 1. RFC 8200 §3: extension headers count. Oracle: tshark of these captures.
test('what only the capturing system wrote says what it means, and a length of IPv6 what it counts', () => {
  const cooked = capturedTrace('18f-cooked-any.pcap');
  // Both ends have this address: the destination is the one that was called.
  expect(why(cooked, 19, 'ip.dst').paragraphs[1]).toSay({
    ...{says: 'why.whyAddress.opened', owner: '127.0.0.1:631', host: '127.0.0.1:36204'},
  });
  expect(why(cooked, 2, 'sll.hatype').paragraphs[0]).toContain('1 is Ethernet');
  expect(why(cooked, 2, 'sll.pkttype').paragraphs[0]).toContain('4: sent by this host');
  const behind = (name: string) => why(capturedTrace(name), 1, 'ipv6.plen').paragraphs[1];
  expect(behind('18h-short-snap-length.pcap')).toSay({says: 'why.whyFilled.behind', parts: 'ICMPv6 32'});
  expect(behind('14d-http-chunked.pcapng')).toContain('IPv6 hop-by-hop 8 + ICMPv6 28');
});

// A link that nobody reads shows neither hosts nor programs. Oracle: its type, 195, of which tshark says IEEE 802.15.4.
test('of a frame that cannot be read nobody is said to have sent its bytes', () => {
  const trace = capturedTrace('19k-unsupported-link-type.pcap');
  expect(why(trace, 2, 'data.data').paragraphs[1]).toSay({says: 'why.whyField.unread'});
  const view = viewOf({...open({trace}), playback: started({viewMs: 1e9}), message: undefined});
  const arrival = [...trace.events()].find(({kind}) => kind === 'arrive');
  const {paragraphs, causedBy} = whyAbout(view, {kind: 'event', event: arrival?.n ?? 0});
  expect(paragraphs[0]).toSay({says: 'player.whyTexts.untimed', why: 'unread'});
  expect(paragraphs.join(' ')).not.toSay({says: 'player.whyTexts.untimed', why: 'link'});
  expect(causedBy).toMatch(/^packet \d+, sent at /);
});

// RFC 826: the operation tells what the message is. Oracle: no time of the packet stands in it.
test('of a field of a capture it is not told how long its packet took', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const [, answers, ...others] = why(trace, 2, 'arp.opcode').paragraphs;
  expect(answers).toSay({says: 'player.whyTexts.answers', packet: 1});
  expect(others).toEqual([]);
  const whole = whyAbout(viewOf({...open({trace}), playback: started({viewMs: 1e9}), message: undefined}), {
    kind: 'packet',
    packet: 2,
  });
  expect(whole.paragraphs.join(' ')).toSay({says: 'player.whyTexts.untimed', why: 'link'});
});

// RFC 5246 §6.2.1, §7.4.1.3; RFC 9846 §4.2.3, §5.1: only TLS 1.3 ignores the version of a record; a ServerHello of TLS 1.2 chooses by its own.
test('a version of TLS is told by the one that is spoken', () => {
  const check = (trace: Trace, packet: number, field: string, clause: string, texts: readonly string[]) => {
    expect(why(trace, packet, field).rule).toBe(clause);
    expect(why(trace, packet, field).paragraphs[0]).toContain(texts[0]);
    expect(why(trace, packet, field, 'zh').paragraphs[0]).toContain(texts[1]);
  };
  const old = capturedTrace('16c-tls12-ecdhe-rsa.pcapng');
  check(old, 10, 'tls.record.version', 'RFC 5246 §6.2.1', ['the version in use', '所用的 TLS 版本']);
  check(old, 10, 'tls.handshake.version', 'RFC 5246 §7.4.1.3', ['has chosen', '服务器选定的版本']);
  const retried = capturedTrace('16h-tls13-hello-retry.pcapng');
  check(retried, 9, 'tls.record.version', 'RFC 9846 §5.1', ['ignores it', '忽略']);
  check(retried, 9, 'tls.handshake.version', 'RFC 9846 §4.2.3', ['in an extension', '在扩展中']);
  // The client offers TLS 1.2 alone, and an alert comes in place of a ServerHello.
  check(runNamed('https-tls12 what-if 4'), 5, 'tls.record.version', 'RFC 5246 §6.2.1', [
    'the version in use',
    '所用的',
  ]);
});
