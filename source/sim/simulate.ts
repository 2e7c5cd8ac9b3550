// Runs a scenario to its end, and keeps its log and the worlds from which the state at any instant is computed again.
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {unlockWith} from '../stack/tls/recorded/unlock.ts';
import type {Seq} from '../wire/seq.ts';
import {parseKeyLog} from '../wire/tls/key-log.ts';
import {encodeUtf8} from '../wire/utf8.ts';
import {isAppAction} from './app-layer.ts';
import {type Because, reasonIn, type WholeReason} from './because.ts';
import {callsPerEvent, usualEvents} from './budget.ts';
import type {EventBody, Plan} from './draft.ts';
import {keyLogOf} from './key-log.ts';
import {powerOn} from './power-on.ts';
import type {Scenario} from './scenario.ts';
import {SentPacket} from './sent-packet.ts';
import {initialWorld, planOf, stepWorld} from './step.ts';
import type {Topology} from './topology.ts';
import type {EndReason, HeldMark, Operands, PacketRecord, Trace, TraceEvent, TraceHeader} from './trace.ts';
import {Ways} from './ways.ts';
import type {World} from './world.ts';
import {Worlds} from './worlds.ts';

export type About = {readonly source: string; readonly run: string};

type Recording = {
  readonly log: readonly TraceEvent[];
  readonly held: readonly HeldMark[];
  readonly worlds: Worlds;
  readonly ways: Ways;
  readonly packets: number;
  readonly durationUs: number;
  readonly reason: EndReason;
};

type Position = {n: number; atUs: number; instant: number; because: Because; case?: string; cause?: number};

/**
 * Returns a logged event with its number, time, instant and cause. They are copied by one spread, because V8 copies spreads slowly and a
 * run has 100,000 events.
 */
const placed = (body: EventBody, n: number, atUs: number, instant: number, cause?: number): TraceEvent => {
  const {rule, case: own} = reasonIn(body.because);
  const place: Position = {n, atUs, instant, because: rule};
  if (cause !== undefined) place.cause = cause;
  if (own !== undefined) place.case = own;
  return {...body, ...place};
};

const endOf = (plan: Plan, next: World, spent: number): EndReason | undefined => {
  const {until, limitUs, mostEvents = usualEvents} = plan.scenario;
  if (until !== 'quiet' && 'atUs' in until && next.nowUs > until.atUs) return 'until';
  if (next.nowUs > limitUs) return 'limit';
  return spent >= mostEvents ? 'budget' : undefined;
};

const eventIn = (log: readonly TraceEvent[], n: number): TraceEvent => {
  const event = log[n - 1];
  if (!event) throw new RangeError(`no event ${n}: the trace has ${log.length}`);
  return event;
};

const record = (plan: Plan): Recording => {
  const log: TraceEvent[] = [];
  const held: HeldMark[] = [];
  const worlds = new Worlds(plan);
  const ways = new Ways((n) => eventIn(log, n));
  let world = initialWorld(plan);
  let durationUs = 0;
  /**
   * The number that counts towards the run's limit in addition to its events: instants without events, and a share for many calls of
   * applications.
   */
  let extra = 0;
  let calls = 0;
  const {until} = plan.scenario;
  const watch = until !== 'quiet' && 'watch' in until ? until.watch() : undefined;
  let seen = false;
  const reasonOf = (next: World | undefined): EndReason | undefined => {
    if (next === undefined && !world.hand?.open) return 'quiet';
    if (next === undefined || world.hand?.open) return 'until';
    return seen ? 'until' : endOf(plan, next, log.length + extra);
  };
  for (let instant = 0; ; instant++) {
    worlds.pass(world, log.length);
    const next = stepWorld(plan, world);
    const reason = reasonOf(next?.world);
    if (!next || reason)
      return {log, held, worlds, ways, packets: world.packetCount, durationUs, reason: reason ?? 'quiet'};
    world = next.world;
    for (const [place, body] of next.events.entries()) {
      const event = placed(body, log.length + 1, world.nowUs, instant, next.causes[place]);
      log.push(event);
      ways.note(event);
      seen ||= watch?.(event) ?? false;
      if (event.kind === 'call' && isAppAction(event.action)) extra += Math.floor(calls++ / callsPerEvent);
    }
    for (const change of next.held) held.push({...change, after: log.length, atUs: world.nowUs});
    if (next.events.length > 0) durationUs = world.nowUs;
    else extra++;
  }
};

/**
 * Returns the world without the connections of the host played by hand, because its stack's state is wrong if the learner has sent other
 * segments.
 */
const withoutState = (world: World, host: string | undefined): World => {
  const own = host === undefined ? undefined : world.hosts[host];
  return own ? {...world, hosts: {...world.hosts, [own.name]: {...own, tcp: powerOn.tcp}}} : world;
};

class SimulatedTrace implements Trace {
  readonly header: TraceHeader;
  readonly #topology: Topology;
  readonly #recording: Recording;
  readonly tls?: TlsKeys;

  constructor(plan: Plan, header: TraceHeader) {
    this.header = header;
    this.#topology = plan.topology;
    this.#recording = record(plan);
    const {crypto} = plan.scenario;
    const log = crypto ? keyLogOf(this) : '';
    if (crypto && log !== '') this.tls = {log: parseKeyLog(encodeUtf8(log)), unlock: unlockWith(crypto)};
  }

  get length(): number {
    return this.#recording.log.length;
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
    return eventIn(this.#recording.log, n);
  }

  *events(from = 1, to = this.length): IterableIterator<TraceEvent> {
    for (let n = Math.max(1, from); n <= Math.min(to, this.length); n++) yield this.event(n);
  }

  packet(id: number): PacketRecord {
    const {ways, packets} = this.#recording;
    const send = ways.first(id);
    const way = ways.of(id, this.#topology);
    if (!send || !way) throw new RangeError(`no packet ${id}: the trace has ${packets}`);
    return new SentPacket(send, way);
  }

  get held(): readonly HeldMark[] {
    return this.#recording.held;
  }

  stateAt(cursor: number): World {
    return withoutState(this.#recording.worlds.after(Math.min(cursor, this.length)), this.header.byHand);
  }

  operandsAt(n: number): Operands | undefined {
    return this.#recording.worlds.operandsOf(n);
  }

  reasonAt(n: number): WholeReason {
    return reasonIn(this.#recording.worlds.reasonOf(n));
  }
}

/** Returns the initial sequence numbers that a scenario prescribes, by host: those of its connect calls, then its own. */
const setNumbersOf = ({hosts, script}: Scenario): ReadonlyMap<string, readonly Seq[]> =>
  new Map(
    hosts.map(({name, iss}) => {
      const called = script.flatMap(({host, action}) =>
        host === name && action.call === 'connect' ? (action.iss ?? []) : [],
      );
      return [name, [...called, ...(iss === undefined ? [] : [iss])]];
    }),
  );

const headerOf = ({scenario, faultTexts, taps}: Plan, about: About): TraceHeader => ({
  ...about,
  seed: scenario.seed,
  faults: faultTexts,
  profile: scenario.profile,
  ...(scenario.notTcp ? {notTcp: scenario.notTcp} : {}),
  ...(scenario.byHand ? {byHand: scenario.byHand.host} : {}),
  ...(taps.size > 0 ? {onPath: [...taps.values()].map(({host, between}) => ({host, between}))} : {}),
  hosts: scenario.hosts.map(({name, label, interfaces}) => ({
    name,
    ...(label ? {label} : {}),
    ip: [...new Set(interfaces.map(({ip}) => ip))],
  })),
  links: scenario.links.map(({name, between, delayUs}) => ({name, between, delayUs})),
  setNumbers: setNumbersOf(scenario),
});

/** Simulates a scenario, which gives the same trace byte by byte on every machine. */
export const simulate = (scenario: Scenario, about: About): Trace => {
  const plan = planOf(scenario);
  return new SimulatedTrace(plan, headerOf(plan, about));
};
