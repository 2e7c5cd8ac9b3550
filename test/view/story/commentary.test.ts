// What is told where no beat speaks: losses and repetitions, only in simulated runs.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {toldBeside} from '../../../source/view/story/told-beside.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allRuns, traceOf as lessonTrace} from '../../helpers/all-runs.ts';
import {meaningsOf} from '../../helpers/meaning.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {eventsOf, run} from '../../helpers/traces.ts';
import {load, traceOf} from '../../lesson/fragments.ts';
import {handshakeBeats, narration, sends} from '../beats.ts';
import {act, canvasOf, open, started, textOf} from '../player.ts';

const loses = (...packets: number[]) => packets.map((packet) => ({kind: 'drop', at: {packet}}) as const);
const beats = 'beats:\n  - {when: {sends: client, flags: [SYN]}, say: {en: x, zh: 一}}\n';

const untilEnd = {from: Number.POSITIVE_INFINITY};
/** What is told of a lesson's own run: what the path did. */
const pathOf = (trace: Trace) => withCommentary(trace, [], untilEnd);
/** The same as values. */
const toldOf = (trace: Trace) => toldBeside(trace, [], untilEnd).map(({says, facts}) => ({says, ...facts}));
const said = (beats: ReturnType<typeof withCommentary>) =>
  beats.map((beat) => (beat.kind === 'narration' ? beat.say.en : ''));
const runNamed = (name: string): Trace =>
  lessonTrace(allRuns().find((each) => each.name === name) ?? expect.fail(name));
/** The message that says which query is sent again. */
const askedAgain = (name: string) =>
  meaningsOf(said(pathOf(runNamed(name))).join('\n')).filter(({says}) => says === 'told.askedAgain');

test('a SYN is lost, and sent again after 1 s', () => {
  const trace = run(handshakeScenario({faults: loses(1)}));
  expect(toldOf(trace)).toMatchObject([
    {says: 'lost', thing: {packet: 1, what: 'SYN'}, notice: {by: 'timer', host: 'client', atUs: 1_000_000}},
    {says: 'again', why: 'timer', waitUs: 1_000_000, dueUs: 2_000_000, linear: true},
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
    beats,
  });
  const trace = traceOf(late);
  const again = [...trace.events()].filter((event) => event.kind === 'send' && event.retransmission);
  expect(again.length).toBeGreaterThan(3);
  expect(toldOf(trace).filter(({says}) => says === 'again')).toHaveLength(3);
});

test('data are sent again as their bytes, whatever the flags', () => {
  const lossy = load({
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80'}
  - {at: 200ms, host: client, call: send, bytes: 10}
`,
    runs: 'runs: {base: {faults: [{drop: {from: client, data: true, nth: 1}}], until: 2s}}\n',
    beats,
  });
  // A probe comes first, which doubles nothing (RFC 8985 §7).
  expect(toldOf(traceOf(lossy))[1]).toMatchObject({
    ...{says: 'again', why: 'probe', thing: {what: 'data', bytes: 10}, doubled: false, dueUs: 800_000},
  });
});

test('a pure ACK is not repeated: whoever waits for it is the other end', () => {
  const trace = run(handshakeScenario({faults: loses(3)}));
  expect(toldOf(trace)[0]).toMatchObject({
    ...{says: 'lost', thing: {what: 'ACK', ack: 9001}},
    notice: {by: 'peer', host: 'server', atUs: 1_050_000},
  });
});

// RFC 1812 §5.2.7.1: a router that says so, and one that does not.
test.each([
  [', unreachable: true', {by: 'host', host: 'r1'}],
  ['', {by: 'timer', host: 'client', atUs: 1_001_000}],
])('no way on%s', (router, notice) => {
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
  expect(toldOf(traceOf(lesson))[0]).toMatchObject({says: 'lost', reason: 'link down', notice});
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
  expect(toldOf(traceOf(lesson))).toEqual([
    {says: 'crossedAgain', host: 'b', seq: 9000},
    {says: 'crossedAgain', host: 'a', seq: 1000},
  ]);
});

test('a firewall is silent, or says that it rejects', () => {
  const behind = (rule: string) =>
    load({
      runs: `runs: {base: {actors: [{firewall: server, rules: [${rule}]}], until: 500ms}}\n`,
      beats: 'beats:\n  - {when: {sends: client}, say: {en: x, zh: 一}}\n',
    });
  const lost = {says: 'lost', thing: {what: 'SYN'}, reason: 'firewall'};
  expect(toldOf(traceOf(behind('{drop: {port: 80}}')))).toMatchObject([
    {...lost, notice: {by: 'timer', host: 'client', atUs: 1_000_000}},
  ]);
  expect(toldOf(traceOf(behind('{reject: {port: 80, icmp: port}}')))).toMatchObject([
    {...lost, notice: {by: 'refusal', icmp: {type: 3, code: 3}}},
  ]);
});

test('what arrives altered, and what arrives twice', () => {
  const edited = run(
    handshakeScenario({
      faults: [{kind: 'edit', at: {packet: 2}, field: 'tcp.ack_raw', value: 1000, mend: true}],
    }),
  );
  expect(said(pathOf(edited))[0]).toSay({says: 'told.altered.packet', arrived: 'SYN,ACK seq=9000 ack=1000'});
  const toAnotherPort = run(
    handshakeScenario({
      faults: [{kind: 'edit', at: {packet: 1}, field: 'tcp.dstport', value: 81, mend: true}],
    }),
  );
  expect(said(pathOf(toAnotherPort))[0]).toSay({
    ...{says: 'told.altered.field', name: 'tcp.dstport', arrived: '81', sent: '80'},
  });
  const copied = run(handshakeScenario({faults: [{kind: 'dup', at: {packet: 2}, afterUs: 200_000}]}));
  expect(toldOf(copied)).toMatchObject([{says: 'copied', packet: 2}]);
});

test('where a beat speaks of the instant, the beat alone; the others in the order of events', () => {
  const trace = run(handshakeScenario({faults: loses(1)}));
  const own = narration(7, sends(trace, 2), everywhere({en: 'Again.', zh: '又一次。'}));
  const last = narration(9, sends(trace, 3), everywhere({en: 'The answer.', zh: '回应。'}));
  const beats = withCommentary(trace, [own, last], {from: Number.POSITIVE_INFINITY});
  const [lost = '', ...rest] = said(beats);
  expect(lost).toSay({says: 'told.lost', thing: {packet: 1}});
  expect(rest).toEqual(['Again.', 'The answer.']);
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
  const shown = lines.filter((line) => line.startsWith('  ▎')).map((line) => line.slice(4));
  expect(shown).toHaveLength(3);
  expect(shown.join(' ')).toSay({says: 'told.lost', notice: {timer: 'TLP', at: '1.300 s'}});
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
  const told = toldOf(trace);
  const waits = told.flatMap((each) => (each.says === 'again' && 'waitUs' in each ? [each.waitUs] : []));
  expect(waits).toEqual([300_000, 300_000, 600_000]);
  expect(told.filter(({says}) => says === 'lost')).toHaveLength(3);
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
  expect(toldOf(traceOf(lesson)).filter(({says}) => says === 'lost')).toHaveLength(3);
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
    beats,
  });
  const trace = traceOf(lesson);
  const full = eventsOf(trace, 'drop').filter(({reason}) => reason === 'queue');
  expect(full.length).toBeGreaterThan(4);
  // They leave at one time, so one sentence speaks for all; what is sent again finds no room one by one.
  const at = full.filter(({atUs}) => atUs === full[0]?.atUs).length;
  expect(said(pathOf(trace))[0]).toSay({
    ...{says: 'told.lost', where: 'queue', more: at - 1, last: full[at - 1]?.packet},
  });
  const told = toldOf(trace).filter((each) => 'reason' in each && each.reason === 'queue');
  expect(told.length).toBeLessThanOrEqual(3);
});

// RFC 4987 §3.6: the server keeps no state for a SYN,ACK with a cookie, so that it does not wait either.
test.each([
  ['off', {by: 'timer', host: 'server', atUs: 1_050_000}],
  ['always', {by: 'nobody', why: 'forgotten'}],
])('cookies %s: who waits for a lost SYN,ACK', (synCookies, notice) => {
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
  expect(toldOf(traceOf(lesson))[0]).toMatchObject({says: 'lost', reason: 'no such host', notice});
});

// RFC 1035 §4.2.1: UDP repeats nothing, who asked asks again; a resolver under a new id (RFC 5452 §9.1), glibc under the same.
test('a DNS query is asked again: no segment, no seq; whether the id is a new one', () => {
  const none = {replied: 'none', type: 'A'};
  expect(askedAgain('dns-iterative what-if 2')).toContainEqual(
    expect.objectContaining({...none, who: 'resolver', wait: '800 ms', same: false}),
  );
  expect(askedAgain('dns-recursion what-if 1')).toContainEqual(
    expect.objectContaining({...none, who: 'laptop', peer: 'resolver', wait: '5 s', same: true}),
  );
  expect(said(pathOf(runNamed('dns-iterative what-if 2'))).join('\n')).not.toContain('seq');
});

test('a query that was answered, but not enough, is no query without an answer (RFC 7766 §5)', () => {
  expect(askedAgain('dns-transport what-if 2')).toMatchObject([
    {replied: 'reply', wait: '5.050 s', who: 'laptop', same: true},
  ]);
  expect(askedAgain('dns-iterative what-if 3')).toContainEqual(
    expect.objectContaining({replied: 'none', wait: '800 ms'}),
  );
});

// RFC 1191 §6.4: what was dropped for its size goes out in smaller segments, and 10073 began no segment before.
test('bytes that are cut anew are not called the same segment', () => {
  expect(toldOf(runNamed('layers what-if 3')).at(-1)).toMatchObject({
    ...{says: 'again', why: 'size', thing: {bytes: 536, seq: 9001}},
    others: {packets: [13, 14, 15, 16], range: {seq: 9537, bytes: 1567}},
  });
});

test('of long strings of octets only where they begin to differ is told', () => {
  const random = meaningsOf(said(pathOf(runNamed('https-tls13 what-if 1')))[0] ?? '')[0];
  expect(random).toMatchObject({says: 'told.altered.field', name: 'tls.handshake.random'});
  const octets = /^00000000([\da-f]{8})… (?!00000000)[\da-f]{8}\1…$/;
  expect(`${random?.['arrived']} ${random?.['sent']}`).toMatch(octets);
  const [beat] = pathOf(runNamed('https-tls13 what-if 2'));
  // Two lines at 80 columns.
  for (const language of languages)
    expect(textWidth(beat?.kind === 'narration' ? beat.say[language] : '')).toBeLessThan(2 * 70);
});
