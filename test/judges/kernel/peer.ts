// The kernel's end: runs inside the network namespace, sets its switches, starts our end behind the TUN device,
// and is the program at the kernel's socket. Run as `node peer.mjs JOB REPORT HARNESS TUN.PY`; prints its outcome as JSON.
import {spawn} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {connect, createServer, type Socket} from 'node:net';
import {networkInterfaces} from 'node:os';
import {setTimeout as pause} from 'node:timers/promises';
import {type Job, type KernelReport, kernelIp, type OurReport, ourIp, port, type Switch} from './job.ts';
import {noise, sha256} from './noise.ts';

const [, , jobFile = '', reportFile = '', harnessFile = '', tunFile = ''] = process.argv;
const job: Job = JSON.parse(readFileSync(jobFile, 'utf8'));
const {kernel: program} = job;
const startMs = Date.now();
const deadlineMs = startMs + job.limitMs;
const POLL_MS = 10;

const sysctls: {readonly [name in Switch]: string} = {
  sack: 'tcp_sack',
  timestamps: 'tcp_timestamps',
  windowScale: 'tcp_window_scaling',
};
const setSwitch = (name: Switch): void =>
  writeFileSync(`/proc/sys/net/ipv4/${sysctls[name]}`, job.kernelSwitches[name] ? '1' : '0');
setSwitch('sack');
setSwitch('timestamps');
setSwitch('windowScale');

const chunks: Uint8Array[] = [];
let receivedBytes = 0;
let connected = false;
let eof = false;
let error: string | undefined;
let over = false;

const sendAll = (socket: Socket): void => {
  const data = noise(`kernel ${job.seed}`, program.bytes);
  if (program.ends === 'after-sending') socket.end(data);
  else socket.write(data);
};

const serve = (socket: Socket): void => {
  connected = true;
  if (program.sends === 'at-once') sendAll(socket);
  socket.on('data', (data) => {
    chunks.push(data);
    receivedBytes += data.length;
    // Linger 0: close() sends a reset.
    if (program.ends === 'resets-after-receiving' && receivedBytes >= job.ours.bytes)
      socket.resetAndDestroy();
  });
  socket.on('end', () => {
    eof = true;
    if (program.sends === 'after-eof') sendAll(socket);
    if (program.ends === 'after-eof') socket.end();
  });
};

const watch = (socket: Socket): void => {
  socket.on('error', (problem: NodeJS.ErrnoException) => {
    error = problem.code ?? problem.message;
  });
  socket.on('close', () => {
    over = true;
  });
};

const start = (): void => {
  const socket = connect({host: ourIp, port, allowHalfOpen: true});
  socket.on('connect', () => serve(socket));
  watch(socket);
};

const listenFirst = (): Promise<void> =>
  new Promise((resolve) => {
    const server = createServer({allowHalfOpen: true}, (socket) => {
      serve(socket);
      watch(socket);
    });
    server.listen(port, '0.0.0.0', resolve);
  });

const until = async (holds: () => boolean): Promise<boolean> => {
  while (!holds() && Date.now() < deadlineMs) await pause(POLL_MS);
  return holds();
};

const ourReport = (): OurReport | undefined =>
  existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined;

const socketsLeft = (): readonly string[] =>
  readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/)[3] ?? '')
    .filter((state) => state !== '' && state !== '0A');

if (job.opens === 'ours' && !job.refused) await listenFirst();
const behindDevice = [tunFile, kernelIp, process.execPath, harnessFile, jobFile, reportFile];
const harness = spawn('python3', behindDevice, {stdio: ['ignore', 'ignore', 'inherit']});
const gone = new Promise((resolve) => harness.on('exit', resolve));
const isUp = (): boolean =>
  Object.values(networkInterfaces()).some((each) => each?.some(({address}) => address === kernelIp));
if (await until(isUp)) {
  if (job.opens === 'kernel') start();
  const kernelIsOver = (): boolean => over || (job.refused && job.opens === 'ours');
  // 06 is TIME_WAIT; until then an end may still need the other, if only for the last acknowledgement.
  const settled = (): boolean => socketsLeft().every((state) => state === '06');
  await until(() => kernelIsOver() && ourIsOver() && settled());
}

function ourIsOver(): boolean {
  // A port where nobody listens has no connection that could end.
  return job.refused && job.opens === 'kernel' ? true : ourReport()?.over === true;
}

const tcp = socketsLeft();
harness.kill('SIGTERM');
await Promise.race([gone, pause(2000)]);
const kernel: KernelReport = {
  connected,
  receivedBytes,
  sha256: sha256(Buffer.concat(chunks)),
  eof,
  error,
  ms: Date.now() - startMs,
  tcp,
};
process.stdout.write(JSON.stringify({ours: ourReport(), kernel}), () => process.exit(0));
