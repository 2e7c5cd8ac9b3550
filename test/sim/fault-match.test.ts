// Which packets a fault meets. Oracle: docs/lessons.md, “faults”: each condition of a packet, alone, on the teardown and on lookups.
import {expect, test} from 'vitest';
import type {PacketPattern} from '../../source/sim/fault.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import {RecordType} from '../../source/wire/dns/registry.ts';
import {seq} from '../../source/wire/seq.ts';
import {ask, dnsScenario} from '../helpers/dns-network.ts';
import {teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

/** A microsecond more on the way changes nothing else, and tells which packets were met. */
const met = (scenario: Scenario, at: PacketPattern): readonly number[] => {
  const wayUs = (faults: Scenario['faults']): readonly number[] => {
    const trace = run({...scenario, faults});
    return Array.from({length: trace.packetCount}, (_, n) => trace.packet(n + 1)).map(
      ({dueUs, sentUs}) => dueUs - sentUs,
    );
  };
  const before = wayUs([]);
  return wayUs([{kind: 'delay', byUs: 1, at}]).flatMap((us, n) => (us === before[n] ? [] : [n + 1]));
};

const teardown = teardownScenario();
const all = Array.from({length: 13}, (_, n) => n + 1);

test.each<[PacketPattern, readonly number[]]>([
  [{}, all],
  [{packet: 9}, [9]],
  [{from: 'client'}, [1, 3, 4, 7, 8, 11, 13]],
  [{to: 'client'}, [2, 5, 6, 9, 10, 12]],
  [{flags: ['SYN']}, [1, 2]],
  [{flags: ['SYN', 'ACK']}, [2]],
  [{data: true}, [4, 6, 10]],
  [{data: false, from: 'server', nth: {first: 3}}, [9, 12]],
  [{flags: ['FIN']}, [8, 12]],
  // A number is that of a segment which takes some; one that is acknowledged that of a bare ACK.
  [{seq: seq(1000)}, [1]],
  [{seq: seq(1001)}, [4]],
  [{ack: seq(1102)}, [9]],
  [{retransmission: true}, []],
  [{retransmission: false, flags: ['SYN']}, [1, 2]],
  [{link: 'path', packet: 2}, [2]],
  [{link: 'wan'}, []],
  [{from: 'client', nth: {first: 2, last: 3}}, [3, 4]],
  [{from: 'client', nth: {first: 6}}, [11, 13]],
])('of the teardown %o', (at, packets) => {
  expect(met(teardown, at)).toEqual(packets);
});

test('what is said of segments is true of no datagram', () => {
  const lookup = dnsScenario([ask(0, {call: 'resolve', name: 'y.abc.com', type: RecordType.A})]);
  expect(met(lookup, {from: 'm'})).toEqual([1]);
  for (const at of [{data: true}, {data: false}, {flags: ['SYN']}, {seq: seq(0)}, {ack: seq(0)}] as const)
    expect(met(lookup, at)).toEqual([]);
});
