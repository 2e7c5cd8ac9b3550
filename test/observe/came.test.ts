// What is altered before a router goes on altered: whoever reads what arrived reads that. Oracle: the frames that the routers sent.
import {expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {flowOf} from '../../source/account/flow.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {cameAs} from '../../source/observe/came.ts';
import {connectionsIn} from '../../source/observe/connections.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {segmentIn} from '../../source/wire/frame.ts';
import {lessonNamed} from '../helpers/all-runs.ts';

const altered = (text: string): Trace => {
  const lesson = lessonNamed('layers');
  const run = lesson.runs.find(({name}) => name === 'base');
  const fault = parseFault(text);
  if (!run || !fault.ok) throw new Error(text);
  return simulate({...scenarioOf(run), faults: [fault.value]}, {source: lesson.id, run: run.name});
};

test('a segment arrives as the last router has sent it', () => {
  const trace = altered('edit:tcp.seq_raw=1500@packet=6');
  const arrivals = [...trace.events()].filter((event) => event.kind === 'arrive');
  const seqs = arrivals
    .filter(({packet}) => packet === 6)
    .map((each) => {
      const frame = cameAs(trace, each);
      return frame && segmentIn(frame)?.seq;
    });
  expect(seqs).toEqual([1500, 1500, 1500]);
  for (const each of arrivals.filter(({packet}) => packet !== 6)) expect(cameAs(trace, each)).toBeUndefined();
});

test('bytes that came as others are read when their copy comes', () => {
  const trace = altered('edit:tcp.seq_raw=1500@packet=6');
  const [first] = connectionsIn(trace).all.flatMap(({arrived}) => arrived);
  const at = trace.event(first?.event ?? 0);
  expect(at.kind === 'arrive' && at.packet).toBe(8);
});

test('an ACK acknowledges what it says when it comes', () => {
  const acks = (trace: Trace) => flowOf(trace, 6)?.acks.map(({packet, ack}) => `${packet} ${ack}`);
  expect(acks(altered('delay=1ms@packet=99'))).toContain('6 1');
  expect(acks(altered('edit:tcp.ack_raw=9000@packet=6'))).toContain('6 0');
});
