// *Why?* says no more than the run bears out: a set number has an equation, a question that is over is not awaited, an attacker may know.
import {expect, test} from 'vitest';
import {dnsMessagesOf, ipPacketOf, packetOf, segmentOf} from '../../../source/account/packet.ts';
import {loadData} from '../../../source/lesson/load-data.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {momentOf, msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {Rcode, RecordType} from '../../../source/wire/dns/registry.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {asksOthers} from '../../helpers/seeds.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, subject: Subject, atUs = trace.durationUs) => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  const playback = started({language: 'en', viewMs: msAt(opened.pacing, atUs)});
  return whyAbout(viewOf({...opened, playback, message: undefined}), subject);
};

const linesOf = ({formulas}: ReturnType<typeof why>): readonly string[] =>
  formulas.flat().map((line) => line.replace(/\s+/g, ' '));

type Way = Extract<TraceEvent, {readonly kind: 'send' | 'arrive'}>;

const ways = (trace: Trace, host: string): readonly Way[] =>
  [...trace.events()].flatMap((event) =>
    (event.kind === 'send' || event.kind === 'arrive') && event.host === host && event.packet > 0
      ? [event]
      : [],
  );

// RFC 9293 §3.10.7.3: “RCV.NXT is set to SEG.SEQ+1”.
test.each(['handshake base', 'handshake-loss syn-ack-rfc'])('%s: what a SYN,ACK sets', (name) => {
  const trace = runNamed(name);
  const [come] = ways(trace, 'client').flatMap((event) => {
    const segment = event.kind === 'arrive' ? segmentOf(packetOf(trace, event.packet)) : undefined;
    return segment && hasFlag(segment, 'SYN') ? [{event, segment}] : [];
  });
  if (!come) expect.fail('no SYN,ACK');
  const {event, segment} = come;
  expect(segLen(segment)).toBe(1);
  const answer = ways(trace, 'client').find(({n, kind}) => n > event.n && kind === 'send');
  const lines = linesOf(why(trace, {kind: 'event', event: answer?.n ?? 0}));
  expect(lines).toContain('rcv.nxt = seg.seq + SYN');
  expect(lines).toContain(`${segment.seq + 1} = ${segment.seq} + 1`);
});

/** What a DNS packet says to a host, by the bytes. */
const saidIn = (trace: Trace, event: Way) => {
  const [message] = dnsMessagesOf(packetOf(trace, event.packet));
  return message?.flags.qr ? {event, rcode: message.rcode} : undefined;
};

test('what a cache did not know is awaited until the question is over', () => {
  const trace = runNamed('dns-iterative what-if 6');
  const subject: Subject = {kind: 'cache', host: 'local', name: 'y.abc.com.', type: 1};
  const over = ways(trace, 'local').find(
    (event) => event.kind === 'send' && saidIn(trace, event)?.rcode === Rcode.SERVFAIL,
  );
  if (!over) expect.fail('no answer');
  const told = (atUs: number) => why(trace, subject, atUs).paragraphs[0] ?? '';
  expect(told(over.atUs - 10_000)).toSay({says: 'why.whyCache.missed', over: false});
  expect(told(over.atUs + 1)).toSay({says: 'why.whyCache.missed', over: true});
  const stub: Subject = {...subject, host: 'm'};
  expect(why(trace, stub, over.atUs + 1).paragraphs[0]).toSay({
    says: 'why.whyCache.missed',
    over: false,
  });
  expect(why(trace, stub).paragraphs[0]).toSay({says: 'why.whyCache.missed', over: true});
});

// What brings it is seen before it is kept.
test('an answer that is about to be kept is not called lost', () => {
  const trace = runNamed('dns-transport what-if 1');
  const subject: Subject = {kind: 'cache', host: 'm', name: 'big.abc.com.', type: 16};
  const stored = [...trace.events()].find(
    (event) =>
      event.kind === 'note' && event.host === 'm' && event.note.kind === 'cache' && event.note.op === 'store',
  );
  if (!stored) expect.fail('nothing is kept');
  const times = new Set([...trace.events()].map(({atUs}) => atUs).filter((atUs) => atUs <= stored.atUs));
  for (const atUs of times)
    expect(why(trace, subject, atUs).paragraphs.join(' ')).not.toSay({
      says: 'why.whyCache.asked',
      over: true,
    });
});

// RFC 9156 §3. Oracle: packet 3 is the response to packet 2, which asks for less than the whole name.
test('a shortened question is awaited until its response has come', () => {
  const trace = runNamed('dns-iterative what-if 8');
  const subject: Subject = {kind: 'cache', host: 'local', name: 'com.', type: 1};
  const come = ways(trace, 'local').find((event) => event.kind === 'arrive' && event.packet === 3);
  if (!come) expect.fail('nothing comes');
  expect(why(trace, subject, come.atUs - 1).paragraphs[0]).toSay({
    ...{says: 'why.whyCache.asked', packet: 2, over: false},
  });
  expect(why(trace, subject, come.atUs + 1).paragraphs[0]).toSay({
    ...{says: 'why.whyCache.asked', packet: 2, over: true},
  });
});

// The script of this run gives the attacker the id and the port of the query (RFC 5452 §4.5).
test('whoever has read a query does not guess', () => {
  const trace = runNamed('dns-transport what-if 4');
  const [forged] = ways(trace, 'attacker').filter(({kind}) => kind === 'send');
  const [text = ''] = why(trace, {kind: 'packet', packet: forged?.packet ?? 0}).paragraphs;
  expect(text).toSay({says: 'rules.5452:3/forged-answer'});
  expect(text).not.toMatch(/has not seen|are guesses/);
});

const capturedWhy = (file: string, subject: Subject) => why(capturedTrace(file), subject);

// RFC 792: the destination is “the source network and address from the original datagram's data”.
test.each(['refused prohibited', 'refused soft'])('%s: an ICMP error goes to whoever is told', (name) => {
  const trace = runNamed(name);
  const [error] = [...trace.events()].flatMap((event) =>
    event.kind === 'send' && ipPacketOf(packetOf(trace, event.packet))?.transport.kind === 'icmp'
      ? [event.packet]
      : [],
  );
  const {src} = ipPacketOf(packetOf(trace, 1)) ?? {};
  expect(ipPacketOf(packetOf(trace, error ?? 0))?.dst).toBe(src);
  const told = why(trace, {kind: 'field', packet: error ?? 0, field: 'ip.dst'}).paragraphs.join(' ');
  expect(told).toSay({says: 'why.whyAddress.reports', packet: 1});
  expect(told).not.toSay({says: 'why.whyField.made'});
});

// RFC 6437 §2: “A Flow Label of zero is used to indicate packets that have not been labeled.”
test('a flow label of 0 is told as none', () => {
  const field = {kind: 'field', packet: 2, field: 'ipv6.flow'} as const;
  expect(capturedWhy('01e-client-close-ipv6.pcapng', field).paragraphs.join(' ')).toContain('no flow label');
});

// A link type of which this program reads nothing: nobody is named whom nothing names.
test('what a frame that cannot be read holds is filled in by nobody who is known', () => {
  const file = '19k-unsupported-link-type.pcap';
  const data = capturedWhy(file, {kind: 'field', packet: 1, field: 'data.data'});
  expect(data.paragraphs.join(' ')).not.toMatch(/unknown/);
  const state = capturedWhy(file, {kind: 'variable', host: 'unknown', name: 'state'});
  expect([state.heading, ...state.paragraphs].join(' ')).not.toMatch(/unknown|so far/);
});

// RFC 4035 §3.2.2: CD. RFC 6840 §5.7: AD in a query. Oracle: tshark of these captures, `-e dns.flags`.
test('the bits that are set in the flags of DNS are named', () => {
  const {paragraphs, rule} = capturedWhy('13j-dns-bind-resolver.pcap', {
    ...{kind: 'field', packet: 3},
    field: 'dns.flags',
  });
  expect(paragraphs.join(' ')).toContain(
    'dns.flags.checkdisable: 1 asks for an answer even if its signatures',
  );
  expect(rule).toBe('RFC 1035 §4.1.1; RFC 4035 §3.2.2');
  const asks = capturedWhy('13a-dns-full-walk.pcap', {kind: 'field', packet: 3, field: 'dns.flags'});
  expect(asks.paragraphs.join(' ')).toContain('dns.flags.authenticated: 1 in a query: ');
  expect(asks.paragraphs.join(' ')).not.toSay({says: 'fields.fieldTexts.dns.flags.authenticated'});
  expect(asks.rule).toBe('RFC 1035 §4.1.1; RFC 6840 §5.7');
});

// RFC 5681 §2: no data, no SYN or FIN, the same ack, and data outstanding.
test('only a duplicate ACK is called one', () => {
  const seen = new Set<boolean>();
  const inflated = new Set<boolean>();
  const others = asksOthers() ? ['congestion what-if 2'] : [];
  for (const name of ['rack-tlp what-if 3', 'congestion base', 'half-open alive', ...others]) {
    const trace = runNamed(name);
    const acks = new Map<string, number>();
    for (const event of trace.events()) {
      if (event.kind !== 'arrive' || event.packet < 1) continue;
      const segment = segmentOf(packetOf(trace, event.packet));
      if (!segment) continue;
      const before = acks.get(event.host);
      acks.set(event.host, segment.ack);
      const told = why(trace, {kind: 'event', event: event.n}, event.atUs).paragraphs.join(' ');
      if (!/none of the variables|but the \w+ updates/.test(told)) continue;
      const isDuplicate = segLen(segment) === 0 && before === segment.ack;
      if (told.includes('duplicate ACK')) expect(isDuplicate, `${name}, event ${event.n}`).toBe(true);
      seen.add(told.includes('duplicate ACK'));
      // RFC 5681 §3.2 (4): “For each additional duplicate ACK received (after the third), cwnd MUST be incremented by SMSS.”
      const [earlier, now] = [event.n - 1, event.n].map(
        (n) => [...(trace.stateAt(n)?.hosts[event.host]?.tcp.connections.values() ?? [])][0]?.cwnd ?? 0,
      );
      const raises = isSaid(told, {
        says: 'panels.whySceneWhySentences.reckonedAnew',
        names: 'cwnd',
        inflated: true,
      });
      if (raises)
        expect([now, isDuplicate], `${name}, event ${event.n}`).toEqual([(earlier ?? 0) + 1000, true]);
      inflated.add(raises);
    }
  }
  expect(seen.has(true)).toBe(true);
  expect(inflated.has(true)).toBe(true);
});

// RFC 7323 §2.2: “The window field in a segment where the SYN bit is set … MUST NOT be scaled.”
test('a window that the SYN could not tell is told as that', () => {
  const trace = runNamed('congestion what-if 4');
  const syn = segmentOf(packetOf(trace, 2));
  expect(syn?.window).toBe(65_535);
  const told = why(trace, {kind: 'variable', host: 'server', name: 'rcv.wnd'});
  expect(told.heading).toContain('1048576');
  expect(told.paragraphs.join(' ')).toSay({says: 'why.roomScaled', unit: 32});
});

// The fault of this run is the attacker’s: packets leave it with other bytes than they came with.
test('whoever changes what it passes on is said to', () => {
  const trace = runNamed('https-why edited');
  const events = [...trace.events()];
  const changed = events.filter(({because}) => because === '3552:3.3.4/modifies');
  expect(changed.length).toBeGreaterThan(0);
  for (const send of changed) {
    const come = events.findLast(
      (each) => each.n < send.n && each.kind === 'arrive' && each.host === send.host,
    );
    expect(why(trace, {kind: 'event', event: come?.n ?? 0}).paragraphs.join(' ')).toSay({
      ...{says: 'player.whyTexts.passedOn', router: 'mitm', to: 'client', changed: true},
    });
  }
});

// The fault of this run takes packet 5, which holds certificates; TLS reads in order (RFC 8446 §5: over a reliable, in-order stream).
test('certificates whose bytes have come again are not waited for', () => {
  const trace = runNamed('https-tls12 what-if 3');
  const lost = segmentOf(packetOf(trace, 5)) ?? expect.fail();
  const again = ways(trace, 'client').find(
    ({kind, packet}) =>
      kind === 'arrive' && packet > 5 && segmentOf(packetOf(trace, packet))?.seq === lost.seq,
  );
  if (!again) expect.fail('never again');
  const opened = open({trace, rule: (id) => rules.get(id)});
  const told = (n: number) => {
    const viewMs = opened.pacing.viewMs.at(momentOf(opened.pacing, n)) ?? 0;
    const view = viewOf({...opened, playback: started({viewMs}), message: undefined});
    return whyAbout(view, {kind: 'certificates'}).paragraphs.join(' ');
  };
  expect(told(again.n - 1)).toSay({says: 'why.whyCertificates.awaited', lost: 5, again: false});
  expect(told(again.n + 2)).toSay({says: 'why.whyCertificates.awaited', lost: 5, again: true});
});

// RFC 5280 §6.1.3: nobody that the client knows has signed the last of the two that it gets; the first one is signed by that.
test('of several certificates the one that is refused is named', () => {
  const opened = open({trace: runNamed('https-why own-certificate'), rule: (id) => rules.get(id)});
  const told = (language: 'en' | 'zh') => {
    const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
    return whyAbout(view, {kind: 'certificates'}).paragraphs[1];
  };
  expect(told('en')).toSay({says: 'why.whyCertificates.faulty', subject: 'Mallory Issuing CA ECDSA'});
});

// RFC 9609 §3.1: “The priming query MUST have a QNAME of "." and a QTYPE of NS”.
test('only a query for the servers of the root is told to prime', () => {
  const trace = capturedTrace('13e-dns-truncated-tcp.pcapng');
  for (const event of trace.events()) {
    if (event.kind !== 'send') continue;
    const [message] = dnsMessagesOf(packetOf(trace, event.packet));
    const [question] = message?.questions ?? [];
    if (!message || message.flags.qr || !question) continue;
    const told = why(trace, {kind: 'packet', packet: event.packet}).paragraphs.join(' ');
    expect(told.includes('priming'), `packet ${event.packet}`).toBe(
      question.name === '.' && question.type === RecordType.NS && !message.flags.rd,
    );
  }
});

// RFC 9293 §3.10.7.4 is of the states behind SYN-SENT; what a window means says §3.8.6.
test('a window that the SYN,ACK gave is by no rule of other states', () => {
  const trace = runNamed('loss-recovery what-if 4');
  const early = why(trace, {kind: 'variable', host: 'client', name: 'snd.wnd'}, 120_000);
  expect(early.causedBy).toContain('packet 2');
  expect(early.rule).toMatch(/^RFC 9293 §3\.8\.6/);
  const waiting = why(trace, {kind: 'variable', host: 'client', name: 'snd.wnd'}, 0);
  expect(waiting.heading).toSay({says: 'why.whyVariable.unset', name: 'snd.wnd', host: 'client'});
  expect(waiting.rule).toBe('RFC 9293 §3.8.6');
});

// Oracle: the man in the middle takes packet 1 (RFC 3552 §3.3.5) and, when they come, the answers to what it writes under the server’s address.
test('replies to whoever is on the path and speaks in another’s name pass it', () => {
  const trace = runNamed('https-why what-if 3');
  const [taken, back] = ways(trace, 'mitm').filter(
    ({kind, because}) => kind === 'arrive' && because === '3552:3.3.5/takes',
  );
  const src = ipPacketOf(packetOf(trace, 2))?.src;
  expect([taken?.packet, packetOf(trace, 2).from]).toEqual([1, 'mitm']);
  expect(ipPacketOf(packetOf(trace, back?.packet ?? 0))?.dst).toBe(src);
  const field = why(trace, {kind: 'field', packet: 2, field: 'ip.src'}).paragraphs.join(' ');
  expect(field).toSay({says: 'why.whyHeader.foreign', host: 'mitm', passed: true});
  expect(field).not.toSay({says: 'why.whyHeader.foreign', passed: false});
  const named = `${src} is not an address of the mitm`;
  for (const subject of [
    {kind: 'packet', packet: 2},
    {kind: 'event', event: packetOf(trace, 2).sendEvent},
  ] satisfies readonly Subject[])
    expect(why(trace, subject).paragraphs.join(' ')).toContain(named);
  expect(why(trace, {kind: 'packet', packet: 1}).paragraphs.join(' ')).not.toContain(named);
});

// RFC 4987 §2.2: whoever is not on the path gets nothing.
test('replies to a forged SYN do not come to its maker', () => {
  const trace = runNamed('syn-flood base');
  const [forged] = ways(trace, 'attacker').filter(({because}) => because === '4987:2.2/forged-source');
  const packet = forged?.packet ?? 0;
  expect(why(trace, {kind: 'field', packet, field: 'ip.src'}).paragraphs.join(' ')).toSay({
    ...{says: 'why.whyHeader.foreign', host: 'attacker', passed: false},
  });
  expect(why(trace, {kind: 'packet', packet}).paragraphs.join(' ')).not.toSay({
    says: 'why.whyHeader.inItsName',
  });
});

// Oracle: packet 10, the first with an ACK of packet 9, leaves after packet 9 has come.
test('what is shown only later is told as that to whoever does not see it yet', () => {
  const trace = capturedTrace('14c-http11-pipelining.pcap');
  const [{endEvent = 0, deduced}, shows] = [trace.packet(9), trace.packet(10)];
  expect(deduced?.shownBy).toEqual([10]);
  expect(shows.sendEvent).toBeGreaterThan(endEvent);
  const at = (cursor: number, language: 'en' | 'zh' = 'en') => {
    const view = viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined});
    return whyAbout({...view, cursor}, {kind: 'event', event: endEvent}).paragraphs;
  };
  expect(at(endEvent).at(-1)).toSay({says: 'fates.shownByOne', later: true});
  expect(at(shows.sendEvent).at(-1)).toBe('Packet 10 shows this.');
  expect(at(endEvent)[0]).toSay({says: 'player.whyTexts.capturedHere', how: 'proved'});
});

// RFC 9293 §3.10.7.4: what lay beyond a gap goes to the program when it is filled, with what fills it. Oracle: the bytes of the segment that came.
test('what had been kept beyond a gap is not said to have gone to the program as it came', () => {
  const seen = new Set<boolean>();
  for (const name of [
    'rack-tlp base',
    'loss-recovery base',
    'data-transfer base',
    'http-request what-if 2',
  ]) {
    const trace = runNamed(name);
    for (const event of trace.events()) {
      if (event.kind !== 'deliver' || event.because !== '9293:3.10.3/receive/outstanding') continue;
      const come = ways(trace, event.host).findLast(({kind, n}) => kind === 'arrive' && n < event.n);
      const payload = come && segmentOf(packetOf(trace, come.packet))?.payload.length;
      if (come?.atUs !== event.atUs || payload === undefined || payload === 0) continue;
      const told = why(trace, {kind: 'event', event: event.n}, event.atUs).paragraphs.join(' ');
      const isMore = event.bytes > payload;
      expect(
        isSaid(told, {says: 'rules.9293:3.10.3/receive/outstanding', case: 'gap'}),
        `${name}, event ${event.n}`,
      ).toBe(isMore);
      seen.add(isMore);
    }
  }
  expect([...seen].sort()).toEqual([false, true]);
});
