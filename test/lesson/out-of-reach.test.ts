// From which event a condition of a challenge cannot become true any more. Oracle: the handshake of RFC 9293 figure 6, in which packet 1 is
// sent at 0 ms, packet 2 at 50 ms and packet 3 at 100 ms.
import {expect, test} from 'vitest';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {outOfReachFrom} from '../../source/lesson/out-of-reach.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

const trace = run(handshakeScenario());

/** The time in ms of the event from which the condition is lost; undefined if it can still become true. */
const lostAt = (condition: string): number | undefined => {
  const parsed = parseExpression(condition, {hosts: ['client', 'server'], connections: ['c'], vocabulary});
  if (!parsed.ok) throw new Error(condition);
  const event = outOfReachFrom(parsed.value, trace);
  return event === undefined ? undefined : [...trace.events()].find(({n}) => n === event)?.atUs;
};

test.each([
  // A count that is passed: by the second, the third of its events.
  ['count({sends: any}) == 1', 50_000],
  ['count({sends: any}) <= 2', 100_000],
  ['count({sends: any}) < 1', 0],
  ['count("tcp.flags.ack == 1") == 1', 100_000],
  // Of too few, more may come.
  ['count({sends: any}) == 9', undefined],
  ['count({sends: any}) >= 9', undefined],
  // The first packet stays the first one; the last may be another.
  ['first({sends: server}).tcp.seq_raw == 7', 50_000],
  ['last({sends: server}).tcp.seq_raw == 7', undefined],
  ['first({sends: server, flags: [RST]}).tcp.seq_raw == 7', undefined],
  // The time is over with the first event after it.
  ['time({enters: ESTABLISHED, host: client}) < 60ms', 100_000],
  ['time({enters: ESTABLISHED, host: client}) >= 7s', 100_000],
  ['time({enters: CLOSED, host: client}) < 9s', undefined],
  ['time({enters: ESTABLISHED, host: client}) <= 60ms', 100_000],
  // The server enters ESTABLISHED at 150 ms, when the time is long over.
  ['time({enters: ESTABLISHED, host: server}) < 60ms', 100_000],
  ['time({enters: ESTABLISHED, host: server}) <= 60ms', 100_000],
  ['time({enters: ESTABLISHED, host: client}) <= 9s', undefined],
  // The first packet that a filter finds stays the first one, too; a sum of two values waits for the later one.
  ['first("tcp.flags.ack == 1").tcp.seq_raw == 7', 50_000],
  ['last("tcp.flags.ack == 1").tcp.seq_raw == 7', undefined],
  ['time({sends: server}) - time({sends: client}) > 1s', 50_000],
  ['time({sends: client}) - time({sends: server}) > 1s', 50_000],
  ['time({sends: client}) - time({enters: CLOSED, host: client}) > 1s', undefined],
  // Of two conditions, the first that is lost; of two ways, both.
  ['count({sends: any}) == 1 && count({sends: any}) <= 2', 50_000],
  ['count({sends: any}) == 1 || count({sends: any}) <= 2', 100_000],
  ['count({sends: any}) == 1 || count({sends: any}) == 9', undefined],
])('%s', (condition, us) => {
  expect(lostAt(condition)).toBe(us);
});
