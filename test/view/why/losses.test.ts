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
import {ruleNamed} from '../../helpers/tcp/rules.ts';
import {open, started} from '../player.ts';

const toldOf = (name: string, wanted: (event: TraceEvent) => boolean): readonly string[] => {
  const own = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const trace = traceOf(own);
  const event = [...trace.events()].find(wanted) ?? expect.fail(name);
  return (['en', 'zh'] as const).map((language) => {
    const opened = open({trace});
    const playback = started({viewMs: viewMsOf(opened.pacing, event.n), language});
    return whyAbout(viewOf({...opened, playback, message: undefined}), {
      kind: 'event',
      event: event.n,
    }).paragraphs.join(' ');
  });
};

test.each([
  [
    'a queue that is full',
    'cubic both-reno',
    (event) => event.kind === 'drop' && event.reason === 'queue',
    ['Packets come to this link faster than it sends them', '分组到得比链路发得快'],
  ],
  [
    'a host that is down',
    'url-to-page dead',
    (event) => event.kind === 'drop' && event.reason === 'host down',
    ['The host is down, so nobody takes the packet', '主机已停机，没有谁收下这个分组'],
  ],
  [
    'a fault of the run is named',
    'handshake-loss nobody',
    (event) => event.kind === 'drop' && event.reason === 'fault',
    [
      'In this run a fault takes it: drop@from=client,nth=1-.',
      '这次运行里的一个故障使它丢失：drop@from=client,nth=1-。',
    ],
  ],
  [
    'of several faults it is the one that takes this packet',
    'handshake-loss what-if 2',
    (event) => event.kind === 'drop' && event.reason === 'fault' && event.packet > 3,
    ['a fault takes it: drop@from=server,flags=SYN+ACK,nth=2-.', 'drop@from=server,flags=SYN+ACK,nth=2-。'],
  ],
  [
    'nobody has an address that was forged (RFC 4987 §2.2)',
    'syn-flood base',
    (event) => event.kind === 'drop' && event.reason === 'no such host',
    [
      ' reaches nobody. RFC 1812 §5.2.7.1 asks the last router to tell its sender; here none does. An attacker has made the address up: it stood as the source in packet 1 ',
      '这个地址是攻击者伪造的：第 1 个分组拿它当源地址',
    ],
  ],
  [
    'a crash is no decision',
    'half-open base',
    (event) => event.kind === 'call' && event.call === 'crash',
    ['The host goes down, as when its power fails.', '主机停机，就像断了电'],
  ],
] as const satisfies readonly (readonly [
  string,
  string,
  (event: TraceEvent) => boolean,
  readonly string[],
])[])('%s', (_, name, wanted, texts) => {
  const told = toldOf(name, wanted);
  texts.forEach((text, index) => {
    expect(told[index]).toContain(text);
  });
});

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
  expect(told.at(-1)).toBe(
    `What became of it: packet ${drop.packet} came to the server at ${drop.atUs / 1000} ms and was thrown away there.`,
  );
});

test('a host that starts again had gone down, and no program calls either', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'half-open base') ?? expect.fail());
  const told = (call: string, language: 'en' | 'zh' = 'en') => {
    const {n} =
      [...trace.events()].find((each) => each.kind === 'call' && each.call === call) ?? expect.fail();
    const opened = open({trace});
    const playback = started({viewMs: viewMsOf(opened.pacing, trace.length), language});
    return whyAbout(viewOf({...opened, playback, message: undefined}), {kind: 'event', event: n});
  };
  expect(told('crash')).toMatchObject({heading: 'Why does the server go down?', rule: undefined});
  expect(told('reboot')).toMatchObject({
    heading: 'Why does the server start again?',
    causedBy: 'server going down at 5.000 s',
    rule: undefined,
  });
  expect(told('reboot', 'zh').causedBy).toBe('服务器在 5.000 s 停机');
});

const became = (name: string, packet: number): readonly string[] => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const opened = open({trace, rule: ruleNamed});
  const playback = started({viewMs: viewMsOf(opened.pacing, opened.trace.length)});
  return whyAbout(viewOf({...opened, playback, message: undefined}), {kind: 'packet', packet}).paragraphs;
};

// RFC 9293 §3.10.7.4: “If an incoming segment is not acceptable, an acknowledgment should be sent in reply”; here the SYN,ACK came again.
test('what is not accepted is answered all the same', () => {
  expect(became('handshake-loss no-third', 4).at(-1)).toBe(
    'What became of it: packet 4 came to the client at 1.100 s and was thrown away there, and answered with packet 5; rule: First check: below RCV.NXT.',
  );
});

// RFC 1812 §5.2.7.1: communication administratively prohibited. Packet 2 of the first run is that ICMP message; in the second the firewall is silent.
test('what a firewall throws away is told with the answer, if it gives one', () => {
  expect(became('refused what-if 3', 1).at(-1)).toBe(
    'What became of it: packet 1 thrown away by the firewall, and answered with packet 2.',
  );
  expect(became('refused filtered', 1).at(-1)).toBe(
    'What became of it: packet 1 thrown away by the firewall.',
  );
});

// Raw events of that run: packet 2 arrives at 100 ms twice, and the second time it is discarded.
test('a copy has an end of its own, once it has come', () => {
  expect(became('handshake-loss what-if 1', 2).slice(-2)).toEqual([
    'What became of it: packet 2 arriving at 100 ms.',
    'A copy of it arrived at 100 ms and was thrown away.',
  ]);
  expect(became('handshake base', 2).join(' ')).not.toContain('copy');
});

// Raw events of that run: packet 1 leaves for port 80, the path makes 81 of it, and at 80 somebody listens.
test('where the summary shows nothing of what was altered, the fields tell it', () => {
  expect(became('tcp-header what-if 3', 2).join('\n')).toMatch(
    /^Nobody listens on port 81\. .*\nThe path had altered packet 1: tcp\.dstport 80 ▸ 81\.\n/,
  );
});

test('who takes a packet on the way is named, with whom it was for', () => {
  const [last = '', taken = ''] = became('https-why answered', 1).slice(-2);
  expect(last).toBe('What became of it: packet 1 arriving at 25 ms.');
  expect(taken).toMatch(/ took it there, though it was for [\d.]+\.$/);
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
] as const)('%s: what came altered is told with the numbers that came', (name, came) => {
  const trace = traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));
  const arrival = [...trace.events()].find((each) => each.kind === 'arrive' && each.altered);
  if (arrival?.kind !== 'arrive') expect.fail('nothing was altered');
  const after = [...trace.events()].find((each) => each.n === arrival.n + 1);
  const [told = '', zhTold = ''] = (['en', 'zh'] as const).map((language) => {
    const view = viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined});
    return whyAbout(view, {kind: 'event', event: after?.n ?? 0}).paragraphs.join(' ');
  });
  expect(told).toContain(`The path had altered packet ${arrival.packet}; it came as `);
  expect(told).toContain(came);
  expect(zhTold).toContain(`第 ${arrival.packet} 个分组在路上被改过，到达时是 `);
  expect(zhTold).toContain(came);
});

// RFC 6797 §8.3 rewrites a URL: SYNs and questions of the DNS go out in clear all the same. RFC 6582 §1: a hole may be reordering. RFC 7507 §1: a first try may fail by itself.
test.each([
  ['6797:8.3/https', /[Nn]ot one packet/, /明文分组/],
  ['6582:3.2/partial-ack', /was lost/, /也丢了/],
  ['5681:3.2/fast-recovery/new-data', /The lost segment/, /^丢失的报文段/],
  ['7507:3/fallback', /so somebody has broken/, /说明有人破坏/],
  ['5246:6.2.3/deliver', /: nobody has changed/, /都没人动过/],
  ['8305:5/delay', /alone/, /单独/],
] as const)('%s says no more than is known', (id, en, zh) => {
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
