// *Why?* of what a path or a host does: more than that a packet may be lost.

import {expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import {knowerName} from '../../../source/view/tls/key-words.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import type {Meaning} from '../../helpers/meaning.ts';
import {ruleNamed} from '../../helpers/tcp/rules.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const toldOf = (name: string, wanted: (event: TraceEvent) => boolean): string => {
  const own = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const trace = traceOf(own);
  const event = [...trace.events()].find(wanted) ?? expect.fail(name);
  const opened = open({trace});
  const playback = started({viewMs: viewMsOf(opened.pacing, event.n)});
  return whyAbout(viewOf({...opened, playback, message: undefined}), {
    kind: 'event',
    event: event.n,
  }).paragraphs.join(' ');
};

const manySynAcks = 'drop@from=server,flags=SYN+ACK,nth=2-';

test.each([
  [
    'a queue that is full',
    'cubic both-reno',
    (event) => event.kind === 'drop' && event.reason === 'queue',
    {says: 'player.whyTexts.losses.queue'},
  ],
  [
    'a host that is down',
    'url-to-page dead',
    (event) => event.kind === 'drop' && event.reason === 'host down',
    {says: 'player.whyTexts.losses.down'},
  ],
  [
    'a fault is named',
    'handshake-loss nobody',
    (event) => event.kind === 'drop' && event.reason === 'fault',
    {says: 'player.whyTexts.fault', fault: 'drop@from=client,nth=1-'},
  ],
  [
    'one of several faults',
    'handshake-loss what-if 2',
    (event) => event.kind === 'drop' && event.reason === 'fault' && event.packet > 3,
    {says: 'player.whyTexts.fault', fault: manySynAcks},
  ],
  [
    'a forged address (RFC 4987 §2.2)',
    'syn-flood base',
    (event) => event.kind === 'drop' && event.reason === 'no such host',
    {says: 'player.whyTexts.losses.nobody', address: '203.0.113.1', forged: 1},
  ],
  [
    'a crash is no decision',
    'half-open base',
    (event) => event.kind === 'call' && event.call === 'crash',
    {says: 'player.whyTexts.power.crash'},
  ],
] as const satisfies readonly (readonly [string, string, (event: TraceEvent) => boolean, Meaning])[])(
  '%s',
  (_, name, wanted, said) => {
    expect(toldOf(name, wanted)).toSay(said);
  },
);

test('what is thrown away where it comes has not only arrived', () => {
  const own = allRuns().find(({name}) => name === 'accept-queue never') ?? expect.fail();
  const trace = traceOf(own);
  const drop = [...trace.events()].find((event) => event.kind === 'drop' && event.reason === 'discarded');
  if (drop?.kind !== 'drop') throw new Error('nothing is thrown away');
  const opened = open({trace});
  const view = viewOf({
    ...opened,
    playback: started({viewMs: viewMsOf(opened.pacing, trace.length)}),
    message: undefined,
  });
  const told = whyAbout(view, {kind: 'packet', packet: drop.packet}).paragraphs;
  expect(told.at(-1)).toSay({
    ...{says: 'why.whyPacketEnd.thrown', packet: drop.packet, host: 'server'},
    time: `${drop.atUs / 1000} ms`,
  });
});

test('a host that starts again had gone down, and no program calls either', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'half-open base') ?? expect.fail());
  const told = (call: string) => {
    const {n} =
      [...trace.events()].find((each) => each.kind === 'call' && each.call === call) ?? expect.fail();
    const opened = open({trace});
    const playback = started({viewMs: viewMsOf(opened.pacing, trace.length)});
    return whyAbout(viewOf({...opened, playback, message: undefined}), {kind: 'event', event: n});
  };
  const [crash, reboot] = [told('crash'), told('reboot')];
  expect(crash.heading).toSay({says: 'panels.whyHeadings.power', host: 'server', call: 'crash'});
  expect(reboot.heading).toSay({says: 'panels.whyHeadings.power', host: 'server', call: 'reboot'});
  expect(reboot.causedBy).toSay({
    ...{says: 'panels.whySceneWhySentences.event.power', call: 'crash', time: '5.000 s'},
  });
  expect([crash.rule, reboot.rule]).toEqual([undefined, undefined]);
});

const became = (name: string, packet: number): readonly string[] => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const opened = open({trace, rule: ruleNamed});
  const playback = started({viewMs: viewMsOf(opened.pacing, opened.trace.length)});
  return whyAbout(viewOf({...opened, playback, message: undefined}), {kind: 'packet', packet}).paragraphs;
};

// RFC 9293 §3.10.7.4: “If an incoming segment is not acceptable, an acknowledgment should be sent in reply”; here the SYN,ACK came again.
test('what is not accepted is answered all the same', () => {
  expect(became('handshake-loss no-third', 4).at(-1)).toSay({
    ...{says: 'why.whyPacketEnd.thrown', packet: 4, host: 'client', time: '1.100 s', by: 5},
  });
});

// RFC 1812 §5.2.7.1: communication administratively prohibited. Packet 2 of the first run is that ICMP message; in the second the firewall is silent.
test('what a firewall throws away is told with the answer, if it gives one', () => {
  const [rejected, silent] = ['refused what-if 3', 'refused filtered'].map((name) => became(name, 1).at(-1));
  expect(rejected).toSay({
    ...{says: 'why.whyPacketEnd.became', what: 'packet 1 thrown away by the firewall', by: 2},
  });
  expect(silent).toSay({
    ...{says: 'why.whyPacketEnd.became', what: 'packet 1 thrown away by the firewall', by: undefined},
  });
});

// Raw events of that run: packet 2 arrives at 100 ms twice, and the second time it is discarded.
test('a copy has an end of its own, once it has come', () => {
  const [first, copy] = became('handshake-loss what-if 1', 2).slice(-2);
  expect(first).toSay({says: 'panels.whySceneWhySentences.event.arrive', packet: 'packet 2', time: '100 ms'});
  expect(copy).toSay({says: 'why.whyPacketEnd.copy', time: '100 ms', thrown: true});
  expect(became('handshake base', 2).join(' ')).not.toSay({says: 'why.whyPacketEnd.copy'});
});

// Raw events of that run: packet 1 leaves for port 80, the path makes 81 of it, and at 80 somebody listens.
test('where the summary shows nothing of what was altered, the fields tell it', () => {
  const [refused, altered] = became('tcp-header what-if 3', 2).slice(0, 2);
  expect(refused).toSay({says: 'rules.9293:3.10.7.1/closed/no-ack', port: 81});
  expect(altered).toSay({says: 'player.whyTexts.cameAltered', packet: 1, what: 'tcp.dstport 80 ▸ 81'});
});

test('who takes a packet on the way is named, with whom it was for', () => {
  const [last = '', taken = ''] = became('https-why answered', 1).slice(-2);
  expect(last).toSay({says: 'panels.whySceneWhySentences.event.arrive', packet: 'packet 1', time: '25 ms'});
  expect(taken).toSay({says: 'why.whyPacketEnd.taken', host: 'mitm', dst: '198.51.100.20'});
});

test('the thief is no host of the run, and has a name in each language', () => {
  const called = (host: string): string => host;
  expect(knowerName('thief', {language: 'zh', called})).toBe('窃得私钥者');
  expect(knowerName('server', {language: 'zh', called})).toBe('server');
});

// Oracle: the frame that arrived, beside the one that left. RFC 9293 §3.10.7.4 judges the numbers that came.
test.each([
  ['data-transfer what-if 3', 'seq=100000000'],
  ['handshake what-if 3', 'ack=1000'],
  // It is told with the numbers that came.
] as const)('%s: what came altered', (name, came) => {
  const trace = traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));
  const arrival = [...trace.events()].find((each) => each.kind === 'arrive' && each.altered);
  if (arrival?.kind !== 'arrive') expect.fail('nothing was altered');
  const after = [...trace.events()].find((each) => each.n === arrival.n + 1);
  const view = viewOf({...open({trace}), playback: started({viewMs: 1e9}), message: undefined});
  const told = whyAbout(view, {kind: 'event', event: after?.n ?? 0}).paragraphs.join(' ');
  expect(told).toSay({says: 'player.whyTexts.cameAltered', packet: arrival.packet});
  expect(told).toContain(came);
});

// RFC 6797 §8.3 rewrites a URL: SYNs and questions of the DNS go out in clear all the same. RFC 6582 §1: a hole may be reordering. RFC 7507 §1: a first try may fail by itself.
test.each([
  ['6797:8.3/https', /[Nn]ot one packet/, /明文分组/],
  ['6582:3.2/partial-ack', /was lost/, /也丢了/],
  ['5681:3.2/fast-recovery/new-data', /The lost segment/, /^丢失的报文段/],
  ['7507:3/fallback', /so somebody has broken/, /说明有人破坏/],
  ['5246:6.2.3/deliver', /: nobody has changed/, /都没人动过/],
  ['8305:5/delay', /alone/, /单独/],
] as const)('%s: only what is known', (id, en, zh) => {
  const rule = sharedData().rules.find((each) => each.id === id);
  expect(rule?.text.en).not.toMatch(en);
  expect(rule?.text.zh).not.toMatch(zh);
});

// RFC 6582 §3.2 holds an ACK against *recover*, not SND.NXT. Oracle: how far the packets had gone when the first segment was sent again.
test('a partial ACK is one below what had been sent when the loss was noticed', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'congestion what-if 4') ?? expect.fail());
  const opened = open({trace, rule: (id) => sharedData().rules.find((rule) => rule.id === id)});
  const view = viewOf({...opened, playback: started({viewMs: 1e9}), message: undefined});
  const sent = [...entriesOf(trace, 'send')].filter(({host}) => host === 'client');
  const endOf = (packet: number): number => {
    const segment = segmentOf(packetOf(trace, packet));
    return (segment?.seq ?? 0) + (segment?.payload.length ?? 0);
  };
  const begins = sent.find(({because}) => because === '5681:3.2/fast-retransmit')?.n ?? expect.fail();
  const recover = Math.max(...sent.filter(({n}) => n < begins).map(({packet}) => endOf(packet)));
  const partial = sent.filter(({because}) => because === '6582:3.2/partial-ack');
  expect(partial.length).toBeGreaterThan(0);
  for (const {packet} of partial) {
    const [symbols, numbers] = whyAbout(view, {kind: 'packet', packet}).formulas[0] ?? [];
    expect(symbols?.split(/\s+/)).toEqual(['snd.una', '<', 'seg.ack', '<', 'recover']);
    expect(numbers?.split(/\s+/).at(-1)).toBe(`${recover}`);
  }
});
