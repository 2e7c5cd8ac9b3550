// *Why?* of what comes of another step of its instant. Oracles: the packet that leaves, and what the program is told.
import {expect, test} from 'vitest';
import {entriesOf, instantOf} from '../../../source/account/entries.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {type Why, whyOf} from '../../../source/view/why/scene-why.ts';
import {flagNames} from '../../../source/wire/tcp.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const whyIn = (trace: Trace, {n}: TraceEvent, language: Language = 'en'): Why => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  return whyOf(viewOf({...opened, playback: started({language}), message: undefined}), n);
};

const tracesOf = (pattern: RegExp) =>
  allRuns()
    .filter(({name}) => pattern.test(name))
    .map((run) => ({name: run.name, trace: traceOf(run)}));

type Sent = Extract<TraceEvent, {kind: 'send'}>;

/** What leaves as the timer stops, and by which it does. */
const sentAt = (trace: Trace, {n, host, connection}: TraceEvent): Sent | undefined =>
  instantOf(trace, n).find(
    (each): each is Sent =>
      each.kind === 'send' && each.n > n && each.host === host && each.connection === connection,
  );

// RFC 5681 §4.2, RFC 9293 §3.8.6.3: an ACK may wait to ride on data; at the second full-sized segment it is sent by itself.
test('an ACK rides on a segment that leaves anyway, and on none that is but this ACK', () => {
  const seen = {rides: 0, alone: 0};
  for (const {name, trace} of tracesOf(/^(data-transfer|delayed-ack|why-four|cookies-session) /)) {
    for (const event of entriesOf(trace, 'timer')) {
      if (event.name !== 'delayed-ACK' || event.op !== 'cancel') continue;
      const sent = sentAt(trace, event);
      const segment = sent && segmentOf(packetOf(trace, sent.packet));
      if (!sent || !segment) continue;
      const {paragraphs, rule} = whyIn(trace, event);
      const isAlone = segment.payload.length === 0 && flagNames(segment).join() === 'ACK';
      seen[isAlone ? 'alone' : 'rides'] += 1;
      if (!isAlone)
        expect(paragraphs[0], `${name} ${event.n}`).toSay({says: 'rules.9293:3.8.6.3/delayed-ack/carried'});
      else {
        const {text, step} = rules.get(sent.because ?? '') ?? expect.fail();
        expect(paragraphs[0], `${name} ${event.n}`).toBe(text.en);
        expect(paragraphs[1]).toSay({says: 'player.whyTexts.ackLeaves'});
        expect(paragraphs).toHaveLength(2);
        expect(rule).toContain(step.en);
      }
    }
  }
  expect(seen.rides).toBeGreaterThan(0);
  expect(seen.alone).toBeGreaterThan(0);
});

/** What is done at once when an answer comes: no watch for silence any more, an entry of a cache. */
const doneBeside = ['9112:9.5/answered', '9111:3/store', '2181:5.4.1/store'];

// RFC 9112 §6.3: the response is complete, and with that the program has what it asked for; RFC 1034 §5.3.3 step 4 the same of a resolver.
test('a call returns because the answer has come, whatever else is done at once', () => {
  const seen = new Set<string>();
  for (const {name, trace} of tracesOf(/^(layers|http-|cookies-|https-tls13|url-to-page|dns-)/)) {
    for (const event of entriesOf(trace, 'answer')) {
      const {paragraphs, rule} = whyIn(trace, event);
      for (const id of doneBeside)
        expect(paragraphs.join(' '), `${name} ${event.n}`).not.toSay({says: `rules.${id}`});
      const isComplete = rule?.includes('The response is complete') ?? false;
      if (isComplete) expect(paragraphs).toEqual([rules.get('9112:6.3/complete')?.text.en]);
      if (isComplete) seen.add(event.action.call);
    }
  }
  expect([...seen].sort()).toEqual(['get', 'open', 'pipeline', 'post']);
});

// A call that fails: neither “no rule of a protocol decides this” nor “every request has its answer” is why.
test.each([
  [
    'https-why https-edited',
    'alert',
    {says: 'rules.9846:5.2/bad_record_mac'},
    'RFC 9846 §5.2',
    'packet 12 arrived at 300 ms',
  ],
  ['https-why own-certificate', 'alert', {says: 'rules.5280:6.1/unknown-issuer'}, 'RFC 5280 §6.1', undefined],
  [
    'https-tls12 what-if 4',
    'alert',
    {says: 'rules.5246:7.2.2/received'},
    'RFC 5246 §7.2.2',
    'packet 5 arrived',
  ],
  [
    'http-request what-if 9',
    'refused',
    {says: 'rules.9293:3.10.7.3/syn-sent/rst'},
    'RFC 9293 §3.10.7.3',
    'packet 2 arrived',
  ],
  [
    'dns-recursion what-if 2',
    'timedOut',
    {says: 'rules.1035:7.2/silent'},
    'RFC 1035 §7.2',
    'timer (DNS) expires',
  ],
])('%s: what ended the call: %s', (name, result, reason, clause, begun) => {
  const {trace} = tracesOf(new RegExp(`^${name}$`))[0] ?? expect.fail();
  const event = [...entriesOf(trace, 'answer')].find(({answer}) => answer.result === result) ?? expect.fail();
  const {paragraphs, rule, causedBy} = whyIn(trace, event);
  expect(paragraphs[0]).toSay({says: 'player.whyTexts.failed'});
  expect(paragraphs[1]).toSay(reason);
  expect(rule).toContain(clause);
  if (begun !== undefined) expect(causedBy).toContain(begun);
});

test('of TLS that ends by an alert nothing waits for the next message', () => {
  const {trace} = tracesOf(/^https-why https-edited$/)[0] ?? expect.fail();
  const closed = [...entriesOf(trace, 'tls')].filter(
    ({what}) =>
      (what.kind === 'state' && what.to === 'CLOSED') || (what.kind === 'closed' && what.how === 'alert'),
  );
  expect(closed.length).toBeGreaterThan(1);
  for (const event of closed) {
    const {heading, paragraphs} = whyIn(trace, event);
    expect(heading).not.toSay({says: 'tls-events.tlsSteps.other'});
    for (const id of ['9846:A.1/state', '9846:A.2/state'])
      expect(paragraphs.join(' ')).not.toSay({says: `rules.${id}`});
  }
});

// RFC 7766 §5, RFC 9110 §9.2.2 and §15.4, RFC 8305 §5, RFC 1123 §2.3: what a program that is called by nobody opens a connection for.
test.each([
  ['dns-transport truncated', 0, {says: 'rules.7766:5/tcp'}, 'RFC 7766 §5'],
  ['http-connections idle', 1, {says: 'rules.9110:9.2.2/retry'}, 'RFC 9110 §9.2.2'],
  ['url-to-page http', 1, {says: 'rules.9110:15.4/redirect'}, 'RFC 9110 §15.4'],
  ['url-to-page dead', 1, {says: 'rules.8305:5/next'}, 'RFC 8305 §5'],
  ['url-to-page what-if 8', 1, {says: 'rules.1123:2.3/next-address', ip: '203.0.113.79'}, 'RFC 9293 §3.10.1'],
] as const)('%s: another connection', (name, nth, reason, clause) => {
  const {trace} = tracesOf(new RegExp(`^${name}$`))[0] ?? expect.fail();
  const opened = [...trace.events()].filter(({because}) => because === '9293:3.10.1/open/active');
  const [before, after] = [opened.slice(0, 2 * nth), opened.slice(2 * nth, 2 * nth + 2)];
  expect(after.map(({kind}) => kind)).toEqual(['state', 'send']);
  for (const event of before) expect(whyIn(trace, event).paragraphs).toHaveLength(1);
  for (const event of after) {
    const {paragraphs, rule} = whyIn(trace, event);
    expect(paragraphs[0]).toSay(reason);
    expect(paragraphs[1]).toSay({says: 'rules.9293:3.10.1/open/active', case: undefined});
    expect(rule).toContain(clause);
  }
});

// The RCODE in the bytes of the response that came last (RFC 1035 §4.1.1: 3 NXDOMAIN, 2 SERVFAIL, 5 REFUSED, 0 where the type alone is missing).
test.each([
  ['dns-cache negative', 'NXDOMAIN', {packet: 8, code: 3}],
  ['dns-cache what-if 5', 'SERVFAIL', {packet: 19, code: 2}],
  ['dns-recursion what-if 5', 'REFUSED', {packet: 2, code: 5}],
  ['dns-recursion mail', 'NODATA', {code: 0, case: 'nodata'}],
])('%s: %s by the RCODE', (name, result, facts) => {
  const {trace} = tracesOf(new RegExp(`^${name}$`))[0] ?? expect.fail();
  const event = [...entriesOf(trace, 'answer')].find(({answer}) => answer.result === result) ?? expect.fail();
  expect(whyIn(trace, event).paragraphs.join(' ')).toSay({says: 'rules.1034:5.3.1/answer', ...facts});
});

// RFC 5452 §3: packet 6 bears the address of the name server, 203.0.113.53, and the attacker has sent it.
test('what is kept of a forged response is said to be forged', () => {
  const {trace} = tracesOf(/^dns-transport what-if 4$/)[0] ?? expect.fail();
  const stores = [...entriesOf(trace, 'note')].filter(
    ({note}) => note.kind === 'cache' && note.op === 'store',
  );
  const said = stores.map((event) => whyIn(trace, event).paragraphs.join(' '));
  expect(said.map((text) => isSaid(text, {says: 'why.whyCache.forged'}))).toEqual(
    stores.map(({fromPacket}) => fromPacket === 6),
  );
  expect(said.join(' ')).toSay({
    ...{says: 'why.whyCache.forged', packet: 6, src: '203.0.113.53', maker: 'the attacker'},
  });
});
