// What has been seen of a run while it is walked: which timers run, in which state each end is, what has come.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import type {Told} from './facts.ts';
import {isPassedOn} from './passed-on.ts';

/** `anew`: it ran already when it was set. */
type Running = {
  readonly host: string;
  readonly armedUs: number;
  readonly dueUs: number;
  readonly anew: boolean;
};

export class Memory {
  readonly #timers = new Map<string, Running>();
  readonly #states = new Map<string, {readonly host: string; readonly state: TcpState}>();
  /** Packets that have come at least once to whom they are for. */
  readonly arrived = new Set<number>();
  /** Packets, and where each was lost; one that is lost there again is a copy. */
  readonly lost = new Set<string>();
  /** Connections with segments that were sent again, and have not been acknowledged as a whole. */
  readonly troubled = new Set<string>();
  /** Connections whose receiver has announced a window of 0. */
  readonly shut = new Set<string>();
  /** Connections that their programs have closed: these hear no more of them. */
  readonly left = new Set<string>();
  readonly #told = new Map<string, number>();
  #passedOver: string[] = [];

  /** Has it been told so often that it is known? */
  isKnown(about: readonly string[], most: number): boolean {
    return about.some((each) => (this.#told.get(each) ?? 0) >= most);
  }

  /** Of how many things of a kind it has been told. */
  countOf(kind: string): number {
    return [...this.#told.keys()].filter((about) => about.startsWith(`${kind} `)).length;
  }

  /** It happens again, and is not told; what one telling has spoken for is. */
  passOver({about, once}: Pick<Told, 'about' | 'once'>): void {
    if (once === undefined || !this.#told.has(once)) this.#passedOver.push(...about);
  }

  /** What was passed over since it was last asked. */
  takePassedOver(): readonly string[] {
    const passed = this.#passedOver;
    this.#passedOver = [];
    return passed;
  }

  tell(about: readonly string[]): void {
    for (const each of about) this.#told.set(each, (this.#told.get(each) ?? 0) + 1);
  }

  knows({about, most, once}: Told): boolean {
    return this.isKnown(about, most) || (once !== undefined && this.isKnown([once], 1));
  }

  hear({about, once}: Told): void {
    this.tell(once === undefined ? about : [...about, once]);
  }

  /** It was told of what went before, which makes nothing of what comes now known. */
  unhear({about, once}: Told): void {
    for (const each of once === undefined ? about : [...about, once]) this.#told.delete(each);
  }

  /** After everything of an instant has been told. */
  learn({trace, events}: Pick<Moment, 'trace' | 'events'>): void {
    for (const event of events) {
      const {kind, host, connection = ''} = event;
      if (kind === 'state') this.#states.set(connection, {host, state: event.to});
      if (kind === 'state' && event.to === 'CLOSED') this.left.delete(connection);
      if (kind === 'call' && event.call === 'close' && event.result === 'ok') this.left.add(connection);
      if (kind === 'arrive' && !isPassedOn(trace, event)) this.arrived.add(event.packet);
      if (kind === 'drop') this.lost.add(`${event.packet} ${host}`);
      if (kind === 'call' && event.call === 'crash') this.#forget(host);
      if (kind !== 'timer' && kind !== 'app-timer') continue;
      const key = kind === 'timer' ? `${connection} ${event.name}` : `${host} app ${event.timer}`;
      if (event.op === 'arm') {
        const anew = this.#timers.has(key);
        this.#timers.set(key, {host, armedUs: event.atUs, dueUs: event.dueUs, anew});
      } else this.#timers.delete(key);
    }
  }

  #forget(host: string): void {
    for (const [key, timer] of this.#timers) if (timer.host === host) this.#timers.delete(key);
    for (const [key, each] of this.#states)
      if (each.host === host) this.#states.set(key, {host, state: 'CLOSED'});
  }

  running(connection: string, name: string): Running | undefined {
    return this.#timers.get(`${connection} ${name}`);
  }

  /** When this timer of a program runs out; undefined: it has run out, was stopped, or was set anew. */
  dueOf({host, timer, dueUs}: EventOf<'app-timer'>): number | undefined {
    const running = this.#timers.get(`${host} app ${timer}`);
    return running?.dueUs === dueUs ? dueUs : undefined;
  }

  isOpen(connection: string): boolean {
    const {state} = this.#states.get(connection) ?? {};
    return state !== undefined && state !== 'CLOSED' && state !== 'LISTEN';
  }

  /** It is there, or was: a crash, too, has ended it without a word. */
  has(connection: string): boolean {
    return this.#states.has(connection);
  }

  peerStateOf(connection: string): TcpState | undefined {
    return this.#states.get(farEndOf(connection))?.state;
  }
}

/** One instant of a run, and what came before it. */
export type Moment = {
  readonly trace: Trace;
  readonly events: readonly TraceEvent[];
  readonly memory: Memory;
};
