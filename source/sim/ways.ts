// Records the way of each packet over all its links while a run is simulated: where it began, was sent last, and ended.
import type {Way} from './sent-packet.ts';
import {delayTo, type Topology} from './topology.ts';
import type {EventOf, TraceEvent} from './trace.ts';

/** Returns event `n` of the run that is being recorded. */
type EventAt = (n: number) => TraceEvent;

/** A growing array of whole numbers of 4 bytes; elements that were not set are 0. */
class Numbers {
  #values = new Int32Array(64);

  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const grown = new Int32Array(Math.max(index + 1, this.#values.length * 2));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[index] = value;
  }
}

export class Ways {
  readonly #eventAt: EventAt;
  /** The number of the event of each packet's first sending; 0 if there is none. */
  readonly #first = new Numbers();
  readonly #newest = new Numbers();
  readonly #end = new Numbers();

  constructor(eventAt: EventAt) {
    this.#eventAt = eventAt;
  }

  /** Records an event of a packet's way. If a packet was duplicated, the copy that ends first counts. */
  note(event: TraceEvent): void {
    if (event.kind !== 'send' && event.kind !== 'arrive' && event.kind !== 'drop') return;
    const {packet, n} = event;
    if (packet <= 0) return;
    if (event.kind === 'send') this.#noteSend(event);
    else if (this.#end.get(packet) === 0 || this.#wasNoEnd(event)) this.#end.set(packet, n);
  }

  #noteSend(send: EventOf<'send'>): void {
    const {packet, n, hop} = send;
    if (hop === 0 && this.#first.get(packet) === 0) this.#first.set(packet, n);
    if (this.#landed(send)?.hop === hop - 1) this.#end.set(packet, 0);
    if (this.#end.get(packet) === 0) this.#newest.set(packet, n);
  }

  /**
   * Tells whether the arrival that was recorded as the packet's end was not: the same host has now dropped the packet, before TCP or
   * another receiver got it.
   */
  #wasNoEnd(event: TraceEvent): boolean {
    if (event.kind !== 'drop' || event.reason === 'discarded') return false;
    const landed = this.#landed(event);
    return landed?.hop === event.hop ? landed.instant === event.instant : landed?.hop === event.hop - 1;
  }

  /** Returns the arrival at this host with which the packet's way has ended so far; undefined if it ended elsewhere or not yet. */
  #landed({packet, host}: {readonly packet: number; readonly host: string}) {
    const n = this.#end.get(packet);
    const end = n === 0 ? undefined : this.#eventAt(n);
    return end?.kind === 'arrive' && end.host === host ? end : undefined;
  }

  /** Returns the event of a packet's first sending; undefined if there is no such packet. */
  first(packet: number): EventOf<'send'> | undefined {
    const n = this.#first.get(packet);
    const event = n === 0 ? undefined : this.#eventAt(n);
    return event?.kind === 'send' ? event : undefined;
  }

  of(packet: number, topology: Topology): Way | undefined {
    const newest = this.#newest.get(packet);
    const last = newest === 0 ? undefined : this.#eventAt(newest);
    if (last?.kind !== 'send') return undefined;
    const ended = this.#end.get(packet);
    const end = ended === 0 ? undefined : this.#eventAt(ended);
    const {frame, lost} = last;
    const ip = frame?.payload.kind === 'ip' ? frame.payload.packet.dst : undefined;
    const arrived = end?.kind === 'arrive' ? end : undefined;
    const owner = ip === undefined ? undefined : topology.ownerOf.get(ip);
    const restUs = arrived || ip === undefined ? 0 : delayTo(topology, last.to, ip);
    return {
      to: arrived?.host ?? owner ?? last.to,
      endEvent: end?.n,
      dueUs: last.dueUs + restUs,
      lost,
    };
  }
}
