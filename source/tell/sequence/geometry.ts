// Computes the sequence diagram's geometry: the places of lifelines, lines and texts in pixels. Time goes down, and the lines of packets
// slope.
import {passes} from '../../words/catalogue/sequence.ts';
import {formatSeen, formatWhole} from '../../words/format.ts';
import {textWidth} from '../../words/width.ts';
import {type Levels, levelsOf} from './levels.ts';
import type {Message, Sequence} from './sequence.ts';

type Anchor = 'start' | 'middle' | 'end';

type Place = {readonly x: number; readonly y: number};

export type DrawnMessage = {
  readonly message: Message;
  readonly start: Place;
  /** The point at which a message's line ends in the diagram: its arrival, or where it was lost. */
  readonly end: Place;
  /** The place of a message's text, which runs along its line. `along` is the unit vector of the line from left to right. */
  readonly label: Place & {
    readonly along: Place;
    readonly text: string;
    /** The reason for which the message was lost, as a text; empty if it was not lost. */
    readonly loss: string;
    readonly anchor: Anchor;
  };
};

export type DrawnNote = Place & {
  readonly anchor: Anchor;
  readonly text: string;
  readonly kind: 'time' | 'state' | 'happening';
  readonly host: number;
  readonly event: number;
};

export type DrawnGap = {readonly y: number; readonly text: string; readonly event: number};

export type Picture = {
  readonly width: number;
  readonly height: number;
  /** The x coordinates of the hosts' lifelines, from the left. */
  readonly lifelines: readonly number[];
  readonly bottom: number;
  readonly messages: readonly DrawnMessage[];
  readonly notes: readonly DrawnNote[];
  readonly gaps: readonly DrawnGap[];
};

/** The width in pixels of one character in the monospaced font of 12 pixels, rounded up. */
const columnPx = 7.3;
const marginPx = 24;
/** The factor by which hosts' names, which are larger and bold, are wider than other text. */
const nameScale = 1.2;
/** The widths in pixels of the columns at the outer sides of two hosts: the times, then the states. */
const timePx = 70;
const statePx = 108;
const twoLanePx = 380;
const twoLaneMostPx = 640;
const laneLeastPx = 150;
const laneMostPx = 430;
/** The height above the first event, in which names and addresses are drawn. */
const topPx = 112;
const footPx = 40;
const airPx = 8;
/**
 * If a line ends this many pixels above the beginning of another, it crosses neither this one nor a later one, so the search for crossings
 * can stop.
 */
const farPx = 200;
const selfPx = 44;

const widthPx = (text: string): number => textWidth(text) * columnPx;

const lineText = ({packet, count, again, label, copy}: Message): string =>
  count > 1
    ? `${packet}…${packet + count - 1}  ${label}`
    : `${packet}${copy ? '′' : ''}  ${again ? '↻ ' : ''}${label}`;

const lossText = ({lost}: Message): string => (lost ? `  ✗ ${lost.short}` : '');

/**
 * Returns the width in pixels of each lane between neighbouring lifelines. A text that spans several lanes spreads over them; where two
 * messages cross, both texts need room side by side.
 */
const laneWidths = ({hosts, entries}: Sequence, crossing: ReadonlySet<Message>): readonly number[] => {
  const two = hosts.length === 2;
  const lanes = hosts.slice(1).map((): number => (two ? twoLanePx : laneLeastPx));
  for (const entry of entries) {
    if (entry.kind !== 'message' || entry.from === entry.to) continue;
    const [first, last] = [Math.min(entry.from, entry.to), Math.max(entry.from, entry.to)];
    const textPx = widthPx(lineText(entry) + lossText(entry));
    const most = two || crossing.has(entry) ? twoLaneMostPx : laneMostPx;
    const wanted = ((crossing.has(entry) ? 2 : 1) * textPx + 60) / (last - first);
    for (let lane = first; lane < last; lane++)
      lanes[lane] = Math.max(lanes[lane] ?? 0, Math.min(most, Math.ceil(wanted)));
  }
  const heads = hosts.map(({name, address}) => Math.max(widthPx(name) * nameScale, widthPx(address)) + 24);
  return lanes.map((lane, at) => Math.max(lane, Math.ceil(((heads[at] ?? 0) + (heads[at + 1] ?? 0)) / 2)));
};

/** Returns the width in pixels that times and states need beside the outer lifelines: the longest state text decides. */
const gutterPx = ({hosts, entries}: Sequence): number => {
  const two = hosts.length === 2;
  const states = entries.flatMap((entry) =>
    entry.kind === 'state' && (two || entry.host === 0) ? [widthPx(entry.state) + airPx] : [],
  );
  return timePx + states.reduce((most, each) => Math.max(most, each), two ? statePx : airPx);
};

const lifelinesOf = (sequence: Sequence, crossing: ReadonlySet<Message>): readonly number[] => {
  const lifelines = [marginPx + gutterPx(sequence)];
  for (const width of laneWidths(sequence, crossing))
    lifelines.push((lifelines[lifelines.length - 1] ?? 0) + width);
  return lifelines;
};

/** Returns the messages whose lines cross each other. Their texts would overlap in the middle. */
const crossingMessages = (messages: readonly Message[], {messages: levels}: Levels): ReadonlySet<Message> => {
  const crossing = new Set<Message>();
  let near: Message[] = [];
  for (const message of messages) {
    const own = levels.get(message) ?? {y1: 0, y2: 0};
    near = near.filter((other) => (levels.get(other)?.y2 ?? 0) > own.y1 - farPx);
    for (const other of near) {
      const theirs = levels.get(other) ?? {y1: 0, y2: 0};
      const opposite = other.from === message.to && other.to === message.from;
      // Lines that only touch, where one lands and is answered, do not cross.
      if (opposite && theirs.y1 < own.y2 && own.y1 < theirs.y2) crossing.add(message).add(other);
    }
    near.push(message);
  }
  return crossing;
};

const direction = (from: Place, to: Place): Place => {
  const [dx, dy] = to.x >= from.x ? [to.x - from.x, to.y - from.y] : [from.x - to.x, from.y - to.y];
  const length = Math.sqrt(dx * dx + dy * dy);
  return length === 0 ? {x: 1, y: 0} : {x: dx / length, y: dy / length};
};

const between = (from: Place, to: Place, share: number): Place => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});

type Frame = {readonly sequence: Sequence; readonly lifelines: readonly number[]; readonly levels: Levels};

const drawnMessage = (
  message: Message,
  {lifelines, levels}: Frame,
  crossing: ReadonlySet<Message>,
): DrawnMessage => {
  const {y1, y2} = levels.messages.get(message) ?? {y1: 0, y2: 0};
  const own = message.from === message.to;
  const start = {x: lifelines[message.from] ?? 0, y: y1};
  const far = {x: own ? start.x + selfPx : (lifelines[message.to] ?? 0), y: y2};
  const share = message.fate === 'lost' ? Math.max(0.12, message.share) : 1;
  const toRight = far.x >= start.x;
  const beside = crossing.has(message) || own || message.fate === 'lost';
  const anchor: Anchor = beside ? (toRight ? 'start' : 'end') : 'middle';
  const lane = Math.max(1, Math.abs(far.x - start.x));
  const place = own
    ? {x: far.x + airPx, y: (y1 + y2) / 2 + 8}
    : between(start, far, beside ? 16 / lane : 0.5);
  const along = own ? {x: 1, y: 0} : direction(start, far);
  return {
    message,
    start,
    end: between(start, far, share),
    label: {...place, along, text: lineText(message), loss: lossText(message), anchor},
  };
};

type Noted = {
  readonly atUs: number;
  readonly estimated?: boolean;
  readonly y: number;
  readonly outwards: -1 | 1;
};

/** Collects the texts beside the lifelines: times, states and happenings. The same time is drawn only once at one place. */
class Notes {
  readonly all: DrawnNote[] = [];
  readonly #taken = new Set<string>();
  readonly #frame: Frame;
  readonly #two: boolean;

  constructor(frame: Frame) {
    this.#frame = frame;
    this.#two = frame.sequence.hosts.length === 2;
  }

  #outer(host: number): -1 | 1 {
    return this.#two && host === 1 ? 1 : -1;
  }

  #time(event: number, host: number, {atUs, estimated = false, y, outwards}: Noted): void {
    const text = formatSeen(atUs, estimated);
    const key = `${host} ${text} ${y}`;
    if (this.#taken.has(key)) return;
    this.#taken.add(key);
    const x = (this.#frame.lifelines[host] ?? 0) + outwards * airPx;
    const anchor = outwards < 0 ? 'end' : 'start';
    // A drawing with more than two hosts has the time below its point, because an arriving line comes from above.
    this.all.push({x, y: y + (this.#two ? 4 : 14), anchor, text, kind: 'time', host, event});
  }

  message(entry: Message): void {
    const {y1, y2} = this.#frame.levels.messages.get(entry) ?? {y1: 0, y2: 0};
    const outwards = this.#two ? this.#outer(entry.from) : entry.to >= entry.from ? -1 : 1;
    // Every row of a drawing with more than two hosts shows its time; if the departure of a packet is unknown, this is the time in the
    // capture.
    if (!this.#two || entry.untimed !== 'departure') {
      const {sentUs: atUs, departureEstimated: estimated} = entry;
      this.#time(entry.event, entry.from, {atUs, estimated, y: y1, outwards});
    }
    const hasArrival = entry.fate === 'arrived' && entry.untimed !== 'arrival' && entry.from !== entry.to;
    if (!this.#two || !hasArrival || entry.endEvent === undefined) return;
    const {endUs: atUs, estimated} = entry;
    this.#time(entry.endEvent, entry.to, {atUs, estimated, y: y2, outwards: this.#outer(entry.to)});
  }

  other(entry: Exclude<Sequence['entries'][number], Message | {readonly kind: 'gap'}>): void {
    const y = this.#frame.levels.others.get(entry) ?? 0;
    const {host, event, atUs} = entry;
    const outwards = this.#outer(host);
    const estimated = entry.kind === 'state' && entry.estimated;
    if (this.#two) this.#time(event, host, {atUs, estimated, y, outwards});
    const [kind, text] =
      entry.kind === 'state' ? (['state', entry.state] as const) : (['happening', entry.text] as const);
    // The states of the leftmost host can be drawn to its left even with more than two hosts, because no lines are there.
    const inner = kind === 'happening' || (!this.#two && host !== 0);
    const side = inner && this.#two ? -outwards : inner ? 1 : outwards;
    const x = (this.#frame.lifelines[host] ?? 0) + side * (inner ? airPx : airPx + timePx);
    const anchor = side > 0 ? 'start' : 'end';
    this.all.push({x, y: y + (this.#two ? 4 : 15), anchor, text, kind, host, event});
  }
}

/**
 * Returns the texts beside the lifelines of the diagram. With two hosts they are on the outer sides; with more they are on the side away
 * from the message's line.
 */
const notesOf = (frame: Frame): readonly DrawnNote[] => {
  const notes = new Notes(frame);
  for (const entry of frame.sequence.entries) {
    if (entry.kind === 'message') notes.message(entry);
    else if (entry.kind !== 'gap') notes.other(entry);
  }
  return notes.all;
};

/** Moves states in a diagram of more than two hosts to the right of times that they would overlap. */
const apart = (notes: readonly DrawnNote[]): readonly DrawnNote[] => {
  const times = new Set(
    notes.flatMap(({kind, host, anchor, y}) =>
      kind === 'time' && anchor === 'start' ? [`${host} ${y}`] : [],
    ),
  );
  const lies = ({kind, host, anchor, y}: DrawnNote): boolean =>
    kind !== 'time' && anchor === 'start' && [-1, 0, 1].some((by) => times.has(`${host} ${y + by}`));
  return notes.map((note) => (lies(note) ? {...note, x: note.x + timePx} : note));
};

const spanUs = ({fromUs, toUs}: {readonly fromUs: number; readonly toUs: number}): number => toUs - fromUs;

export const pictureOf = (sequence: Sequence): Picture => {
  const {hosts, entries, language} = sequence;
  const messages = entries.filter((entry) => entry.kind === 'message');
  const levels = levelsOf(sequence, topPx);
  const crossing = crossingMessages(messages, levels);
  const lifelines = lifelinesOf(sequence, crossing);
  const frame: Frame = {sequence, lifelines, levels};
  const bottom = levels.bottom + 24;
  const notes = hosts.length === 2 ? notesOf(frame) : apart(notesOf(frame));
  const drawn = messages.map((message) => drawnMessage(message, frame, crossing));
  const ends = notes.map(({x, text, anchor}) => (anchor === 'start' ? x + widthPx(text) : x));
  for (const {message, label} of drawn)
    if (message.from === message.to) ends.push(label.x + widthPx(label.text + label.loss));
  const outermost = (lifelines[lifelines.length - 1] ?? 0) + (hosts.length === 2 ? gutterPx(sequence) : 60);
  const right = ends.reduce((most, end) => Math.max(most, end), outermost);
  return {
    width: Math.ceil(right + marginPx),
    height: Math.ceil(bottom + footPx),
    lifelines,
    bottom,
    messages: drawn,
    notes,
    gaps: entries.flatMap((entry) =>
      entry.kind === 'gap'
        ? [
            {
              y: levels.others.get(entry) ?? 0,
              text: passes[language]({time: formatWhole(spanUs(entry))}),
              event: entry.event,
            },
          ]
        : [],
    ),
  };
};
