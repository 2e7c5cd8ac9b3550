// The fates of every reference capture against what its side file says was done to it: nothing is lost but where `what` says so, and
// then what it says; of SYNs and SYN,ACKs that nobody answered, and of their repetitions, nobody knows.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {traceOfFile} from '../helpers/captured.ts';

const folder = fileURLToPath(new URL('../../../shared/captures/', import.meta.url));
const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.pcap(ng)?$/.test(name)) : [];

/** Packets lost behind the capture point, by `what`, found there with tshark; the others lose none. */
const lost: Readonly<Record<string, readonly number[]>> = {
  '08a-fast-retransmit-sack.pcap': [15],
  '06e-firewall-reject-icmp.pcap': [3],
  '08c-lost-syn.pcap': [4],
  '08e-lost-fin.pcapng': [10],
  '08g-rto-only.pcap': [7, 8],
  '08h-rto-four-times.pcap': [4, 5, 6, 7],
  '08i-lost-last-segment.pcap': [13],
  '08j-three-losses.pcapng': [18, 21, 22],
  '08o-retransmit-ipv6-no-sack.pcap': [12],
  '08p-tail-loss-probe.pcapng': [18],
};

/** The last one of a flight, which a probe repeated: it was lost, or its ACK. */
const either: Readonly<Record<string, readonly number[]>> = {'08p-tail-loss-probe.pcapng': [19]};

/** Nobody answered what they say: the side file has no connection of theirs that opened. */
const unanswered = /^(07|12|06e|19g|19i)/;

if (names.length === 0) console.log(`reference captures skipped: there are none in ${folder}`);

describe.skipIf(names.length === 0)('reference captures', () => {
  test.each(names)('%s', async (name) => {
    const side = JSON.parse(readFileSync(folder + name.replace(/\.pcap(ng)?$/, '.json'), 'utf8'));
    const read = await inspectCapture(folder + name);
    expect(read.ok).toBe(side.expect !== 'error');
    if (!read.ok) return;
    const trace = traceOfFile(readFileSync(folder + name), name);
    const packets = Array.from({length: trace.packetCount}, (_, index) => trace.packet(index + 1));
    const told = packets.filter(({deduced}) => deduced?.what === 'lost').map(({id}) => id);
    expect(told).toEqual(lost[name] ?? []);
    const taking = packets.filter(({deduced, forMany}) => deduced?.what === 'unknown' && !forMany);
    if (!unanswered.test(name)) expect(taking.map(({id}) => id)).toEqual(either[name] ?? []);
    const {connections} = read.value.inspector;
    if (side.connections) expect(connections).toHaveLength(side.connections.length);
  });
});
