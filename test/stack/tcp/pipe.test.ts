// What counts as on its way, octet by octet as RFC 6675 §4 writes it (IsLost, SetPipe), against what the stack works out from ranges.
import {describe, expect, test} from 'vitest';
import type {Connection, LossRecovery} from '../../../source/stack/tcp/connection.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {pipe} from '../../../source/stack/tcp/recovery.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import {seq, seqAdd} from '../../../source/wire/seq.ts';
import {runs} from '../../helpers/seeds.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {A, B} from '../../helpers/tcp/two-hosts.ts';

const mss = 4;
const fresh = newTcb({origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'}, profiles.linux);

type Flight = {
  readonly octets: number;
  /** Of each octet, counted from SND.UNA. */
  readonly sacked: readonly boolean[];
  /** Up to there they were sent a second time. */
  readonly repeated: number;
  /** Up to there the time-out took all for lost; 0: there was none. */
  readonly given: number;
};

const rangesOf = (sacked: readonly boolean[]): readonly {readonly from: number; readonly to: number}[] =>
  sacked.flatMap((is, from) => {
    if (!is || sacked[from - 1]) return [];
    const end = sacked.indexOf(false, from);
    return [{from, to: end < 0 ? sacked.length : end}];
  });

/** Three ranges above it, or more than two segments' worth of octets; what lies between belongs to neither. */
const isLost = ({sacked, given}: Flight, octet: number): boolean => {
  const above = rangesOf(sacked).filter(({from}) => from > octet);
  return (
    octet < given || above.length >= 3 || above.reduce((sum, {from, to}) => sum + to - from, 0) > 2 * mss
  );
};

const byOctets = (flight: Flight): number =>
  Array.from({length: flight.octets}, (_, octet) => {
    if (flight.sacked[octet]) return 0;
    return (isLost(flight, octet) ? 0 : 1) + (octet < flight.repeated ? 1 : 0);
  }).reduce<number>((sum, each) => sum + each, 0);

const connectionOf = (una: number, flight: Flight, more: Partial<LossRecovery>): Connection => {
  const at = (octet: number) => seqAdd(seq(una), octet);
  return {
    ...{...fresh, mss, sackPermitted: true},
    snd: {...fresh.snd, una: at(0), nxt: at(flight.octets)},
    loss: {
      ...fresh.loss,
      sacked: rangesOf(flight.sacked).map(({from, to}) => ({left: at(from), right: at(to)})),
      highRxt: at(flight.repeated),
      point: at(flight.given),
      ...more,
    },
  };
};

const flightBy = (seed: number, phase: 'fast' | 'timeout'): Flight => {
  const random = chance(seed);
  const octets = 1 + random.below(40);
  const odds = random.below(5);
  const sacked = Array.from({length: octets}, () => random.below(5) < odds && random.below(3) > 0);
  const upTo = (limit: number): number => random.below(limit + 1);
  return {octets, sacked, repeated: upTo(octets), given: phase === 'timeout' ? upTo(octets) : 0};
};

describe.each(['fast', 'timeout'] as const)('in %s recovery', (phase) => {
  test('as the RFC counts it, wherever the numbers go round', () => {
    for (let seed = 1; seed <= runs(3000, 600); seed += 1) {
      const flight = flightBy(seed, phase);
      const una = seed % 2 ? 2 ** 32 - (seed % 40) : 1000;
      expect(pipe(connectionOf(una, flight, {phase})), JSON.stringify(flight)).toBe(byOctets(flight));
    }
  });
});

const octets = 12;
const unsacked: Flight = {octets, sacked: Array.from({length: octets}, () => false), repeated: 4, given: 0};

test('without recovery: all that is not acknowledged, as long as nothing was SACKed', () => {
  expect(pipe(connectionOf(7, {...unsacked, repeated: 0}, {phase: 'none'}))).toBe(octets);
  const some = {...unsacked, repeated: 0, sacked: unsacked.sacked.map((_, octet) => octet >= 8)};
  expect(pipe(connectionOf(7, some, {phase: 'none'}))).toBe(8);
});

test('without SACK fast recovery inflates cwnd instead (RFC 5681 §3.2 step 3); after a time-out what was given up counts as lost', () => {
  const without = (flight: Flight, phase: LossRecovery['phase']): number =>
    pipe({...connectionOf(7, flight, {phase}), sackPermitted: false});
  expect(without(unsacked, 'fast')).toBe(octets);
  expect(without({...unsacked, given: octets}, 'timeout')).toBe(4);
});
