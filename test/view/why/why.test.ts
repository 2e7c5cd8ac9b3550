// *Why?*: formulas with an instant's numbers, and the chain of causes.

import {expect, test} from 'vitest';
import {causeOf, effectOf, subjectOf} from '../../../source/account/causes.ts';
import {instantOf} from '../../../source/account/entries.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {simulatedVariables} from '../../../source/view/endpoints/end-variables.ts';
import {nothingSelected} from '../../../source/view/selection.ts';
import {msAt, viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {beatMs} from '../../../source/view/time/waypoints.ts';
import {viewOf} from '../../../source/view/view.ts';
import {eventText, linkText} from '../../../source/view/why/event-text.ts';
import {formulaLines} from '../../../source/view/why/formula.ts';
import {whyOf} from '../../../source/view/why/scene-why.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {ask, dnsScenario} from '../../helpers/dns-network.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {ackQuestion, enters, eventWhere, sends} from '../beats.ts';
import {act, open, sceneOf, started} from '../player.ts';
import '../../helpers/meaning.ts';

const trace = run(handshakeScenario());
const established = enters(trace, 'client', 'ESTABLISHED');

const connectionAt = (n: number) => {
  const [tcb] = trace.stateAt(n)?.hosts.client?.tcp.connections.values() ?? [];
  return tcb && simulatedVariables(tcb);
};
const frame = trace.packet(2).frame?.payload;
const segment =
  frame?.kind === 'ip' && frame.packet.transport.kind === 'tcp' ? frame.packet.transport.segment : undefined;
const scope = {
  before: connectionAt((trace.packet(2).endEvent ?? 1) - 1),
  after: connectionAt(established),
  segment,
  hidden: [],
};

test.each([
  ['snd.una < seg.ack ≤ snd.nxt', 'snd.una  <  seg.ack  ≤  snd.nxt', '1000     <  1001     ≤  1001'],
  ["rcv.nxt' = seg.seq + SYN", 'rcv.nxt  =  seg.seq  +  SYN', '9001     =  9000     +  1'],
  ["snd.una' = seg.ack", 'snd.una  =  seg.ack', '1001     =  1001'],
  ["rto' = 2 × rto", "rto'    =  2  ×  rto", '300 ms  =  2  ×  1.000 s'],
])('%s', (formula, symbols, numbers) => {
  expect(formulaLines([formula], scope)).toEqual([[symbols, numbers]]);
});

test('a number that a question asks for is neither computed nor left to be', () => {
  for (const hidden of ['9001', '9000'])
    expect(formulaLines(["rcv.nxt' = seg.seq + SYN"], {...scope, hidden: [hidden]})).toEqual([
      ['rcv.nxt  =  seg.seq  +  SYN'],
    ]);
  expect(formulaLines(['snd.una < seg.ack ≤ snd.nxt'], {...scope, hidden: ['1000']})[0]?.[1]).toBe(
    '?        <  1001     ≤  1001',
  );
});

test('symbols without a value stay as they are', () => {
  expect(formulaLines(['x < y'], scope)).toEqual([['x  <  y']]);
  // What x is afterwards is told from what it was, wherever both are shown.
  const both = formulaLines(['snd.una < seg.ack', "snd.una' = seg.ack"], scope);
  expect(both.map(([symbols = '']) => symbols.split(' ')[0])).toEqual(['snd.una', "snd.una'"]);
});

test('causes: state ← arrival ← sending ← arrival ← sending ← call', () => {
  const chain: number[] = [];
  for (let n: number | undefined = established; n !== undefined; n = causeOf(trace, n)) chain.push(n);
  const call = eventWhere(trace, (event) => event.kind === 'call' && event.call === 'connect');
  expect(chain).toEqual([
    established,
    trace.packet(2).endEvent,
    sends(trace, 2),
    trace.packet(1).endEvent,
    sends(trace, 1),
    call,
  ]);
});

test('a timer that runs out comes from its arming', () => {
  const lossy = run(handshakeScenario({faults: [{kind: 'drop', at: {packet: 1}}]}));
  const fired = eventWhere(lossy, (event) => event.kind === 'timer' && event.op === 'fire');
  const armed = eventWhere(lossy, (event) => event.kind === 'timer' && event.op === 'arm');
  expect(causeOf(lossy, fired)).toBe(armed);
  expect(effectOf(lossy, armed)).toBe(fired);
  expect(effectOf(lossy, fired)).toBe(sends(lossy, 2));
  expect(effectOf(lossy, sends(lossy, 1))).toBe(eventWhere(lossy, (event) => event.kind === 'drop'));
});

test('what a program is told or gets sends no segment; only its reading does', () => {
  // ESTABLISHED, the return of connect(), and the ACK come from the same SYN,ACK.
  const returned = eventWhere(trace, (event) => event.kind === 'signal' && event.signal === 'connected');
  expect(instantOf(trace, returned).some(({n, kind}) => n > returned && kind === 'send')).toBe(true);
  expect(effectOf(trace, returned)).toBeUndefined();
  const named = (name: string) => traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const transfer = named('data-transfer rfc');
  expect(
    effectOf(
      transfer,
      eventWhere(transfer, ({kind}) => kind === 'deliver'),
    ),
  ).toBeUndefined();
  const window = named('sliding-window base');
  const update = eventWhere(
    window,
    ({kind, because}) => kind === 'send' && because === '9293:3.8.6.2.2/window-update',
  );
  const read = instantOf(window, update).find(({kind}) => kind === 'deliver') ?? expect.fail('none read');
  expect(effectOf(window, read.n)).toBe(update);
});

test('why speaks of the state that changed, and says that there is no rule where there is none', () => {
  const opened = open({trace});
  const state = act(opened, started({viewMs: opened.pacing.viewMs.at(5) ?? 0}), {kind: 'toggleWhy'});
  expect(subjectOf(trace, trace.packet(2).endEvent ?? 0)).toBe(established);
  const {why} = sceneOf(opened, state);
  expect(why?.heading).toSay({
    ...{says: 'panels.whyHeadings.entered', host: 'client', what: 'ESTABLISHED', past: undefined},
  });
  expect(why?.causedBy).toSay({
    ...{says: 'panels.whySceneWhySentences.event.arrive', packet: 'packet 2', time: '100 ms'},
  });
  expect(why?.next).toSay({says: 'panels.whySceneWhySentences.link.itself', packet: 'packet 3'});
  const start = act(opened, started(), {kind: 'toggleWhy'});
  expect(sceneOf(opened, start).why?.heading).toSay({says: 'player.whyTexts.nothing'});
});

test.each([
  [{up: false}, {what: 'the link path goes down'}],
  [{up: true}, {what: 'the link path comes up'}],
  [{loss: 1}, {what: 'the link path changes: loss 100%'}],
  [
    {delayUs: 10_000, rateBps: 1_500_000, mtu: 1400},
    {what: 'the link path changes: delay 10 ms, rate 1500 kbit/s, MTU 1400'},
  ],
  // Nobody calls for what the network does.
])('what the network does: %j', (change, facts) => {
  const action = {call: 'setLink', link: 'path', change} as const;
  const altered = run(
    handshakeScenario({
      script: [...handshakeScenario().script, {when: {kind: 'at', atUs: 20_000}, host: 'client', action}],
      limitUs: 1_000_000,
    }),
  );
  const n = eventWhere(altered, (event) => event.kind === 'call' && event.call === 'setLink');
  const opened = open({trace: altered});
  const view = viewOf({...opened, playback: started(), message: undefined});
  expect(eventText(view, altered.event(n))).toSay({
    says: 'panels.whySceneWhySentences.event.call',
    ...facts,
    time: '20 ms',
  });
});

test('a packet that comes to a router is said to come there; to whom it is for goes without saying', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'dns-iterative chain') ?? expect.fail());
  const arrivals = Array.from({length: trace.length}, (_, index) => trace.event(index + 1)).filter(
    (event) => event.kind === 'arrive' && event.packet === 1,
  );
  const view = viewOf({...open({trace}), playback: started(), message: undefined});
  expect(arrivals.map(({host}) => host)).toEqual(['r1', 'local']);
  const [router, local] = arrivals.map((event) => [eventText(view, event), linkText(view, event)].join('\n'));
  expect(router).toSay({
    ...{says: 'panels.whySceneWhySentences.event.arrive', packet: 'packet 1', time: '5 ms', host: 'router'},
  });
  expect(local).toSay({
    ...{says: 'panels.whySceneWhySentences.event.arrive', packet: 'packet 1', time: '5 ms'},
    host: undefined,
  });
});

const edited = run(
  handshakeScenario({
    faults: [{kind: 'edit', at: {packet: 2}, field: 'tcp.ack_raw', value: 1000, mend: true}],
  }),
);

test('the numbers of an altered segment are those that arrived', () => {
  const opened = open({trace: edited, rule: () => ({...rules, formula: ['seg.ack ≤ iss']})});
  const {why} = sceneOf(opened, standing(opened, edited.packet(2).endEvent ?? 0));
  expect(why?.formulas).toEqual([['seg.ack  ≤  iss', '1000     ≤  1000']]);
});

const rules = {
  id: 'any',
  rfc: '9293 §3',
  step: everywhere({en: 'step', zh: '步'}),
  text: everywhere({en: 'text', zh: '文'}),
  formula: [],
};

const standing = (opened: ReturnType<typeof open>, event: number, language: 'en' | 'zh' = 'en') =>
  act(
    opened,
    started({language}),
    {kind: 'standAt', viewMs: viewMsOf(opened.pacing, event)},
    {kind: 'toggleWhy'},
  );

test('a heading is a sentence in both languages, with one space between Chinese and Latin letters', () => {
  const opened = open({trace: edited});
  const headings = Array.from({length: edited.length}, (_, index) =>
    (['en', 'zh'] as const).map(
      (language) =>
        sceneOf(opened, {...standing(opened, index + 1, language), why: {event: index + 1}}).why?.heading,
    ),
  );
  expect(headings.length).toBeGreaterThan(10);
  for (const [en, zh] of headings) {
    expect(en).toMatch(/^Why( (is|does) .+| .+ now)\?$/);
    expect(zh).toMatch(/^为什么.+？$/);
    expect(zh).not.toMatch(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]| [（？]|） /);
  }
});

test('what a damaged segment meets is a rule, not an accident', () => {
  const broken = run(
    handshakeScenario({
      faults: [{kind: 'edit', at: {packet: 1}, field: 'tcp.checksum', value: 0, mend: false}],
    }),
  );
  const opened = open({trace: broken});
  const {why} = sceneOf(opened, standing(opened, broken.packet(1).endEvent ?? 0));
  expect(why?.paragraphs).toEqual(['9293:3.1/checksum']);
});

test('what an application does comes from the packet that it was handed, and its timer has a name', () => {
  const dns = run(dnsScenario([ask(0, {call: 'resolve', name: 'y.abc.com', type: RecordType.A})]));
  const opened = open({trace: dns});
  const answered = sends(dns, 8);
  const query = dns.packet(7).endEvent;
  expect(causeOf(dns, answered)).toBe(query);
  const stops = eventWhere(dns, (event) => event.kind === 'app-timer' && event.op === 'cancel');
  const {heading} = whyOf(viewOf({...opened, playback: started(), message: undefined}), stops);
  expect(heading).toSay({
    ...{says: 'panels.whyHeadings.timer.cancel', timer: {says: 'timers.appTimers.query', app: 'DNS'}},
    ...{host: 'local', time: '45 ms'},
  });
});

test('why a packet is under way is asked of its sender, wherever a router passes it on', () => {
  const routed = run(dnsScenario([ask(0, {call: 'resolve', name: 'y.abc.com', type: RecordType.A})]));
  const passedOn = eventWhere(routed, (event) => event.kind === 'send' && event.hop > 0);
  expect(subjectOf(routed, passedOn)).toBe(sends(routed, 2));
});

const shop = allRuns().find(({name}) => name === 'cookies-session base');

const headingAt = (change: Partial<PlaybackState>): string | undefined => {
  if (shop === undefined) return undefined;
  const opened = open({trace: traceOf(shop)});
  const viewMs = msAt(opened.pacing, 2_200_000);
  return sceneOf(opened, started({viewMs, why: {event: undefined}, ...change})).why?.heading;
};

test('w asks about what stands under the cursor of the panel with the focus, else about the selected packet, else about the place', () => {
  expect(headingAt({focus: 'cookies', own: {cookies: 0}})).toSay({
    ...{says: 'why.whyCookie.sent', host: 'browser', name: 'JSESSIONID'},
  });
  expect(headingAt({focus: 'cookies', own: {cookies: 1}})).toSay({
    ...{says: 'why.whyCookie.session', host: 'shop', id: 'BADA9473…'},
  });
  expect(headingAt({focus: 'cookies'})).toBe(headingAt({}));
  const variable = {host: 'shop', name: 'snd.una'};
  expect(headingAt({focus: 'endpoints', selection: {...nothingSelected, variable}})).toSay({
    ...{says: 'why.whyVariable.heading', name: 'snd.una', host: 'shop', value: '9814'},
  });
  expect(headingAt({selection: {...nothingSelected, variable}})).toBe(headingAt({}));
  const field = {...nothingSelected, packet: 1, field: 'tcp.seq_raw'};
  expect(headingAt({focus: 'bytes', selection: field})).toSay({
    ...{says: 'why.whyField.heading', field: 'tcp.seq_raw', packet: 1, value: '1000'},
  });
  expect(headingAt({selection: field})).toSay({says: 'panels.whyHeadings.sent', what: 'SYN', past: '0 ms'});
});

test('after an answer w explains that question, and nothing that the next one asks', () => {
  const asked = open({trace, beats: [ackQuestion(trace, 0), {...ackQuestion(trace, 1), index: 1}]});
  const gate = {beat: 0, hint: false, replied: true};
  const viewMs = beatMs(asked.pacing, ackQuestion(trace, 0));
  const answers = {0: {choice: 'a'}};
  const one = sceneOf(asked, started({viewMs, gate, answers, why: {event: undefined}})).why;
  expect(one?.heading).toBe(ackQuestion(trace, 0).ask.en);
  expect(one?.formulas).toEqual([]);
  const both = {0: {choice: 'a'}, 1: {choice: 'a'}};
  const all = sceneOf(asked, started({viewMs, gate, answers: both, why: {event: undefined}})).why;
  expect(all?.formulas).toEqual([['seg.ack  =  rcv.nxt', '1001     =  1001']]);
});
