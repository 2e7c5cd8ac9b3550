// Sentences for what no beat speaks of: losses and sendings again, in both languages, only in simulated runs.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allRuns, traceOf as lessonTrace} from '../../helpers/all-runs.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {eventsOf, run} from '../../helpers/traces.ts';
import {load, traceOf} from '../../lesson/fragments.ts';
import {handshakeBeats, narration, sends} from '../beats.ts';
import {act, canvasOf, open, started, textOf} from '../player.ts';

const loses = (...packets: number[]) => packets.map((packet) => ({kind: 'drop', at: {packet}}) as const);
/** What is told of a lesson's own run: what the path did. */
const pathOf = (trace: Trace) => withCommentary(trace, [], {from: Number.POSITIVE_INFINITY});
const said = (beats: ReturnType<typeof withCommentary>) =>
  beats.map((beat) => (beat.kind === 'narration' ? [beat.say.en, beat.say.zh] : []));

test('a SYN is lost, and sent again after 1 s', () => {
  const trace = run(handshakeScenario({faults: loses(1)}));
  expect(said(pathOf(trace))).toEqual([
    [
      'The SYN is lost on the way. Nothing tells the client; its timer is due at 1.000 s.',
      'SYN 在途中丢了。没有谁会通知客户端；它的定时器设在 1.000 s 超时。',
    ],
    [
      'The client’s timer runs out after 1 s: it sends the SYN again and now waits until 2.000 s, as long as before (tcp_syn_linear_timeouts).',
      '客户端的定时器在 1 s 后超时，重发 SYN；这次等到 2.000 s，时间不加倍（tcp_syn_linear_timeouts）。',
    ],
  ]);
});

test('a host that sends much again before any timer runs out: the first three are told', () => {
  const late = load({
    topology: `topology:
  hosts: {client: {ip: 192.0.2.10, tcp: {mss: 1000, sack: false}}, server: {ip: 198.51.100.20, tcp: {mss: 1000, sack: false}}}
  links: [{name: path, between: [client, server], delay: 50ms}]
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80'}
  - {at: 200ms, host: client, call: send, bytes: 40000}
`,
    runs: 'runs: {base: {faults: [{reorder: {places: 3, from: client, data: true, nth: 5}}], until: 5s}}\n',
    beats: 'beats:\n  - {when: {sends: client, flags: [SYN]}, say: {en: x, zh: 一}}\n',
  });
  const trace = traceOf(late);
  const again = [...trace.events()].filter((event) => event.kind === 'send' && event.retransmission);
  expect(again.length).toBeGreaterThan(3);
  expect(said(pathOf(trace)).filter(([en]) => /sends the .* bytes .* again/.test(en ?? ''))).toHaveLength(3);
});

test('data are sent again as their bytes, whatever the flags', () => {
  const lossy = load({
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80'}
  - {at: 200ms, host: client, call: send, bytes: 10}
`,
    runs: 'runs: {base: {faults: [{drop: {from: client, data: true, nth: 1}}], until: 2s}}\n',
    beats: 'beats:\n  - {when: {sends: client, flags: [SYN]}, say: {en: x, zh: 一}}\n',
  });
  const [en, zh] = said(pathOf(traceOf(lossy)))[1] ?? [];
  // A probe comes first, which doubles nothing (RFC 8985 §7).
  expect(en).toMatch(
    /No ACK of the 10 bytes from seq=\d+ has come for .*: the client sends them again, to ask what .* Its retransmission timer is due at 800 ms\./,
  );
  expect(zh).toMatch(
    /没有收到对 seq=\d+ 起的 10 字节的确认，于是重发一次，探测是否已到达.*重传定时器设在 800 ms 超时。/,
  );
});

test('a pure ACK is not repeated: whoever waits for it is the other end', () => {
  const trace = run(handshakeScenario({faults: loses(3)}));
  expect(said(pathOf(trace))[0]).toEqual([
    'The ACK with ack=9001 is lost on the way. No timer retransmits an ACK. The server still waits for one; its timer is due at 1.050 s.',
    'ack=9001 的 ACK 在途中丢了。没有定时器会重传 ACK。服务器还在等，它的定时器设在 1.050 s 超时。',
  ]);
});

// RFC 1812 §5.2.7.1: a router that says so, and one that does not.
test.each([
  [
    ', unreachable: true',
    'The SYN is lost: the link is down. r1 tells the client.',
    'SYN 丢失：链路已断。r1 告知客户端。',
  ],
  [
    '',
    'The SYN is lost: the link is down. Nothing tells the client; its timer is due at 1.001 s.',
    'SYN 丢失：链路已断。没有谁会通知客户端；它的定时器设在 1.001 s 超时。',
  ],
])('no way on%s', (router, en, zh) => {
  const lesson = load({
    topology: `topology:
  hosts:
    client: {ip: 192.0.2.10}
    r1: {router: true, ip: {near: 192.0.2.1, far: 198.51.100.1}${router}}
    server: {ip: 198.51.100.20}
  links: [{name: near, between: [client, r1]}, {name: far, between: [r1, server]}]
`,
    script: `script:
  - {at: 0ms, call: setLink, link: far, up: false}
  - {at: 1ms, host: client, call: connect, to: 'server:80'}
`,
    runs: 'until: 500ms\n',
  });
  expect(said(pathOf(traceOf(lesson)))[0]).toEqual([en, zh]);
});

test('after crossing SYNs the second one is an answer (RFC 9293 Fig. 7)', () => {
  const lesson = load({
    topology: 'topology:\n  hosts: {a: {ip: 192.0.2.10, iss: 1000}, b: {ip: 198.51.100.20, iss: 9000}}\n',
    script:
      'script:\n' +
      "  - {at: 0ms, host: a, call: connect, to: 'b:5000', from: 4000}\n" +
      "  - {at: 0ms, host: b, call: connect, to: 'a:4000', from: 5000}\n",
    beats: 'beats:\n  - {when: {end: true}, say: {en: x, zh: 一}}\n',
  });
  expect(said(pathOf(traceOf(lesson)))).toEqual([
    [
      'A SYN comes to b in place of an answer: it sends its own SYN again, now with ACK; seq=9000 is the same.',
      'b 等来的不是应答，而是 SYN：它把自己的 SYN 再发一次，这次带 ACK，seq 仍是 9000。',
    ],
    [
      'A SYN comes to a in place of an answer: it sends its own SYN again, now with ACK; seq=1000 is the same.',
      'a 等来的不是应答，而是 SYN：它把自己的 SYN 再发一次，这次带 ACK，seq 仍是 1000。',
    ],
  ]);
});

test('a firewall is silent, or says that it rejects', () => {
  const behind = (rule: string) =>
    load({
      runs: `runs: {base: {actors: [{firewall: server, rules: [${rule}]}], until: 500ms}}\n`,
      beats: 'beats:\n  - {when: {sends: client}, say: {en: x, zh: 一}}\n',
    });
  expect(said(pathOf(traceOf(behind('{drop: {port: 80}}'))))).toEqual([
    [
      'The SYN is thrown away by the firewall. Nothing tells the client; its timer is due at 1.000 s.',
      '防火墙丢弃了 SYN。没有谁会通知客户端；它的定时器设在 1.000 s 超时。',
    ],
  ]);
  expect(said(pathOf(traceOf(behind('{reject: {port: 80, icmp: port}}'))))).toEqual([
    [
      'The SYN is thrown away by the firewall. The firewall sends a message about it to the client: ICMP type 3, code 3.',
      '防火墙丢弃了 SYN。防火墙为此向客户端发出通知：ICMP 类型 3、代码 3。',
    ],
  ]);
});

test('what arrives altered, and what arrives twice', () => {
  const edited = run(
    handshakeScenario({
      faults: [{kind: 'edit', at: {packet: 2}, field: 'tcp.ack_raw', value: 1000, mend: true}],
    }),
  );
  expect(said(pathOf(edited))[0]).toEqual([
    'Packet 2 is altered on the way; it arrives as SYN,ACK seq=9000 ack=1000.',
    '第 2 个分组在途中被改动，到达时是 SYN,ACK seq=9000 ack=1000。',
  ]);
  const toAnotherPort = run(
    handshakeScenario({
      faults: [{kind: 'edit', at: {packet: 1}, field: 'tcp.dstport', value: 81, mend: true}],
    }),
  );
  expect(said(pathOf(toAnotherPort))[0]).toEqual([
    'Packet 1 is altered on the way: tcp.dstport is 81, not 80.',
    '第 1 个分组在途中被改动：tcp.dstport 是 81，不是 80。',
  ]);
  const copied = run(handshakeScenario({faults: [{kind: 'dup', at: {packet: 2}, afterUs: 200_000}]}));
  expect(said(pathOf(copied)).map(([en]) => en)).toEqual([
    'Packet 2 arrives again: the path made a copy of it.',
  ]);
});

test('where a beat speaks of the instant, the beat alone; the others in the order of events', () => {
  const trace = run(handshakeScenario({faults: loses(1)}));
  const own = narration(7, sends(trace, 2), everywhere({en: 'Again.', zh: '又一次。'}));
  const last = narration(9, sends(trace, 3), everywhere({en: 'The answer.', zh: '回应。'}));
  const beats = withCommentary(trace, [own, last], {from: Number.POSITIVE_INFINITY});
  expect(said(beats).map(([en]) => en)).toEqual([
    'The SYN is lost on the way. Nothing tells the client; its timer is due at 1.000 s.',
    'Again.',
    'The answer.',
  ]);
  expect(new Set(beats.map(({index}) => index)).size).toBe(3);
});

test('a run in which nothing is lost is told by its lesson alone', () => {
  const trace = run(handshakeScenario());
  const own = handshakeBeats(trace);
  expect(withCommentary(trace, own, {from: Number.POSITIVE_INFINITY})).toEqual(own);
});

test('play stops to let it be read, and every sentence fits', () => {
  const trace = run(teardownScenario({faults: loses(8, 12)}));
  const opened = open({trace, beats: pathOf(trace)});
  let state = act(opened, started(), {kind: 'togglePlay'});
  for (let tick = 0; tick < 4000 && state.playing; tick++) state = act(opened, state, {kind: 'tick', ms: 50});
  expect(state.viewMs).toBeLessThan(opened.pacing.durationMs);
  const lines = textOf(canvasOf(opened, state, {columns: 80, rows: 24}));
  expect(lines.filter((line) => line.startsWith('  ▎'))).toEqual([
    '  ▎ The FIN is lost on the way.',
    '  ▎ Nothing tells the client; its probe timer (TLP) is due at 1.300 s.',
  ]);
});

test('the fate of one segment is told three times, the waits as they are (a probe, then RFC 6298 §5.5: each twice the last)', () => {
  const scenario = handshakeScenario({
    script: [
      ...handshakeScenario().script,
      {when: {kind: 'at', atUs: 200_000}, host: 'client', action: {call: 'send', bytes: 10}},
    ],
    faults: [{kind: 'drop', at: {from: 'client', data: true}}],
    until: {atUs: 20_000_000},
  });
  const trace = run(scenario);
  const again = said(pathOf(trace)).flatMap(
    ([en]) => /(?:runs out after|has come for) (.+?):/.exec(en ?? '')?.[1] ?? [],
  );
  expect(again).toEqual(['300 ms', '300 ms', '600 ms']);
  expect(said(pathOf(trace)).filter(([en]) => en?.includes('is lost'))).toHaveLength(3);
  expect([...trace.events()].filter((event) => event.kind === 'drop').length).toBeGreaterThan(5);
});

// One idea a sentence: of a flood's answers into the void the first three say it all.
test('SYN,ACKs to many forged addresses are one fate', () => {
  const lesson = load({
    topology: `topology:
  hosts: {attacker: {ip: 203.0.113.254}, server: {ip: 198.51.100.20}}
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: attacker, call: spoofSyn, to: 'server:80', source: 203.0.113.1-203.0.113.9, repeat: {times: 9, every: 1ms}}
until: 500ms
`,
    beats: `beats:
  - {when: {sends: attacker, nth: 1}, say: {en: a flood, zh: 洪泛}}
`,
  });
  const lost = said(pathOf(traceOf(lesson))).flatMap(([en = '']) => en.match(/^The SYN,ACK is lost/) ?? []);
  expect(lost).toHaveLength(3);
});

test('a full queue is one fate, whichever packets find no room in it', () => {
  const lesson = load({
    topology: `topology:
  hosts: {client: {ip: 192.0.2.10, tcp: {mss: 1000}}, server: {ip: 198.51.100.20, tcp: {mss: 1000}}}
  links: [{name: path, between: [client, server], delay: 50ms, rate: 8Mbit, queue: 4KiB}]
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80'}
  - {at: 200ms, host: client, call: send, bytes: 10000}
`,
    beats: 'beats:\n  - {when: {sends: client, flags: [SYN]}, say: {en: x, zh: 一}}\n',
  });
  const trace = traceOf(lesson);
  const full = eventsOf(trace, 'drop').filter(({reason}) => reason === 'queue');
  expect(full.length).toBeGreaterThan(4);
  // They leave at one time, so one sentence speaks for all; what is sent again finds no room one by one.
  const at = full.filter(({atUs}) => atUs === full[0]?.atUs).length;
  const told = said(pathOf(trace)).filter(([en]) => en?.includes('queue of the link is full'));
  expect(told[0]?.[0]).toContain(
    `, and ${at - 1} more at the same time, up to packet ${full[at - 1]?.packet}.`,
  );
  expect(told.length).toBeLessThanOrEqual(3);
});

// RFC 4987 §3.6: the server keeps no state for a SYN,ACK with a cookie, so that it does not wait either.
test.each([
  [
    'off',
    'The SYN,ACK is lost: no host has the address 203.0.113.1. Nothing tells the server; its timer is due at 1.050 s.',
  ],
  ['always', 'The SYN,ACK is lost: no host has the address 203.0.113.1. The server keeps no record of it.'],
])('cookies %s: who waits for a lost SYN,ACK', (synCookies, en) => {
  const lesson = load({
    topology: `topology:
  hosts: {attacker: {ip: 203.0.113.254}, server: {ip: 198.51.100.20, tcp: {synCookies: '${synCookies}'}}}
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: attacker, call: spoofSyn, to: 'server:80', source: 203.0.113.1}
until: 500ms
`,
    beats: `beats:
  - {when: {sends: attacker, nth: 1}, say: {en: a flood, zh: 洪泛}}
`,
  });
  expect(said(pathOf(traceOf(lesson)))[0]?.[0]).toBe(en);
});

// RFC 1035 §4.2.1: UDP repeats nothing, who asked asks again; a resolver under a new id (RFC 5452 §9.1), glibc under the same.
test('a DNS query is asked again: no segment, no seq; whether the id is a new one', () => {
  const sentences = (name: string): string => {
    const wanted = allRuns().find((each) => each.name === name) ?? expect.fail(name);
    return said(pathOf(lessonTrace(wanted)))
      .flat()
      .join('\n');
  };
  const resolver = sentences('dns-iterative what-if 2');
  expect(resolver).toMatch(
    /For 800 ms no answer about the A record has come: the resolver asks .* again, with a new id, \d+\./,
  );
  expect(resolver).toMatch(/A 记录的查询 800 ms 没有应答，解析器再问一次.*，id 换成 \d+。/);
  expect(sentences('dns-recursion what-if 1')).toMatch(
    /For 5 s no answer about the A record has come: the laptop asks the resolver again, with the same id, \d+\./,
  );
  expect(resolver).not.toContain('seq');
});

test('a query that was answered, but not enough, is no query without an answer (RFC 7766 §5)', () => {
  const blocked = allRuns().find(({name}) => name === 'dns-transport what-if 2') ?? expect.fail();
  const again = said(pathOf(lessonTrace(blocked))).flat();
  expect(again.filter((text) => /asks .* again, with/.test(text))).toEqual([
    expect.stringMatching(
      /^After 5\.050 s the laptop asks .* for the [A-Z]+ record again, with the same id, \d+\.$/,
    ),
  ]);
  expect(again.filter((text) => text.includes('没有应答'))).toEqual([]);
  const forged = allRuns().find(({name}) => name === 'dns-iterative what-if 3') ?? expect.fail();
  expect(
    said(pathOf(lessonTrace(forged)))
      .flat()
      .join('\n'),
  ).toMatch(/For 800 ms no answer about the [A-Z]+ record has come/);
});

// RFC 1191 §6.4: what was dropped for its size goes out in smaller segments, and 10073 began no segment before.
test('bytes that are cut anew are not called the same segment', () => {
  const narrow = allRuns().find(({name}) => name === 'layers what-if 3') ?? expect.fail();
  const [en, zh] = said(pathOf(lessonTrace(narrow))).at(-1) ?? [];
  expect(en).toBe(
    'The server had sent more than fits through the path in one packet: it cuts the bytes anew and sends the 536 bytes from seq=9001 again. With it 4 more packets, up to packet 16, repeat the 1567 bytes from seq=9537.',
  );
  expect(zh).toBe(
    '服务器发出的分组太大，路径过不去：它把数据重新切分，再发 seq=9001 起的 536 字节。同时发出的另外 4 个分组（到第 16 个为止）也是重发，即 seq=9537 起的 1567 字节。',
  );
});

test('of long strings of octets only where they begin to differ is told', () => {
  const told = (name: string): readonly string[] => {
    const wanted = allRuns().find((each) => each.name === name) ?? expect.fail(name);
    return said(pathOf(lessonTrace(wanted)))[0] ?? [];
  };
  const random =
    /tls\.handshake\.random (?:is|是) 00000000([\da-f]{8})…(?:, not |，不是 )(?!00000000)[\da-f]{8}\1…[.。]$/;
  for (const text of told('https-tls13 what-if 1')) expect(text).toMatch(random);
  expect(told('https-tls13 what-if 2')).toHaveLength(2);
  // Two lines at 80 columns.
  for (const text of told('https-tls13 what-if 2')) expect(textWidth(text)).toBeLessThan(2 * 70);
});
