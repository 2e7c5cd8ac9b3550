// A beat speaks in another run only where it is as true as in its own: examples that were told falsely once, and what still speaks.
import {describe, expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {asidesOf} from '../../source/app/other-runs.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {runVariant} from '../../source/lesson/run-variant.ts';
import {allLessons, lessonNamed, signed, traceOf, unconditional} from '../helpers/all-runs.ts';
import {some} from '../helpers/seeds.ts';

const lossIn = (id: string, packet: number) => {
  const lesson = lessonNamed(id);
  const [run] = lesson.runs;
  if (!run) expect.fail(id);
  const variant = runVariant(run, {faults: [{kind: 'drop', at: {packet}}]});
  const trace = simulate(scenarioOf(variant), {source: id, run: run.name});
  return {lesson, run, trace};
};

const textOf = (beat: BoundBeat): string =>
  beat.kind === 'narration'
    ? `${beat.say.en} ${beat.note?.en ?? ''}`
    : `${beat.ask.en} ${beat.explain?.en ?? ''}`;

const told = (beats: readonly BoundBeat[]): string => beats.map(textOf).join('\n');

describe('what was said of runs in which it is false', () => {
  const losses: readonly (readonly [id: string, packet: number, said: RegExp])[] = [
    ['time-wait', 1, /The last ACK is lost on the way/],
    ['data-transfer', 4, /hands \d+ bytes to its program/],
    ['loss-recovery', 4, /The hole is filled/],
    ['congestion', 5, /Ten ACKs have arrived|No loss has set that threshold yet/],
    ['refused', 1, /after 1\.100 s, one round trip/],
    ['https-tls12', 7, /one round trip/],
    ['simultaneous-close', 10, /both at 1\.100 s/],
    ['loss-recovery', 7, /has grown/],
    ['simultaneous-open', 1, /two SYNs are in flight/],
    ['why-three', 1, /It is not lost/],
  ];
  test.each(some(losses, 3))('%s, packet %i lost: not %s', (id, packet, said) => {
    const {lesson, run, trace} = lossIn(id, packet);
    expect(told(bindBeats(unconditional(lesson), run.name, trace).beats), 'without conditions').toMatch(said);
    expect(told(bindBeats(signed(lesson), run.name, trace).beats)).not.toMatch(said);
  });
});

/** Flags of a packet that the path sets anew. */
test.each<readonly [why: string, of: readonly [id: string, packet: number, flags: number], said: RegExp]>([
  [
    // RFC 9293 §3.10.7.3: what counts of a SYN,ACK that somebody has set FIN in is the same, but it is no SYN,ACK.
    'an event that an altered packet brings about is not told by who speaks of the packet',
    ['state-machine', 2, 0x13],
    /SYN,ACK arrives in SYN-SENT/,
  ],
  // A FIN or RST that nobody has sent ends the first connection, and the browser opens another one (RFC 9110 §9.2.2).
  ['a second connection', ['http-request', 5, 0x11], /The whole connection took \d+ packets/],
  ['a connection opened before', ['url-to-page', 13, 0x19], /TCP 100 ms, TLS \d+ ms, HTTP/],
  ['a connection was opened between', ['url-to-page', 19, 0x19], /TCP 100 ms, TLS 100 ms, three requests/],
])('%s', (_, [id, packet, flags], said) => {
  const lesson = lessonNamed(id);
  const run = lesson.runs[0] ?? expect.fail('no run');
  const edit = {kind: 'edit', field: 'tcp.flags', value: flags, mend: true, at: {packet}} as const;
  const trace = simulate(scenarioOf(runVariant(run, {faults: [edit]})), {source: lesson.id, run: run.name});
  expect(told(bindBeats(unconditional(lesson), run.name, trace).beats)).toMatch(said);
  expect(told(bindBeats(signed(lesson), run.name, trace).beats)).not.toMatch(said);
});

/** RFC 9293 §3.10.7.4: who takes part of it for an RST or a FIN, or finds an ack that does not fit, reads nothing of what comes. */
test.each<readonly [why: string, of: readonly [id: string, packet: number, flags: number], said: RegExp]>([
  ['the response is an RST', ['https-tls12', 10, 0x1c], /The page arrived after 400 ms/],
  ['it acknowledges no FIN', ['http-request', 4, 0x19], /Step 5: header fields/],
  ['the request comes behind a FIN', ['http-request', 3, 0x11], /Step 3: header fields/],
  [
    'it is thrown away there, and not lost on the way',
    ['your-capture lost', 4, 0x1c],
    /A segment is lost on the way/,
  ],
])('of what comes, and does not count, no beat speaks: %s', (_, [of, packet, flags], said) => {
  const [id = '', name] = of.split(' ');
  const lesson = lessonNamed(id);
  const run = lesson.runs.find((each) => name === undefined || each.name === name) ?? expect.fail(of);
  const edit = {kind: 'edit', field: 'tcp.flags', value: flags, mend: true, at: {packet}} as const;
  const trace = simulate(scenarioOf(runVariant(run, {faults: [edit]})), {source: lesson.id, run: run.name});
  expect(told(bindBeats(signed(lesson), run.name, traceOf({lesson, run})).beats)).toMatch(said);
  expect(told(bindBeats(signed(lesson), run.name, trace).beats)).not.toMatch(said);
});

/** RFC 1122 §2.3.3: a frame whose check fails never gets to the filter of RFC 2827, which looks at the address in it. */
test('what is thrown away for another reason is not told as its own: a filter sees nothing of a damaged frame', () => {
  const lesson = lessonNamed('syn-flood');
  const run = lesson.runs.find(({name}) => name === 'filter') ?? expect.fail('no run');
  const corrupt = {kind: 'corrupt', where: 'link', at: {packet: 1}} as const;
  const trace = simulate(scenarioOf(runVariant(run, {faults: [corrupt]})), {
    source: lesson.id,
    run: run.name,
  });
  const [first] = [...trace.events()].filter(({kind}) => kind === 'drop');
  expect(first).toMatchObject({packet: 1, reason: 'link check'});
  const said = /sees that source 192\.0\.2\.101 can’t belong/;
  expect(told(bindBeats(signed(lesson), run.name, traceOf({lesson, run})).beats)).toMatch(said);
  expect(told(bindBeats(signed(lesson), run.name, trace).beats)).not.toMatch(said);
});

/** Once `lean` is silent, what points back to it is so, too. */
test.each<readonly [id: string, run: string, packet: number, lean: RegExp, said: RegExp]>([
  ['simultaneous-open', 'linux', 5, /host a sends ack=9001 again/, /Host b does the same/],
  ['refused', 'soft', 1, /is a soft error/, /So the client tries again/],
])(
  '%s, run %s, packet %i lost: nothing points back to what is not told there',
  (id, name, packet, lean, said) => {
    const lesson = lessonNamed(id);
    const run = lesson.runs.find((each) => each.name === name) ?? expect.fail(name);
    const variant = runVariant(run, {faults: [{kind: 'drop', at: {packet}}]});
    const text = told(
      bindBeats(signed(lesson), name, simulate(scenarioOf(variant), {source: id, run: name})).beats,
    );
    expect(text).not.toMatch(lean);
    expect(text).not.toMatch(said);
  },
);

test('in its own run a signed lesson says all that it says unsigned', () => {
  for (const lesson of some(allLessons(), 1)) {
    for (const run of lesson.runs) {
      const trace = traceOf({lesson, run});
      const own = bindBeats(signed(lesson), run.name, trace);
      expect(own, `${lesson.id} ${run.name}`).toEqual(bindBeats(lesson, run.name, trace));
    }
  }
});

/** Somebody takes one more packet from a run of which a what-if says what came of it. */
test.each<readonly [id: string, whatIf: number, packet: number, said: RegExp]>([
  ['data-transfer', 2, 5, /With TCP_NODELAY the client sends \d+ segments/],
  ['loss-recovery', 2, 1, /RTO doubles each time/],
])('%s, what-if %i, packet %i lost besides: not %s', (id, place, packet, said) => {
  const lesson = lessonNamed(id);
  const whatIf = lesson.whatIfs[place - 1] ?? expect.fail(id);
  const variant = runVariant(whatIf.run, {faults: [...whatIf.run.faults, {kind: 'drop', at: {packet}}]});
  const textsOf = (of: Lesson, run: Run): string =>
    asidesOf(of, run.name, simulate(scenarioOf(run), {source: id, run: run.name}))
      .map(textOf)
      .join('\n');
  expect(textsOf(signed(lesson), whatIf.run), 'in its own run').toMatch(said);
  expect(textsOf(lesson, variant), 'without signatures').toMatch(said);
  expect(textsOf(signed(lesson), variant)).not.toMatch(said);
});
