// Captures of 200,000 packets: `inspect` as the program, in turns with `tshark -T fields` and `tcpdump -r` on the same file. Peak
// memory is that of the whole process, as the kernel counts it.
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {gzipSync} from 'node:zlib';
import {simulate} from '../source/sim/simulate.ts';
import type {Trace} from '../source/sim/trace.ts';
import {encodePcap, type OutgoingRecord} from '../source/wire/pcap/writer.ts';
import {packets} from './by-hand.ts';
import {type Mix, mixes} from './capture-mixes.ts';
import {figure, folder} from './figures.ts';
import {median, pairOfHosts} from './measure.ts';
import {type Cost, costOf, tellPeak} from './process-cost.ts';

const ethernet = 1;

/** Where Ethernet and IPv4 end, and the last two octets of IPv4's source address. */
const portsAt = 34;
const sourceTailAt = 28;

const download = (): Trace =>
  simulate(
    pairOfHosts([
      {
        when: {kind: 'at', atUs: 0},
        host: 'server',
        action: {call: 'listen', port: 80, read: 'auto'},
      },
      {
        when: {kind: 'at', atUs: 0},
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 80}, read: 'auto'},
      },
      {
        when: {kind: 'on', host: 'client', event: 'connected', afterUs: 0},
        host: 'client',
        action: {call: 'send', bytes: 1460 * 25_000},
      },
    ]),
    {source: 'bench', run: 'base'},
  );

/** One run after the other, each from a port of its own. */
function* downloads(trace: Trace): Generator<OutgoingRecord> {
  for (let made = 0, round = 0; made < packets; round++)
    for (let id = 1; id <= trace.packetCount && made < packets; id++, made++) {
      const {bytes: sent, sentUs, from} = trace.packet(id);
      const bytes = sent.slice();
      bytes[portsAt + (from === 'client' ? 0 : 2)] = 0x80 + round;
      yield {atUs: (round + 1) * 3_600_000_000 + sentUs, bytes};
    }
}

/** The run's SYN from as many addresses. */
function* flood(trace: Trace): Generator<OutgoingRecord> {
  const syn = trace.packet(1).bytes;
  for (let made = 0; made < packets; made++) {
    const bytes = syn.slice();
    bytes[sourceTailAt] = (made >> 8) & 0xff;
    bytes[sourceTailAt + 1] = made & 0xff;
    bytes[portsAt] = 0x40 + (made >> 16);
    yield {atUs: 1_000_000 + made * 10, bytes};
  }
}

const write = (name: string, pieces: Iterable<Uint8Array>): string => {
  mkdirSync(folder, {recursive: true});
  const file = join(folder, name);
  const descriptor = openSync(file, 'w');
  for (const piece of pieces) writeSync(descriptor, piece);
  closeSync(descriptor);
  return file;
};

const zipped = (file: string): string => {
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
  rmSync(file);
  return `${file}.gz`;
};

const inspect = join(process.cwd(), 'dist', 'cli.js');

type Reader = readonly [name: string, command: string, args: readonly string[]];

/** `keys`: a file with a key log. */
const readers = (file: string, keys: string | undefined): readonly Reader[] => {
  const own = keys === undefined ? [] : ['--keylog', keys];
  const theirs = keys === undefined ? [] : ['-o', `tls.keylog_file:${keys}`];
  const fields = ['-T', 'fields', '-e', 'frame.number', '-e', 'tcp.seq'];
  return [
    ['inspect --json', process.execPath, [...tellPeak, inspect, 'inspect', file, '--json', ...own]],
    ['tshark -T fields', 'tshark', ['-n', '-r', file, ...theirs, ...fields]],
    // It reads no gzip.
    ...(file.endsWith('.gz') ? [] : [['tcpdump -r', 'tcpdump', ['-n', '-r', file]] as const]),
  ];
};

/** How many times `inspect` is to be as quick as tshark, by time of the processors. */
const leastOf = ({bulk}: Measured): number => (bulk ? 9 : 3);
const mostMebibytes = 300;

type Measured = Mix & {readonly bulk?: true};

const measure = (mix: Measured, rounds: number): void => {
  const {name, make, gzip, keys, bulk} = mix;
  const written = write('bench.pcap', make());
  const file = gzip ? zipped(written) : written;
  const keyFile = keys === undefined ? undefined : write('bench.keys', [Buffer.from(keys)]);
  const cases = readers(file, keyFile);
  const runs = cases.map((): Cost[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, [, command, args]] of cases.entries()) {
      const done = costOf(command, args);
      if (done) runs[index]?.push(done);
    }
  console.log(`capture: ${name}, ${packets} packets, ${Math.round(statSync(file).size / 2 ** 20)} MiB`);
  const [own = [], tshark = [], tcpdump = []] = runs;
  const middle = (costs: readonly Cost[], of: 'cpuMs' | 'wallMs'): number =>
    median(costs.map((cost) => cost[of]));
  const rate = (costs: readonly Cost[]): number => (packets / middle(costs, 'cpuMs')) * 1e3;
  figure({
    name: `inspect --json, ${name}: packets`,
    unit: '/s',
    value: rate(own),
    ...(tshark.length > 0
      ? {anchor: {name: 'tshark -T fields', value: rate(tshark)}, reach: {least: leastOf(mix)}}
      : {}),
  });
  if (bulk && tcpdump.length > 0)
    figure({
      name: 'the same by the clock',
      unit: 'ms',
      value: middle(own, 'wallMs'),
      anchor: {name: 'tcpdump -r', value: middle(tcpdump, 'wallMs')},
      reach: {most: 0.6},
    });
  const peak = Math.max(...own.map(({peakKib}) => peakKib)) / 1024;
  figure({name: 'peak', unit: 'MiB', value: peak, reach: {most: mostMebibytes}});
  rmSync(file);
  if (keyFile !== undefined) rmSync(keyFile);
};

export const measureCapture = (): void => {
  const trace = download();
  measure({name: 'downloads', make: () => encodePcap(ethernet, downloads(trace)), bulk: true}, 5);
  measure({name: 'a SYN flood', make: () => encodePcap(ethernet, flood(trace))}, 1);
  for (const mix of mixes) measure(mix, 3);
};
