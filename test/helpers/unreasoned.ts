// Finds what a run discards, ignores or keeps back without a sentence that says why. The raw events and the hosts' own records are the oracle.
import {instantsFrom} from '../../source/account/entries.ts';
import {heldIn} from '../../source/account/held-back.ts';
import type {Told} from '../../source/account/told/facts.ts';
import {tellable} from '../../source/account/told/voice.ts';
import type {Fault, FaultKind} from '../../source/sim/fault.ts';
import {formatFault} from '../../source/sim/fault-text.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {segmentIn} from '../../source/wire/frame.ts';
import {hasFlag} from '../../source/wire/tcp.ts';
import {type LessonRun, traceOf} from './all-runs.ts';
import {type Diverged, tracedWith} from './diverged.ts';

type Says = Told['says'];

/** Sentences that say why a packet was not taken. */
const ends: ReadonlySet<Says> = new Set<Says>(['lost', 'refusedSegment', 'answersRst', 'challenges', 'icmp']);

/** Rules that keep data back until the peer or the path allows more. What waits for its program or for the handshake is told with those. */
const keeping =
  /^(9293:3\.7\.4\/nagle|9293:3\.8\.6\/window\/full|5681:3\.1\/cwnd\/full|9293:3\.8\.6\.2\.1\/)/;

/** Returns whether data or a FIN came with a SYN that opened a connection, and no record of the host contains them. */
const isLeft = (trace: Trace, event: TraceEvent, events: readonly TraceEvent[]): boolean => {
  if (event.kind !== 'arrive' || event.packet < 1) return false;
  const frame = event.altered ?? trace.packet(event.packet).frame;
  const segment = frame && segmentIn(frame);
  if (!segment || !hasFlag(segment, 'SYN') || (segment.payload.length === 0 && !hasFlag(segment, 'FIN')))
    return false;
  const opened = events.find(
    (each) =>
      each.kind === 'state' && /^(ESTABLISHED|SYN-RECEIVED)$/.test(each.to) && each.host === event.host,
  );
  const last = events.at(-1);
  if (opened?.connection === undefined || !last) return false;
  const tcb = trace.stateAt(last.n)?.hosts[event.host]?.tcp.connections.get(opened.connection);
  const takes = tcb && (tcb.reassembly.length > 0 || tcb.peerFinSeq !== undefined);
  return tcb !== undefined && !takes && (tcb.rcv.nxt - segment.seq - 1) % 2 ** 32 === 0;
};

/** Returns whether the host keeps back bytes, and not only a FIN. */
const hasBytes = (trace: Trace, {host, connection, from}: ReturnType<typeof heldIn>[number]): boolean => {
  const tcb = trace.stateAt(from.after)?.hosts[host]?.tcp.connections.get(connection ?? '');
  return (
    tcb !== undefined &&
    tcb.sendBuffer.length + tcb.sendWaiting.length - ((tcb.snd.nxt - tcb.snd.una) | 0) > 0
  );
};

/** Returns a text such as `packet 9: discarded by 5452:5/same-question` for each case that no sentence of its instant explains. */
export const unreasonedIn = (trace: Trace): readonly string[] => {
  const said = new Map<number, Set<Says>>();
  for (const {n, says} of tellable(trace)) {
    const {instant} = trace.event(n);
    said.set(instant, (said.get(instant) ?? new Set()).add(says));
  }
  const held = new Map(heldIn(trace).map((entry) => [entry.from.after, entry]));
  return [...instantsFrom(trace)].flatMap((events) => {
    const [first] = events;
    const own = said.get(first?.instant ?? 0) ?? new Set<Says>();
    const kept = held.get(events.at(-1)?.n ?? 0);
    const isKept =
      kept?.what === 'data' && keeping.test(kept.because ?? '') && !own.has('holds') && hasBytes(trace, kept);
    return [
      ...events.flatMap((event) => {
        if (event.kind === 'drop' && event.packet > 0 && ![...own].some((says) => ends.has(says)))
          return [`packet ${event.packet}: ${event.reason} by ${event.because}`];
        const isAlone = isLeft(trace, event, events) && !own.has('takesSynAlone');
        return event.kind === 'arrive' && isAlone ? [`packet ${event.packet}: only its SYN is taken`] : [];
      }),
      ...(isKept ? [`data kept by ${kept.because} at ${first?.atUs}`] : []),
    ];
  });
};

const edit = (field: string, value: number): FaultKind => ({
  kind: 'edit',
  field,
  value: value >>> 0,
  mend: true,
});

/** Returns one fault of each kind for a packet. A packet that is no segment gets no edits. */
const kindsFor = (trace: Trace, packet: number): readonly FaultKind[] => {
  const {frame} = trace.packet(packet);
  const segment = frame && segmentIn(frame);
  const common: readonly FaultKind[] = [
    {kind: 'drop'},
    {kind: 'delay', byUs: 700_000},
    {kind: 'dup', afterUs: 30_000},
    {kind: 'dup', afterUs: 2_000_000},
    {kind: 'reorder', places: 2},
    {kind: 'corrupt', where: 'link'},
    {kind: 'corrupt', where: 'memory'},
    edit('ip.ttl', 1),
  ];
  if (!segment) return common;
  const {seq, ack, flags} = segment;
  return [
    ...common,
    ...[edit('tcp.seq_raw', seq + 100_000), edit('tcp.seq_raw', seq - 10), edit('tcp.ack_raw', ack + 5000)],
    ...[edit('tcp.ack_raw', ack - 400), edit('tcp.window_size_value', 0), edit('tcp.window_size_value', 1)],
    ...[0x01, 0x02, 0x04, 0x10].map((flag) => edit('tcp.flags', flags ^ flag)),
    ...[edit('tcp.hdr_len', 20), edit('tcp.dstport', 7)],
  ];
};

/** The number of packets per run that get a fault. Later packets are like those before them. */
const mostPackets = 24;

/** Returns each run with each kind of fault on each of its first packets. */
export const singleFaults = (runs: readonly LessonRun[]): readonly Diverged[] =>
  runs.flatMap((each) => {
    const own = traceOf(each);
    const packets = Array.from({length: Math.min(mostPackets, own.packetCount)}, (_, index) => index + 1);
    return packets.flatMap((packet) =>
      kindsFor(own, packet).map((kind) => {
        const fault: Fault = {...kind, at: {packet}};
        return {...each, fault, code: `${each.name} --fault ${formatFault(fault)}`};
      }),
    );
  });

/** Returns what these runs leave unexplained, each with the code of its run. */
export const unreasonedUnder = (all: readonly Diverged[]): readonly string[] =>
  all.flatMap((each) => unreasonedIn(tracedWith(each)).map((what) => `${each.code}: ${what}`));
