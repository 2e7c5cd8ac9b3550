// Captures of 200,000 packets: `inspect` as the program, in turns with `tshark -T fields` and `tcpdump -r` on the same file. Peak
// memory is that of the whole process, as the kernel counts it.
import {spawnSync} from 'node:child_process';
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
import {type Mix, mixes, packets} from './capture-mixes.ts';
import {median, pairOfHosts, row} from './measure.ts';

const folder = join(process.cwd(), 'node_modules', '.cache', 'packet-tutor');
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

const tellPeak =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';

type Run = {readonly seconds: number; readonly peakKib: number};

/** undefined: it is not installed. */
const run = (command: string, args: readonly string[]): Run | undefined => {
  const begin = process.hrtime.bigint();
  const {status, stderr} = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) return undefined;
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  return {seconds, peakKib: Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0)};
};

const inspect = join(process.cwd(), 'dist', 'cli.js');

type Reader = readonly [name: string, command: string, args: readonly string[]];

/** `keys`: a file with a key log. */
const readers = (file: string, keys: string | undefined): readonly Reader[] => {
  const own = keys === undefined ? [] : ['--keylog', keys];
  const theirs = keys === undefined ? [] : ['-o', `tls.keylog_file:${keys}`];
  const fields = ['-T', 'fields', '-e', 'frame.number', '-e', 'tcp.seq'];
  return [
    ['inspect --json', process.execPath, ['--import', tellPeak, inspect, 'inspect', file, '--json', ...own]],
    ['tshark -T fields', 'tshark', ['-n', '-r', file, ...theirs, ...fields]],
    // It reads no gzip.
    ...(file.endsWith('.gz') ? [] : [['tcpdump -r', 'tcpdump', ['-n', '-r', file]] as const]),
  ];
};

const measure = ({name, make, gzip, keys}: Mix, rounds: number): void => {
  const written = write('bench.pcap', make());
  const file = gzip ? zipped(written) : written;
  const keyFile = keys === undefined ? undefined : write('bench.keys', [Buffer.from(keys)]);
  const cases = readers(file, keyFile);
  const runs = cases.map((): Run[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, [, command, args]] of cases.entries()) {
      const done = run(command, args);
      if (done) runs[index]?.push(done);
    }
  console.log(`capture: ${name}, ${packets} packets, ${Math.round(statSync(file).size / 2 ** 20)} MiB`);
  const middle = (index: number): number => median((runs[index] ?? []).map(({seconds}) => seconds));
  for (const [index, [reader]] of cases.entries())
    row(reader, runs[index]?.length ? `${(packets / middle(index)).toFixed(0)} packets/s` : 'not installed');
  row('inspect : tshark', (middle(1) / middle(0)).toFixed(2));
  row('peak of inspect', `${Math.max(...(runs[0] ?? []).map(({peakKib}) => peakKib)) >> 10} MiB`);
  rmSync(file);
  if (keyFile !== undefined) rmSync(keyFile);
};

export const measureCapture = (): void => {
  const trace = download();
  measure({name: 'downloads', make: () => encodePcap(ethernet, downloads(trace))}, 5);
  measure({name: 'a SYN flood', make: () => encodePcap(ethernet, flood(trace))}, 1);
  for (const mix of mixes) measure(mix, 3);
};
