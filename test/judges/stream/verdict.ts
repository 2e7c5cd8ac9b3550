// How a run ended: whole, or told to both ends, and why that error may be given.
import type {Scenario} from '../../../source/sim/scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {hasFlag} from '../../../source/wire/tcp.ts';
import {segmentOf} from '../../helpers/judge-invariants.ts';
import {eventsOf} from '../../helpers/traces.ts';

export const errorsIn = (trace: Trace) =>
  eventsOf(trace, 'signal').filter(({signal}) => signal.startsWith('E'));

type End = {
  readonly host: string;
  readonly whole: boolean;
  readonly told: boolean;
  /** Its program gave up waiting for the peer's FIN: FIN-WAIT-2 has no time-out of its own (RFC 9293 §3.6). */
  readonly abandoned: boolean;
};

const endOf = (scenario: Scenario, trace: Trace, host: string): End => {
  const sent = scenario.script.reduce(
    (sum, {action, host: who}) => sum + (action.call === 'send' && who !== host ? action.bytes : 0),
    0,
  );
  const got = eventsOf(trace, 'deliver').reduce(
    (sum, event) => sum + (event.host === host ? event.bytes : 0),
    0,
  );
  const signals = eventsOf(trace, 'signal').filter((event) => event.host === host);
  const aborted = eventsOf(trace, 'state').some(
    (event) => event.host === host && event.from === 'FIN-WAIT-2' && event.because?.includes('/abort/'),
  );
  return {
    host,
    // A reader that was slower than the close gets the rest together with the news that it is over.
    whole: got === sent && signals.some(({signal}) => signal === 'eof' || signal === 'closed'),
    told: signals.some(({signal}) => signal.startsWith('E')),
    abandoned: aborted,
  };
};

/** A reset that arrived tells ECONNRESET and ECONNREFUSED, a timer that ran out ETIMEDOUT. */
const unfounded = (trace: Trace): readonly string[] =>
  errorsIn(trace).flatMap(({n, signal, host, instant}) => {
    const together = [...trace.events(Math.max(1, n - 20), n)].filter((event) => event.instant === instant);
    const founded = together.some((event) => {
      if (signal === 'ETIMEDOUT') return event.kind === 'timer' && event.op === 'fire';
      if (event.kind !== 'arrive') return false;
      const segment = segmentOf(event.altered ?? trace.packet(event.packet).frame);
      return segment !== undefined && hasFlag(segment, 'RST');
    });
    return founded ? [] : [`${host} is told ${signal} without a reason`];
  });

/** What is wrong with the end of this run; empty where nothing is. */
export const endComplaints = (scenario: Scenario, trace: Trace): readonly string[] => {
  const found = [...unfounded(trace)];
  if (trace.endReason !== 'quiet') found.push(`ended by ${trace.endReason}`);
  for (const [name, {tcp}] of Object.entries(trace.stateAt(trace.length)?.hosts ?? {}))
    for (const {state} of tcp.connections.values()) found.push(`${name} is left in ${state}`);
  const failed = errorsIn(trace).length > 0;
  for (const {host, whole, told, abandoned} of ['client', 'server'].map((name) =>
    endOf(scenario, trace, name),
  )) {
    if (!failed && !whole) found.push(`${host} lacks bytes, untold`);
    if (failed && !whole && !told && !abandoned) found.push(`${host} was not told`);
  }
  return found;
};
