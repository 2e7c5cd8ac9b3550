// Headings of *Why?*: what is sent and what is entered in Chinese, timers that ran already (RFC 6298 §5), and states as the panel shows
// them (RFC 9293 §3.3.2).
import {expect, test} from 'vitest';
import {segmentOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {endpointsOf} from '../../../source/view/endpoints/scene-endpoints.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {startsAgain} from '../../../source/view/why/timer-start.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {enters, eventWhere, sends} from '../beats.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const handshake = runNamed('handshake base');

type At = {readonly atUs: number; readonly language?: Language};

const why = (trace: Trace, subject: Subject, {atUs, language = 'en'}: At) => {
  const opened = open({trace});
  const playback = started({language, viewMs: msAt(opened.pacing, atUs)});
  return whyAbout(viewOf({...opened, playback, message: undefined}), subject);
};

test.each([
  [120_000, sends(handshake, 2), {says: 'panels.whyHeadings.sent', what: 'SYN,ACK', past: '50 ms'}],
  [0, sends(handshake, 1), {says: 'panels.whyHeadings.sent', what: 'SYN', past: undefined}],
  [
    200_000,
    enters(handshake, 'client', 'ESTABLISHED'),
    {says: 'panels.whyHeadings.entered', host: 'client', what: 'ESTABLISHED', past: '100 ms'},
  ],
])('at %i µs: what is done, and when', (atUs, event, heading) => {
  expect(why(handshake, {kind: 'event', event}, {atUs}).heading).toSay(heading);
});

// RFC 9293 §3.1: 0x018 is PSH and ACK.
test('bits that are set stand apart, and hosts of a capture are not explained by their own address', () => {
  const asked = (trace: Trace, field: string, packet: number) =>
    why(trace, {kind: 'field', packet, field}, {atUs: 1e9});
  const trace = capturedTrace('14k-http-large-download.pcap');
  expect(asked(trace, 'tcp.flags', 7).heading).toSay({
    ...{says: 'why.whyField.heading', field: 'tcp.flags', packet: 7, value: '0x018 (PSH,ACK)'},
  });
  expect(asked(trace, 'ip.dst', 7).paragraphs[1]).toSay({
    ...{says: 'why.whyAddress.opened', owner: undefined, host: '10.77.132.2'},
  });
});

test('what is named in Chinese has no stray space before it', () => {
  const trace = capturedTrace('19k-unsupported-link-type.pcap');
  const last: Subject = {kind: 'packet', packet: 4};
  expect(why(trace, last, {atUs: 1e9, language: 'zh'}).heading).toBe('为什么此时发出第 4 个分组？');
});

const isArmed = (name: string) => (event: TraceEvent) =>
  event.kind === 'timer' && event.op === 'arm' && event.name === name;

const armings = (trace: Trace, name: string): readonly TraceEvent[] =>
  [...trace.events()].filter(isArmed(name));

/** The oracle: what the machine has before the instant. */
const ran = (trace: Trace, {instant, host, connection}: TraceEvent, name: 'RTO' | 'TLP'): boolean => {
  const first = eventWhere(trace, (event) => event.instant === instant);
  const tcb = trace.stateAt(first - 1)?.hosts[host]?.tcp.connections.get(connection ?? '');
  return tcb?.timers[name] !== undefined;
};

test('a timer that ran already starts again', () => {
  const trace = runNamed('congestion base');
  const all = armings(trace, 'RTO');
  const again = all.filter((event) => startsAgain(trace, event));
  expect(again.length).toBeGreaterThan(5);
  expect(again.map(({n}) => n)).toEqual(all.filter((event) => ran(trace, event, 'RTO')).map(({n}) => n));
  const [first] = all;
  const [second] = again;
  if (!first || !second) expect.fail('no timers');
  const heading = ({n: event, atUs}: TraceEvent, language: Language) =>
    why(trace, {kind: 'event', event}, {atUs, language}).heading;
  expect(heading(first, 'en')).toMatch(/^Why does the .+ of the client start at /);
  expect(heading(second, 'en')).toMatch(/^Why does the .+ of the client start again at /);
  expect(heading(second, 'zh')).toMatch(/^为什么客户端的.+在 .+ 重新启动？$/);
  const {host, atUs} = second;
  const running = (at: At) => why(trace, {kind: 'variable', host, name: 'RTO'}, at).paragraphs[0];
  expect(running({atUs})).toMatch(/^It was restarted at /);
  expect(running({atUs, language: 'zh'})).toMatch(/^它在 .+ 重新启动，/);
  expect(running({atUs: 20_000})).toMatch(/^It was started at /);
});

test('armed twice in an instant it starts once, and then again', () => {
  const trace = runNamed('cubic reno');
  const twice = armings(trace, 'TLP').filter(
    (event) => startsAgain(trace, event) && !ran(trace, event, 'TLP'),
  );
  expect(twice.length).toBeGreaterThan(0);
});

const server: Subject = {kind: 'variable', host: 'server', name: 'state'};

test('a listener answers for the connection that has come to it, and is not CLOSED', () => {
  expect(why(handshake, server, {atUs: 20_000}).heading).toSay({
    ...{says: 'why.whyVariable.state', host: 'server', value: 'LISTEN'},
  });
});

// Two hosts; more of them with several connections; a crash.
test.each([
  'handshake base',
  'accept-queue base',
  'cookies-session base',
  'syn-flood base',
  'half-open base',
  'http-connections short',
])('%s: the state of the panel', (name) => {
  const opened = open({trace: runNamed(name)});
  const {pacing} = opened;
  const wrong = Array.from({length: Math.min(60, pacing.moments)}, (_, moment) => {
    const playback = started({viewMs: pacing.viewMs.at(moment) ?? 0});
    const view = viewOf({...opened, playback, message: undefined});
    return (endpointsOf(view) ?? []).flatMap(({id: host, state}) => {
      const {heading} = whyAbout(view, {kind: 'variable', host, name: 'state'});
      const isTold = heading.replace(/ \(connection with .+\)/, '').endsWith(` in ${state}?`);
      return state === '' || isTold ? [] : [`${moment} ${state}: ${heading}`];
    });
  }).flat();
  expect(wrong).toEqual([]);
});

test('where nobody opens or listens there is no TCB, and that is CLOSED', () => {
  const nobody = runNamed('refused base');
  const {heading, paragraphs, rule} = why(nobody, server, {atUs: 20_000});
  expect(heading).toSay({says: 'why.whyVariable.state', host: 'server', value: 'CLOSED'});
  expect(paragraphs.join()).toSay({says: 'why.whyVariable.noConnection', host: 'server'});
  expect(rule).toBe('RFC 9293 §3.3.2');
});

// The raw events: its SYNs have no connection of its own; RFC 768 knows no states.
test.each([
  ['syn-flood what-if 2', 'attacker', {raw: true, udp: false}],
  ['dns-cache what-if 3', 'm', {raw: false, udp: true}],
  ['refused base', 'server', {raw: false, udp: false}],
])('%s: what %s sends without a TCB', (name, host, {raw, udp}) => {
  const nobody = runNamed(name);
  const {paragraphs} = why(nobody, {kind: 'variable', host, name: 'state'}, {atUs: nobody.durationUs});
  expect(paragraphs.join(' ')).toSay({says: 'why.whyVariable.noConnection', raw, udp});
});

// RFC 826: the reply of that capture is “is at”, a sentence of its own (tshark); a segment is named by its flags.
test('a summary in a heading is a quotation', () => {
  const trace = capturedTrace('00b-handshake-small-mss.pcapng');
  const headings = (language: Language) =>
    [2, 3].map((packet) => why(trace, {kind: 'packet', packet}, {atUs: 1e9, language}).heading);
  expect(headings('en')[0]).toMatch(/^Why “ARP [^”]+ is at [^”]+” at /);
  expect(headings('zh')[0]).toMatch(/发出「ARP [^」]+」？$/);
  expect(headings('en')[1]).not.toContain('“');
});

// tshark: all 20 packets are DNS over UDP (RFC 768 knows no states).
test('who threw a packet away is not its sender, which stands for the path (06e: packet 4, ICMP, comes from the other end)', () => {
  const trace = capturedTrace('06e-firewall-reject-icmp.pcap');
  const drop = [...trace.events()].find(({kind, n}) => kind === 'drop' && n > 0) ?? expect.fail('no loss');
  const {heading} = why(trace, {kind: 'event', event: drop.n}, {atUs: drop.atUs});
  expect(heading).toSay({
    ...{says: 'panels.whyHeadings.lost', packet: 3, lost: {says: 'transcript.dropTexts.firewall'}},
  });
});

test('of a capture of UDP alone no state is yet to come', () => {
  const trace = capturedTrace('13j-dns-bind-resolver.pcap');
  const subject: Subject = {kind: 'variable', host: '10.77.200.10', name: 'state'};
  expect(why(trace, subject, {atUs: 1e12}).paragraphs.join(' ')).toSay({
    says: 'why.whyVariable.stateUnknown',
    udp: true,
  });
});

test('a crash is why a host is in CLOSED', () => {
  const trace = runNamed('half-open base');
  const {n, atUs} = trace.event(
    eventWhere(trace, (event) => event.kind === 'call' && event.call === 'crash'),
  );
  const {heading, event} = why(trace, server, {atUs: atUs + 1000});
  expect(heading).toSay({says: 'why.whyVariable.state', host: 'server', value: 'CLOSED'});
  expect(event).toBe(n);
});

// RFC 9293 §3.10.7.3: "form a SYN,ACK segment ... and send it". Oracle: no packet before it of the same sender has SYN and ACK.
test('where SYNs cross the SYN,ACK is sent, and not sent again', () => {
  for (const name of ['state-machine what-if 2', 'simultaneous-open base']) {
    const trace = runNamed(name);
    const flags = [1, 2, 3].map((id) => segmentOf(trace.packet(id))?.flags);
    expect(flags).toEqual([TcpFlag.SYN, TcpFlag.SYN, TcpFlag.SYN | TcpFlag.ACK]);
    const {sendEvent} = trace.packet(3);
    expect(why(trace, {kind: 'packet', packet: 3}, {atUs: trace.event(sendEvent).atUs}).heading).toMatch(
      /^Why SYN,ACK /,
    );
  }
});

const droppedIn = (trace: Trace): TraceEvent =>
  [...trace.events()].find(({kind}) => kind === 'drop') ?? expect.fail('nothing is thrown away');

// RFC 3704 §2.2, RFC 1812 §5.3.9: what is asked is one sentence, and why it ended stands beside it.
test.each([
  ['syn-flood filter', {says: 'panels.whyHeadings.lost', packet: 1}],
  ['refused rejected', {says: 'transcript.dropTexts.firewall'}],
])('%s: one sentence about a loss', (name, said) => {
  const trace = runNamed(name);
  const {n: event, atUs} = droppedIn(trace);
  const heading = (language: Language) => why(trace, {kind: 'event', event}, {atUs, language}).heading;
  expect(heading('en')).toSay(said);
  expect(heading('zh')).not.toContain('：');
});

// The lesson lets a record be altered: its client sends bad_record_mac, and the call returns an alert (RFC 9846 §5.2).
test('what a call came to is asked in a sentence', () => {
  const trace = runNamed('https-why https-edited');
  const returned = [...trace.events()].find(
    (event) => event.kind === 'answer' && event.answer.result === 'alert',
  );
  const {n: event, atUs} = returned ?? expect.fail('no alert');
  expect(why(trace, {kind: 'event', event}, {atUs}).heading).toSay({
    ...{says: 'panels.whyHeadings.returns', host: 'client', call: 'get(https://www.example.com/bill)'},
    result: 'alert',
  });
});

// Oracle: the name that the machine gives to the connection.
test('where a host has several connections, whose timer it is and which of them a heading is about is told', () => {
  const trace = runNamed('accept-queue what-if 3');
  const started = armings(trace, 'TLP').filter(({host, atUs}) => host === 'server' && atUs === 2_000_000);
  expect(started).toHaveLength(3);
  for (const {n: event, atUs, connection} of started) {
    const [, port] = /> .*:(\d+)$/.exec(connection ?? '') ?? [];
    const heading = (language: Language) => why(trace, {kind: 'event', event}, {atUs, language}).heading;
    expect(heading('en')).toMatch(new RegExp(`start(?: again)? at 2\\.000 s \\(ports 80 ▸ ${port}\\)\\?$`));
    expect(heading('zh')).toMatch(new RegExp(`启动（端口 80 ▸ ${port}）？$`));
  }
});

// Oracle: all connections of that host are with the one port 80; only its own port tells this one from the others.
test('a connection with the same peer as another one is named by its own port', () => {
  const trace = runNamed('accept-queue what-if 1');
  const about = {kind: 'variable', host: 'crowd', name: 'snd.nxt'} as const;
  expect(why(trace, about, {atUs: 2_950_000}).heading).toMatch(
    / 5001 \(connection with 198\.51\.100\.20:80, own port 50004\)\?$/,
  );
  const unset = {kind: 'variable', host: 'crowd', name: 'ssthresh'} as const;
  expect(why(trace, unset, {atUs: 2_950_000}).heading).toSay({
    ...{says: 'why.whyVariable.unset', name: 'ssthresh', peer: '198.51.100.20:80', port: 50_004},
  });
});

// Raw events: the SYN,ACK comes twice, and the second time it is discarded at the client; a damaged one is discarded where it comes to.
test.each([
  ['handshake-loss what-if 1', {packet: 2, copy: true, lost: {says: 'fates.thrownBy', host: 'client'}}],
  ['tcp-header what-if 1', {packet: 4, copy: false}],
  ['first-packet what-if 1', {packet: 4, lost: {says: 'player.playerTexts.lost'}}],
] as const)('%s: who throws what away', (name, facts) => {
  const trace = runNamed(name);
  const event = eventWhere(trace, ({kind}) => kind === 'drop');
  const {atUs} = trace.event(event);
  expect(why(trace, {kind: 'event', event}, {atUs}).heading).toSay({
    says: 'panels.whyHeadings.lost',
    ...facts,
  });
});

// The pair of addresses and ports is still in TIME-WAIT (RFC 9293 §3.10.1).
test('of a call that fails it is asked why it does', () => {
  const trace = runNamed('time-wait old-data');
  const event = eventWhere(trace, (each) => each.kind === 'call' && each.result !== 'ok');
  const {atUs} = trace.event(event);
  expect(why(trace, {kind: 'event', event}, {atUs}).heading).toSay({
    ...{says: 'panels.whyHeadings.returns', host: 'client', call: 'connect', result: 'EADDRNOTAVAIL'},
  });
});

// Recorded with netem, which doubled every packet: nobody sent packet 21 again.
test('what was doubled on the way nobody is asked why he sends it again', () => {
  const trace = capturedTrace('09e-everything-twice.pcap');
  expect(why(trace, {kind: 'packet', packet: 21}, {atUs: 80_000}).heading).toSay({
    says: 'panels.whyHeadings.doubled',
    packet: 21,
  });
});

// RFC 2308 §5: that a name does not exist holds for all types. Raw events: the resolver keeps it as of type 255, and asked for A.
test('what is known of a name that does not exist is of no type', () => {
  const trace = runNamed('dns-recursion what-if 3');
  const about = {kind: 'cache', host: 'local', name: 'nope.abc.com.', type: 255} as const;
  const heading = (language: Language) => why(trace, about, {atUs: 1e9, language}).heading;
  expect(heading('en')).toMatch(/ know about nope\.abc\.com\., and from where\?$/);
  expect(heading('zh')).toMatch(/知道 nope\.abc\.com\. ?的什么内容？从哪里来？$/);
});
