// Computes the height at which each event of a sequence is drawn: later events are lower, and a packet's line descends the more the longer
// its delay.
import type {Message, Sequence, SequenceEntry} from './sequence.ts';

type Level = {readonly y1: number; readonly y2: number};

export type Levels = {
  readonly messages: ReadonlyMap<Message, Level>;
  /** The heights in pixels at which state changes, happenings (such as calls) and idle time are drawn. */
  readonly others: ReadonlyMap<SequenceEntry, number>;
  readonly bottom: number;
};

/**
 * The height in pixels by which the line of a packet with the median delay descends. Other lines descend by the square root of the ratio of
 * their delay to it, as in the player.
 */
const flightPx = 46;
const flightLeastPx = 26;
const flightMostPx = 90;
/** The least distance in pixels between two lines that begin or end at one lifeline: the height of a line of text. */
const rowPx = 19;
/** The distance in pixels between two states that a host enters at the same instant. */
const statePx = 15;
const waitMostPx = 70;
const gapPx = 34;
/** The height in pixels by which a host's message to itself descends. */
const loopPx = 22;
const defaultDelayUs = 50_000;

const medianDelayUs = (messages: readonly Message[]): number => {
  const delays = messages
    .map(({sentUs, endUs}) => endUs - sentUs)
    .filter((us) => us > 0)
    .toSorted((a, b) => a - b);
  return delays[delays.length >> 1] ?? defaultDelayUs;
};

type Point = {readonly event: number; readonly atUs: number; readonly go: (descent: Descent) => void};

const pointsOf = (entries: readonly SequenceEntry[]): readonly Point[] =>
  entries
    .flatMap((entry): Point[] => {
      const {event} = entry;
      if (entry.kind !== 'message') {
        const atUs = entry.kind === 'gap' ? entry.fromUs : entry.atUs;
        return [{event, atUs, go: (descent) => descent.other(entry, atUs)}];
      }
      const {endEvent, sentUs, endUs, copy} = entry;
      // A copy made on the path has no send event of its own, so its departure is put just before its arrival.
      const leaves = copy ? event - 0.1 : event;
      const sent: Point = {event: leaves, atUs: sentUs, go: (descent) => descent.leave(entry)};
      return endEvent === undefined
        ? [sent]
        : [sent, {event: endEvent, atUs: endUs, go: (descent) => descent.land(entry)}];
    })
    .toSorted((a, b) => a.event - b.event);

/** The lowest point drawn on a host's lifeline so far, and its time. */
type Stand = {
  readonly y: number;
  readonly atUs: number;
  /** The height of the first point that a lifeline has at this time; the distance for the time until the next point is measured from it. */
  readonly sinceY: number;
  readonly last: 'sent' | 'landed' | 'other' | undefined;
};

class Descent {
  readonly messages = new Map<Message, Level>();
  readonly others = new Map<SequenceEntry, number>();
  readonly #medianUs: number;
  readonly #hosts: Stand[];
  /** The height in pixels of the last state drawn beside each host. */
  readonly #stateY: number[] = [];
  readonly #sent = new Map<Message, number>();
  /** The height in pixels above which nothing more may be drawn, because the diagram has passed it. */
  #floor: number;
  /** The lowest end of a lost packet's line; such a line ends on no lifeline. */
  #lossY: number;
  #flying = 0;
  #lastUs = 0;

  constructor(hosts: number, medianUs: number, top: number) {
    this.#medianUs = medianUs;
    this.#floor = top;
    this.#lossY = top;
    this.#hosts = Array.from({length: hosts}, () => ({y: top, atUs: 0, sinceY: top, last: undefined}));
  }

  get lowest(): number {
    return Math.max(this.#floor, this.#lossY, ...this.#hosts.map(({y}) => y));
  }

  #flight(us: number): number {
    return Math.min(
      flightMostPx,
      Math.max(flightLeastPx, flightPx * Math.sqrt(Math.max(0, us) / this.#medianUs)),
    );
  }

  #wait(us: number): number {
    return Math.min(waitMostPx, (flightPx * Math.max(0, us)) / this.#medianUs);
  }

  /** Returns the height in pixels of the next point on a host's lifeline: below the last point, the further the more time has passed. */
  #place(host: number, atUs: number, kind: 'sent' | 'landed' | 'other' | 'state'): number {
    const at = this.#hosts[host];
    if (!at) return this.#floor;
    const isNew = atUs > at.atUs;
    // If a host sends at the same instant at which a message arrived, its line begins at the height of that arrival.
    const answers = kind === 'sent' && at.last === 'landed' && !isNew;
    const apart = at.last === undefined || answers || kind === 'state' ? 0 : rowPx;
    const waited = isNew ? at.sinceY + this.#wait(atUs - at.atUs) : at.y;
    return Math.max(this.#floor, waited, at.y + apart);
  }

  #stand(host: number, y: number, atUs: number, last: Stand['last']): void {
    const before = this.#hosts[host];
    const sinceY = before && before.atUs === atUs ? before.sinceY : y;
    this.#hosts[host] = {y, atUs, sinceY, last};
  }

  leave(message: Message): void {
    const {from, to, sentUs, endUs, endEvent} = message;
    const y1 = this.#place(from, sentUs, 'sent');
    this.#stand(from, y1, sentUs, 'sent');
    this.#sent.set(message, y1);
    const fall = from === to ? loopPx : this.#flight(endUs - sentUs);
    this.messages.set(message, {y1, y2: y1 + fall});
    if (endEvent !== undefined) this.#flying++;
  }

  land(message: Message): void {
    const {from, to, sentUs, endUs, fate, share} = message;
    this.#flying--;
    const y1 = this.#sent.get(message) ?? this.#floor;
    const fall = from === to ? loopPx : this.#flight(endUs - sentUs);
    if (fate === 'lost') {
      this.messages.set(message, {y1, y2: y1 + fall});
      this.#lossY = Math.max(this.#lossY, y1 + fall * share);
      return;
    }
    const y2 = Math.max(y1 + fall, this.#place(to, endUs, 'landed'));
    this.messages.set(message, {y1, y2});
    this.#stand(to, y2, endUs, 'landed');
  }

  other(entry: Exclude<SequenceEntry, Message>, atUs: number): void {
    if (entry.kind === 'gap') {
      const y = this.lowest + gapPx / 2 + 6;
      this.others.set(entry, y);
      // The text of the next message is above its line and needs room below the idle time.
      this.#floor = y + gapPx / 2 + 8;
      for (let host = 0; host < this.#hosts.length; host++)
        this.#stand(host, this.#floor, entry.toUs, undefined);
      this.#lastUs = entry.toUs;
      return;
    }
    const brought = entry.kind === 'state' && entry.packet !== undefined;
    const free = (this.#stateY[entry.host] ?? 0) + statePx;
    const y = Math.max(free, this.#place(entry.host, atUs, brought ? 'state' : 'other'));
    this.others.set(entry, y);
    this.#stateY[entry.host] = y;
    this.#stand(entry.host, y, atUs, brought ? this.#hosts[entry.host]?.last : 'other');
  }

  add({atUs, go}: Point): void {
    if (this.#flying === 0 && atUs > this.#lastUs) this.#floor = this.lowest;
    this.#lastUs = atUs;
    go(this);
  }
}

export const levelsOf = ({hosts, entries}: Sequence, top: number): Levels => {
  const messages = entries.filter((entry) => entry.kind === 'message');
  const descent = new Descent(hosts.length, medianDelayUs(messages), top);
  for (const point of pointsOf(entries)) descent.add(point);
  const ends = [...descent.messages.values()].map(({y2}) => y2);
  const bottom = ends.reduce((most, y) => Math.max(most, y), descent.lowest);
  return {messages: descent.messages, others: descent.others, bottom};
};
