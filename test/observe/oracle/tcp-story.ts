// What became of each TCP connection, told from tshark's fields by the words of RFC 9293 and of the reference captures' README:
// who opened, who closed, which states its ends must be in, how many different bytes went each way.
import type {Facts} from './facts.ts';
import type {Segment} from './tcp-frames.ts';

/** a - b in the sequence space (RFC 9293 §3.4). */
const ahead = (a: number, b: number): number => (a - b) | 0;

const spaceOf = ({length, flags}: Segment): number => length + (flags.syn ? 1 : 0) + (flags.fin ? 1 : 0);
const endOf = (segment: Segment): number => (segment.seq + spaceOf(segment)) >>> 0;

type Sides = {readonly client: string; readonly server: string};

const sidesOf = (segments: readonly Segment[]): Sides | undefined => {
  const syn = segments.find(({flags}) => flags.syn && !flags.ack);
  if (syn) return {client: syn.from, server: syn.to};
  const [first] = segments;
  if (!first) return undefined;
  return first.fromPort >= first.toPort
    ? {client: first.from, server: first.to}
    : {client: first.to, server: first.from};
};

type Stretch = readonly [start: number, end: number];

/** The parts of a stretch that none of `seen` covers. */
const uncovered = (seen: readonly Stretch[], whole: Stretch): readonly Stretch[] =>
  seen.reduce<readonly Stretch[]>(
    (left, [start, end]) =>
      left.flatMap(([from, to]): readonly Stretch[] => {
        if (end <= from || start >= to) return [[from, to]];
        const parts: readonly Stretch[] = [
          [from, start],
          [end, to],
        ];
        return parts.filter(([first, last]) => first < last);
      }),
    whole[0] < whole[1] ? [whole] : [],
  );

/** Numbers of one direction that have passed, counted from the first; without SYN and FIN they are payload. */
class Passed {
  #seen: Stretch[] = [];
  #last: {readonly seq: number; readonly at: number} | undefined;
  bytes = 0;

  /** Whether any number of the segment was seen before; and how many octets are new. */
  take(segment: Segment): {readonly again: boolean; readonly fresh: number} {
    const {seq, length, flags} = segment;
    const at = this.#last ? this.#last.at + ahead(seq, this.#last.seq) : 0;
    this.#last = {seq, at};
    const all: Stretch = [at, at + spaceOf(segment)];
    const data = at + (flags.syn ? 1 : 0);
    const size = (parts: readonly Stretch[]): number => parts.reduce((sum, [from, to]) => sum + to - from, 0);
    const fresh = size(uncovered(this.#seen, [data, data + length]));
    const again = size(uncovered(this.#seen, all)) < all[1] - all[0];
    this.#add(all);
    this.bytes += fresh;
    return {again, fresh};
  }

  #add([start, end]: Stretch): void {
    if (start === end) return;
    const touching = this.#seen.filter(([from, to]) => from <= end && to >= start);
    const apart = this.#seen.filter(([from, to]) => from > end || to < start);
    const [from, to] = [
      Math.min(start, ...touching.map(([each]) => each)),
      Math.max(end, ...touching.map(([, each]) => each)),
    ];
    this.#seen = [...apart, [from, to]];
  }
}

type Fin = {readonly end: number; readonly frame: number; readonly answers: boolean};

/** All that is asked about one end, from every segment of the stream up to some frame. */
class End {
  readonly address: string;
  readonly own: readonly Segment[];
  readonly far: readonly Segment[];

  constructor(address: string, segments: readonly Segment[]) {
    this.address = address;
    this.own = segments.filter(({from}) => from === address);
    this.far = segments.filter(({to, from}) => to === address && from !== address);
  }

  get syn(): Segment | undefined {
    return this.own.find(({flags}) => flags.syn && !flags.rst);
  }

  get plainSyns(): number {
    return this.own.filter(({flags}) => flags.syn && !flags.ack).length;
  }

  get synAcks(): number {
    return this.own.filter(({flags}) => flags.syn && flags.ack).length;
  }

  get spoke(): boolean {
    return this.own.some(({flags}) => !flags.syn && !flags.rst);
  }

  acked(number: number, after: number): boolean {
    return this.far.some(({ack, flags, frame}) => flags.ack && frame > after && ahead(ack, number) >= 0);
  }

  get synAcked(): boolean {
    return this.syn !== undefined && this.acked((this.syn.seq + 1) >>> 0, this.syn.frame);
  }

  get fin(): Segment | undefined {
    return this.own.find(({flags}) => flags.fin && !flags.rst);
  }

  get finAcked(): boolean {
    return this.fin !== undefined && this.acked(endOf(this.fin), this.fin.frame);
  }
}

const finOf = (end: End, far: End): Fin | undefined => {
  const {fin} = end;
  if (!fin) return undefined;
  const before = far.fin && far.fin.frame < fin.frame ? far.fin : undefined;
  return {
    end: endOf(fin),
    frame: fin.frame,
    answers: before !== undefined && ahead(fin.ack, endOf(before)) >= 0,
  };
};

type Pair = {readonly client: End; readonly server: End};

const openingOf = ({client, server}: Pair, reset: Segment | undefined): string => {
  if (client.plainSyns + server.plainSyns === 0) return 'not-captured';
  if (client.plainSyns > 0 && server.plainSyns > 0) return 'simultaneous';
  if (server.synAcks > 0) return server.synAcked || client.spoke ? 'complete' : 'half-open';
  if (client.spoke || server.spoke) return 'complete';
  return reset && reset.from === server.address ? 'refused' : 'unanswered';
};

const closingState = (own: Fin | undefined, acked: boolean, far: Fin | undefined): string => {
  if (!own) return 'CLOSE-WAIT';
  if (!far) return acked ? 'FIN-WAIT-2' : 'FIN-WAIT-1';
  if (own.answers) return acked ? 'CLOSED' : 'LAST-ACK';
  return acked ? 'TIME-WAIT' : 'CLOSING';
};

type States = {readonly client: string | null; readonly server: string | null};

const openStates = (opening: string, {client, server}: Pair): States => {
  if (opening === 'unanswered') return {client: 'SYN-SENT', server: null};
  if (opening === 'half-open') return {client: 'SYN-SENT', server: 'SYN-RECEIVED'};
  if (opening === 'simultaneous') {
    const state = (end: End): string => (end.synAcked ? 'ESTABLISHED' : 'SYN-RECEIVED');
    return {client: state(client), server: state(server)};
  }
  if (opening === 'not-captured' && !client.spoke && !server.spoke) {
    const state = (end: End): string => (end.synAcks > 0 ? 'SYN-RECEIVED' : 'SYN-SENT');
    return {client: state(client), server: state(server)};
  }
  return {client: 'ESTABLISHED', server: 'ESTABLISHED'};
};

type Course = {
  readonly opening: string;
  readonly closing: string;
  readonly states: States;
  readonly late: boolean;
};

const courseOf = (segments: readonly Segment[], sides: Sides): Course => {
  const pairUntil = (frame: number): Pair => {
    const until = segments.filter((segment) => segment.frame < frame);
    return {client: new End(sides.client, until), server: new End(sides.server, until)};
  };
  const whole = ({client, server}: Pair): boolean => client.finAcked && server.finAcked;
  const resets = segments.filter(({flags}) => flags.rst);
  const reset = resets.find(({frame}) => !whole(pairUntil(frame)));
  const pair = pairUntil(Number.POSITIVE_INFINITY);
  const {client, server} = pair;
  const opening = openingOf(pair, reset);
  if (reset) {
    const by = reset.from === sides.client ? 'client' : 'server';
    const closing = opening === 'refused' ? 'none' : `reset-by-${by}`;
    return {opening, closing, states: {client: 'CLOSED', server: 'CLOSED'}, late: false};
  }
  const [own, far] = [finOf(client, server), finOf(server, client)];
  if (!own && !far) return {opening, closing: 'none', states: openStates(opening, pair), late: false};
  const states: States = {
    client: closingState(own, client.finAcked, far),
    server: closingState(far, server.finAcked, own),
  };
  // RFC 1337: the waiting end takes it, if it stands where the other end's numbers end. Who sends it waits for nothing.
  const kills = (end: End, other: Fin | undefined): boolean =>
    resets.some(({from, seq}) => from !== end.address && seq === other?.end);
  const late =
    (states.client === 'TIME-WAIT' && kills(client, far)) ||
    (states.server === 'TIME-WAIT' && kills(server, own));
  const ended = (state: string | null): string | null => (late && state === 'TIME-WAIT' ? 'CLOSED' : state);
  return {
    opening,
    closing: closingOf(own, far),
    states: {client: ended(states.client), server: ended(states.server)},
    late,
  };
};

const closingOf = (client: Fin | undefined, server: Fin | undefined): string => {
  if (client && !server) return 'half-close-by-client';
  if (server && !client) return 'half-close-by-server';
  if (!client || !server) return 'none';
  if (!client.answers && !server.answers) return 'simultaneous';
  return client.frame < server.frame ? 'client-first' : 'server-first';
};

const optionsOf = ({syn}: End): Facts | null => (syn ? {...syn.options} : null);

const marked = (segments: readonly Segment[], ...names: readonly string[]): number =>
  segments.filter(({marks}) => names.some((name) => marks.has(name))).length;

/** Empty and one below the next number, or one octet at it, while the other end's last window was 0. */
const probesIn = (segments: readonly Segment[]): number => {
  const next = new Map<string, number>();
  const windows = new Map<string, number>();
  let count = 0;
  for (const segment of segments) {
    const {from, to, seq, length, window, flags} = segment;
    const expected = next.get(from);
    const plain = !flags.syn && !flags.fin && !flags.rst;
    if (plain && windows.get(to) === 0 && expected !== undefined) {
      const below = length === 0 && ahead(seq, expected) === -1;
      if (below || (length === 1 && seq === expected)) count += 1;
    }
    windows.set(from, window);
    if (!flags.rst && (expected === undefined || ahead(endOf(segment), expected) > 0))
      next.set(from, endOf(segment));
  }
  return count;
};

type Bytes = {readonly resent: number; readonly up: number; readonly down: number; readonly afterFin: number};

const bytesOf = (segments: readonly Segment[], {client}: Sides): Bytes => {
  const ways = {up: new Passed(), down: new Passed()};
  const firstFin = segments.find(({flags}) => flags.fin && !flags.rst);
  let [resent, afterFin] = [0, 0];
  for (const segment of segments) {
    if (segment.flags.rst) continue;
    const {again, fresh} = ways[segment.from === client ? 'up' : 'down'].take(segment);
    if (again) resent += 1;
    if (firstFin && segment.frame > firstFin.frame && segment.from !== firstFin.from) afterFin += fresh;
  }
  return {resent, up: ways.up.bytes, down: ways.down.bytes, afterFin};
};

const halfCloseOf = (
  segments: readonly Segment[],
  sides: Sides,
  closing: string,
  afterFin: number,
): Facts => {
  const first = segments.find(({flags}) => flags.fin && !flags.rst);
  if (!first || closing === 'simultaneous') return {};
  const other = segments.some(({flags, from}) => flags.fin && !flags.rst && from !== first.from);
  if (afterFin === 0 && other) return {};
  return {halfClose: {by: first.from === sides.client ? 'client' : 'server', bytesAfterFin: afterFin}};
};

const connectionOf = (segments: readonly Segment[], sides: Sides): Facts => {
  const {opening, closing, states, late} = courseOf(segments, sides);
  const client = new End(sides.client, segments);
  const server = new End(sides.server, segments);
  const {resent, up, down, afterFin} = bytesOf(segments, sides);
  const count = (test: (segment: Segment) => boolean): number => segments.filter(test).length;
  return {
    ...sides,
    clientIsn: client.syn?.seq ?? null,
    serverIsn: server.syn?.seq ?? null,
    opening,
    closing,
    finalStates: states,
    packets: segments.length,
    retransmissions: marked(segments, 'retransmission', 'fast_retransmission', 'spurious_retransmission'),
    fastRetransmissions: marked(segments, 'fast_retransmission'),
    duplicateAcks: marked(segments, 'duplicate_ack'),
    zeroWindow: marked(segments, 'zero_window'),
    outOfOrder: marked(segments, 'out_of_order'),
    zeroWindowProbes: probesIn(segments),
    keepAlives: marked(segments, 'keep_alive'),
    resentSegments: resent,
    sackAcks: count(({sack}) => sack),
    bytesClientToServer: up,
    bytesServerToClient: down,
    finSegments: count(({flags}) => flags.fin),
    rstSegments: count(({flags}) => flags.rst),
    synSegments: count(({flags}) => flags.syn && !flags.ack),
    synAckSegments: count(({flags}) => flags.syn && flags.ack),
    clientOptions: optionsOf(client),
    serverOptions: optionsOf(server),
    ...halfCloseOf(segments, sides, closing, afterFin),
    ...(late && {timeWaitEndedByReset: true}),
  };
};

export type Stream = {readonly number: number; readonly connection: Facts};

/** In the order of their first segments; tshark's numbers are those of its conversations. */
export const connectionsOf = (segments: readonly Segment[]): readonly Stream[] => {
  const streams = new Map<number, Segment[]>();
  for (const segment of segments) {
    const known = streams.get(segment.stream);
    if (known) known.push(segment);
    else streams.set(segment.stream, [segment]);
  }
  return [...streams].flatMap(([number, own]) => {
    const sides = sidesOf(own);
    return sides ? [{number, connection: connectionOf(own, sides)}] : [];
  });
};
