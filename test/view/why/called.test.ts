// *Why?* of a program's call: what the program is after comes before what its host makes of it. Oracle: the raw events.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {some} from '../../helpers/seeds.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';
import '../../helpers/meaning.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const why = (trace: Trace, event: number, language: Language = 'en') => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  const playback = started({language, viewMs: 1e9});
  return whyAbout(viewOf({...opened, playback, message: undefined}), {kind: 'event', event});
};

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const callIn = (trace: Trace, call: string, host?: string): TraceEvent =>
  [...trace.events()].find(
    (event) => event.kind === 'call' && event.call === call && (host ?? event.host) === event.host,
  ) ?? expect.fail(call);

test.each([
  ['first-packet base', 'connect', {peer: 'website', port: 80}],
  ['first-packet base', 'send', {peer: 'website', bytes: 5}],
  ['layers base', 'get', {url: 'http://www.example.com/sample/hello.jsp'}],
  ['sliding-window base', 'receive', {bytes: 4000}],
] as const)('%s: %s', (name, call, facts) => {
  const trace = runNamed(name);
  const {n} = callIn(trace, call);
  expect(why(trace, n).paragraphs[0]).toSay({says: `why.whyCalled.${call}`, ...facts});
  expect(why(trace, n).paragraphs.length).toBe(call === 'get' ? 1 : 2);
});

test('whoever closes behind the FIN of the other end (RFC 9293 §3.6)', () => {
  const trace = runNamed('why-three time-wait');
  const [client, server] = ['client', 'server'].map((host) => why(trace, callIn(trace, 'close', host).n));
  expect(client?.paragraphs[0]).toSay({says: 'why.whyCalled.close', host: 'client', ended: false});
  expect(server?.paragraphs[0]).toSay({
    ...{says: 'why.whyCalled.close', host: 'server', peer: 'client', ended: true},
  });
});

test.each(some(allRuns(), 10).map((run) => [run.name, run] as const))('in %s what came before', (_, run) => {
  const trace = traceOf(run);
  const got = new Map<string, number>();
  for (const event of trace.events()) {
    const end = `${event.host} ${event.connection}`;
    if (event.kind === 'deliver') got.set(end, (got.get(end) ?? 0) + event.bytes);
    if (event.kind !== 'call' || event.call !== 'send' || event.n > 2000) continue;
    const said =
      /the program has received (one|\d+) bytes? from the peer/.exec(
        why(trace, event.n).paragraphs[0] ?? '',
      )?.[1] ?? 0;
    if (event.result === 'ok') expect(said === 'one' ? 1 : Number(said)).toBe(got.get(end) ?? 0);
    got.delete(end);
  }
});

test('a sending that nobody saw has no time (16m, raw frames: taken at the receiver)', () => {
  const trace = capturedTrace('16m-tls12-client-certificate.pcap');
  const {sendEvent, endEvent} = trace.packet(3);
  expect(trace.event(sendEvent).untimed).toBe(true);
  expect(why(trace, endEvent ?? 0).causedBy).toSay({
    ...{says: 'panels.whySceneWhySentences.link.itself', packet: 'packet 3'},
    view: 'ARP 10.77.166.80 is at f2:06:6d:9d:20:52',
  });
});
