// A whole connection of random size and manner: open, transfer both ways, close. Used by the loss tests.
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {chance} from './chance.ts';
import {plain} from './plain.ts';
import {A, AB, B, BA, type Fate, type HostName, rope, World} from './two-hosts.ts';

export type Plan = {
  readonly seed: number;
  readonly settings: {readonly A: TcpSettings; readonly B: TcpSettings};
  /** Bytes that each end sends, cut into SENDs. */
  readonly sends: {readonly A: readonly number[]; readonly B: readonly number[]};
  readonly iss: {readonly A: number; readonly B: number};
  readonly read: {readonly A: 'auto' | 'manual'; readonly B: 'auto' | 'manual'};
  readonly simultaneous: boolean;
  /** B closes when it has read everything, or as soon as it has sent its own data. */
  readonly lazy: boolean;
};

const PROFILES = [plain, profiles.rfc, profiles.freebsd, profiles.linux] as const;
const SIZES = [0, 1, 57, 536, 1460, 1461, 3000, 4400];

export function planOf(seed: number, biggest = 4400): Plan {
  const random = chance(seed);
  const sizes = SIZES.filter((size) => size <= biggest);
  const sends = () => Array.from({length: random.below(3)}, () => sizes[random.below(sizes.length)] ?? 0);
  const settings = (): TcpSettings => ({
    ...(PROFILES[random.below(4)] ?? profiles.rfc),
    ...(random.below(6) === 0 ? {insecureRst: true, insecureSyn: true} : {}),
    // Short enough to run out within a session.
    ...(random.below(6) === 0
      ? {keepAlive: true, keepAliveIdleUs: 300_000, keepAliveIntervalUs: 100_000}
      : {}),
    ...(random.below(6) === 0 ? {userTimeoutUs: 60_000_000} : {}),
    ...(random.below(6) === 0 ? {ecn: 'request' as const} : {}),
    ...(random.below(2) === 0 ? {delayedAckUs: 40_000} : {}),
    ...(random.below(3) === 0 ? {timestamps: true} : {}),
    ...(random.below(8) === 0 ? {noDelay: true} : {}),
    ...(random.below(4) === 0 ? {rcvBufferBytes: 2000, windowScale: 0} : {}),
  });
  const near = () => (random.below(2) === 0 ? 2 ** 32 - 1 - random.below(3000) : random.below(2 ** 32));
  return {
    seed,
    settings: {A: settings(), B: settings()},
    sends: {A: sends(), B: sends()},
    iss: {A: near(), B: near()},
    read: {A: random.below(3) === 0 ? 'manual' : 'auto', B: random.below(3) === 0 ? 'manual' : 'auto'},
    simultaneous: random.below(8) === 0,
    lazy: random.below(2) === 0,
  };
}

export const sentBytes = (plan: Plan, host: HostName): number =>
  plan.sends[host].reduce((sum, n) => sum + n, 0);

/** The applications of both ends: send when open, read, close in their manner. */
export function session(plan: Plan, fate: Fate): World {
  const world = new World({
    settings: plan.settings,
    fate,
    isn: (host) => seq(plan.iss[host]),
    app: (w, host, effect) => {
      const connection = host === 'A' ? AB : BA;
      const receive = () => {
        if (plan.read[host] === 'manual')
          w.call(w.nowUs + 30_000, host, {call: 'RECEIVE', connection, maxBytes: 700});
      };
      if (effect.kind === 'deliver') receive();
      if (effect.kind !== 'signal') return;
      if (effect.signal === 'connected' || effect.signal === 'accepted') {
        let offset = 0;
        for (const size of plan.sends[host]) {
          w.call(w.nowUs, host, {call: 'SEND', connection, data: slice(plan, host, offset, size)});
          offset += size;
        }
        receive();
        if (host === 'A' || !plan.lazy) w.call(w.nowUs, host, {call: 'CLOSE', connection, reader: 'stays'});
      }
      if (effect.signal === 'eof') w.call(w.nowUs, host, {call: 'CLOSE', connection, reader: 'gone'});
    },
  });
  if (plan.simultaneous) {
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: plan.read.A});
    world.call(0, 'B', {call: 'OPEN', mode: 'active', local: B, remote: A, read: plan.read.B});
  } else {
    world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: plan.read.B});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: plan.read.A});
  }
  return world;
}

const salt = {A: 3, B: 101} as const;

function slice(plan: Plan, host: HostName, offset: number, size: number) {
  const all = rope(sentBytes(plan, host), salt[host]);
  const [chunk] = all.chunks;
  return chunk === undefined || size === 0
    ? {length: 0, chunks: []}
    : {length: size, chunks: [{...chunk, offset, length: size}]};
}

export const saltOf = (host: HostName): number => salt[host];
