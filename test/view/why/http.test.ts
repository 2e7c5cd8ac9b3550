// *Why?* of data that carry HTTP: the message is told first, then what carries it. Oracles: the start line that stands in the octets (RFC 9112
// §3, §4), and what the program says of itself.
import {expect, test} from 'vitest';
import {simulate} from '../../../scripts/simulate.ts';
import {entriesOf, instantOf} from '../../../source/account/entries.ts';
import {segmentOf} from '../../../source/account/packet.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {type Why, whyOf} from '../../../source/view/why/scene-why.ts';
import {ropeToBytes} from '../../../source/wire/rope.ts';
import {decodeUtf8} from '../../../source/wire/utf8.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {some} from '../../helpers/seeds.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const whyIn = (trace: Trace, n: number, language: Language = 'en'): Why =>
  whyOf(
    viewOf({
      ...open({trace, rule: (id) => rules.get(id)}),
      playback: started({language}),
      message: undefined,
    }),
    n,
  );

type Send = Extract<TraceEvent, {kind: 'send'}>;

const textOf = (trace: Trace, {packet}: Send): string => {
  const payload = segmentOf(trace.packet(packet))?.payload;
  return payload ? decodeUtf8(ropeToBytes(payload)) : '';
};

/** `GET /1`, `100 Continue`. */
const startOf = (text: string): string | undefined => {
  const [line = ''] = text.split('\r\n');
  return /^([A-Z]+ \S+) HTTP\/1\.[01]$/.exec(line)?.[1] ?? /^HTTP\/1\.[01] (\d{3} .+)$/.exec(line)?.[1];
};

const isWritten = (event: TraceEvent): boolean =>
  event.kind === 'note' &&
  ((event.note.kind === 'request' && event.note.op === 'sent') ||
    (event.note.kind === 'response' && event.note.op === 'started' && event.note.by === 'server'));

const lessons = allRuns().filter(({lesson: {id}}) => /^(?:http|cookies)/.test(id));

const run = (name: string): Trace =>
  traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));

test.each(some(lessons, 10).map((each) => [each.name, each] as const))('%s: messages are told', (_, each) => {
  const trace = traceOf(each);
  for (const event of entriesOf(trace, 'send')) {
    const start = startOf(textOf(trace, event));
    const written = instantOf(trace, event.n).some(
      (note) => note.n < event.n && note.host === event.host && isWritten(note),
    );
    if (start === undefined || event.hop > 0 || event.retransmission || !written) continue;
    const {heading, paragraphs, rule} = whyIn(trace, event.n);
    // A long target is cut.
    expect(heading).toContain(`Why ${start.slice(0, 20)}`);
    // Behind it may stand in whose name it is said.
    expect(paragraphs.slice(0, 2)).toEqual([
      expect.not.stringMatching(/^TCP: /),
      expect.stringMatching(/^TCP: /),
    ]);
    expect(rule).toMatch(/^RFC (?:9110|9112|8470|6265) §.*; RFC 9293 §/);
    // What a request looks like is HTTP/1.1's, what it means is HTTP's (RFC 9112 §2.1, §3; RFC 9110 §9).
    if (event.because && /^[A-Z]+ /.test(start)) expect(rule).toMatch(/^RFC 9112 §(?:2\.1, §3|9)/);
  }
});

test('100 Continue is told by the rule of HTTP in both languages', () => {
  const trace = run('http-status base');
  const [sent] = [...entriesOf(trace, 'send')].filter((event) =>
    /^HTTP\/1\.1 100 /.test(textOf(trace, event)),
  );
  const [en, zh] = (['en', 'zh'] as const).map((language) => whyIn(trace, sent?.n ?? 0, language));
  expect(en?.heading).toContain('Why 100 Continue ');
  expect(en?.paragraphs[0]).toBe(rules.get('9110:10.1.1/continue')?.text.en);
  expect(zh?.paragraphs[0]).toBe(rules.get('9110:10.1.1/continue')?.text.zh);
  expect(zh?.paragraphs[1]).toMatch(/^TCP：/);
});

test('over TLS the record stands between them', () => {
  const trace = run('https-tls13 full');
  const [note] = [...trace.events()].filter(isWritten);
  const sent = instantOf(trace, note?.n ?? 0).find(({kind}) => kind === 'send');
  const {heading, paragraphs} = whyIn(trace, sent?.n ?? 0);
  expect(heading).toContain('Why GET / ');
  expect(paragraphs.slice(1)).toEqual([expect.stringMatching(/^TLS: /), expect.stringMatching(/^TCP: /)]);
});

test('what goes on with a message, and what repeats it, is TCP’s alone', () => {
  for (const each of some(lessons, 6)) {
    const trace = traceOf(each);
    for (const event of entriesOf(trace, 'send')) {
      const isBegun = instantOf(trace, event.n).some(isWritten);
      // What a program opens a connection for is its own reason.
      const opens = event.because?.startsWith('9293:3.10.1/') ?? false;
      if (opens || (isBegun && !event.retransmission)) continue;
      expect(whyIn(trace, event.n).rule ?? '', `${each.name} ${event.packet}`).not.toMatch(/RFC 911[02]/);
    }
  }
});

test('a message of several segments is told at the first', () => {
  const found = ['layers big', 'cookies-session sizes', 'url-to-page base'].flatMap((name) => {
    const trace = run(name);
    return [...entriesOf(trace, 'note')].filter(isWritten).flatMap((note) => {
      const sent = instantOf(trace, note.n).filter(
        (event): event is Send => event.kind === 'send' && event.n > note.n && textOf(trace, event) !== '',
      );
      const alone = instantOf(trace, note.n).filter(isWritten).length === 1;
      return alone && sent.length > 1 ? [{trace, sent}] : [];
    });
  });
  expect(found.length).toBeGreaterThan(2);
  for (const {trace, sent} of found) {
    const [first, ...others] = sent.map(({n}) => whyIn(trace, n).rule);
    expect(first).toMatch(/^RFC 911[02]/);
    for (const rule of others) expect(rule).not.toMatch(/RFC 911[02]/);
  }
});

// RFC 9112 §2: the message begins with its first octet, whether or not that arrives.
test('where the first segment of a message is lost it is told all the same, and the second is not', () => {
  const big = allRuns().find(({name}) => name === 'layers big') ?? expect.fail();
  const [first, second] = [...entriesOf(traceOf(big), 'send')].filter(
    (event) => event.host === 'server' && event.hop === 0 && textOf(traceOf(big), event) !== '',
  );
  const scenario = scenarioOf({...big.run, faults: [{kind: 'drop', at: {packet: first?.packet ?? 0}}]});
  const trace = simulate(scenario, {source: 'layers', run: 'big'});
  const [lost, next] = [first, second].map((event) =>
    whyIn(trace, trace.packet(event?.packet ?? 0).sendEvent),
  );
  expect(trace.packet(first?.packet ?? 0).lost).toBe(true);
  expect(lost?.heading).toContain('Why 200 OK ');
  expect(next?.heading).toContain('bytes');
  expect(next?.rule).toMatch(/^RFC 9293/);
});

// RFC 9112 §9.5. Oracle: the requests that the server of the run has noted by then.
test('an idle timer that starts before the first request says so', () => {
  const trace = run('cookies-session base');
  const starts = [...trace.events()].flatMap((event) =>
    event.kind === 'app-timer' && event.because === '9112:9.5/idle/start' ? [event] : [],
  );
  const isAsked = ({n, timer}: (typeof starts)[number]): boolean =>
    [...trace.events()].some(
      (each) =>
        each.n < n &&
        each.kind === 'note' &&
        each.note.kind === 'request' &&
        each.note.op === 'received' &&
        timer === `idle ${each.note.stream}`,
    );
  const [fresh, used] = [starts.filter((each) => !isAsked(each)), starts.filter(isAsked)];
  expect(Math.min(fresh.length, used.length)).toBeGreaterThan(1);
  for (const {n} of fresh)
    expect(whyIn(trace, n).paragraphs[0]).toSay({says: 'rules.9112:9.5/idle/start', case: 'first'});
  for (const {n} of used)
    expect(whyIn(trace, n).paragraphs[0]).toSay({says: 'rules.9112:9.5/idle/start', case: undefined});
});

// RFC 9112 §9.3.2: responses come in the order of the requests; the call has them all only with the last.
test.each(['http-connections pipelined', 'http-connections what-if 4'])(
  '%s: a pipeline returns last',
  (name) => {
    const trace = run(name);
    const returned = [...trace.events()].find(({kind}) => kind === 'answer')?.n ?? 0;
    expect(whyIn(trace, returned).causedBy).toContain('GET /3');
  },
);
