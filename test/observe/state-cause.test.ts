// What brought about the states of a capture. Oracle: RFC 9293 §3.5, figures 6 and 12: a state shows by the packet that leaves, and comes
// of the one that arrived before; a FIN and a first SYN come of a call.
import {describe, expect, test} from 'vitest';
import {causeOf} from '../../source/account/causes.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {capturedTrace} from '../helpers/captured.ts';

/** Of the first connection, by state: what its cause is. */
const causes = (trace: Trace): readonly string[] =>
  [...trace.events()].flatMap((event) => {
    if (event.kind !== 'state' || event.connection !== '1') return [];
    const cause = causeOf(trace, event.n);
    const by = cause === undefined ? undefined : trace.event(cause);
    const told = by && 'packet' in by ? `${by.kind} ${by.packet}` : 'nobody knows';
    return [`${event.to}: ${told}`];
  });

describe('a state', () => {
  test('of an opening and a close', () => {
    expect(causes(capturedTrace('01a-client-close-idle.pcap'))).toEqual([
      'SYN-SENT: nobody knows',
      'SYN-RECEIVED: arrive 3',
      'ESTABLISHED: arrive 4',
      'ESTABLISHED: arrive 5',
      'FIN-WAIT-1: nobody knows',
      'CLOSE-WAIT: arrive 6',
      'FIN-WAIT-2: arrive 7',
      'LAST-ACK: nobody knows',
      'TIME-WAIT: arrive 8',
      'CLOSED: arrive 9',
    ]);
  });

  // By tshark packet 7 echoes the timestamp of packet 6: the first SYN, packet 4, was lost.
  test('of whoever answers a SYN that was sent again', () => {
    const own = causes(capturedTrace('08c-lost-syn.pcap'));
    expect(own.filter((each) => each.startsWith('SYN-RECEIVED'))).toEqual(['SYN-RECEIVED: arrive 6']);
  });

  // tshark: packet 14 of the one echoes the timestamp of packet 6, not that of 13; of the other nobody sees which was answered.
  test.each([
    ['routing-segments.pcap', 'ESTABLISHED: arrive 6'],
    ['ports-reused.pcap', 'ESTABLISHED: nobody knows'],
  ] as const)('after two answers: %s', (name, told) => {
    const own = causes(capturedTrace(`../captures-made/${name}`));
    expect(own.find((each) => each.startsWith('ESTABLISHED'))).toBe(told);
  });

  // RFC 9293 §3.5, figure 7: packets 6 and 8 are SYNs that cross, and the one that leaves later is no answer.
  test('of ends that open at once', () => {
    const own = causes(capturedTrace('00c-simultaneous-open.pcap'));
    expect(own.filter((each) => each.startsWith('SYN-RECEIVED'))).toEqual([
      'SYN-RECEIVED: arrive 6',
      'SYN-RECEIVED: arrive 8',
    ]);
  });

  test('of which the capture lacks the SYN that was answered has no cause', () => {
    expect(causes(capturedTrace('../captures-made/http-responses-only.pcap')).slice(0, 2)).toEqual([
      'SYN-RECEIVED: nobody knows',
      'ESTABLISHED: nobody knows',
    ]);
  });
});
