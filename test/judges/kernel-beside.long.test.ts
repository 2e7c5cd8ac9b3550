// Our Linux beside the real one: the same stream through the same relay, which loses and delays the same octets, once between two
// kernels and once with our machine in the place of one. The oracle is what the two kernels make of it.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {judgeMissing} from './kernel/missing.ts';
import type {CwndSample, End, Transfer, TransferOutcome, Way} from './kernel/transfer.ts';
import {
  lateShare,
  lostShare,
  median,
  openTransfers,
  SEGMENT_BYTES,
  type Transfers,
} from './kernel/transfers.ts';

const missing = judgeMissing();
if (missing) console.log(`beside the kernel skipped: ${missing}`);
const runs = missing ? describe.skip : describe;

type Ends = {readonly sender: End; readonly receiver: End};
const kernels: Ends = {sender: 'kernel', receiver: 'kernel'};
const weSend: Ends = {sender: 'ours', receiver: 'kernel'};
const weReceive: Ends = {sender: 'kernel', receiver: 'ours'};

runs('our Linux beside the kernel', () => {
  let transfers: Transfers;
  beforeAll(async () => {
    transfers = await openTransfers();
  });
  afterAll(() => transfers.close());

  const through = async (ends: Ends, way: Way, {bytes, seed}: {bytes: number; seed: number}) => {
    const name = `${ends.sender} to ${ends.receiver}, seed ${seed}`;
    const transfer: Transfer = {...ends, name, bytes, seed, way, limitMs: 90_000};
    const outcome = await transfers.run(transfer);
    expect(outcome.received, name).toBe(outcome.sent);
    expect(outcome.sent, name).toMatch(/^[0-9a-f]{64}$/);
    return outcome;
  };

  test('ten transfers at 3 % loss, each way: whole, and in the median within a fifth of the kernel’s goodput', {
    timeout: 900_000,
  }, async () => {
    const bytes = 600_000;
    const ratios = {sending: [] as number[], receiving: [] as number[]};
    for (let seed = 1; seed <= 10; seed++) {
      const lost = lostShare(seed, 0.03, bytes);
      const way = {rttMs: 40, lost, late: lateShare(seed, 0.01, {bytes, ms: 12})};
      const beside = await through(kernels, way, {bytes, seed});
      const sending = await through(weSend, way, {bytes, seed});
      const receiving = await through(weReceive, way, {bytes, seed});
      // Nobody is spared: each of them lost every octet of the list.
      for (const {relay} of [beside, sending, receiving])
        expect(relay.lost).toBeGreaterThan(lost.length * 0.9);
      ratios.sending.push(beside.relay.ms / sending.relay.ms);
      ratios.receiving.push(beside.relay.ms / receiving.relay.ms);
      const all = [beside, sending, receiving].map(
        ({relay}) => `${Math.round(relay.ms)} ms, ${relay.lost} lost`,
      );
      console.log(`seed ${seed}: kernels ${all[0]}; we send ${all[1]}; we receive ${all[2]}`);
    }
    for (const [what, each] of Object.entries(ratios)) {
      console.log(`${what}: median ${median(each).toFixed(2)} of the kernel's goodput`);
      expect(median(each), what).toBeGreaterThan(0.8);
      expect(median(each), what).toBeLessThan(1.25);
    }
  });

  test('one loss in 30 round trips at some 100 segments in flight: cwnd differs by a tenth at most, in the median', {
    timeout: 300_000,
  }, async () => {
    const rttMs = 140;
    const every = 2700;
    const losses = 6;
    const bytes = (losses * every + 1000) * SEGMENT_BYTES;
    const lost = Array.from({length: losses}, (_, i) => ({at: (150 + i * every) * SEGMENT_BYTES, copies: 1}));
    const way = {rttMs, lost, late: []};
    const theirs = await through(kernels, way, {bytes, seed: 1});
    const ours = await through(weSend, way, {bytes, seed: 1});
    const pairs = byRoundTrip(theirs, rttMs).flatMap((their, i) => {
      const our = byRoundTrip(ours, rttMs)[i];
      return our === undefined ? [] : [[their, our] as const];
    });
    console.log(`cwnd, the kernel's/ours each round trip: ${pairs.map((pair) => pair.join('/')).join(' ')}`);
    const off = median(pairs.map(([their, our]) => Math.abs(our - their) / their));
    console.log(`median difference ${(100 * off).toFixed(1)} %, ${pairs.length} round trips`);
    expect(pairs.length).toBeGreaterThan(100);
    expect(off).toBeLessThanOrEqual(0.1);
  });
});

/** The window as it stood at the end of each round trip. */
const byRoundTrip = ({cwnd}: TransferOutcome, rttMs: number): readonly number[] => {
  const lastMs = cwnd.at(-1)?.[0] ?? 0;
  return Array.from({length: Math.floor(lastMs / rttMs)}, (_, i) => {
    const before = cwnd.findLast(([atMs]: CwndSample) => atMs <= (i + 1) * rttMs);
    return before?.[1] ?? 0;
  }).filter((window) => window > 0);
};
