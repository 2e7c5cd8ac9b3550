// Every single and double loss of a whole connection heals; random networks end in delivery or in an error. Oracle: the bytes
// that were given to SEND, and the invariants of the curriculum (section 7.1).
import {expect, test} from 'vitest';
import {runs} from '../../helpers/seeds.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {checkInvariants} from '../../helpers/tcp/invariants.ts';
import {type Plan, planOf, saltOf, sentBytes, session} from '../../helpers/tcp/session.ts';
import {type Fate, type HostName, other, pattern, type World} from '../../helpers/tcp/two-hosts.ts';

const DELAY_US = 50_000;
const HOSTS = ['A', 'B'] as const;
const ERRORS = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'];

const errors = (world: World, host: HostName): readonly string[] =>
  world.signals(host).filter((name) => ERRORS.includes(name));

function checkEnd(world: World, plan: Plan, label: string): void {
  for (const host of HOSTS) {
    expect(world.tcp[host].connections.size, `${label}: ${host} keeps a connection`).toBe(0);
    const whole = pattern(sentBytes(plan, other(host)), saltOf(other(host)));
    const got = world.delivered(host);
    const heard = errors(world, host).length > 0;
    const expected = heard ? whole.subarray(0, got.length) : whole;
    const same = Buffer.from(got).equals(expected);
    expect(same, `${label}: ${host} got ${got.length} of ${whole.length} bytes, in order`).toBe(true);
  }
}

const losing =
  (...lost: number[]): Fate =>
  ({n}) =>
    lost.includes(n) ? [] : [DELAY_US];

test('no loss, each single loss and each double loss end whole and closed', () => {
  for (let seed = 1; seed <= runs(25, 1); seed += 1) {
    const plan = planOf(seed, 3000);
    const run = (...lost: number[]): World => {
      const world = session(plan, losing(...lost));
      const label = `seed ${seed} lost ${lost.join(' and ') || 'nothing'}`;
      expect(world.run(), `${label}: runs on`).toBe(true);
      for (const host of HOSTS) expect(errors(world, host), `${label}: errors of ${host}`).toEqual([]);
      checkEnd(world, plan, label);
      checkInvariants(world);
      return world;
    };
    const packets = run().sent.length;
    for (let first = 1; first <= packets; first += 1) {
      const {sent} = run(first);
      for (let second = first + 1; second <= sent.length; second += 1) run(first, second);
    }
  }
});

test('loss, duplication, reordering and delay', () => {
  let failed = 0;
  for (let seed = 1; seed <= runs(75); seed += 1) {
    const plan = planOf(seed);
    const random = chance(seed + 1_000_000);
    const loss = random.next() * 0.2;
    const fate: Fate = () => {
      const copy = () => DELAY_US + (random.below(4) === 0 ? random.below(400_000) : 0);
      if (random.next() < loss) return [];
      return random.next() < 0.1 ? [copy(), copy()] : [copy()];
    };
    const world = session(plan, fate);
    expect(world.run(), `seed ${seed} runs on`).toBe(true);
    checkEnd(world, plan, `seed ${seed}`);
    checkInvariants(world);
    if (HOSTS.some((host) => errors(world, host).length > 0)) failed += 1;
  }
  // Errors are legal, for instance when the last ACK never came; as a rule there are none.
  expect(failed).toBeLessThan(runs(75) / 5);
});
