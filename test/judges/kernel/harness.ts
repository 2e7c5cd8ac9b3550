// Our end: the pure machine behind a TUN device, with real time, a bad path and a small program on top.
// Run by tun.py as `node harness.mjs JOB REPORT`.
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import type {ConnectionId, TcpEffect} from '../../../source/stack/tcp/effect.ts';
import {decodeIpPacket} from '../../../source/wire/ip-packet.ts';
import {ropeFromBytes, ropeToBytes} from '../../../source/wire/rope.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Job, kernelIp, type OurReport, ourIp, port} from './job.ts';
import {noise, sha256} from './noise.ts';
import {ourEnd, packetOf} from './our-end.ts';
import {laneOf} from './path.ts';
import {settingsFor} from './switches.ts';
import {openTunnel} from './tunnel.ts';

const [, , jobFile = '', reportFile = ''] = process.argv;
const job: Job = JSON.parse(readFileSync(jobFile, 'utf8'));
const {ours: program} = job;

const chunks: Uint8Array[] = [];
const states: string[] = [];
const signals: string[] = [];
const unreadable: string[] = [];
let ourSyn: readonly string[] = [];
let kernelSyn: readonly string[] = [];
let sent = 0;
let retransmitted = 0;
let receivedBytes = 0;
let over = false;

const report = (): void => {
  const error = signals.find((signal) => signal.startsWith('E'));
  const content: OurReport = {
    receivedBytes,
    sha256: sha256(Buffer.concat(chunks)),
    eof: signals.includes('eof'),
    error,
    ms: Math.round(performance.now()),
    over,
    states,
    signals,
    ourSyn,
    kernelSyn,
    sent,
    retransmitted,
    lost: outward.lost() + inward.lost(),
    unreadable,
  };
  // Renamed, so that nobody reads half of it.
  writeFileSync(`${reportFile}.part`, JSON.stringify(content));
  renameSync(`${reportFile}.part`, reportFile);
};

const optionKinds = (segment: TcpSegment): readonly string[] =>
  segment.options.map(({kind}) => kind).filter((kind) => kind !== 'nop' && kind !== 'eol');

const sendAll = (id: ConnectionId): void => {
  const data = ropeFromBytes(noise(`ours ${job.seed}`, program.bytes));
  if (program.bytes > 0) end.call({call: 'SEND', connection: id, data});
  if (program.ends === 'after-sending') end.call({call: 'CLOSE', connection: id, reader: 'stays'});
};

/** The program's answers to what happens; `setImmediate` because a program is never inside a step. */
const programHears = (id: ConnectionId, signal: string): void => {
  signals.push(signal);
  const opened = signal === 'connected' || signal === 'accepted';
  if (opened && program.sends === 'at-once') setImmediate(sendAll, id);
  if (signal === 'eof') {
    if (program.sends === 'after-eof') setImmediate(sendAll, id);
    if (program.ends === 'after-eof')
      setImmediate(end.call, {call: 'CLOSE', connection: id, reader: 'stays'});
  }
  // What never became a connection is over now; of others the change of state tells.
  if (signal.startsWith('E')) finished();
};

const finished = (): void => {
  over = true;
  report();
};

const receive = (id: ConnectionId, bytes: Uint8Array): void => {
  chunks.push(bytes);
  receivedBytes += bytes.length;
  if (program.ends === 'resets-after-receiving' && receivedBytes >= job.kernel.bytes)
    setImmediate(end.call, {call: 'ABORT', connection: id});
};

const obey = (effect: TcpEffect): void => {
  switch (effect.kind) {
    case 'send':
      sent += 1;
      if (effect.retransmission) retransmitted += 1;
      if (hasFlag(effect.segment, 'SYN')) ourSyn = optionKinds(effect.segment);
      outward.put(packetOf(effect));
      break;
    case 'deliver':
      receive(effect.connection, ropeToBytes(effect.data));
      break;
    case 'signal':
      programHears(effect.connection, effect.signal);
      break;
    case 'state':
      states.push(effect.to);
      if (effect.to === 'TIME-WAIT' || effect.to === 'CLOSED') finished();
      break;
    default:
      break;
  }
};

const arrives = (bytes: Uint8Array): void => {
  const packet = decodeIpPacket(bytes);
  if (!packet.ok) {
    unreadable.push(JSON.stringify(packet.error));
    return;
  }
  const {src, dst, transport} = packet.value;
  if (transport.kind !== 'tcp' || dst !== ourIp) return;
  if (hasFlag(transport.segment, 'SYN')) kernelSyn = optionKinds(transport.segment);
  end.arrives(src, dst, transport.segment);
};

const end = ourEnd({settings: settingsFor(job.switches), seed: job.seed, hears: obey});

const leave = (): void => {
  report();
  // A thread that waits for the device would keep an orderly exit waiting.
  process.kill(process.pid, 'SIGKILL');
};

const inward = laneOf(job.path, {seed: job.seed, direction: 'to ours'}, arrives);
const tunnel = openTunnel({input: 0, output: 1}, inward.put);
const outward = laneOf(job.path, {seed: job.seed, direction: 'to kernel'}, tunnel.write);
process.on('SIGTERM', leave);

const local = {ip: ourIp, port};
if (job.opens === 'kernel') {
  if (!job.refused) end.call({call: 'OPEN', mode: 'passive', local, read: 'auto'});
} else {
  const from = {ip: ourIp, port: 40_000 + (job.seed % 20_000)};
  end.call({call: 'OPEN', mode: 'active', local: from, remote: {ip: kernelIp, port}, read: 'auto'});
}
