// The Linux kernel as judge: it talks to our machine over a TUN device, through a path that loses, delays and reorders.
// The oracle is the other end: a real TCP that either gets the stream whole or does not.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Job, Outcome, Path, Program, Switch, Switches} from './kernel/job.ts';
import {judgeMissing} from './kernel/missing.ts';
import {noise, sha256} from './kernel/noise.ts';
import {type Court, openCourt, runAll} from './kernel/run.ts';

const missing = judgeMissing();
if (missing) console.log(`kernel judge skipped: ${missing}`);
const runs = missing ? describe.skip : describe;

const MEGABYTE = 1_000_000;
const width = 3;

const all: Switches = {sack: true, timestamps: true, windowScale: true};
const bad: Path = {loss: 0.03, delayMs: 10, late: 0.03, lateMs: 6};
const good: Path = {loss: 0, delayMs: 10, late: 0, lateMs: 0};

const sends = (bytes: number, ends: Program['ends'] = 'after-sending'): Program => ({
  bytes,
  sends: 'at-once',
  ends,
});

const jobOf = (name: string, change: Partial<Job>): Job => ({
  name,
  seed: 1,
  opens: 'ours',
  refused: false,
  ours: sends(0),
  kernel: sends(0),
  path: bad,
  switches: all,
  kernelSwitches: all,
  limitMs: 20_000,
  ...change,
});

/** What is wrong with a conversation that should have gone to its orderly end. */
const complaints = (job: Job, {ours, kernel}: Outcome): readonly string[] => {
  const found: string[] = [];
  if (!ours) return [`${job.name}: nothing reported`];
  const whole = (bytes: number, from: string): string => sha256(noise(`${from} ${job.seed}`, bytes));
  if (kernel.sha256 !== whole(job.ours.bytes, 'ours'))
    found.push(`kernel received ${kernel.receivedBytes} of ${job.ours.bytes}`);
  if (ours.sha256 !== whole(job.kernel.bytes, 'kernel'))
    found.push(`ours received ${ours.receivedBytes} of ${job.kernel.bytes}`);
  if (!kernel.eof) found.push('kernel: no EOF');
  if (!ours.eof) found.push('ours: no EOF');
  if (kernel.error) found.push(`the kernel says ${kernel.error}`);
  if (ours.error) found.push(`ours says ${ours.error}`);
  if (!ours.over) found.push(`ours is left in ${ours.states.at(-1)}`);
  if (kernel.tcp.some((state) => state !== '06')) found.push(`kernel left in ${kernel.tcp}`);
  if (ours.unreadable.length > 0) found.push(`not readable: ${ours.unreadable[0]}`);
  return [...found, ...optionComplaints(job, ours)].map((each) => `${job.name}: ${each}`);
};

const optionOf: {readonly [name in Switch]: string} = {
  sack: 'sackPermitted',
  timestamps: 'timestamps',
  windowScale: 'windowScale',
};
const switchNames: readonly Switch[] = ['sack', 'timestamps', 'windowScale'];

/** Both SYNs carry an option where both ends have it on, so that a run says what it claims to say. */
const optionComplaints = (job: Job, {ourSyn, kernelSyn}: NonNullable<Outcome['ours']>): readonly string[] =>
  switchNames.flatMap((name) => {
    const agreed = job.switches[name] && job.kernelSwitches[name];
    const seen = ourSyn.includes(optionOf[name]) && kernelSyn.includes(optionOf[name]);
    return agreed === seen ? [] : [`${name} should be ${agreed ? 'on' : 'off'}`];
  });

const told = ({ours, kernel}: Outcome): string =>
  `${kernel.ms} ms, ours sent ${ours?.sent} packets (${ours?.retransmitted} again), ${ours?.lost} lost both ways`;

runs('the Linux kernel', () => {
  let court: Court;
  beforeAll(async () => {
    court = await openCourt();
  });
  afterAll(() => court.close());

  const judge = async (jobs: readonly Job[]): Promise<readonly string[]> => {
    const isWrong = (job: Job, outcome: Outcome): boolean => complaints(job, outcome).length > 0;
    const outcomes = await runAll(court, jobs, {width, isWrong});
    return jobs.flatMap((job, index) => {
      const outcome = outcomes[index];
      if (!outcome) return [`${job.name}: not run`];
      console.log(`${job.name}: ${told(outcome)}`);
      return complaints(job, outcome);
    });
  };

  test('1 MB each way, ten runs in a row, either end opens', {timeout: 600_000}, async () => {
    const jobs = Array.from({length: 10}, (_, i) =>
      jobOf(`1 MB each way, run ${i + 1}`, {
        seed: 100 + i,
        opens: i % 2 === 0 ? 'ours' : 'kernel',
        ours: sends(MEGABYTE),
        kernel: sends(MEGABYTE),
        limitMs: 60_000,
      }),
    );
    expect(await judge(jobs)).toEqual([]);
  });

  test('200 kB each way for every set of SACK, timestamps and window scaling', {
    timeout: 600_000,
  }, async () => {
    const jobs = Array.from({length: 8}, (_, i) => {
      const switches = {sack: (i & 1) > 0, timestamps: (i & 2) > 0, windowScale: (i & 4) > 0};
      // Who does without: both ends, ours only, the kernel only.
      const oursOnly = i % 3 === 1;
      const kernelOnly = i % 3 === 2;
      return jobOf(
        `200 kB each way, ${switchNames.filter((name) => switches[name]).join('+') || 'no options'}`,
        {
          seed: 200 + i,
          opens: i % 2 === 0 ? 'kernel' : 'ours',
          ours: sends(200_000),
          kernel: sends(200_000),
          switches: kernelOnly ? all : switches,
          kernelSwitches: oursOnly ? all : switches,
        },
      );
    });
    expect(await judge(jobs)).toEqual([]);
  });

  test('closes from either side', {timeout: 300_000}, async () => {
    const oursFirst = jobOf('ours closes first', {
      ours: sends(3000),
      kernel: {...sends(2000), ends: 'after-eof'},
    });
    const kernelFirst = jobOf('the kernel closes first', {
      ours: {...sends(2000), ends: 'after-eof'},
      kernel: sends(3000),
      opens: 'kernel',
    });
    const jobs = [oursFirst, kernelFirst].flatMap((job) =>
      [good, bad].map((path, i) => ({...job, path, seed: 300 + i})),
    );
    expect(await judge(jobs)).toEqual([]);
    const [first, second] = await runAll(
      court,
      [
        {...oursFirst, path: good},
        {...kernelFirst, path: good},
      ],
      {width},
    );
    expect(first?.ours?.states.slice(-3)).toEqual(['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT']);
    expect(first?.kernel.tcp).toEqual([]);
    expect(second?.ours?.states.slice(-3)).toEqual(['CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
    // 06 is TIME_WAIT: the kernel got our FIN and acknowledged it.
    expect(second?.kernel.tcp).toEqual(['06']);
  });

  test('half-close: one end has ended, the other still sends 200 kB', {timeout: 300_000}, async () => {
    const late: Program = {bytes: 200_000, sends: 'after-eof', ends: 'after-sending'};
    expect(
      await judge([
        jobOf('ours sends last', {seed: 400, ours: late, kernel: sends(10)}),
        jobOf('the kernel sends last', {
          seed: 401,
          ours: sends(10),
          kernel: late,
          opens: 'kernel',
        }),
      ]),
    ).toEqual([]);
  });

  test('reset from either side', async () => {
    const reset: Program = {bytes: 10, sends: 'at-once', ends: 'resets-after-receiving'};
    const waits = sends(5000, 'waits');
    const [byKernel, byUs] = await runAll(
      court,
      [
        jobOf('the kernel resets', {
          path: good,
          ours: waits,
          kernel: reset,
          opens: 'kernel',
          limitMs: 20_000,
        }),
        jobOf('ours resets', {path: good, ours: reset, kernel: waits, limitMs: 20_000}),
      ],
      {width},
    );
    expect(byKernel?.ours).toMatchObject({error: 'ECONNRESET', over: true});
    expect(byKernel?.ours?.states.at(-1)).toBe('CLOSED');
    expect(byUs?.kernel).toMatchObject({connected: true, error: 'ECONNRESET', tcp: []});
    expect(byUs?.ours?.states.at(-1)).toBe('CLOSED');
  });

  test('a port where nobody listens, on either side', async () => {
    const [atKernel, atOurs] = await runAll(
      court,
      [
        jobOf('refused by the kernel', {refused: true, path: good, limitMs: 20_000}),
        jobOf('refused by ours', {refused: true, path: good, opens: 'kernel', limitMs: 20_000}),
      ],
      {width},
    );
    expect(atKernel?.ours).toMatchObject({error: 'ECONNREFUSED', states: ['SYN-SENT', 'CLOSED']});
    expect(atOurs?.kernel).toMatchObject({connected: false, error: 'ECONNREFUSED', tcp: []});
  });
});
