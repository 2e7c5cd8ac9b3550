// *Why?* where what a rule says in general did not happen: a zone that is given up, a TIME-WAIT that is skipped, data that wait, or do not.
import {expect, test} from 'vitest';
import {loadData} from '../../../source/lesson/load-data.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

const traceNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const told = (trace: Trace, event: number, language: Language = 'en'): string => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
  return whyAbout(view, {kind: 'event', event}).paragraphs.join(' ');
};

// RFC 1034 §5.3.3, step 4d: a server that fails is left, and others are asked.
test('a resolver that gives a zone up says which', () => {
  const trace = traceNamed('dns-cache what-if 5');
  const events = [...trace.events()];
  const fails = events.findLast(({kind, because}) => kind === 'note' && because === '1035:7.2/silent');
  const up = events.find((event) => event.n > (fails?.n ?? 0) && event.kind === 'send') ?? expect.fail();
  expect(told(trace, up.n)).toSay({says: 'rules.1034:5.3.3/ask', failed: 'abc.com'});
  const first =
    events.find(({kind, because}) => kind === 'send' && because === '1034:5.3.3/ask') ?? expect.fail();
  expect(told(trace, first.n)).not.toSay({says: 'rules.1034:5.3.3/ask', failed: 'abc.com'});
});

test('a machine that skips TIME-WAIT does not wait', () => {
  const skipped = traceNamed('time-wait skipped');
  const acks =
    [...skipped.events()].find(({because}) => because === '9293:3.10.7.4/fin/time-wait') ?? expect.fail();
  expect(told(skipped, acks.n)).toSay({says: 'rules.9293:3.10.7.4/fin/time-wait', case: 'no-wait'});
  const kept = traceNamed('time-wait base');
  const waits =
    [...kept.events()].find(({because}) => because === '9293:3.10.7.4/fin/time-wait') ?? expect.fail();
  expect(told(kept, waits.n)).toContain('waits 2 MSL');
});

// RFC 9293 §3.10.7.2: data of a SYN are queued until the connection is ESTABLISHED.
test('data of a SYN wait for the handshake', () => {
  const trace = traceNamed('handshake data-in-syn');
  const [first, second] = [...trace.events()].filter(
    ({kind, host}) => kind === 'deliver' && host === 'server',
  );
  expect(told(trace, first?.n ?? 0)).toSay({says: 'rules.9293:3.10.3/receive/outstanding', case: 'syn'});
  expect(told(trace, first?.n ?? 0, 'zh')).toContain('随 SYN 到达');
  if (second)
    expect(told(trace, second.n)).toSay({says: 'rules.9293:3.10.3/receive/outstanding', case: undefined});
});

// RFC 5452 §6: what nobody asked for is not believed.
test('a record that nobody had asked for is named where the cache lacks it', () => {
  const trace = traceNamed('dns-cache alias');
  const missed = [...trace.events()].findLast(
    (event) => event.kind === 'note' && event.note.kind === 'scrubbed',
  );
  const opened = open({trace, rule: (id) => rules.get(id)});
  const view = viewOf({...opened, playback: started({language: 'en', viewMs: 1e9}), message: undefined});
  const subject = {kind: 'cache', host: 'local', name: 'y.abc.com.', type: 1} as const;
  const answer = whyAbout({...view, cursor: (missed?.n ?? 0) + 4}, subject).paragraphs.join(' ');
  expect(answer).toSay({says: 'why.whyCache.missed', time: '125 ms', told: 7, how: 'nothing'});
});

// RFC 9293 §3.7.4: TCP_NODELAY turns the rule off.
test('a small segment that Nagle would hold back says why it leaves', () => {
  const trace = traceNamed('data-transfer what-if 2');
  const small = [...trace.events()].filter(
    (event) =>
      event.kind === 'send' && event.host === 'client' && event.because === '9293:3.10.2/send/segmentise',
  );
  expect(told(trace, small[0]?.n ?? 0)).not.toContain('TCP_NODELAY');
  expect(told(trace, small[3]?.n ?? 0)).toSay({says: 'rules.9293:3.10.2/send/segmentise', case: 'no-delay'});
});
