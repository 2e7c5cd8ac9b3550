// An epoll instance of a packetdrill script (epoll(7), fs/eventpoll.c). It reports sockets with an event: as long as it holds, only at its
// beginning (EPOLLET), or once (EPOLLONESHOT).
import {Ready} from './readiness.ts';
import type {SocketRecord} from './socket.ts';

export const Mode = {oneShot: 0x4000_0000, edge: 0x8000_0000} as const;

/** The events that epoll reports of a socket even if the program did not ask for them: errors and hang-up. */
const always = Ready.ERR | Ready.HUP;

export type EpollData = {readonly name: string; readonly value: number};
export type EpollEvent = {readonly events: number; readonly data: EpollData};

type Watched = {
  readonly socket: SocketRecord;
  events: number;
  data: EpollData;
  readonly edge: boolean;
  readonly oneShot: boolean;
  /** True after epoll has reported this socket once with EPOLLONESHOT, until the program sets its events again. */
  silent: boolean;
};

export class Epoll {
  readonly #watched = new Map<number, Watched>();
  /** The watched sockets that may have an event to report, the one that has waited longest first. */
  #ready: Watched[] = [];

  has(descriptor: number): boolean {
    return this.#watched.has(descriptor);
  }

  /** Watches a socket for events, or changes its events (EPOLL_CTL_ADD, EPOLL_CTL_MOD); `readiness` are the events that hold for it now. */
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

  /** Stops watching a socket under all its descriptors, because it was closed. */
  forget(socket: SocketRecord): void {
    for (const [descriptor, watched] of this.#watched) if (watched.socket === socket) this.remove(descriptor);
  }

  /** Notes that a socket may have an event, so that the next epoll_wait() looks at it; `key` are the bits of the event, 0 for any. */
  wake(socket: SocketRecord, key: number): void {
    for (const watched of this.#watched.values()) {
      const meant =
        watched.socket === socket && !watched.silent && (key === 0 || (key & watched.events) !== 0);
      if (meant && !this.#ready.includes(watched)) this.#ready.push(watched);
    }
  }

  /** Returns the events that epoll_wait() reports, at most `most` of them. */
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
