// *Why?* of numbers of TCP: what moves them, and nothing that their segment carries (RFC 9293 §3.4, RFC 9937).
import {expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

// RFC 9293 §3.4: a number of TCP comes from numbers of TCP, whatever the segment carries. Oracle: the RFCs that are not TCP's.
test.each([
  'http-connections what-if 2',
  'https-tls13 full',
  '14c-http11-pipelining.pcap',
  '16a-tls12-rsa-gcm.pcap',
])('%s: numbers of TCP alone', (name) => {
  const isCapture = name.endsWith('.pcap');
  const trace = isCapture ? capturedTrace(name) : runNamed(name);
  const others = /RFC (91\d\d|9846|5246)/;
  let carrying = 0;
  for (const event of trace.events()) {
    if (event.kind !== 'send' || event.packet < 1 || event.hop > 0) continue;
    const opened = open({trace, rule: (id) => rules.get(id)});
    const playback = started({viewMs: viewMsOf(opened.pacing, event.n)});
    const view = viewOf({...opened, playback, message: undefined});
    if (!others.test(whyAbout(view, {kind: 'packet', packet: event.packet}).rule ?? '')) continue;
    carrying += 1;
    const asked = [
      ...(['snd.nxt', 'flightSize'] as const).map(
        (own) => ({kind: 'variable', host: event.host, name: own}) as const,
      ),
      ...(['tcp.seq_raw', 'tcp.len', 'tcp.flags'] as const).map(
        (field) => ({kind: 'field', packet: event.packet, field}) as const,
      ),
    ];
    for (const subject of asked) {
      const {rule, paragraphs} = whyAbout(view, subject);
      expect(`${rule} ${paragraphs.join(' ')}`, JSON.stringify(subject)).not.toMatch(others);
    }
  }
  expect(carrying).toBeGreaterThan(1);
});

// RFC 9937: in recovery cwnd is what is on its way and what the reduction lets out; a duplicate ACK raises nothing. Oracle: the machine's own episodes.
test('cwnd that comes down to ssthresh step by step is not told as a sum', () => {
  const trace = runNamed('rack-tlp again');
  const seen = {reducing: 0, else: 0};
  let last = 0;
  for (const {n, atUs} of trace.events()) {
    const [tcb] = trace.stateAt(n)?.hosts['server']?.tcp.connections.values() ?? [];
    if (!tcb || tcb.cwnd === last || tcb.state !== 'ESTABLISHED') continue;
    last = tcb.cwnd;
    const opened = open({trace, rule: (id) => rules.get(id)});
    const playback = started({viewMs: viewMsOf(opened.pacing, n)});
    const view = viewOf({...opened, playback, message: undefined});
    if (view.cursor !== n) continue;
    const {formulas, rule, paragraphs} = whyAbout(view, {kind: 'variable', host: 'server', name: 'cwnd'});
    const isReducing = tcb.episode.state === 'recovery';
    seen[isReducing ? 'reducing' : 'else'] += 1;
    expect(rule === 'RFC 9937', `${atUs}`).toBe(isReducing);
    if (isReducing) expect(formulas).toEqual([]);
    expect(isSaid(paragraphs.join(' '), {says: 'why.whyReduced'})).toBe(isReducing);
  }
  expect(Math.min(seen.reducing, seen.else)).toBeGreaterThan(0);
});
