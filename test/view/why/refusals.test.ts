// *Why?* of what is refused or thrown away: the cause is that of the run, with its code, its zone and its rule.
import {expect, test} from 'vitest';
import {instantOf} from '../../../source/account/entries.ts';
import {packetOf} from '../../../source/account/packet.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const rules = new Map(sharedData().rules.map((rule) => [rule.id, rule]));

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

const why = (trace: Trace, subject: Subject) => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  return whyAbout(
    viewOf({...opened, playback: started({language: 'en', viewMs: 1e9}), message: undefined}),
    subject,
  );
};

// RFC 1812 §5.2.7.1. Oracle: type and code in the bytes of the message that leaves in the same instant.
test.each(['refused rejected', 'refused soft', 'refused prohibited'])(
  '%s: a firewall that rejects',
  (name) => {
    const trace = runNamed(name);
    const drop = [...trace.events()].find(
      (each) => each.kind === 'drop' && each.because === '1812:5.3.9/filter/icmp',
    );
    const sent = instantOf(trace, drop?.n ?? 0).find(
      (each) => each.kind === 'send' && each.n > (drop?.n ?? 0),
    );
    const ip = packetOf(trace, sent?.kind === 'send' ? sent.packet : 0).frame?.payload;
    const transport = ip?.kind === 'ip' ? ip.packet.transport : undefined;
    if (transport?.kind !== 'icmp' || !drop || !sent) throw new Error('no ICMP');
    for (const n of [drop.n, sent.n])
      expect(why(trace, {kind: 'event', event: n}).paragraphs.join(' ')).toContain(
        `ICMP type 3, code ${transport.message.code}.`,
      );
  },
);

// RFC 1035 §4.1.1, RFC 9499 §7 (lame). Oracle: the query is y.abc.com A IN, and packet 5 refers to that server, which has no zone.
test('a query of the class IN is refused for its name alone, and a lame delegation is named', () => {
  const {paragraphs} = why(runNamed('dns-iterative what-if 7'), {kind: 'packet', packet: 7});
  const told = paragraphs.join(' ');
  expect(told).toSay({
    ...{says: 'rules.1035:4.1.1/refused', case: 'no-zone', name: 'y.abc.com', referred: 'abc.com'},
  });
});

// Raw events 97, 101 of that run: packet 14 arrives at the server, whose accept queue is full.
test('what is thrown away where it came says where and by which rule', () => {
  const told = why(runNamed('accept-queue greeting'), {kind: 'packet', packet: 14}).paragraphs.at(-1);
  expect(told).toSay({
    ...{says: 'why.whyPacketEnd.thrown', packet: 14, host: 'server', time: '1.350 s'},
  });
});
