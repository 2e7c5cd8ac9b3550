// Filters by the streams inside a connection. Oracle: tshark 4.0 with the same display filter on the same files (`-Y … -T fields -e frame.number`).
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {labelOf} from '../../../source/view/ladder/label.ts';
import {streamRole} from '../../../source/view/ladder/stream-colour.ts';
import {completed} from '../../../source/view/list/list-filter.ts';
import {parseKeyLog} from '../../../source/wire/tls/key-log.ts';
import {keyLogOf, todayFolder, todayTrace} from '../../helpers/captured-today.ts';
import {filterPackets} from './filtered.ts';

const traceOf = (name: string) => {
  const trace = todayTrace(name);
  const file = keyLogOf(todayFolder + name);
  if (!name.startsWith('22') || file === undefined) return trace;
  return trace.withQuic({log: parseKeyLog(readFileSync(file)), crypto: nodeCrypto});
};

test.each([
  ['21e-h2-ping-reset-goaway.pcap', 'http2.streamid == 3', [26, 27, 28, 30, 31, 33, 34, 36]],
  ['21c-h2-priorities-window-updates.pcap', 'http2.streamid == 15', [6, 11, 16, 23, 29, 35, 39, 43]],
  ['22a-h3-get.pcap', 'quic.stream.stream_id == 4', [18, 20, 21, 22, 23]],
  [
    '22e-h3-lost-datagram.pcap',
    'quic.stream.stream_id == 8',
    [17, 33, 41, 45, 47, 50, 54, 59, 63, 68, 72, 78],
  ],
  ['26c-happy-eyeballs-v6-slow.pcap', 'tcp.stream == 0', [10, 26, 27]],
  [
    '22i-h3-three-connections.pcap',
    'quic.connection.number == 1 && frame.number < 30',
    [2, 12, 13, 14, 15, 16, 17, 18, 19],
  ],
  ['23e-dnssec-bogus.pcap', 'udp.stream == 2 || udp.stream == 15', [8, 9, 39, 40]],
])('%s: %s', (name, filter, ids) => {
  expect(filterPackets(traceOf(name), filter)).toEqual({kind: 'found', ids});
});

test('a packet of one stream has its colour, and its number stands there; one of several has none', () => {
  const trace = traceOf('21e-h2-ping-reset-goaway.pcap');
  const labels = Array.from({length: trace.packetCount}, (_, index) =>
    labelOf(trace, trace.packet(index + 1), {relative: false, questions: []}),
  );
  const streams = labels.map((parts) => parts.find(({stream}) => stream !== undefined));
  // Stream 3 is the second one of the client; only its packets have its colour.
  const second = streams.flatMap((part, index) => (part?.stream === 1 ? [index + 1] : []));
  expect(second.length).toBeGreaterThan(4);
  for (const id of second) expect([26, 27, 28, 30, 31, 33, 34, 36]).toContain(id);
  for (const id of second) expect(streams[id - 1]?.value).toMatch(/\b3\b/);
  expect(streamRole(0)).not.toBe(streamRole(1));
});

test('what is typed of a field goes on as far as there is no choice', () => {
  expect(completed('http2')).toBe('http2.streamid');
  expect(completed('tcp.len > 0 && quic.s')).toBe('tcp.len > 0 && quic.stream.stream_id');
  expect(completed('tcp.st')).toBe('tcp.stream');
  expect(completed('udp.st')).toBe('udp.stream');
  expect(completed('quic.c')).toBe('quic.connection.number');
  expect(completed('tcp.flags.s')).toBe('tcp.flags.syn');
  expect(completed('tcp.flags.')).toBe('tcp.flags.');
  expect(completed('nothing')).toBe('nothing');
  expect(completed('')).toBe('');
});
