// What a capture tells of the fate of its packets, against runs that know it: whatever is proved is so, wherever the capture was taken.
import {describe, expect, test} from 'vitest';
import {treatmentOf} from '../../source/account/fates.ts';
import {hashOf} from '../../source/sim/chance.ts';
import {faultsIn} from '../../source/sim/fault-text.ts';
import {allRuns} from '../helpers/all-runs.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {teardownScenario} from '../helpers/scenarios.ts';
import {runs, some} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {type Judged, judgedAt, pointsOf, runWith} from './fates-under-faults.ts';

const lessons = allRuns();

/** Data of many segments, so that there is something to lose and to report. */
const bulk = lessons.filter(({name}) => /data-transfer|loss|congestion|window|timestamps/.test(name));

const judgedUnder = (chosen: typeof lessons, kinds: 'mixed' | 'harsh', seed: number): readonly Judged[] => {
  const run = chosen[hashOf(seed, 'run') % chosen.length];
  if (!run) return [];
  const trace = runWith(run, seed, kinds);
  return pointsOf(trace).flatMap((point) => judgedAt(trace, point));
};

const isWrong = ({told, truth}: Judged): boolean =>
  truth !== 'unheard' && (told.what === 'delivered' ? truth !== 'delivered' : truth === 'delivered');

describe.each([
  {of: 'all lessons', chosen: lessons, kinds: 'mixed', seeds: 150},
  {of: 'transfers', chosen: bulk, kinds: 'harsh', seeds: 300},
] as const)('$of', ({chosen, kinds, seeds}) => {
  const all = some(
    Array.from({length: runs(seeds)}, (_, index) => index + 1),
    16,
  ).flatMap((each) => judgedUnder(chosen, kinds, each));
  const of = (how: string, what: string): readonly Judged[] =>
    all.filter(({told}) => told.how === how && told.what === what);

  test('what is proved is so', () => {
    expect(of('proved', 'delivered').length).toBeGreaterThan(all.length / 3);
    // Few runs lose what SACK can prove; of captures some do, below.
    if (kinds === 'harsh' && all.length > 100_000) expect(of('proved', 'lost').length).toBeGreaterThan(0);
    expect(all.filter((each) => each.told.how === 'proved' && isWrong(each))).toEqual([]);
  });

  test.each(['delivered', 'lost'])('what is presumed %s is so but for what came very late', (what) => {
    const presumed = of('presumed', what);
    const right = presumed.filter((each) => !isWrong(each)).length;
    console.log(`${kinds}: ${right} of ${presumed.length} presumed ${what} are`);
    // Of a few one says nothing of a share.
    if (presumed.length > 100) expect(right / presumed.length).toBeGreaterThan(0.8);
  });
});

/** By their side files: lost behind the place where they were captured. */
describe.each([
  {name: '08a-fast-retransmit-sack.pcap', lost: [15], how: 'proved'},
  {name: '08c-lost-syn.pcap', lost: [4], how: 'presumed'},
  {name: '08e-lost-fin.pcapng', lost: [10], how: 'presumed'},
  {name: '08g-rto-only.pcap', lost: [7, 8], how: 'presumed'},
  {name: '08h-rto-four-times.pcap', lost: [4, 5, 6, 7], how: 'presumed'},
  {name: '08i-lost-last-segment.pcap', lost: [13], how: 'presumed'},
  {name: '08j-three-losses.pcapng', lost: [18, 21, 22], how: 'proved'},
  {name: '08k-loss-seen-at-receiver.pcap', lost: [], how: 'presumed'},
  {name: '08m-lost-acks.pcap', lost: [], how: 'presumed'},
  {name: '08o-retransmit-ipv6-no-sack.pcap', lost: [12], how: 'presumed'},
  {name: '08p-tail-loss-probe.pcapng', lost: [18], how: 'presumed'},
  {name: '09a-one-segment-late.pcap', lost: [], how: 'presumed'},
  {name: '09c-jitter.pcapng', lost: [], how: 'presumed'},
  {name: '09e-everything-twice.pcap', lost: [], how: 'presumed'},
])('$name', ({name, lost, how}) => {
  const trace = capturedTrace(name);
  const packets = Array.from({length: trace.packetCount}, (_, index) => trace.packet(index + 1));

  test('has lost what it lost, and nothing else', () => {
    const told = packets.filter(({deduced}) => deduced?.what === 'lost');
    expect(told.map(({id}) => id)).toEqual(lost);
    for (const {deduced} of told) expect(deduced?.how).toBe(how);
  });

  test('says so in its events, and with what shows it', () => {
    for (const {deduced, endEvent, id} of packets.filter((packet) => packet.deduced?.what === 'lost'))
      expect(trace.event(endEvent ?? 0)).toMatchObject({
        ...{kind: 'drop', packet: id, deduced: true, evidence: deduced?.shownBy},
      });
  });

  test('lets nothing be answered before it has come', () => {
    for (const {deduced, endEvent} of packets) {
      const [answer] = deduced?.what === 'delivered' ? deduced.shownBy : [];
      if (answer === undefined || endEvent === undefined) continue;
      expect(endEvent).toBeLessThan(trace.packet(answer).sendEvent);
    }
  });
});

test('of SYNs that nobody answers it is not known whether they came', () => {
  const trace = capturedTrace('07a-black-hole-default.pcap');
  const syns = (trace.connectionPackets?.packetsOf(1) ?? []).map((id) => trace.packet(id));
  expect(syns.length).toBeGreaterThan(3);
  for (const {deduced, endEvent} of syns) {
    expect(deduced?.what).toBe('unknown');
    expect(endEvent).toBeUndefined();
  }
});

test.each([
  // Oracle: the segments of the run. Packet 4 is the data that follow the ACK at once; packet 13 is the last packet.
  ['reorder=1@packet=3', 3, 'reordered'],
  ['reorder=1@packet=13', 13, undefined],
  ['dup@packet=4', 4, 'copied'],
  ['edit:tcp.ack_raw=5@packet=4', 4, 'edited'],
  ['edit:tcp.ack_raw=9001@packet=4', 4, undefined],
  ['edit:udp.length=5@packet=4', 4, undefined],
])('%s is drawn as what has happened to packet %i: %s', (fault, packet, treatment) => {
  const trace = run(teardownScenario({faults: faultsIn([fault])}));
  expect(treatmentOf(trace, trace.packet(packet))).toBe(treatment);
  const dropped = run(teardownScenario({faults: faultsIn([fault, `drop@packet=${packet}`])}));
  expect(treatmentOf(dropped, dropped.packet(packet))).toBe(undefined);
});
