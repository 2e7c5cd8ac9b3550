// *Why?* of a window says in what it counts (RFC 7323 §2.2, §2.3), and of a length from what it is summed (RFC 791 §3.1). Oracles:
// the SYNs and the headers of those packets, read by hand.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {windowTold} from '../../../source/view/fields/window.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const viewIn = (trace: Trace, language: Language) =>
  viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined});

const why = (trace: Trace, packet: number, field: string, language: Language = 'en') =>
  whyAbout(viewIn(trace, language), {kind: 'field', packet, field});

const window = 'tcp.window_size_value';

test('a window counts in units of its sender’s scale, in a SYN in bytes', () => {
  const trace = runNamed('loss-recovery tail-linux');
  const scaled = why(trace, 5, window);
  const units = {says: 'why.whyWindow.rounded', host: 'client', room: 64_240, units: 502, bytes: 64_256};
  expect(scaled.paragraphs[0]).toSay({says: 'why.whyWindow.scaled', unit: 128});
  // Its SYN told the whole buffer: 64240 = 501.875 × 128.
  expect(scaled.paragraphs[1]).toSay(units);
  expect(scaled.rule).toContain('RFC 9293 §3.8.6; RFC 7323 §2.3');
  const syn = why(trace, 1, window);
  expect(syn.paragraphs[0]).toSay({says: 'why.whyWindow.syn'});
  expect(syn.paragraphs[1]).toSay({says: 'why.whyWindow.held', host: 'client', bytes: 64_240});
  expect(syn.rule).toContain('RFC 9293 §3.8.6; RFC 7323 §2.2');
  // The server has agreed on a scale by then, and its SYN does not use it.
  const [meaning, held] = why(trace, 2, window).paragraphs;
  expect(meaning).toBe(syn.paragraphs[0]);
  expect(held).toSay({says: 'why.whyWindow.held', host: 'server', bytes: 64_240});
});

// RFC 7323 §2.2: what the SYN,ACK has told is in force in the ACK that answers it; RFC 9293 §3.10.7.3 speaks of the SYN,ACK’s numbers.
test('the first scaled window is told by its own sum, and not by the numbers of the segment that it answers', () => {
  const {formulas} = why(runNamed('time-wait what-if 1'), 3, window);
  expect(formulas.map((lines) => lines.map((line) => line.replace(/ +/g, ' ')))).toEqual([
    ['rcv.wnd = seg.wnd × rcv.scale', '64256 = 502 × 128'],
  ]);
});

// RFC 9293 §3.5.2: <SEQ=SEG.ACK><CTL=RST>, of which packet 12 has the ack 9001.
test('a RST that answers an ACK has its number from there', () => {
  const told = why(runNamed('accept-queue reset'), 14, 'tcp.seq_raw');
  expect(told.paragraphs[1]).toSay({says: 'why.whyField.answered', packet: 12});
  expect(told.formulas).toEqual([]);
});

test('of a capture the SYNs tell the unit, where both carry the option', () => {
  const [meaning, held] = why(capturedTrace('00a-handshake-only.pcap'), 5, window).paragraphs;
  expect(meaning).toSay({says: 'why.whyWindow.scaled'});
  // Whether it has that room no capture shows.
  expect(held).toSay({says: 'why.whyWindow.held', announced: true});
  // One side offers no scale.
  const [plain] = why(capturedTrace('00e-handshake-one-sided-options.pcap'), 5, window).paragraphs;
  expect(plain).toMatch(/in bytes\.$/);
});

// tshark: tcp.window_size of packets 16 and 18 is 73728 and 75776, tcp.ack 4345 and 5793; of packet 5, a SYN, 65160, and of packet 8 64 units.
test('of a capture a window is told by the one before, and not by what made its segment leave', () => {
  const trace = capturedTrace('14k-http-large-download.pcap');
  const grown = why(trace, 18, window);
  expect(grown.paragraphs[2]).toSay({
    ...{says: 'why.whyAnnounced.more', packet: 16, now: 18, told: 73_728, change: 2048, came: 1448},
  });
  expect(grown.paragraphs).toHaveLength(3);
  expect(grown.rule).toBe('RFC 9293 §3.8.6; RFC 7323 §2.3');
  expect(why(trace, 8, window).paragraphs.at(-1)).toSay({
    ...{says: 'why.whyAnnounced.rounded', packet: 5, told: 65160, unit: 1024},
  });
});

test('without the SYNs nobody knows the unit', () => {
  const view = viewIn(runNamed('loss-recovery tail-linux'), 'en');
  const nothing = {
    ...{iss: undefined, irs: undefined, details: () => []},
    quantity: () => undefined,
    text: () => '—',
  };
  const scope = {before: undefined, after: nothing, segment: undefined, hidden: []};
  const told = windowTold(view, 5, scope);
  expect([told?.clause, told?.held]).toEqual([undefined, undefined]);
  expect(told?.meaning).toSay({says: 'why.whyWindow.unknown'});
});

test('what a question asks for is not told', () => {
  const view = viewIn(runNamed('loss-recovery tail-linux'), 'en');
  const quantity = (name: string) => ({value: name === 'rcv.scale' ? 128 : 64_256});
  const after = {...{iss: undefined, irs: undefined, details: () => []}, quantity, text: () => '—'};
  const scope = {before: undefined, after, segment: undefined};
  expect(windowTold(view, 5, {...scope, hidden: ['64256']})?.held).toBeUndefined();
  expect(windowTold(view, 5, {...scope, hidden: ['128']})).toBeUndefined();
  expect(windowTold(view, 5, {...scope, hidden: []})?.held).toContain('64256');
});

test('the length of a packet is the sum of what it is made of', () => {
  expect(why(runNamed('handshake base'), 3, 'ip.len').formulas).toEqual([
    ['ip.len  =  ip.hdr_len  +  tcp.hdr_len  +  tcp.len', '40      =  20          +  20           +  0'],
  ]);
  const [names, numbers] = why(runNamed('dns-recursion base'), 1, 'ip.len').formulas[0] ?? [];
  expect(names).toBe('ip.len  =  ip.hdr_len  +  udp.length');
  expect(numbers).toMatch(/^\d+ += {2}20 +\+ {2}\d+$/);
});

test('a packet that a question is about may not have left yet', () => {
  const {paragraphs} = why(runNamed('handshake base'), 2, 'tcp.seq_raw');
  expect(paragraphs.join(' ')).toSay({says: 'why.whyField.own', variable: 'ISS', host: 'server'});
});

test('a field brings nothing about', () => {
  const {previous, next} = why(runNamed('handshake base'), 2, 'tcp.ack_raw');
  expect([previous, next]).toEqual(['packet 1 arrived', undefined]);
});

// RFC 9293 §3.10.7.4: what is taken moves RCV.NXT, and the window is adjusted; the next acknowledgment tells it.
test('a window that what arrived has used up waits for no program', () => {
  const trace = runNamed('https-tls12 what-if 1');
  const view = viewIn(trace, 'en');
  const {client} = trace.stateAt(86)?.hosts ?? {};
  const [tcb] = client?.tcp.connections.values() ?? [];
  expect([tcb?.receiveBuffer.length, tcb?.rcv.wnd]).toEqual([0, 64_248]);
  const about = {kind: 'variable', host: 'client', name: 'rcv.wnd'} as const;
  const used = whyAbout({...view, cursor: 86}, about);
  const [since, law, ...others] = used.paragraphs;
  expect(since).toSay({says: 'why.whyVariable.since', time: '300 ms'});
  expect(law).toSay({says: 'why.roomUsed'});
  expect(others).toEqual([]);
  expect(used.rule).toBe('RFC 9293 §3.10.7.4');
  // It was a FIN.
  expect(used.formulas).toEqual([["rcv.wnd'  =  rcv.wnd  −  seg.len", '64248     =  64249    −  1']]);
  // Packet 8 announces anew what packet 7 had used up, whatever the request that it answers says.
  const shop = runNamed('cookies-session what-if 3');
  const opened = open({trace: shop});
  const playback = started({language: 'en', viewMs: msAt(opened.pacing, 2_060_000)});
  const told = whyAbout(viewOf({...opened, playback, message: undefined}), {...about, host: 'shop'});
  expect(shop.event(told.event ?? 0)).toMatchObject({kind: 'send', packet: 8});
  expect([told.paragraphs.length, told.rule]).toEqual([2, 'RFC 9293 §3.10.7.4']);
  expect(told.paragraphs[1]).toSay({says: 'why.roomUsed'});
  // Where the program does not read, data wait.
  const full = runNamed('sliding-window base');
  const waiting = [...full.events()].find(
    ({n}) => [...(full.stateAt(n)?.hosts.server?.tcp.connections.values() ?? [])][0]?.receiveBuffer.length,
  );
  const {n} = waiting ?? expect.fail('nothing waits');
  const taken = whyAbout({...viewIn(full, 'en'), cursor: n}, {...about, host: 'server'});
  expect(taken.paragraphs[1]).toSay({says: 'why.variableLaws.rcv.wnd'});
});

// RFC 7323 §2.3: what stands in the field is shifted; Linux __tcp_select_window: ALIGN(window, 1 << rcv_wscale). 64240 is 501.875 × 128.
test('a window that was rounded up to whole units was not read free', () => {
  const trace = runNamed('handshake-loss what-if 3');
  const about = {kind: 'variable', host: 'client', name: 'rcv.wnd'} as const;
  const {heading, paragraphs, formulas, rule} = whyAbout(viewIn(trace, 'en'), about);
  expect(heading).toSay({says: 'why.whyVariable.heading', name: 'rcv.wnd', host: 'client', value: '64256'});
  expect(paragraphs[1]).toSay({says: 'why.roomRounded', room: 64240, unit: 128});
  expect(paragraphs).toHaveLength(2);
  expect(formulas).toEqual([["rcv.wnd'  =  units  ×  unit", '64256     =  502    ×  128']]);
  expect(rule).toBe('RFC 7323 §2.3; Linux __tcp_select_window');
});

// tshark: tcp.window_size_value 63, SYN with a scale of 10, tcp.window_size 64512.
test.each([
  ['14d-http-chunked.pcapng', '10.77.115.2', 8],
  ['11c-close-with-unread-data.pcap', '10.77.50.2', 7],
])(
  // It is what the end announces, and is shown by the packet that does.
  '%s: RCV.WND of a watched end',
  (name, host, packet) => {
    const trace = capturedTrace(name);
    const opened = open({trace});
    const atUs = trace.event(trace.packet(packet).sendEvent)?.atUs ?? expect.fail();
    const playback = started({language: 'en', viewMs: msAt(opened.pacing, atUs + 1)});
    const told = whyAbout(viewOf({...opened, playback, message: undefined}), {
      kind: 'variable',
      host,
      name: 'rcv.wnd',
    });
    expect(told.formulas.map((lines) => lines.map((line) => line.replace(/ +/g, ' ')))).toEqual([
      ['rcv.wnd = seg.wnd × rcv.scale', '64512 = 63 × 1024'],
    ]);
    expect(told.paragraphs).toContainEqual(expect.stringMatching(new RegExp(`^Packet ${packet} shows this`)));
    expect(told.causedBy).toBeUndefined();
  },
);
