// *Why?* of neighbour discovery and of reports of listeners in captures. Oracles: tshark's fields of these packets, RFC 4861 §7.2, §7.3, RFC 3810 §5.2.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {encodePcap} from '../../../source/wire/pcap/writer.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {open, started} from '../player.ts';

const said = (trace: Trace, packet: number, language: Language = 'en'): readonly string[] =>
  whyAbout(viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined}), {
    kind: 'event',
    event: trace.packet(packet).sendEvent,
  }).paragraphs;

const forMany = {says: 'player.whyTexts.forMany'};

// tshark: packet 1 goes to ff02::1:ff00:80, packet 2 is for fd77:1e::2 with icmpv6.nd.na.flag.s = 1; both have the target fd77:1e::80.
const asked = capturedTrace('01e-client-close-ipv6.pcapng');

/** The same packets, changed. */
const changed = (change: (bytes: Uint8Array, packet: number) => void, packets: readonly number[]): Trace => {
  const records = packets.map((packet) => {
    const bytes = new Uint8Array(asked.packet(packet).bytes);
    change(bytes, packet);
    return {atUs: packet, bytes, originalLength: bytes.length};
  });
  return traceOfFile(Buffer.concat([...encodePcap(1, records)]), 'changed.pcap');
};
const at = {destination: 38, flags: 58, record: 70} as const;

test('a solicitation to a group seeks an address; one to the host itself asks whether that still holds', () => {
  const [wants, many, ...others] = said(asked, 1);
  expect(wants).toSay({says: 'player.ruleReasons.icmp.neighbour', address: 'fd77:1e::80', polls: false});
  expect(many).toSay(forMany);
  expect(others).toEqual([]);
  const target = asked.packet(2).bytes.subarray(22, 38);
  const polled = changed((bytes) => bytes.set(target, at.destination), [1]);
  expect(said(polled, 1)[0]).toSay({
    ...{says: 'player.ruleReasons.icmp.neighbour', address: 'fd77:1e::80', polls: true},
  });
});

test('an advertisement tells by S whether it was asked, and by whom where that was captured', () => {
  expect(said(asked, 2)[0]).toSay({
    ...{says: 'player.ruleReasons.icmp.tells', address: 'fd77:1e::80', asked: true, packet: 1},
  });
  const alone = changed(() => undefined, [2]);
  expect(said(alone, 1)[0]).toSay({
    ...{says: 'player.ruleReasons.icmp.tells', address: 'fd77:1e::80', asked: true, packet: undefined},
  });
  const unasked = changed(
    (bytes, packet) => {
      if (packet === 2) bytes[at.flags] = 0x20;
    },
    [1, 2],
  );
  expect(said(unasked, 2)[0]).toSay({
    ...{says: 'player.ruleReasons.icmp.tells', address: 'fd77:1e::80', asked: false},
  });
});

// tshark: icmpv6.mldr.mar.record_type of packet 1 is 4 (CHANGE_TO_EXCLUDE_MODE). RFC 3810 §5.2.14: reports go to ff02::16.
test('a report of a listener goes to the routers, and tells by its records whether it was asked', () => {
  const trace = capturedTrace('14c-http11-pipelining.pcap');
  const [tells, many, ...others] = said(trace, 1);
  expect(tells).toSay({
    ...{says: 'player.ruleReasons.icmp.listens', routers: true, how: 'changed', packet: undefined},
  });
  expect(many).toSay(forMany);
  expect(others).toEqual([]);
  const bytes = new Uint8Array(trace.packet(1).bytes);
  expect(bytes[at.record]).toBe(4);
  bytes[at.record] = 2;
  const record = {atUs: 0, bytes, originalLength: bytes.length};
  const answer = traceOfFile(Buffer.concat([...encodePcap(1, [record])]), 'changed.pcap');
  expect(said(answer, 1)[0]).toSay({says: 'player.ruleReasons.icmp.listens', routers: true, how: 'asked'});
});

// tshark: packets 1, 10 and 15 report ff02::1:ff91:4cff with record type 4, the first from ::, at 0, 1.196 and 1.412 s.
test('a report of the same once more repeats it, or has the address that its sender lacked before', () => {
  const trace = capturedTrace('08c-lost-syn.pcap');
  expect(said(trace, 1)[0]).toSay({says: 'player.ruleReasons.icmp.listens', packet: undefined});
  expect(said(trace, 10)[0]).toSay({
    ...{says: 'player.ruleReasons.icmp.listens', routers: true, how: 'changed', packet: 1, unset: true},
  });
  expect(said(trace, 15)[0]).toSay({
    ...{says: 'player.ruleReasons.icmp.listens', routers: true, how: 'changed', packet: 10},
  });
  const later = [10, 15].map((packet, nth) => {
    const bytes = new Uint8Array(trace.packet(packet).bytes);
    return {atUs: nth * 60_000_000, bytes, originalLength: bytes.length};
  });
  expect(said(traceOfFile(Buffer.concat([...encodePcap(1, later)]), 'later.pcap'), 2)[0]).toSay({
    says: 'player.ruleReasons.icmp.listens',
    packet: undefined,
  });
});

// tshark: packet 3 of the one (arp.src.hw_mac, arp.src.proto_ipv4), packet 2 of the other (icmpv6.opt.linkaddr, icmpv6.nd.na.target_address).
test.each([
  ['16h-tls13-hello-retry.pcapng', 5, 'eth.src', {says: 'why.whyPassedOn.known', packet: 3, arp: true}],
  ['01e-client-close-ipv6.pcapng', 4, 'eth.src', {says: 'why.whyPassedOn.known', packet: 2, arp: false}],
  ['01e-client-close-ipv6.pcapng', 3, 'eth.dst', {says: 'why.whyStation.told', packet: 2, ip: 'fd77:1e::80'}],
] as const)('%s: the station of packet %i', (file, packet, field, said) => {
  const view = viewOf({
    ...open({trace: capturedTrace(file)}),
    playback: started({viewMs: 1e9}),
    message: undefined,
  });
  const told = whyAbout(view, {kind: 'field', packet, field}).paragraphs.join(' ');
  expect(told).toSay(said);
  expect(told).not.toSay({says: 'why.whyPassedOn.frame'});
});

// RFC 7559 §2: who hears no router advertisement goes on asking, after ever longer waits.
test('a router solicitation is repeated because no router has answered', () => {
  const trace = capturedTrace('07a-black-hole-default.pcap');
  const again = {says: 'player.ruleReasons.icmp.solicits', again: true};
  expect([8, 13, 17].map((packet) => isSaid(said(trace, packet)[0] ?? '', again))).toEqual([
    ...[false, true, true],
  ]);
});
