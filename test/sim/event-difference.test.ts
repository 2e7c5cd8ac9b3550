// In which fields two events differ. Oracle: the events, made by hand; names of fields are Wireshark's.
import {expect, test} from 'vitest';
import {eventDifferences} from '../../source/sim/event-difference.ts';
import type {TraceEvent} from '../../source/sim/trace.ts';
import {seq} from '../../source/wire/seq.ts';
import {teardownScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const trace = run(teardownScenario());
const sends = eventsOf(trace, 'send');
const nth = (index: number): TraceEvent => sends[index] ?? expect.fail('so many leave');

const fieldsOf = (left: TraceEvent, right: TraceEvent) =>
  eventDifferences(left, right).map(({field, left: was, right: is}) => `${field} ${was} ${is}`);

test('none with itself, nor with the same event of the same run made again', () => {
  const again = [...run(teardownScenario()).events()];
  for (const event of trace.events())
    expect(
      [event, ...again.slice(event.n - 1, event.n)].flatMap((each) => eventDifferences(event, each)),
    ).toEqual([]);
});

test('words as they are, lists with spaces, all else as JSON; what only one has', () => {
  const [call] = eventsOf(trace, 'call');
  if (!call) expect.fail('somebody calls');
  const {connection: _, ...bare} = call;
  expect(fieldsOf({...call, result: 'EPIPE'}, {...call, result: 'ok'})).toEqual(['result EPIPE ok']);
  expect(fieldsOf(call, bare)).toEqual(call.connection ? [`connection ${call.connection} undefined`] : []);
  expect(fieldsOf(bare, call)).toEqual(call.connection ? [`connection undefined ${call.connection}`] : []);
  const [sent] = sends;
  if (!sent) expect.fail('somebody sends');
  expect(fieldsOf({...sent, faults: ['a', 'b']}, {...sent, faults: ['c']})).toEqual(['faults a b c']);
  const action = {call: 'listen', port: 81, read: 'auto'} as const;
  expect(fieldsOf(call, {...call, action})).toEqual([
    `action ${JSON.stringify(call.action)} ${JSON.stringify(action)}`,
  ]);
});

test('of two frames the fields that differ, and of what follows from them nothing', () => {
  const told = fieldsOf(nth(0), nth(1)).filter((line) => line.startsWith('tcp.') || line.startsWith('ip.'));
  const names = told.map((line) => line.split(' ')[0]);
  expect(names).toContain('tcp.seq_raw');
  expect(names).toContain('tcp.flags.ack');
  expect(names).not.toContain('ip.ttl');
  expect(names.filter((name) => /checksum|^tcp\.flags$|^ip\.len$/.test(name ?? ''))).toEqual([]);
});

test('a field that stands there more than once has all its values, in their order', () => {
  const [syn] = sends;
  if (syn?.kind !== 'send' || syn.frame?.payload.kind !== 'ip') expect.fail('a SYN leaves');
  const {packet} = syn.frame.payload;
  if (packet.transport.kind !== 'tcp') expect.fail('a segment');
  const {segment} = packet.transport;
  const blocks = [1, 3].map((left) => ({left: seq(left), right: seq(left + 1)}));
  const sack = {...segment, options: [{kind: 'sack', blocks} as const]};
  const other = {
    ...syn,
    frame: {
      ...syn.frame,
      payload: {kind: 'ip', packet: {...packet, transport: {kind: 'tcp', segment: sack}}} as const,
    },
  };
  expect(fieldsOf(syn, other)).toContain('tcp.options.sack_le undefined 1 3');
  expect(fieldsOf(other, syn)).toContain('tcp.options.sack_re 2 4 undefined');
});
