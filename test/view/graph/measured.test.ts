// Round-trip times and throughput. Oracle: tshark 4.0 (`tcp.analysis.acks_frame`, `tcp.analysis.ack_rtt`) on a capture that was taken at the
// receiver, so that ours have the way to the sender and back on top, the same for each; the side file's number of bytes.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {flowOf} from '../../../source/account/flow.ts';
import {ratesIn, roundTripsIn, stretchOf} from '../../../source/view/graph/measured.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';

const name = '14k-http-large-download';
const trace = capturedTrace(`${name}.pcap`);
const flow = flowOf(trace, trace.packetCount);
if (!flow) throw new Error('it has a flow');

/** Packet that is acknowledged, and µs by tshark. */
const byTshark = [
  ...[
    [9, 7],
    [11, 3],
    [13, 3],
    [15, 2],
    [17, 3],
    [19, 3],
    [21, 3],
    [23, 3],
    [25, 3],
    [27, 3],
  ],
  ...[
    [29, 14],
    [31, 3],
    [33, 10],
    [35, 3],
    [37, 6],
    [39, 3],
    [41, 9],
    [43, 3],
    [45, 11],
    [47, 3],
  ],
  ...[
    [49, 3],
    [59, 64],
    [62, 33],
    [64, 8],
    [66, 3],
    [68, 3],
    [70, 3],
    [72, 8],
    [74, 3],
  ],
] as const;

test('round trips are those of tshark, and the way to the sender and back', () => {
  const found = new Map(roundTripsIn(flow).map(({packet, us}) => [packet, us]));
  const wayUs = byTshark.map(([packet, us]) => (found.get(packet) ?? Number.NaN) - us);
  // tcp.analysis.initial_rtt is 20.761 ms, with what both ends took to answer.
  for (const us of wayUs) expect(Math.abs(us - 20_738)).toBeLessThan(2);
});

test('what was sent twice is no sample, and nothing is acknowledged twice', () => {
  const again = capturedTrace('08h-rto-four-times.pcap');
  const own = flowOf(again, again.packetCount);
  if (!own) throw new Error('it has a flow');
  const repeated = own.sents.filter((each) => each.again);
  expect(repeated.length).toBeGreaterThan(3);
  for (const {packet} of roundTripsIn(own)) {
    const sent = own.sents.find((each) => each.packet === packet);
    expect(repeated.some(({from}) => from === sent?.from)).toBe(false);
  }
});

test('all that passed is in the rates', () => {
  const {connections} = JSON.parse(readFileSync(`test/fixtures/inspected/${name}.json`, 'utf8'));
  const [{bytesServerToClient: bytesToClient}] = connections;
  const seconds = stretchOf(flow) / 1e6;
  const rates = ratesIn(flow, flow);
  const octets = (bits: number): number => Math.round((bits * seconds) / 8);
  expect(octets(rates.reduce((sum, {sent}) => sum + sent, 0))).toBe(bytesToClient);
  expect(octets(rates.reduce((sum, {acked}) => sum + acked, 0)) - bytesToClient).toBeLessThan(2);
});

test.each(['en', 'zh'] as const)('both are drawn side by side, with their units: %s', (language) => {
  const opened = open({trace});
  const state = playingAt(opened, 400_000, {focus: 'graph', own: {graph: 'throughput'}, language});
  const text = textOf(canvasOf(opened, state, {columns: 120, rows: 40})).join('\n');
  expect(text).toMatch(language === 'en' ? /throughput, Mbit\/s/ : /吞吐量，Mbit\/s/);
  expect(text).toMatch(language === 'en' ? /round-trip time, ms/ : /往返时间，ms/);
});
