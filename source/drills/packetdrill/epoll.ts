// An epoll instance (epoll(7), fs/eventpoll.c): sockets that something was heard of, told as long as it holds, at its beginning only
// (EPOLLET), or once (EPOLLONESHOT).
import {Ready} from './readiness.ts';
import type {SocketRecord} from './socket.ts';

export const Mode = {oneShot: 0x4000_0000, edge: 0x8000_0000} as const;

/** Told whether asked for or not. */
const always = Ready.ERR | Ready.HUP;

export type EpollData = {readonly name: string; readonly value: number};
export type EpollEvent = {readonly events: number; readonly data: EpollData};

type Watched = {
  readonly socket: SocketRecord;
  events: number;
  data: EpollData;
  readonly edge: boolean;
  readonly oneShot: boolean;
  /** One that was told once hears of nothing until it is set again. */
  silent: boolean;
};

export class Epoll {
  readonly #watched = new Map<number, Watched>();
  /** Who may have something to tell, the longest waiting first. */
  #ready: Watched[] = [];

  has(descriptor: number): boolean {
    return this.#watched.has(descriptor);
  }

  /** EPOLL_CTL_ADD and EPOLL_CTL_MOD; `readiness`: what holds of it now. */
  set(descriptor: number, socket: SocketRecord, {events, data}: EpollEvent, readiness: number): void {
    this.remove(descriptor);
    const edge = Math.floor(events / Mode.edge) % 2 === 1;
    const oneShot = Math.floor(events / Mode.oneShot) % 2 === 1;
    const plain = (events % Mode.oneShot) | always;
    const watched = {socket, events: plain, data, edge, oneShot, silent: false};
    this.#watched.set(descriptor, watched);
    if ((readiness & plain) !== 0) this.#ready.push(watched);
  }

  remove(descriptor: number): void {
    const watched = this.#watched.get(descriptor);
    this.#watched.delete(descriptor);
    this.#ready = this.#ready.filter((each) => each !== watched);
  }

  /** A closed socket is watched no more. */
  forget(socket: SocketRecord): void {
    for (const [descriptor, watched] of this.#watched) if (watched.socket === socket) this.remove(descriptor);
  }

  /** Something was heard of a socket; `key`: what it was about, 0: anything. */
  wake(socket: SocketRecord, key: number): void {
    for (const watched of this.#watched.values()) {
      const meant =
        watched.socket === socket && !watched.silent && (key === 0 || (key & watched.events) !== 0);
      if (meant && !this.#ready.includes(watched)) this.#ready.push(watched);
    }
  }

  /** What epoll_wait() brings, at most so many. */
  take(most: number, readinessOf: (socket: SocketRecord) => number): readonly EpollEvent[] {
    const found: EpollEvent[] = [];
    const asked = this.#ready;
    this.#ready = [];
    const again: Watched[] = [];
    for (const watched of asked) {
      if (found.length === most) {
        this.#ready.push(watched);
        continue;
      }
      const events = watched.silent ? 0 : readinessOf(watched.socket) & watched.events;
      if (events === 0) continue;
      found.push({events, data: watched.data});
      if (watched.oneShot) watched.silent = true;
      else if (!watched.edge) again.push(watched);
    }
    this.#ready.push(...again);
    return found;
  }
}
