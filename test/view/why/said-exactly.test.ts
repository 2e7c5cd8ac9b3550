// *Why?* says no more than the run bears out: a set number has an equation, a question that is over is not awaited, an attacker may know.
import {expect, test} from 'vitest';
import {dnsMessagesOf, packetOf, segmentOf} from '../../../source/account/packet.ts';
import {loadData} from '../../../source/lesson/load-data.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {Rcode} from '../../../source/wire/dns/registry.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {open, started} from '../player.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, subject: Subject, atUs = trace.durationUs) => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  const playback = started({language: 'en', viewMs: msAt(opened.pacing, atUs)});
  return whyAbout(viewOf({...opened, playback, message: undefined}), subject);
};

const linesOf = ({formulas}: ReturnType<typeof why>): readonly string[] =>
  formulas.flat().map((line) => line.replace(/\s+/g, ' '));

type Way = Extract<TraceEvent, {readonly kind: 'send' | 'arrive'}>;

const ways = (trace: Trace, host: string): readonly Way[] =>
  [...trace.events()].flatMap((event) =>
    (event.kind === 'send' || event.kind === 'arrive') && event.host === host && event.packet > 0
      ? [event]
      : [],
  );

// RFC 9293 §3.10.7.3: “RCV.NXT is set to SEG.SEQ+1, IRS is set to SEG.SEQ”.
test.each(['handshake base', 'handshake-loss syn-ack-rfc'])(
  '%s: what a SYN,ACK sets in SYN-SENT is an equation',
  (name) => {
    const trace = runNamed(name);
    const [come] = ways(trace, 'client').flatMap((event) => {
      const segment = event.kind === 'arrive' ? segmentOf(packetOf(trace, event.packet)) : undefined;
      return segment && hasFlag(segment, 'SYN') ? [{event, segment}] : [];
    });
    if (!come) expect.fail('no SYN,ACK');
    const {event, segment} = come;
    expect(segLen(segment)).toBe(1);
    const answer = ways(trace, 'client').find(({n, kind}) => n > event.n && kind === 'send');
    const lines = linesOf(why(trace, {kind: 'event', event: answer?.n ?? 0}));
    expect(lines).toContain('rcv.nxt = seg.seq + SYN');
    expect(lines).toContain(`${segment.seq + 1} = ${segment.seq} + 1`);
    expect(lines).toContain(`${segment.seq} = ${segment.seq}`);
  },
);

/** What a DNS packet says to a host, by the bytes. */
const saidIn = (trace: Trace, event: Way) => {
  const [message] = dnsMessagesOf(packetOf(trace, event.packet));
  return message?.flags.qr ? {event, rcode: message.rcode} : undefined;
};

test('what a cache did not know is awaited until the question is over', () => {
  const trace = runNamed('dns-iterative what-if 6');
  const subject: Subject = {kind: 'cache', host: 'local', name: 'y.abc.com.', type: 1};
  const over = ways(trace, 'local').find(
    (event) => event.kind === 'send' && saidIn(trace, event)?.rcode === Rcode.SERVFAIL,
  );
  if (!over) expect.fail('the resolver gives no answer');
  const told = (atUs: number) => why(trace, subject, atUs).paragraphs[0] ?? '';
  expect(told(over.atUs - 10_000)).toContain('the answer is awaited');
  expect(told(over.atUs + 1)).not.toContain('awaited');
  expect(told(over.atUs + 1)).toContain('That is over');
  const stub: Subject = {...subject, host: 'm'};
  expect(why(trace, stub, over.atUs + 1).paragraphs[0]).toContain('the answer is awaited');
  expect(why(trace, stub).paragraphs[0]).toContain('That is over');
});

// The script of this run gives the attacker the id and the port of the query (RFC 5452 §4.5).
test('whoever has read a query does not guess', () => {
  const trace = runNamed('dns-transport what-if 4');
  const [forged] = ways(trace, 'attacker').filter(({kind}) => kind === 'send');
  const [text = ''] = why(trace, {kind: 'packet', packet: forged?.packet ?? 0}).paragraphs;
  expect(text).toContain('whoever has not read the query has to guess');
  expect(text).not.toMatch(/has not seen|are guesses/);
});
