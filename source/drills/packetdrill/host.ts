// The TCP stack that a packetdrill script tests, with a clock of its own: gives it events, fires its timers in order, and passes each step
// to a watcher.
import type {Connection, Listener} from '../../stack/tcp/connection.ts';
import type {ConnectionId, TcpEffect, TcpEvent, TimerName} from '../../stack/tcp/effect.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import {emptyTcp, type Tcp, tcpStep} from '../../stack/tcp/tcp.ts';
import {seq} from '../../wire/seq.ts';

export type HostStep = {
  readonly nowUs: number;
  readonly event: TcpEvent;
  readonly settings: TcpSettings;
  readonly before: Tcp;
  readonly tcp: Tcp;
  readonly effects: readonly TcpEffect[];
};

/**
 * Runs one step of the stack that a script tests. All its connections have the initial sequence number 0, because scripts count from there.
 */
export const stepTcp = (
  before: Tcp,
  {nowUs, event, settings}: Pick<HostStep, 'nowUs' | 'event' | 'settings'>,
): Pick<HostStep, 'tcp' | 'effects'> => tcpStep(before, event, {nowUs, settings, isn: () => seq(0)});

type Due = {readonly connection: ConnectionId; readonly name: TimerName; readonly dueUs: number};

/**
 * Thrown when a script has made the stack take too many steps, for example while it sleeps and a timer fires again and again; caught in
 * `runScript`.
 */
export class StepsSpent extends Error {
  readonly nowUs: number;
  constructor(nowUs: number) {
    super('too many steps');
    this.nowUs = nowUs;
  }
}

type Watched = {
  readonly settingsOf: (event: TcpEvent) => TcpSettings;
  readonly watch: (step: HostStep) => void;
  readonly mostSteps: number;
};

/** Tells whether a connection is in SYN-RECEIVED after a listener accepted its SYN, and is no Fast Open connection. */
export const isHalfOpen = ({state, origin, early}: Connection): boolean =>
  state === 'SYN-RECEIVED' && origin === 'passive' && early === undefined;

export class StackHost {
  nowUs = 0;
  tcp: Tcp = emptyTcp;
  readonly #watched: Watched;
  #steps = 0;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  step(event: TcpEvent): readonly TcpEffect[] {
    const {nowUs} = this;
    const {settingsOf, watch, mostSteps} = this.#watched;
    if (++this.#steps > mostSteps) throw new StepsSpent(nowUs);
    const {tcp: before} = this;
    const turn = {nowUs, event, settings: settingsOf(event)};
    const {tcp, effects} = stepTcp(before, turn);
    this.tcp = tcp;
    watch({...turn, before, tcp, effects});
    return effects;
  }

  /** Removes connections from the stack and from their listeners' queues, without sending anything. */
  forget(ids: readonly ConnectionId[]): void {
    const gone = new Set(ids);
    let connections = this.tcp.connections;
    for (const id of gone) connections = connections.without(id);
    const halfOpen = [...connections.values()].filter(isHalfOpen);
    const listeners = new Map<ConnectionId, Listener>();
    for (const [id, listener] of this.tcp.listeners) {
      const {port} = listener.local;
      listeners.set(id, {
        ...listener,
        halfOpen: halfOpen.filter(({local}) => local.port === port).length,
        ready: listener.ready.filter((each) => !gone.has(each)),
      });
    }
    this.tcp = {...this.tcp, connections, listeners};
  }

  get nextDueUs(): number | undefined {
    return this.#nextDue()?.dueUs;
  }

  /** Fires the timer that is due first in the stack that a script tests, and moves the clock to its time; does nothing without a timer. */
  fireNext(): void {
    const due = this.#nextDue();
    if (due === undefined) return;
    this.nowUs = Math.max(this.nowUs, due.dueUs);
    this.step({kind: 'timeout', connection: due.connection, name: due.name});
  }

  /**
   * Moves the clock of the tested stack to an instant and fires the timers due by then; with `late`, those due at the instant itself are
   * left for after its other events.
   */
  advance(untilUs: number, {late = false} = {}): void {
    const lastUs = late ? untilUs - 1 : untilUs;
    for (let dueUs = this.nextDueUs; dueUs !== undefined && dueUs <= lastUs; dueUs = this.nextDueUs)
      this.fireNext();
    this.nowUs = Math.max(this.nowUs, untilUs);
  }

  #nextDue(): Due | undefined {
    let first: Due | undefined;
    for (const {id, timers} of this.tcp.connections.values()) {
      for (const [name, dueUs] of timerEntries(timers)) {
        if (first === undefined || dueUs < first.dueUs) first = {connection: id, name, dueUs};
      }
    }
    return first;
  }
}

const isTimerName = (name: string): name is TimerName => name !== '';

const timerEntries = (
  timers: {readonly [name in TimerName]?: number},
): readonly (readonly [TimerName, number])[] =>
  Object.entries(timers).flatMap(([name, dueUs]) =>
    dueUs !== undefined && isTimerName(name) ? [[name, dueUs] as const] : [],
  );
