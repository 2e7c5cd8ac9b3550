// Remembers what has been seen of a run while it is walked: which timers run, the state of each end, and what has arrived.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import type {Told} from './facts.ts';
import {isPassedOn} from './passed-on.ts';

/** A running timer of TCP or a program; `anew` is true if it already ran when it was set. */
type Running = {
  readonly host: string;
  readonly armedUs: number;
  readonly dueUs: number;
  readonly anew: boolean;
};

export class Memory {
  readonly #timers = new Map<string, Running>();
  readonly #states = new Map<string, {readonly host: string; readonly state: TcpState}>();
  /** The packets that have arrived at their receiver at least once. */
  readonly arrived = new Set<number>();
  /** The lost packets, each with the place where it was lost; one that is lost there again is a copy. */
  readonly lost = new Set<string>();
  /** The connections with segments that were retransmitted and have not been wholly acknowledged. */
  readonly troubled = new Set<string>();
  /** The connections whose receiver has announced a window of 0. */
  readonly shut = new Set<string>();
  /** The connections that their programs have closed, so that these learn nothing more of them. */
  readonly left = new Set<string>();
  readonly #told = new Map<string, number>();
  #passedOver: string[] = [];

  /** Tells whether the account has told one of these keys at least `most` times, so that it is known. */
  isKnown(about: readonly string[], most: number): boolean {
    return about.some((each) => (this.#told.get(each) ?? 0) >= most);
  }

  /** Returns how many different keys of a kind the account has told. */
  countOf(kind: string): number {
    return [...this.#told.keys()].filter((about) => about.startsWith(`${kind} `)).length;
  }

  /** Notes that something happens again and is not told. It is not noted if the key `once` has been told, which speaks for all of them. */
  passOver({about, once}: Pick<Told, 'about' | 'once'>): void {
    if (once === undefined || !this.#told.has(once)) this.#passedOver.push(...about);
  }

  /** Returns the keys of what was not told since the last call. */
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

  /** Forgets that a sentence was told, so that later ones of its kind are told again. */
  unhear({about, once}: Told): void {
    for (const each of once === undefined ? about : [...about, once]) this.#told.delete(each);
  }

  /** Takes in the events of an instant, after everything about it has been told. */
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

  /** Returns the time in µs at which this timer of a program expires; undefined if it has expired, was stopped, or was set anew. */
  dueOf({host, timer, dueUs}: EventOf<'app-timer'>): number | undefined {
    const running = this.#timers.get(`${host} app ${timer}`);
    return running?.dueUs === dueUs ? dueUs : undefined;
  }

  isOpen(connection: string): boolean {
    const {state} = this.#states.get(connection) ?? {};
    return state !== undefined && state !== 'CLOSED' && state !== 'LISTEN';
  }

  /** Tells whether the TCP connection exists or existed; a crash may have ended it without a change of state. */
  has(connection: string): boolean {
    return this.#states.has(connection);
  }

  peerStateOf(connection: string): TcpState | undefined {
    return this.#states.get(farEndOf(connection))?.state;
  }
}

/** One instant of a run, and the memory of what came before it. */
export type Moment = {
  readonly trace: Trace;
  readonly events: readonly TraceEvent[];
  readonly memory: Memory;
};
