// The draft of one instant of a simulation: the world while it changes, and the events of the instant in their order.

import type {ConnectionId} from '../stack/tcp/effect.ts';
import type {TcpSettings} from '../stack/tcp/settings.ts';
import type {Action, LinkChange} from './action.ts';
import {type Above, byProgram, reasonIn, type Why} from './because.ts';
import {enqueue} from './queue.ts';
import type {PathActor, Scenario} from './scenario.ts';
import type {Topology} from './topology.ts';
import type {HeldMark, Operands, TraceEvent} from './trace.ts';
import type {Flight, Host, Lane, Pending, World} from './world.ts';

/** The data of a simulation that stay the same during the whole run. */
export type Plan = {
  readonly scenario: Scenario;
  readonly topology: Topology;
  /** The TCP settings of each host: its profile with the changes that the scenario makes. */
  readonly settings: ReadonlyMap<string, TcpSettings>;
  /** The secrets of each host, derived from the seed: the key of the hash for ISNs (RFC 9293 §3.4.1), and the key of SYN cookies. */
  readonly secrets: ReadonlyMap<string, {readonly isn: Uint8Array; readonly cookie: Uint8Array}>;
  /** Each fault of the scenario in the notation of `--fault`, for the log. */
  readonly faultTexts: readonly string[];
  /** The script's replays of old packets, each with the index of its call in the script. */
  readonly replays: readonly (readonly [cause: number, replay: Extract<Action, {call: 'replay'}>])[];
  /** The firewall of each host, by the host's name. */
  readonly firewalls: ReadonlyMap<string, ActorOf<'firewall'>>;
  readonly nats: ReadonlyMap<string, Nat>;
  readonly taps: ReadonlyMap<string, Tap>;
};

export type ActorOf<Kind extends PathActor['kind']> = Extract<PathActor, {kind: Kind}>;
export type Nat = ActorOf<'nat'>;
export type Tap = ActorOf<'tap'>;

type WithoutPlace<E> = E extends TraceEvent
  ? Omit<E, 'n' | 'atUs' | 'instant' | 'because' | 'case' | 'cause'>
  : never;

/** An event before it has a number and a time. Every event of a run has a reason, from which the log keeps the rule and its case. */
export type EventBody = WithoutPlace<TraceEvent> & {readonly because: Why};

/** A rule of TCP begins or ends keeping data back (`HeldMark`), without the time and event, which are added at the end of the instant. */
export type HeldChange = Omit<HeldMark, 'after' | 'atUs'>;

export type Draft = {
  readonly plan: Plan;
  readonly nowUs: number;
  world: World;
  readonly events: EventBody[];
  /** The number of the event that caused each event of the instant, by its index in `events`; undefined if there is none. */
  readonly causes: (number | undefined)[];
  /** The number of the event that caused what happens now; undefined if there is none. */
  cause: number | undefined;
  /** True if the next logged event begins the instant and is the cause of those after it. */
  begins: boolean;
  /** The values that the rule of each event used, by the event's index in `events`; undefined if they are not known. */
  readonly operands: (Operands | undefined)[];
  readonly held: HeldChange[];
  /** The reasons of the upper layers that asked for what happens now, highest layer first. */
  above: readonly Above[];
};

/**
 * Returns the draft of an instant in which nothing has happened yet. All fields are written out, because V8 copies spreads slowly and each
 * instant makes a draft.
 */
export const draftOf = (plan: Plan, world: World): Draft => ({
  plan,
  nowUs: world.nowUs,
  world,
  events: [],
  causes: [],
  cause: undefined,
  begins: false,
  operands: [],
  held: [],
  above: [],
});

/**
 * Runs `act` for an upper layer, so that its events have the rule `because` by which that layer asked for them; without a rule, only runs
 * it.
 */
export const onBehalf = (draft: Draft, by: Above['by'], because: Why | undefined, act: () => void): void => {
  const before = draft.above;
  if (because !== undefined) draft.above = [...before, {...reasonIn(because), by}];
  act();
  draft.above = before;
};

/** Returns the number of the event that was emitted last. */
export const lastEmitted = ({world, events}: Draft): number => world.eventCount + events.length;

export const emit = (draft: Draft, event: EventBody): void => {
  draft.events.push(event);
  draft.causes.push(draft.cause);
  if (!draft.begins) return;
  draft.cause = lastEmitted(draft);
  draft.begins = false;
};

type Outcome = {readonly result: string; readonly connection?: ConnectionId; readonly because?: Why};

/** Logs a call at the host; `because` is the rule that explains its result. */
export const emitCall = (
  draft: Draft,
  host: string,
  action: Action,
  {result, connection, because = byProgram}: Outcome = {result: 'ok'},
): void =>
  emit(draft, {
    ...{kind: 'call', host, call: action.call, action, result, because},
    ...(connection ? {connection} : {}),
  });

/** Runs `obey`, and attaches the values that a rule used to the events which it logs. */
export const emitWith = (draft: Draft, operands: Operands | undefined, obey: () => void): void => {
  const first = draft.events.length;
  obey();
  if (operands)
    for (let place = first; place < draft.events.length; place++) draft.operands[place] ??= operands;
};

/** Queues something that will happen at `atUs`, with the current event as its cause unless it names another. */
export const schedule = (draft: Draft, atUs: number, pending: Pending): void => {
  const about = {...pending, cause: pending.cause ?? draft.cause};
  draft.world = {...draft.world, queue: enqueue(draft.world.queue, atUs, about)};
};

export const arrivalOf = (flight: Flight): Pending => ({kind: 'arrival', flight, cause: flight.sent});

/** Returns the host of that name in the draft; throws an error if the scenario has none. */
export const hostOf = (draft: Draft, name: string): Host => {
  const host = draft.world.hosts[name];
  if (!host) throw new Error(`no host ${name}`);
  return host;
};

export const changeHost = (draft: Draft, name: string, change: Partial<Host>): void => {
  const host = {...hostOf(draft, name), ...change};
  draft.world = {...draft.world, hosts: {...draft.world.hosts, [name]: host}};
};

export const changeLink = (draft: Draft, link: string, change: LinkChange): void => {
  const {links} = draft.world;
  draft.world = {...draft.world, links: {...links, [link]: {...links[link], ...change}}};
};

export const changeKept = (draft: Draft, cause: number, kept: World['kept'][number]): void => {
  draft.world = {...draft.world, kept: {...draft.world.kept, [cause]: kept}};
};

const idleLane: Lane = {freeUs: 0, held: [], sent: undefined};

export const laneOf = (draft: Draft, lane: string): Lane => draft.world.lanes[lane] ?? idleLane;

export const changeLane = (draft: Draft, name: string, change: Partial<Lane>): void => {
  const lane = {...laneOf(draft, name), ...change};
  draft.world = {...draft.world, lanes: {...draft.world.lanes, [name]: lane}};
};
