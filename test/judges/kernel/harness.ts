// Our end: the pure machine behind a TUN device, with real time, a bad path and a small program on top.
// Run by socat as `node harness.mjs JOB REPORT`.
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import type {ConnectionId, TcpCall, TcpEffect, TcpEvent} from '../../../source/stack/tcp/effect.ts';
import {initialSequenceNumber} from '../../../source/stack/tcp/isn.ts';
import {emptyTcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {decodeIpPacket, encodeIpPacket} from '../../../source/wire/ip-packet.ts';
import {ropeFromBytes, ropeToBytes} from '../../../source/wire/rope.ts';
import {hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import {type Job, kernelIp, type OurReport, ourIp, port} from './job.ts';
import {noise, sha256} from './noise.ts';
import {laneOf} from './path.ts';
import {settingsFor} from './switches.ts';
import {openTunnel} from './tunnel.ts';

const [, , jobFile = '', reportFile = ''] = process.argv;
const job: Job = JSON.parse(readFileSync(jobFile, 'utf8'));
const {ours: program} = job;

const nowUs = (): number => Math.floor(performance.now() * 1000);
const settings = settingsFor(job.switches);
const secret = Uint8Array.from({length: 16}, (_, i) => (job.seed * 31 + i * 7) & 0xff);

let tcp = emptyTcp;
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

const step = (event: TcpEvent): void => {
  const at = nowUs();
  const env = {
    nowUs: at,
    settings,
    isn: (local: {ip: string; port: number}, remote: {ip: string; port: number}) =>
      initialSequenceNumber(secret, at, {local, remote}),
  };
  const done = tcpStep(tcp, event, env);
  tcp = done.tcp;
  for (const effect of done.effects) obey(effect);
};

const call = (what: TcpCall): void => step({kind: 'call', call: what});

/** Node's timers may be a millisecond early; the machine takes a time-out only when it is due. */
const wait = (id: ConnectionId, name: Extract<TcpEvent, {kind: 'timeout'}>['name'], dueUs: number): void => {
  const leftUs = dueUs - nowUs();
  if (leftUs > 0) setTimeout(wait, Math.ceil(leftUs / 1000), id, name, dueUs);
  else if (tcp.connections.get(id)?.timers[name] === dueUs) step({kind: 'timeout', connection: id, name});
};

const sendAll = (id: ConnectionId): void => {
  const data = ropeFromBytes(noise(`ours ${job.seed}`, program.bytes));
  if (program.bytes > 0) call({call: 'SEND', connection: id, data});
  if (program.ends === 'after-sending') call({call: 'CLOSE', connection: id, reader: 'stays'});
};

/** The program's answers to what happens; `setImmediate` because a program is never inside a step. */
const programHears = (id: ConnectionId, signal: string): void => {
  signals.push(signal);
  const opened = signal === 'connected' || signal === 'accepted';
  if (opened && program.sends === 'at-once') setImmediate(sendAll, id);
  if (signal === 'eof') {
    if (program.sends === 'after-eof') setImmediate(sendAll, id);
    if (program.ends === 'after-eof') setImmediate(call, {call: 'CLOSE', connection: id, reader: 'stays'});
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
    setImmediate(call, {call: 'ABORT', connection: id});
};

const obey = (effect: TcpEffect): void => {
  switch (effect.kind) {
    case 'send': {
      const {src, dst, segment, retransmission} = effect;
      sent += 1;
      if (retransmission) retransmitted += 1;
      if (hasFlag(segment, 'SYN')) ourSyn = optionKinds(segment);
      const rest = {version: 4, ttl: 64, id: 0, dontFragment: true, trafficClass: 0} as const;
      outward.put(encodeIpPacket({...rest, src, dst, transport: {kind: 'tcp', segment}}));
      break;
    }
    case 'timer':
      if (effect.op === 'arm') wait(effect.connection, effect.name, effect.dueUs);
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
  step({kind: 'segment', src, dst, segment: transport.segment});
};

const leave = (): void => {
  report();
  process.exit(0);
};

const inward = laneOf(job.path, {seed: job.seed, direction: 'to ours'}, arrives);
const tunnel = openTunnel(inward.put, leave);
const outward = laneOf(job.path, {seed: job.seed, direction: 'to kernel'}, tunnel.write);
process.on('SIGTERM', leave);

const local = {ip: ourIp, port};
if (job.opens === 'kernel') {
  if (!job.refused) call({call: 'OPEN', mode: 'passive', local, read: 'auto'});
} else {
  const from = {ip: ourIp, port: 40_000 + (job.seed % 20_000)};
  call({call: 'OPEN', mode: 'active', local: from, remote: {ip: kernelIp, port}, read: 'auto'});
}
