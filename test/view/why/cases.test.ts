// *Why?* of what a rule stands for in several cases: the words and the numbers are those of the case at hand.
import {expect, test} from 'vitest';
import {entriesOf, instantOf} from '../../../source/account/entries.ts';
import {dnsMessagesOf, packetOf, segmentOf} from '../../../source/account/packet.ts';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import {loadData} from '../../../source/lesson/load-data.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {traceOfFile} from '../../helpers/captured.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {tracedWith} from '../../helpers/diverged.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {eventWhere, sends} from '../beats.ts';
import {open, playingAt, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, subject: Subject, language: Language = 'en') => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  return whyAbout(
    viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined}),
    subject,
  );
};

const about = (trace: Trace, event: number, language?: Language) =>
  why(trace, {kind: 'event', event}, language);

const symbols = (formulas: readonly (readonly string[])[]): readonly string[] =>
  formulas.map(([line = '']) => line.replace(/\s+/g, ' '));

const duplicate = '9293:3.10.7.4/sequence/duplicate';

/** What answers something old, and the segment that it answers. */
const answersTo = (trace: Trace) =>
  [...trace.events()].flatMap((event) => {
    if (event.kind !== 'send' || event.because !== duplicate) return [];
    const come = instantOf(trace, event.n).find((each) => each.kind === 'arrive');
    const old = come && segmentOf(packetOf(trace, come.packet));
    return old ? [{n: event.n, empty: segLen(old) === 0}] : [];
  });

// RFC 9293 §3.10.7.4: a segment of length 0 is acceptable if RCV.NXT =< SEG.SEQ; “if an incoming segment is not acceptable, an
// acknowledgment should be sent in reply”. §3.8.4: so keep-alive works.
test.each(['half-open alive', 'sliding-window never-read', 'sliding-window base'])(
  '%s: an empty segment below RCV.NXT',
  (name) => {
    const trace = runNamed(name);
    const probed = answersTo(trace).filter(({empty}) => empty);
    expect(probed.length).toBeGreaterThan(0);
    for (const {n} of probed.slice(0, 2)) {
      const {paragraphs, formulas} = about(trace, n);
      expect(paragraphs[0]).toSay({says: 'rules.9293:3.10.7.4/sequence/duplicate', case: 'empty'});
      expect(paragraphs[0]).toContain('RFC 9293 §3.8.4');
      expect(symbols(formulas)).toEqual(['seg.seq < rcv.nxt']);
    }
  },
);

test('of a capture, too, an answer to an empty probe is told as that', () => {
  const run = runNamed('half-open alive');
  const pieces = captureFile({
    ...{trace: run, format: 'pcapng', at: undefined},
    ...{language: 'en', application: 'test'},
  });
  const trace = traceOfFile(Buffer.concat([...(pieces ?? [])]), 'again');
  const [probed] = answersTo(run).filter(({empty}) => empty);
  const event = probed && run.event(probed.n);
  if (event?.kind !== 'send') expect.fail('nothing is probed');
  const {paragraphs} = about(trace, sends(trace, event.packet));
  expect(paragraphs.join(' ')).toSay({says: 'rules.9293:3.10.7.4/sequence/duplicate', case: 'empty'});
  expect(paragraphs.join(' ')).not.toSay({says: 'rules.9293:3.10.7.4/sequence/duplicate', case: undefined});
});

test('what came twice is still told as that', () => {
  const [first] = allRuns()
    .filter(({name}) => /^(handshake-loss|rack-tlp|loss-recovery|time-wait) /.test(name))
    .flatMap((run) => answersTo(traceOf(run)).map((each) => ({...each, trace: traceOf(run)})))
    .filter(({empty}) => !empty);
  if (!first) expect.fail('nothing came twice');
  const {paragraphs, formulas} = about(first.trace, first.n);
  expect(paragraphs[0]).toSay({says: 'rules.9293:3.10.7.4/sequence/duplicate', case: undefined});
  expect(symbols(formulas)).toEqual(['seg.seq + seg.len ≤ rcv.nxt']);
});

// RFC 9293 §3.4: the SYN and each byte of data take one number.
test('a SYN with data says how many bytes go with it', () => {
  const trace = runNamed('handshake data-in-syn');
  const segment = segmentOf(packetOf(trace, 1));
  expect([segment && hasFlag(segment, 'SYN'), segment?.payload.length]).toEqual([true, 10]);
  const {paragraphs} = about(trace, sends(trace, 1));
  expect(paragraphs[0]).toSay({says: 'rules.9293:3.10.1/open/active', bytes: 10});
  const bare = runNamed('handshake base');
  expect(about(bare, sends(bare, 1)).paragraphs[0]).toSay({
    says: 'rules.9293:3.10.1/open/active',
    case: undefined,
  });
});

// RFC 9293 §3.9.2.2, RFC 5927 §4.1: SND.UNA =< SEG.SEQ < SND.NXT of the number that the error quotes.
test('an ICMP error that was read and noted is not said to be thrown away', () => {
  const trace = runNamed('refused soft');
  const noted = eventWhere(trace, ({because}) => because === '1122:4.2.3.9/soft/keep');
  const {heading, formulas} = about(trace, noted);
  const event = trace.event(noted);
  const packet = event.kind === 'drop' ? event.packet : 0;
  expect(heading).toSay({says: 'panels.whyHeadings.noted', packet, opens: true});
  // The SYN has the ISN, 1000, and is all that is in flight.
  expect(formulas.map((lines) => lines.map((line) => line.replace(/\s+/g, ' ')))).toEqual([
    ['snd.una ≤ seg.seq < snd.nxt', '1000 ≤ 1000 < 1001'],
  ]);
  const {paragraphs} = why(trace, {kind: 'packet', packet});
  expect(paragraphs.at(-1)).toSay({
    ...{says: 'panels.whySceneWhySentences.event.arrive', packet: `packet ${packet}`, time: '100 ms'},
  });
});

test('data that had waited name the packet that let them leave', () => {
  const trace = runNamed('data-transfer small');
  const released = (event: TraceEvent): boolean => event.because === '9293:3.8.6/send/window';
  const all = [...trace.events()].filter(released);
  expect(all.length).toBeGreaterThan(0);
  for (const {n} of all) {
    const come = instantOf(trace, n).find(({kind}) => kind === 'arrive');
    const packet = come?.kind === 'arrive' ? come.packet : 0;
    expect(about(trace, n).paragraphs[0]).toSay({
      ...{says: 'rules.9293:3.8.6/send/window', case: 'nagle', packet},
    });
  }
});

// Two links with a router between them: what it gets it has from the link’s other end.
test('what comes to a router has been sent by a station before it', () => {
  const trace = runNamed('syn-flood what-if 2');
  const events = [...trace.events()];
  const passed = events.flatMap((event) =>
    event.kind === 'send' && event.hop > 0
      ? instantOf(trace, event.n).filter(
          (each) => each.kind === 'arrive' && each.packet === event.packet && each.host === event.host,
        )
      : [],
  );
  const [first] = passed;
  if (first?.kind !== 'arrive') expect.fail('nothing is passed on');
  const {from, to, sendEvent} = trace.packet(first.packet);
  const {paragraphs, causedBy} = about(trace, first.n);
  const left = trace.event(sendEvent);
  expect(left.host).toBe(from);
  expect(paragraphs[0]).toSay({says: 'player.whyTexts.passedOn', router: 'router', to: 'server'});
  expect(causedBy).toMatch(new RegExp(`^packet ${first.packet}, .+ at `));
  expect(to).not.toBe(first.host);
});

// RFC 1034 §4.3.1: the client that asks for recursion lets the server find the answer. Oracle: whom the lesson sets up.
test('a query with RD says whom it asks', () => {
  const trace = runNamed('dns-iterative chain');
  const [text = ''] = about(trace, sends(trace, 4)).paragraphs;
  // Each server of this run is set up with the next one as its forwarder.
  expect(text).toSay({says: 'rules.1035:4.1.1/forward', case: 'set'});
});

// RFC 1035 §7.2: a resolver may pass the question on to another; which zone is nearest is then no matter of its own.
test('a server that passes a question on looks for no zone', () => {
  const seen = {forwards: 0, walks: 0};
  for (const name of ['dns-iterative chain', 'dns-iterative base', 'dns-cache base']) {
    const trace = runNamed(name);
    for (const event of trace.events()) {
      if (event.because !== '1034:5.3.3/miss') continue;
      const sent = [...trace.events()].find(
        (each) => each.kind === 'send' && each.n > event.n && each.host === event.host,
      );
      const [message] = sent?.kind === 'send' ? dnsMessagesOf(packetOf(trace, sent.packet)) : [];
      const {paragraphs} = about(trace, event.n);
      const forwards = message?.flags.rd === true;
      seen[forwards ? 'forwards' : 'walks'] += 1;
      expect(
        isSaid(paragraphs.join(' '), {says: 'rules.1034:5.3.3/miss', case: undefined}),
        `${name} ${event.n}`,
      ).toBe(!forwards);
      if (forwards) expect(paragraphs[0]).toSay({says: 'rules.1034:5.3.3/miss', case: 'forward'});
    }
  }
  expect(Math.min(seen.forwards, seen.walks)).toBeGreaterThan(0);
});

// Linux tcp_grow_window: a window that may grow is told at once, though no ACK is left that leaves at once for the sender’s sake
// (tcp_incr_quickack).
test('an ACK that leaves because the window may grow has that rule, and no other', () => {
  const grow = 'linux:tcp_grow_window/now';
  const seen = {grows: 0, quick: 0};
  for (const {name} of allRuns().filter(({lesson: {id}}) => /^(your-capture|delayed-ack)$/.test(id))) {
    const trace = runNamed(name);
    for (const event of trace.events()) {
      if (event.kind !== 'send' || !['linux:quick-ack/now', grow].includes(event.because ?? '')) continue;
      const [before, after] = [(instantOf(trace, event.n)[0]?.n ?? 1) - 1, event.n].map((n) =>
        trace.stateAt(n)?.hosts[event.host]?.tcp.connections.get(event.connection ?? ''),
      );
      const counted = Math.max(before?.pace?.quick ?? 0, after?.pace?.quick ?? 0) > 0;
      seen[counted ? 'quick' : 'grows'] += 1;
      expect(event.because === grow, `${name} ${event.n}`).toBe(!counted);
      const {paragraphs, rule} = about(trace, event.n);
      expect(rule).toMatch(counted ? /^Linux tcp_incr_quickack\b/ : /^Linux tcp_grow_window\b/);
      expect(paragraphs[0]).toSay({says: `rules.${counted ? 'linux:quick-ack/now' : grow}`});
      // What is told then is a right edge further on, and not only by what came.
      if (!counted) expect(after?.rcv.wnd).toBeGreaterThan(before?.rcv.wnd ?? 0);
    }
  }
  expect(Math.min(seen.grows, seen.quick)).toBeGreaterThan(0);
});

// RFC 1034 §5.3.3: the servers of the nearest zone above the name are asked. Oracle: the note of the run that names that zone.
test('a query of a resolver says of which zone it asks the servers, and how it knows them', () => {
  const trace = runNamed('dns-cache base');
  const asked = [...trace.events()].filter(({because}) => because === '1034:5.3.3/ask');
  expect(asked.length).toBeGreaterThan(3);
  for (const event of asked) {
    const note = [...trace.events()].findLast(
      (each) =>
        each.n < event.n && each.host === event.host && each.kind === 'note' && each.note.kind === 'zone',
    );
    if (note?.kind !== 'note' || note.note.kind !== 'zone') expect.fail('no zone');
    const {zone, from} = note.note;
    const [told = ''] = about(trace, event.n).paragraphs;
    const named =
      zone === '.'
        ? {says: 'why.factWords.zone', root: true}
        : {says: 'why.factWords.zone', zone: zone.replace(/\.$/, '')};
    const ask = {says: 'rules.1034:5.3.3/ask', zone: named};
    expect(told).toSay(ask);
    expect(isSaid(told, {...ask, case: 'referral'})).toBe(from === 'referral');
  }
  // Here the host that is called resolver takes no part.
  const walk = runNamed('dns-iterative walk');
  const own = [...walk.events()].find(({because}) => because === '1034:5.3.3/ask');
  expect(about(walk, own?.n ?? 0).paragraphs[0]).toSay({says: 'rules.1034:5.3.3/ask', host: 'laptop'});
});

// RFC 9293 §3.8.6.1, SHLD-29, SHLD-30: the first probe after one RTO, then ever longer waits; Linux counts from the answer (tcp_ack_probe).
test('between probes of a closed window the wait doubles, from the answer on', () => {
  const trace = runNamed('sliding-window base');
  const starts = [...trace.events()].flatMap((event) =>
    event.kind === 'timer' && event.name === 'persist' && event.op === 'arm' ? [event] : [],
  );
  const again = starts.filter((event) => {
    const come = instantOf(trace, event.n).some(({kind, host}) => kind === 'arrive' && host === event.host);
    const before = trace.stateAt((instantOf(trace, event.n)[0]?.n ?? 1) - 1)?.hosts[event.host];
    const [tcb] = before?.tcp.connections.values() ?? [];
    return come && event.because === '9293:3.8.6.1/persist/start' && tcb?.timers.persist !== undefined;
  });
  expect(again.length).toBeGreaterThan(0);
  for (const {n, host, atUs, dueUs} of again) {
    const come = instantOf(trace, n).find((each) => each.kind === 'arrive');
    const {paragraphs} = about(trace, n);
    expect(paragraphs[0]).toSay({
      says: 'rules.9293:3.8.6.1/persist/start',
      packet: come?.kind === 'arrive' ? come.packet : 0,
    });
    const [tcb] = trace.stateAt(n)?.hosts[host]?.tcp.connections.values() ?? [];
    const doubled = Math.log2((dueUs - atUs) / (tcb?.rtoUs ?? 1));
    expect(doubled).toBeGreaterThan(0);
    expect(paragraphs.at(-1)).toSay({
      ...{says: 'timers.timerDue.doubled', rto: `${(tcb?.rtoUs ?? 0) / 1000} ms`, times: doubled},
    });
  }
});

// RFC 5961 §3.2: “If the RST bit is set and the sequence number is outside the current receive window, silently drop the segment.”
test('an RST that is dropped says whether its number lies outside the window', () => {
  const trace = runNamed('time-wait old-data');
  const dropped = [...trace.events()].filter(({because}) => because === '5961:3.2/rst/outside');
  expect(dropped.length).toBeGreaterThan(0);
  for (const {n, host} of dropped) {
    const come = instantOf(trace, n).find((each) => each.kind === 'arrive' && each.host === host);
    const seq = come?.kind === 'arrive' ? segmentOf(packetOf(trace, come.packet))?.seq : undefined;
    const [tcb] = trace.stateAt(n - 1)?.hosts[host]?.tcp.connections.values() ?? [];
    expect(seq).toBeLessThan(tcb?.rcv.nxt ?? 0);
    expect(about(trace, n).paragraphs[0]).toSay({says: 'rules.5961:3.2/rst/outside', case: 'before'});
    expect(about(trace, n).formulas[0]?.[0]).toMatch(/^seg\.seq +< +rcv\.nxt$/);
  }
});

// RFC 1812 §5.2.1: a router passes on what others have made; its event is no reason for that.
test('what a router passes on is asked of the router', () => {
  const trace = runNamed('accept-queue base');
  for (const event of trace.events()) {
    if (event.kind !== 'send' || event.hop === 0) continue;
    expect(about(trace, event.n).heading).toSay({says: 'panels.whyHeadings.passedOn', host: 'router'});
  }
  expect([...trace.events()].some((event) => event.kind === 'send' && event.hop > 0)).toBe(true);
});

// Event `altered`: the path made 81 of port 80, at which nobody listens.
test('what was altered on its way and thrown away is told to have been altered', () => {
  const trace = runNamed('tcp-header what-if 3');
  const end = (language: Language) =>
    why(trace, {kind: 'packet', packet: 1}, language).paragraphs.find((text) =>
      /was discarded there|在那里被丢弃/.test(text),
    );
  expect(end('en')).toSay({
    ...{says: 'why.whyPacketEnd.thrown', packet: 1, host: 'server', time: '50 ms'},
    ...{step: 'CLOSED: a segment without ACK', altered: true, by: 2},
  });
  const third = why(trace, {kind: 'packet', packet: 3}).paragraphs.join(' ');
  expect(third).not.toContain('altered');
});

// RFC 9293 §3.10.7.2 sets no SND.WND; §3.10.7.4, fifth check, does with the ACK of the SYN,ACK.
test('a window that only a SYN has told, and the connection of a host that has several, are named', () => {
  const at = (run: string, us: number, name: string) => {
    const opened = open({trace: runNamed(run), rule: (id) => rules.get(id)});
    const view = viewOf({...opened, playback: playingAt(opened, us), message: undefined});
    return whyAbout(view, {kind: 'variable', host: 'server', name});
  };
  const {paragraphs, rule} = at('why-three what-if 1', 5_060_000, 'snd.wnd');
  expect(paragraphs.join(' ')).toSay({says: 'why.windowOfSyn', listens: true});
  expect(rule).not.toContain('§3.10.7.4');
  const {heading} = at('accept-queue what-if 3', 300_000, 'rcv.nxt');
  expect(heading).toMatch(/ \(connection with [\d.]+:\d+\)\?$/);
});

// “Two-step” is no TCP: nobody has acknowledged the SYN of the server, and the machine counts it as acknowledged all the same.
test.each(['flightSize', 'snd.una'])('%s of a two-step machine', (name) => {
  const trace = runNamed('why-three two-way');
  const established = eventWhere(trace, ({because}) => because === 'counterfactual:two-step/established');
  const {atUs} = trace.event(established);
  const opened = open({trace, rule: (id) => rules.get(id)});
  const playback = started({language: 'en', viewMs: msAt(opened.pacing, atUs + 1)});
  const {rule, paragraphs} = whyAbout(viewOf({...opened, playback, message: undefined}), {
    ...{kind: 'variable', host: 'server', name},
  });
  expect(rule).toContain('Not TCP');
  expect(paragraphs.join(' ')).not.toSay({says: 'rules.9293:3.10.7.2/listen/syn'});
});

// RFC 7766 §5. Oracle: no segment of TCP passes in this run.
test.each([
  ['dns-iterative what-if 5', 'local', 'RFC 7766'],
  ['handshake base', 'server', 'OPEN without a remote socket'],
])('%s: why %s listens', (name, host, reason) => {
  const trace = runNamed(name);
  const listens = [...entriesOf(trace, 'state')].find(
    (event) => event.host === host && event.to === 'LISTEN',
  );
  expect(about(trace, listens?.n ?? 0).paragraphs.join(' ')).toContain(reason);
});

// RFC 8985 §8: the RTO timer counts from the time when the segment was sent, whenever the timer is set.
test('the text says that a timer was already due when it was set', () => {
  const own = allRuns().find(({name}) => name === 'teardown what-if 1') ?? expect.fail('no such run');
  const trace = tracedWith({...own, fault: {kind: 'drop', at: {packet: 4}}});
  const set = [...entriesOf(trace, 'timer')].find(({op, atUs, dueUs}) => op === 'arm' && dueUs - atUs === 1);
  if (!set) expect.fail('no such timer');
  expect(about(trace, set.n).paragraphs.join(' ')).toSay({says: 'player.whyTexts.dueAlready'});
});
