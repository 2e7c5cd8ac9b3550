// The way of each packet over all its links, noted while a run is recorded: where it began, went last, and ended.
import type {Way} from './sent-packet.ts';
import {delayTo, type Topology} from './topology.ts';
import type {EventOf, TraceEvent} from './trace.ts';

/** Event `n` of the run being recorded. */
type EventAt = (n: number) => TraceEvent;

/** Whole numbers, 4 bytes each, that grow; what has not been set reads as 0. */
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
  /** By packet, numbers of events; 0: none. */
  readonly #first = new Numbers();
  readonly #newest = new Numbers();
  readonly #end = new Numbers();

  constructor(eventAt: EventAt) {
    this.#eventAt = eventAt;
  }

  /** Of copies of a packet, the one that ends first counts. */
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

  /** Thrown away by the host at which it had landed, before any machine heard of it; or that host found no way on. */
  #wasNoEnd(event: TraceEvent): boolean {
    if (event.kind !== 'drop' || event.reason === 'discarded') return false;
    const landed = this.#landed(event);
    return landed?.hop === event.hop ? landed.instant === event.instant : landed?.hop === event.hop - 1;
  }

  /** Its landing at this host, if that is where its way has ended so far. */
  #landed({packet, host}: {readonly packet: number; readonly host: string}) {
    const n = this.#end.get(packet);
    const end = n === 0 ? undefined : this.#eventAt(n);
    return end?.kind === 'arrive' && end.host === host ? end : undefined;
  }

  /** The event of its first sending; undefined: there is no such packet. */
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
