// Runs a scenario to its end and keeps what it takes to stand at any instant again: checkpoints. The log itself is not stored;
// a stretch of it is made again from its checkpoint when somebody looks at it (design.md, "sim").
import {encodeFrame} from '../wire/frame.ts';
import type {EventBody, Plan} from './draft.ts';
import {Numbers} from './numbers.ts';
import type {Scenario} from './scenario.ts';
import {initialWorld, planOf, stepWorld} from './step.ts';
import type {EndReason, PacketRecord, Trace, TraceEvent, TraceHeader} from './trace.ts';
import type {World} from './world.ts';

const instantsPerStretch = 128;
const stretchesKept = 64;
const linkTypeEthernet = 1;
/** Bounds of a run besides its simulated time: far beyond any lesson, and reached within a minute. */
const maxEvents = 10_000_000;

export type About = {readonly source: string; readonly sourceDigest: string; readonly run: string};

type Checkpoint = {readonly world: World; readonly events: number; readonly instants: number};

type Stretch = {
  readonly first: number;
  readonly events: readonly TraceEvent[];
  readonly worlds: readonly World[];
};

type Recording = {
  readonly checkpoints: readonly Checkpoint[];
  readonly sent: Numbers;
  readonly ended: Numbers;
  readonly events: number;
  readonly packets: number;
  readonly durationUs: number;
  readonly reason: EndReason;
};

const placed = (body: EventBody, place: {n: number; atUs: number; instant: number}): TraceEvent => ({
  ...body,
  ...place,
});

const endOf = (plan: Plan, next: World, events: number): EndReason | undefined => {
  const {until, limitUs} = plan.scenario;
  if (until !== 'quiet' && 'atUs' in until && next.nowUs > until.atUs) return 'until';
  return next.nowUs > limitUs || events > maxEvents ? 'limit' : undefined;
};

const note = (index: {sent: Numbers; ended: Numbers}, body: EventBody, n: number): void => {
  if (body.kind !== 'send' && body.kind !== 'arrive' && body.kind !== 'drop') return;
  if (body.packet <= 0 || body.hop !== 0) return;
  if (body.kind === 'send') index.sent.set(body.packet, n);
  else if (index.ended.get(body.packet) === 0) index.ended.set(body.packet, n);
};

const record = (plan: Plan): Recording => {
  const checkpoints: Checkpoint[] = [];
  const index = {sent: new Numbers(), ended: new Numbers()};
  let world = initialWorld(plan);
  let events = 0;
  let durationUs = 0;
  const {until} = plan.scenario;
  const watch = until !== 'quiet' && 'watch' in until ? until.watch() : undefined;
  let seen = false;
  const reasonOf = (next: World | undefined): EndReason | undefined => {
    if (next === undefined) return 'quiet';
    return seen ? 'until' : endOf(plan, next, events);
  };
  for (let instants = 0; ; instants++) {
    if (instants % instantsPerStretch === 0) checkpoints.push({world, events, instants});
    const next = stepWorld(plan, world);
    const reason = reasonOf(next?.world);
    if (!next || reason) {
      const packets = world.packetCount;
      return {checkpoints, ...index, events, packets, durationUs, reason: reason ?? 'quiet'};
    }
    world = next.world;
    for (const body of next.events) {
      note(index, body, ++events);
      seen ||= watch?.(placed(body, {n: events, atUs: world.nowUs, instant: instants})) ?? false;
    }
    if (next.events.length > 0) durationUs = world.nowUs;
  }
};

const replay = (plan: Plan, from: Checkpoint, toEvents: number): Stretch => {
  const events: TraceEvent[] = [];
  const worlds: World[] = [];
  let {world} = from;
  for (let instant = from.instants; from.events + events.length < toEvents; instant++) {
    const next = stepWorld(plan, world);
    if (!next) break;
    world = next.world;
    for (const body of next.events) {
      events.push(placed(body, {n: from.events + events.length + 1, atUs: world.nowUs, instant}));
      worlds.push(world);
    }
  }
  return {first: from.events + 1, events, worlds};
};

class SimulatedTrace implements Trace {
  readonly header: TraceHeader;
  readonly #plan: Plan;
  readonly #recording: Recording;
  /** Most recently used last. */
  readonly #stretches = new Map<number, Stretch>();

  constructor(plan: Plan, header: TraceHeader) {
    this.header = header;
    this.#plan = plan;
    this.#recording = record(plan);
  }

  get length(): number {
    return this.#recording.events;
  }

  get packetCount(): number {
    return this.#recording.packets;
  }

  get durationUs(): number {
    return this.#recording.durationUs;
  }

  get endReason(): EndReason {
    return this.#recording.reason;
  }

  event(n: number): TraceEvent {
    const stretch = this.#stretchOf(n);
    const event = stretch.events[n - stretch.first];
    if (!event) throw new RangeError(`no event ${n}: the trace has ${this.length}`);
    return event;
  }

  *events(from = 1, to = this.length): IterableIterator<TraceEvent> {
    for (let n = Math.max(1, from); n <= Math.min(to, this.length); n++) yield this.event(n);
  }

  packet(id: number): PacketRecord {
    const event = this.event(this.#recording.sent.get(id));
    if (event.kind !== 'send') throw new RangeError(`no packet ${id}: the trace has ${this.packetCount}`);
    const {frame} = event;
    const bytes = frame ? encodeFrame(frame) : new Uint8Array();
    return {
      id,
      from: event.host,
      to: event.to,
      sendEvent: event.n,
      endEvent: this.#recording.ended.get(id) || undefined,
      sentUs: event.atUs,
      dueUs: event.dueUs,
      lost: event.lost,
      retransmission: event.retransmission,
      frame,
      linkType: linkTypeEthernet,
      bytes,
      originalLength: bytes.length,
    };
  }

  stateAt(cursor: number): World {
    if (cursor <= 0 || this.length === 0)
      return this.#recording.checkpoints[0]?.world ?? initialWorld(this.#plan);
    const n = Math.min(cursor, this.length);
    const stretch = this.#stretchOf(n);
    const world = stretch.worlds[n - stretch.first];
    if (!world) throw new RangeError(`no event ${n}`);
    return world;
  }

  /** The last checkpoint at or before event `n`, by bisection. */
  #checkpointBefore(n: number): number {
    const {checkpoints} = this.#recording;
    let low = 0;
    let high = checkpoints.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((checkpoints[middle]?.events ?? 0) < n) low = middle;
      else high = middle;
    }
    return low;
  }

  #stretchOf(n: number): Stretch {
    const {checkpoints, events} = this.#recording;
    const index = this.#checkpointBefore(n);
    const checkpoint = checkpoints[index];
    if (!checkpoint || n < 1 || n > events) throw new RangeError(`no event ${n}: the trace has ${events}`);
    const stretch =
      this.#stretches.get(index) ?? replay(this.#plan, checkpoint, checkpoints[index + 1]?.events ?? events);
    this.#stretches.delete(index);
    this.#stretches.set(index, stretch);
    const [oldest] = this.#stretches.keys();
    if (this.#stretches.size > stretchesKept && oldest !== undefined) this.#stretches.delete(oldest);
    return stretch;
  }
}

const headerOf = ({scenario, faultTexts}: Plan, about: About): TraceHeader => ({
  ...about,
  seed: scenario.seed,
  faults: faultTexts,
  profile: scenario.profile,
  ...(scenario.notTcp ? {notTcp: scenario.notTcp} : {}),
  hosts: scenario.hosts.map(({name, interfaces}) => ({name, ip: interfaces.map(({ip}) => ip)})),
  links: scenario.links.map(({name, between, delayUs}) => ({name, between, delayUs})),
});

/** The same scenario gives the same trace, byte by byte, on every machine. */
export const simulate = (scenario: Scenario, about: About): Trace => {
  const plan = planOf(scenario);
  return new SimulatedTrace(plan, headerOf(plan, about));
};
