// Short forms of a trace for comparing and reading in tests.

import {simulate} from '../../scripts/simulate.ts';
import {summaryOf} from '../../source/account/summary.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {actedIn} from './acted.ts';

export const run = (scenario: Scenario): Trace => actedIn(simulate(scenario, {source: 'test', run: 'base'}));

export const eventsOf = <K extends TraceEvent['kind']>(
  trace: Trace,
  kind: K,
): Extract<TraceEvent, {kind: K}>[] =>
  [...trace.events()].filter((event): event is Extract<TraceEvent, {kind: K}> => event.kind === kind);

/** `0 client SYN seq=1000` for each packet, in milliseconds; ✗ for those that are lost. */
export const packetsOf = (trace: Trace): string[] =>
  Array.from({length: trace.packetCount}, (_, i) => {
    const {from, sentUs, frame, lost} = trace.packet(i + 1);
    return `${sentUs / 1000} ${from} ${frame ? summaryOf(frame) : '?'}${lost ? ' ✗' : ''}`;
  });

/** `50 server LISTEN > SYN-RECEIVED` */
export const statesOf = (trace: Trace): string[] =>
  eventsOf(trace, 'state').map(({atUs, host, from, to}) => `${atUs / 1000} ${host} ${from} > ${to}`);
