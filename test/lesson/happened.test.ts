// What runs are compared by where a beat is to speak of another one. Oracles: the same causes under other seeds, which happen alike; runs of
// which the one thing that differs is given; counts of the handshake and the close of RFC 9293 §3.5 and §3.6, by hand.
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readLesson} from '../../scripts/lesson-files.ts';
import {
  counted,
  fatesUnderWay,
  happened,
  initialNumbers,
  mishaps,
  packetFacts,
  portsAt,
  tally,
} from '../../source/lesson/happened.ts';
import type {Fault} from '../../source/sim/fault.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {seq} from '../../source/wire/seq.ts';
import {traceOf} from '../helpers/all-runs.ts';
import {tracedWith} from '../helpers/diverged.ts';
import {root} from '../helpers/root.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

const faults = (...texts: readonly string[]): Partial<Scenario> => ({
  faults: texts.map((text) => {
    const fault = parseFault(text);
    return fault.ok ? fault.value : expect.fail(text);
  }),
});

const all = {ports: undefined, opening: true};
const whole = (trace: Trace): readonly unknown[] => happened(trace, 1, trace.length);

/** Nobody chose the initial numbers, so the seed does. */
const drawn = (seed: number): Scenario => {
  const scenario = teardownScenario({seed});
  return {...scenario, hosts: scenario.hosts.map(({iss: _, ...host}) => host)};
};

const plain = run(teardownScenario());

test('another seed, other numbers, and the same happens', () => {
  const [one, other] = [run(drawn(1)), run(drawn(2))];
  expect(initialNumbers(one)).not.toEqual(initialNumbers(other));
  expect(whole(one)).toEqual(whole(other));
});

describe('what differs is seen', () => {
  test.each([
    'drop@packet=5',
    'dup@packet=5',
    'edit:tcp.window_size_value=1@packet=5',
    'corrupt=memory@packet=5',
  ])('%s', (text) => {
    const trace = run(teardownScenario(faults(text)));
    expect(whole(trace)).not.toEqual(whole(plain));
  });

  test('what was altered before a router passed it on', () => {
    const lesson = readLesson(join(root, 'lessons/foundations/layers.yaml'), 'layers.yaml');
    const base = lesson.ok ? lesson.value.runs.find(({name}) => name === 'base') : undefined;
    const own = lesson.ok && base ? {lesson: lesson.value, run: base} : expect.fail();
    const fault: Fault = {kind: 'edit', field: 'tcp.flags', value: 0x1c, mend: true, at: {packet: 6}};
    const [as, there] = [traceOf(own), tracedWith({...own, fault})].map((trace) => {
      const {n} = [...trace.events()].find(
        (event) => event.kind === 'arrive' && event.host === 'server' && event.packet === 6,
      ) ?? {n: 0};
      return happened(trace, n, n);
    });
    expect(there).not.toEqual(as);
  });

  test('who sends, what flags, how much', () => {
    const facts = [1, 2, 3, 4].map((id) => JSON.stringify(packetFacts(plain, id)));
    expect(new Set(facts).size).toBe(4);
    expect(facts[0]).toMatch(/^\["client","server",\[null,80,\["SYN"\],\{"seq":0,"ack":0\},0,\["mss",/);
    expect(facts[1]).toMatch(/^\["server","client",\[80,null,\["SYN","ACK"\],\{"seq":0,"ack":1\},0,/);
    expect(facts[3]).toContain('100');
  });
});

test('how many packets of each kind have left each host', () => {
  const opened = run(handshakeScenario());
  expect(tally(opened, opened.length, all)).toEqual([
    ['client SYN false', 1],
    ['server SYN ACK false', 1],
    ['client ACK false', 1],
  ]);
  expect(tally(opened, opened.length, {ports: undefined, opening: false})).toEqual([['client ACK false', 1]]);
  expect(tally(opened, opened.length, {ports: '1 2', opening: true})).toEqual([]);
  const sums = new Map(tally(plain, plain.length, all).map((each) => [String(each).split(',')[0], each]));
  expect(sums.get('client PSH ACK true')).toEqual(['client PSH ACK true', 1]);
  expect(sums.get('server PSH ACK true')).toEqual(['server PSH ACK true', 2]);
});

test('mishaps: losses, what is sent again, what is altered; nothing of a peaceful run', () => {
  expect(mishaps(plain, plain.length, all)).toEqual([]);
  const lost = run(teardownScenario(faults('drop@packet=4')));
  const kinds = mishaps(lost, lost.length, all).map((each) => String(each).split(',').slice(0, 2).join(' '));
  expect(kinds[0]).toMatch(/^drop /);
  expect(kinds.filter((each) => each.startsWith('drop'))).toHaveLength(1);
  expect(kinds).toContain('send client');
  expect(mishaps(lost, lost.length, {ports: '1 2', opening: true})).toEqual([]);
  const edited = run(teardownScenario(faults('edit:tcp.window_size_value=1@packet=5')));
  expect(mishaps(edited, edited.length, all).map((each) => String(each).split(',')[0])).toEqual(['arrive']);
  const syn = run(teardownScenario(faults('drop@packet=1')));
  expect(mishaps(syn, syn.length, all).length).toBeGreaterThan(0);
  expect(mishaps(syn, syn.length, {ports: undefined, opening: false})).toEqual([]);
});

test('what becomes of packets that are under way', () => {
  const fates = (trace: Trace, id: number) =>
    fatesUnderWay(trace, trace.packet(id).sendEvent).map((each) => [each].flat().at(-1));
  expect(fates(plain, 1)).toEqual(['arrive']);
  expect(fatesUnderWay(plain, plain.packet(1).endEvent ?? 0)).toHaveLength(0);
  expect(fates(run(teardownScenario(faults('drop@packet=1'))), 1)).toEqual(['drop']);
  const cut = run(handshakeScenario({limitUs: 40_000}));
  expect(fates(cut, 1)).toEqual(['open']);
});

test('the connection at hand, by its ports', () => {
  expect(portsAt(plain, plain.packet(1).sendEvent)).toBe('80 40000');
  expect(portsAt(plain, plain.packet(2).sendEvent)).toBe('80 40000');
  expect(portsAt(plain, 0)).toBe(undefined);
});

// RFC 9293 §3.4.1: a position is told from the initial number below it that is nearest.
test('a position is counted from the SYN that it follows', () => {
  expect([...initialNumbers(plain)].sort()).toEqual([1000, 9000]);
  expect([1000, 1001, 8999, 9000, 9050].map((position) => counted(plain, position))).toEqual([
    0, 1, 7999, 0, 50,
  ]);
  expect(counted(plain, 999)).toBe(999);
  expect(seq(counted(plain, 9001))).toBe(1);
});
