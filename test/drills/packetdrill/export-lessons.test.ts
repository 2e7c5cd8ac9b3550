// Every run of every lesson, as each of its hosts saw it, is a script that the same stack passes.
import {describe, expect, test} from 'vitest';
import {segmentOf} from '../../../source/account/packet.ts';
import {toPacketdrill} from '../../../source/drills/packetdrill/export.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {profiles, settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {allRuns, traceOf as lessonTraceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {load, runOf, traceOf} from '../../lesson/fragments.ts';
import {verdict} from './bench.ts';

/** Segments of DNS that a host sends. */
const dnsSegments = (trace: Trace, host: string): number =>
  [...trace.events()].filter((event) => {
    const segment =
      event.kind === 'send' && event.host === host && event.frame && segmentOf({frame: event.frame});
    return segment && [segment.srcPort, segment.dstPort].includes(53);
  }).length;

/**
 * Open: in the run RECEIVE waits in the stack and takes a byte before its ACK leaves (RFC 9293 §3.10.3); what the script says of that,
 * a read() that blocks, takes it behind the ACK.
 */
const open: {readonly [of: string]: RegExp} = {
  'sliding-window what-if 2, server': /: window: expected 4000, got 3999;/,
};

describe.each(some(allRuns(), 8))('$name', (lessonRun) => {
  const {run} = lessonRun;
  const trace = lessonTraceOf(lessonRun);

  test.each(run.hosts.map(({name, tcp}) => ({name, tcp})))('as $name saw it', ({name, tcp}) => {
    const settings = settingsFor(run.profile, tcp);
    const script = toPacketdrill(trace, {host: name, settings, base: profiles[run.profile]});
    const hasNat = run.actors?.some((actor) => actor.kind === 'nat' && actor.host === name) ?? false;
    // Who speaks TCP at port 53 is a server or a resolver: nothing in a lesson's script opens that connection.
    const ofDns = dnsSegments(trace, name) > 0;
    // The calls of browsers and Web servers are in no script either.
    const ofHttp = run.apps?.some(({host, spec}) => host === name && spec.app !== 'dns') ?? false;
    const connects = [...trace.events()].some(
      (event) => event.host === name && event.kind === 'state' && event.to !== 'LISTEN',
    );
    // Nor is what somebody sends once more, on a connection of their own.
    const replays = run.script.some(
      ({host, action}) => host === name && action.call === 'replay' && action.to,
    );
    const ofProgram = ofDns || (ofHttp && connects) || replays;
    if (!script.ok) {
      const reason = hasNat
        ? 'translates its own ports'
        : ofProgram
          ? 'an application of'
          : 'has no TCP connection';
      expect(script.error.message.en).toContain(reason);
      return;
    }
    expect(hasNat || ofProgram).toBe(false);
    expect(verdict(script.value), script.value).toMatch(open[`${lessonRun.name}, ${name}`] ?? /^pass$/);
  });
});

test('a run that is not TCP: the script says so, sets the machine alike and passes', () => {
  const lesson = load({runs: 'runs: {odd: {notTcp: {acceptWithoutThirdStep: true}}}\n'});
  const {profile, hosts} = runOf(lesson, 'odd');
  const settings = settingsFor(profile, hosts[1]?.tcp ?? {});
  const script = toPacketdrill(traceOf(lesson, 'odd'), {host: 'server', settings, base: profiles[profile]});
  if (!script.ok) expect.fail(script.error.message.en);
  expect(script.value).toContain('\n// not TCP: acceptWithoutThirdStep\n');
  const knob = '`sysctl -w packet_tutor.tcp.counterfactualAcceptWithoutThirdStep=true`';
  expect(script.value).toContain(knob);
  expect(verdict(script.value), script.value).toBe('pass');
  expect(verdict(script.value.replace(`+0 ${knob}\n`, ''))).not.toBe('pass');
});
