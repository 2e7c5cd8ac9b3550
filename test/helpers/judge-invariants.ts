// What must hold in every trace, whatever happened on the path: curriculum 7.1, rows 1 to 8, as far as TCP goes.
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import type {World} from '../../source/sim/world.ts';
import type {Connection} from '../../source/stack/tcp/connection.ts';
import {type Seq, seqAdd, seqLe, seqLt} from '../../source/wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../source/wire/tcp.ts';
import {Flight} from './judge-flight.ts';
import {TimedFlight} from './judge-timed-flight.ts';
import {windowBreach} from './judge-windows.ts';

type Of<Kind extends TraceEvent['kind']> = Extract<TraceEvent, {kind: Kind}>;
type Sent = {readonly event: Of<'send'>; readonly segment: TcpSegment};

/** One incarnation of a connection at one end, as what it has sent shows it. */
type Life = {
  state: string;
  nxt: Seq | undefined;
  /** One beyond the byte of a window probe, which counts as sent only if the peer takes it. */
  probed?: Seq;
  ack: Seq | undefined;
  passedCloseWait: boolean;
  readonly births: number;
  readonly flight: Flight | TimedFlight;
};

/** One instant: one cause and everything it brought about. */
type Instant = {readonly events: readonly TraceEvent[]; readonly before: World; readonly after: World};

export const segmentOf = (frame: Of<'send'>['frame']): TcpSegment | undefined => {
  if (frame?.payload.kind !== 'ip') return undefined;
  const {transport} = frame.payload.packet;
  return transport.kind === 'tcp' ? transport.segment : undefined;
};

export const instantsOf = function* (trace: Trace): Generator<Instant, void> {
  let events: TraceEvent[] = [];
  let before = trace.stateAt(0);
  const close = (): Instant | undefined => {
    const last = events.at(-1);
    const after = last && trace.stateAt(last.n);
    const whole = before && after && {events, before, after};
    before = after;
    events = [];
    return whole;
  };
  for (const event of trace.events()) {
    const instant = events[0] && events[0].instant !== event.instant ? close() : undefined;
    if (instant) yield instant;
    events.push(event);
  }
  const last = close();
  if (last) yield last;
};

/** Empty segments below SND.NXT, or a byte beyond the window: they repeat no numbers on purpose. A tail loss probe is no such thing. */
const isProbe = ({event}: Sent): boolean => /persist|keep-?alive/.test(event.because ?? '');

const arrivedIn = ({events}: Instant, trace: Trace): TcpSegment | undefined => {
  const arrival = events.find((event) => event.kind === 'arrive');
  if (arrival?.kind !== 'arrive' || arrival.packet <= 0) return undefined;
  return segmentOf(arrival.altered ?? trace.packet(arrival.packet).frame);
};

const isCause = ({kind, ...event}: TraceEvent): boolean =>
  kind === 'call' || kind === 'arrive' || (kind === 'timer' && 'op' in event && event.op === 'fire');

class Checker {
  readonly found: string[] = [];
  readonly #trace: Trace;
  readonly #lives = new Map<string, Life>();

  readonly #timed: ReadonlySet<string>;

  constructor(trace: Trace, timed: ReadonlySet<string>) {
    this.#trace = trace;
    this.#timed = timed;
  }

  instant(instant: Instant): void {
    const arrived = arrivedIn(instant, this.#trace);
    const causes = instant.events.filter(isCause);
    this.#learn(causes[0], arrived, instant.before);
    for (const event of instant.events) {
      if (event.kind === 'state') {
        this.#must(
          causes.length === 1 && event.because !== undefined,
          event,
          'a state change without its one cause',
        );
        this.#stateChange(event, instant, arrived);
      }
      const segment = event.kind === 'send' && event.hop === 0 ? segmentOf(event.frame) : undefined;
      if (event.kind === 'send' && segment) this.#send({event, segment}, instant, arrived);
    }
  }

  #must(holds: boolean, {n, host, atUs}: TraceEvent, breach: string): void {
    if (!holds) this.found.push(`event ${n}, ${atUs / 1000} ms, ${host}: ${breach}`);
  }

  /** What an end knows of its flight before it acts: an arrival has told it, or its timer gives all up. */
  #learn(cause: TraceEvent | undefined, arrived: TcpSegment | undefined, before: World): void {
    if (cause?.kind === 'timer' && cause.name === 'RTO')
      this.#life(cause.host, cause.connection ?? '')?.flight.timedOut();
    if (cause?.kind !== 'arrive' || !arrived) return;
    const ports = new RegExp(`^${cause.host} \\S+:${arrived.dstPort} > \\S+:${arrived.srcPort}$`);
    for (const [key, life] of this.#lives) {
      if (!ports.test(key)) continue;
      const tcb = before.hosts[cause.host]?.tcp.connections.get(key.slice(cause.host.length + 1));
      life.flight.heard(arrived, tcb?.mss ?? 0);
      // The probe's byte was taken: from now on it counts as sent, and the next probe carries the one after it.
      if (hasFlag(arrived, 'ACK') && arrived.ack === life.probed && life.nxt !== undefined)
        life.nxt = seqLt(life.nxt, life.probed) ? life.probed : life.nxt;
    }
  }

  #life(host: string, connection: string): Life | undefined {
    return this.#lives.get(`${host} ${connection}`);
  }

  #stateChange(event: Of<'state'>, {after}: Instant, arrived: TcpSegment | undefined): void {
    const {host, connection = '', from, to} = event;
    const life = this.#life(host, connection);
    const begins = from === 'CLOSED' || (from === 'LISTEN' && to === 'SYN-RECEIVED');
    if (!begins) this.#must(life?.state === from, event, `leaves ${from} in ${life?.state}`);
    const births = (life?.births ?? 0) + 1;
    const flight = this.#timed.has(host) ? new TimedFlight() : new Flight();
    const fresh = {nxt: undefined, ack: undefined, passedCloseWait: false, births, flight};
    const next = {...(begins || !life ? fresh : life), state: to};
    next.passedCloseWait ||= to === 'CLOSE-WAIT';
    this.#lives.set(`${host} ${connection}`, next);
    const tcb = after.hosts[host]?.tcp.connections.get(connection);
    if (to === 'TIME-WAIT') this.#timeWait(event, next, tcb);
    const {finSeq} = tcb ?? {};
    // Text on a SYN,ACK aside, CLOSING comes of the segment that carries or completes the peer's FIN.
    if (to === 'CLOSING' && arrived && finSeq !== undefined)
      this.#must(seqLe(arrived.ack, finSeq), event, 'CLOSING though this FIN acknowledges ours');
  }

  #timeWait(event: Of<'state'>, life: Life, tcb: Connection | undefined): void {
    const {finSeq, peerFinSeq} = tcb ?? {};
    const acked = tcb !== undefined && finSeq !== undefined && seqLt(finSeq, tcb.snd.una);
    const heard = tcb !== undefined && peerFinSeq !== undefined && seqLt(peerFinSeq, tcb.rcv.nxt);
    this.#must(acked, event, 'TIME-WAIT before our FIN is acknowledged');
    this.#must(heard, event, 'TIME-WAIT before the FIN of the peer');
    this.#must(!life.passedCloseWait, event, 'TIME-WAIT after CLOSE-WAIT');
  }

  #send(sent: Sent, instant: Instant, arrived: TcpSegment | undefined): void {
    const {event, segment} = sent;
    if (arrived && hasFlag(arrived, 'RST')) {
      const challenge = event.because?.startsWith('5961:') && !hasFlag(segment, 'RST');
      this.#must(challenge === true, event, 'a reset is answered');
    }
    const fired = instant.events.find((each) => each.kind === 'timer' && each.op === 'fire');
    if (fired?.kind === 'timer' && fired.name === 'RTO')
      this.#must(
        segLen(segment) > 0 && !hasFlag(segment, 'RST'),
        event,
        'a time-out repeats an empty segment',
      );
    const life = event.connection === undefined ? undefined : this.#life(event.host, event.connection);
    if (!life || hasFlag(segment, 'RST')) return;
    if (!isProbe(sent)) this.#sequence(sent, life);
    this.#acknowledgement(sent, life);
    const tcb = instant.after.hosts[event.host]?.tcp.connections.get(event.connection ?? '');
    if (isProbe(sent)) {
      if (segment.payload.length === 0) return;
      life.probed = seqAdd(segment.seq, 1);
      life.flight.sent(segment, false);
      return;
    }
    // A rescue retransmission does not move HighRxt, so pipe leaves it out (RFC 6675 §4, NextSeg rule 4).
    life.flight.sent(segment, event.retransmission && !/rescue/.test(event.because ?? ''));
    const breach = tcb && windowBreach(tcb, {...event, segment, flight: life.flight});
    this.#must(breach === undefined, event, breach ?? '');
  }

  #sequence({event, segment}: Sent, life: Life): void {
    const length = segLen(segment);
    if (length === 0) {
      this.#must(!event.retransmission, event, 'an empty segment counts as a retransmission');
      return;
    }
    const end = seqAdd(segment.seq, length);
    if (event.retransmission) {
      const known = life.nxt !== undefined && seqLe(end, life.nxt);
      this.#must(known, event, 'a retransmission of what was never sent');
      return;
    }
    const begins = segment.seq === life.nxt || segment.seq === life.probed;
    this.#must(life.nxt === undefined || begins, event, 'new data do not begin at SND.NXT');
    life.nxt = end;
  }

  #acknowledgement({event, segment}: Sent, life: Life): void {
    const acks = hasFlag(segment, 'ACK');
    this.#must(acks === (life.state !== 'SYN-SENT'), event, `ACK is ${acks ? 'on' : 'off'} in ${life.state}`);
    if (!acks) return;
    this.#must(life.ack === undefined || seqLe(life.ack, segment.ack), event, 'ack goes back');
    life.ack = segment.ack;
    const [local, remote] = (event.connection ?? '').split(' > ');
    const peer = [...this.#lives].find(([key]) => key.endsWith(` ${remote} > ${local}`))?.[1];
    // A late SYN may have made a second child of a listener, which knows nothing of the old numbers.
    if (peer?.nxt === undefined || peer.births > 1 || life.births > 1) return;
    const known = seqLe(segment.ack, peer.nxt) || segment.ack === peer.probed;
    this.#must(known, event, 'ack beyond SND.NXT of the peer');
  }
}

/** Every breach, with its event; empty where all hold. Captures have no states and cannot be checked. `timed`: hosts that find losses by time. */
export const checkInvariants = (trace: Trace, timed: ReadonlySet<string>): string[] => {
  const checker = new Checker(trace, timed);
  for (const instant of instantsOf(trace)) checker.instant(instant);
  return checker.found;
};
