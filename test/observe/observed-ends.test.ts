// What is deduced of the ends of a connection. Oracles: the simulator's own numbers, each run captured at each of its hosts and read
// back; tshark's bytes in flight for what real stacks sent.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {type CapturedTrace, CaptureIndex} from '../../source/observe/capture-trace.ts';
import {
  afterHearing,
  afterSending,
  flightOf,
  isAgreed,
  mssOf,
  type ObservedEnd,
  passedOf,
  shiftsOf,
  unseenEnd,
  windowOctets,
} from '../../source/observe/observed-end.ts';
import {endsAt, eventsOfEnd} from '../../source/observe/observed-ends.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import type {PacketRecord, Trace} from '../../source/sim/trace.ts';
import type {Connection} from '../../source/stack/tcp/connection.ts';
import {Tag} from '../../source/stack/tcp/flight.ts';
import {allRuns, type LessonRun, traceOf} from '../helpers/all-runs.ts';
import {capturedTrace, capturePath, traceOfFile} from '../helpers/captured.ts';
import {asksOthers, some, thorough} from '../helpers/seeds.ts';
import {readBytes} from '../wire/captures.ts';
import {tsharkMissing} from '../wire/tshark.ts';

type Numbers = {readonly [name: string]: unknown};

const rangesText = (ranges: readonly {readonly left: number; readonly right: number}[]): string =>
  ranges.map(({left, right}) => `${left}-${right}`).join();

type Range = {readonly left: number; readonly right: number};

/** Where loss is found by time (RFC 8985), each segment knows for itself whether it has been SACKed. */
const tagged = (queue: Connection['retransmissionQueue']): readonly Range[] => {
  const ranges: Range[] = [];
  for (const {seq, lengthBytes, flags, tags} of queue) {
    if (!(tags & Tag.sacked)) continue;
    const right = (seq + lengthBytes + (flags & 1)) >>> 0;
    const last = ranges.at(-1);
    if (last?.right === seq) ranges[ranges.length - 1] = {left: last.left, right};
    else ranges.push({left: seq, right});
  }
  return ranges;
};

const simulated = ({retransmissionQueue, ...tcb}: Connection) => {
  const {iss, irs, snd, rcv, mss, scale, sackPermitted, timestampsOn, loss} = tcb;
  return {
    iss,
    irs,
    'snd.una': snd.una,
    'snd.nxt': snd.nxt,
    'snd.wnd': snd.wnd,
    'rcv.nxt': rcv.nxt,
    'rcv.wnd': rcv.wnd,
    flightSize: (snd.nxt - snd.una) >>> 0,
    mss,
    'scale.snd': scale.snd,
    'scale.rcv': scale.rcv,
    sackPermitted,
    timestamps: timestampsOn,
    sacked: rangesText([...loss.sacked, ...tagged(retransmissionQueue)]),
  };
};

const deduced = (end: ObservedEnd, version: 4 | 6): Numbers => {
  const {snd, rcv} = shiftsOf(end);
  return {
    iss: end.iss,
    irs: end.irs,
    'snd.una': end.una,
    'snd.nxt': end.nxt,
    'snd.wnd': windowOctets(end.heard, snd),
    'rcv.nxt': end.rcvNxt,
    'rcv.wnd': windowOctets(end.told, rcv),
    flightSize: flightOf(end),
    mss: mssOf(end, version),
    'scale.snd': snd,
    'scale.rcv': rcv,
    sackPermitted: isAgreed(end, 'sackPermitted'),
    timestamps: isAgreed(end, 'timestamps'),
    sacked: rangesText(end.sacked),
  };
};

const ipOf = ({frame}: PacketRecord) => (frame?.payload.kind === 'ip' ? frame.payload.packet : undefined);

const passedIn = (packet: PacketRecord) => {
  const transport = ipOf(packet)?.transport;
  const probes = ((packet.marks ?? 0) & Mark.zeroWindowProbe) !== 0;
  return transport?.kind === 'tcp' ? passedOf(packet.id, transport.segment, probes) : undefined;
};

/** What can only be told of what was sent: an arrival changes it in silence. */
const toldBySending = new Set(['rcv.nxt', 'rcv.wnd']);
/** A window is told in units of the scale; the simulator's own may lie up to one unit away. */
const largestUnit = 128;

type Found = {right: number; unknown: string[]; wrong: string[]};

type Instant = {
  readonly where: string;
  readonly tcb: Connection;
  readonly end: ObservedEnd;
  readonly sends: boolean;
  readonly version: 4 | 6;
};

const judge = (found: Found, {where, tcb, end, sends, version}: Instant): void => {
  const truth: Numbers = simulated(tcb);
  const told = deduced(end, version);
  for (const [name, value] of Object.entries(truth)) {
    if (!sends && toldBySending.has(name)) continue;
    const near = name === 'rcv.wnd' && Math.abs(Number(value) - Number(told[name])) < largestUnit;
    if (told[name] === value || near) found.right += 1;
    else {
      const text = `${where} ${tcb.state} ${name}: ${value}, deduced ${told[name]}`;
      found[told[name] === undefined ? 'unknown' : 'wrong'].push(text);
    }
  }
};

type At = {
  readonly run: string;
  readonly trace: Trace;
  readonly host: string;
  readonly ip: readonly string[];
};

/** Compares after each instant of the host in which a segment left or reached it: in the order of frames, and as the read trace has it. */
const compare = (found: {readonly frames: Found; readonly read: Found}, {run, trace, host, ip}: At): void => {
  const pieces = captureFile({trace, format: 'pcapng', at: host, language: 'en', application: 'test'});
  const seen = traceOfFile(Buffer.concat([...(pieces ?? [])]), 'again');
  const own = [...trace.events()].filter(
    (event) => (event.kind === 'send' || event.kind === 'arrive') && event.host === host,
  );
  expect(own).toHaveLength(seen.packetCount);
  const isExact = ip.includes(seen.header.vantage?.host ?? '');
  const folded = new Map<number, ObservedEnd>();
  for (const [index, {n, instant}] of own.entries()) {
    const packet = seen.packet(index + 1);
    const id = seen.connectionPackets?.of(packet.id);
    const passed = passedIn(packet);
    const inside = ipOf(packet);
    if (id === undefined || !passed || inside?.transport.kind !== 'tcp') continue;
    const sends = ip.includes(packet.from);
    const before = folded.get(id) ?? unseenEnd;
    const after = (sends ? afterSending : afterHearing)(before, passed, packet.sentUs);
    folded.set(id, after);
    if (own[index + 1]?.instant === instant) continue;
    const {srcPort, dstPort} = inside.transport.segment;
    const [from, to] = [`${inside.src}:${srcPort}`, `${inside.dst}:${dstPort}`];
    const connections = trace.stateAt(n)?.hosts[host]?.tcp.connections;
    const tcb = connections?.get(sends ? `${from} > ${to}` : `${to} > ${from}`);
    if (!tcb) continue;
    const common = {
      where: `${run} ${host} #${packet.id}`,
      tcb,
      sends,
      version: inside.src.includes(':') ? 6 : 4,
    } as const;
    judge(found.frames, {...common, end: after});
    const event = sends ? packet.sendEvent : packet.endEvent;
    const end = endsAt(seen, id, event ?? 0).get(sends ? packet.from : packet.to);
    if (isExact && end) judge(found.read, {...common, end});
  }
};

/** A new connection under old numbers, and a host that has forgotten everything, look like the old one to whoever watches. */
const another = /^(half-open client-crash|time-wait|why-three time-wait)/;

/** Nor whether it took the last ACK of a handshake, or had no room for it (tcp_conn_request and tcp_check_req in Linux). */
const overflowing = /^accept-queue .* server #\d+ SYN-RECEIVED /;

const isExpected = (text: string): boolean => another.test(text) || overflowing.test(text);

/** A long run takes as long as all others together. */
const mostPackets = asksOthers() ? 400 : 50;

thorough(
  'captured numbers are the simulator’s, or unknown',
  {
    timeout: 300_000,
  },
  () => {
    const frames: Found = {right: 0, unknown: [], wrong: []};
    const read: Found = {right: 0, unknown: [], wrong: []};
    const isWanted = ({lesson}: LessonRun): boolean => lesson.track.startsWith('tcp');
    const runs = some(allRuns().filter(isWanted), 20);
    let packets = 0;
    for (const run of runs) {
      const trace = traceOf(run);
      if (trace.packetCount > mostPackets || trace.header.notTcp) continue;
      packets += trace.packetCount;
      for (const {name, ip} of trace.header.hosts)
        compare({frames, read}, {run: run.name, trace, host: name, ip});
    }
    for (const found of [frames, read]) {
      expect(found.wrong.filter((text) => !isExpected(text))).toEqual([]);
      // Before the other end has answered nobody knows what it will say.
      const late = found.unknown.filter((text) => !/ SYN-(SENT|RECEIVED) /.test(text));
      expect(late.filter((text) => !another.test(text))).toEqual([]);
      expect(found.right).toBeGreaterThan(10 * (found.unknown.length + found.wrong.length));
    }
    // Which runs are drawn depends on the seed. A connection has a dozen numbers, most of them known at most instants.
    expect(packets).toBeGreaterThan(runs.length);
    expect(frames.right).toBeGreaterThan(10 * packets);
    expect(read.right).toBeGreaterThan(10 * packets);
  },
);

/** By frame: what tshark says of its sender right after it. */
const tsharkFlights = (name: string): ReadonlyMap<number, number> => {
  const fields = ['frame.number', 'tcp.analysis.bytes_in_flight'].flatMap((field) => ['-e', field]);
  const wanted = ['-r', capturePath(name), '-Y', 'tcp', '-T', 'fields', ...fields];
  const text = execFileSync('tshark', wanted, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
  return new Map(
    text.split('\n').flatMap((line) => {
      const [frame = '', flight = ''] = line.split('\t');
      return flight === '' ? [] : [[Number(frame), Number(flight)] as const];
    }),
  );
};

/** tshark counts what SACK options have told as arrived. */
const unsacked = (end: ObservedEnd): number | undefined => {
  const flight = flightOf(end);
  const sacked = end.sacked.reduce((sum, {left, right}) => sum + ((right - left) | 0), 0);
  return flight === undefined ? undefined : flight - sacked;
};

/** By frame, in their order: the sender right after it. */
const flightsOf = (trace: CapturedTrace, count: typeof flightOf): ReadonlyMap<number, number | undefined> => {
  const ends = new Map<string, ObservedEnd>();
  const flights = new Map<number, number | undefined>();
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = trace.packet(id);
    const passed = passedIn(packet);
    if (!passed) continue;
    const connection = trace.connectionPackets?.of(id);
    const [near, far] = [`${connection} ${packet.from}`, `${connection} ${packet.to}`];
    const sender = afterSending(ends.get(near) ?? unseenEnd, passed, packet.sentUs);
    ends.set(near, sender);
    ends.set(far, afterHearing(ends.get(far) ?? unseenEnd, passed, packet.sentUs));
    flights.set(id, count(sender));
  }
  return flights;
};

/** Frames of which tshark says something else, and why. */
const real: readonly {readonly name: string; readonly others?: readonly number[]}[] = [
  {name: '01c-client-close-download.pcapng'},
  {name: '02b-server-close-after-upload.pcapng'},
  {name: '05a-half-close-download.pcap'},
  {name: '08a-fast-retransmit-sack.pcap'},
  {name: '08g-rto-only.pcap'},
  {name: '08h-rto-four-times.pcap'},
  {name: '08j-three-losses.pcapng'},
  {name: '08m-lost-acks.pcap'},
  {name: '08p-tail-loss-probe.pcapng'},
  {name: '09a-one-segment-late.pcap'},
  // It repeats what has been acknowledged: tshark counts it as in flight once more.
  {name: '09e-everything-twice.pcap', others: [19]},
  {name: '10a-zero-window-probes.pcap'},
  {name: '10c-zero-window-no-scaling.pcap'},
  {name: '10e-zero-window-reset.pcap'},
  {name: '14k-http-large-download.pcap'},
  {name: '18a-mixed-twelve.pcap'},
  {name: '18l-offload-giant-segments.pcap'},
  {name: '18m-sequence-wrap.pcap'},
  // Of a connection that began before, tshark takes what was acknowledged before the first segment as known.
  {name: '18o-starts-in-the-middle.pcapng', others: [4]},
];

const missing = tsharkMissing();
if (missing !== undefined) console.log(`skipped, bytes in flight: ${missing}`);

test.skipIf(missing !== undefined).each(real)('$name: flight, as by tshark', ({name, others = []}) => {
  const told = tsharkFlights(name);
  const own = flightsOf(capturedTrace(name), unsacked);
  expect(told.size).toBeGreaterThan(0);
  const differ = [...told].filter(([frame, flight]) => own.get(frame) !== flight);
  expect(differ.map(([frame]) => frame)).toEqual(others);
});

/** Captured where segments arrive late or never: tshark begins to count at the first one that it has, not at SND.UNA. */
const withGaps = ['08k-loss-seen-at-receiver.pcap', '09c-jitter.pcapng'];

test.skipIf(missing !== undefined).each(withGaps)('%s: what is missing is in flight as well', (name) => {
  const own = flightsOf(capturedTrace(name), flightOf);
  for (const [frame, flight] of tsharkFlights(name)) expect(own.get(frame)).toBeGreaterThanOrEqual(flight);
});

test('captured one way only: what is acknowledged, and so what is in flight, is unknown', () => {
  const file = readFileSync(capturePath('14k-http-large-download.pcap'));
  const index = new CaptureIndex();
  // The server's frames: those of Ethernet, IPv4, from port 80.
  for (const record of readBytes(file).records)
    if (record.bytes[34] === 0 && record.bytes[35] === 80) index.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  const trace = index.trace({source: 'one way', read});
  expect(trace.packetCount).toBeGreaterThan(50);
  const sent = trace.packet(trace.packetCount);
  const ends = endsAt(trace, 1, trace.length);
  const server = ends.get(sent.from);
  expect(server?.nxt).toBeDefined();
  expect(server?.una).toBeUndefined();
  expect(server && flightOf(server)).toBeUndefined();
  // Of the client its acknowledgment numbers never passed; what it has sent, the server acknowledges.
  const client = ends.get(sent.to);
  expect(client?.rcvNxt).toBeUndefined();
  expect(client && flightOf(client)).toBe(0);
});

test('the events of an end go from the first asked for to the last, both among them', () => {
  const trace = capturedTrace('14k-http-large-download.pcap');
  const {from} = trace.packet(trace.packetCount);
  const all = eventsOfEnd(trace, {connection: 1, host: from}, [1, trace.length]);
  const [second = 0, third = 0] = all.slice(1);
  expect(all.length).toBeGreaterThan(3);
  expect(eventsOfEnd(trace, {connection: 1, host: from}, [second, third])).toEqual([second, third]);
});
