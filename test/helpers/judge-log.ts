// A judge of what a question rests on that is no field of a packet: the log of its run.
import {evaluate} from '../../source/lesson/evaluate.ts';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {plainValue} from '../../source/lesson/value.ts';
import type {Question} from '../../source/quiz/question.ts';
import type {Trace} from '../../source/sim/trace.ts';

/** What an expression of a lesson comes to at the end of the run. */
const expressed = (text: string, trace: Trace, event: number): string => {
  const names = {hosts: trace.header.hosts.map(({name}) => name), connections: [], vocabulary};
  const expression = parseExpression(text, names);
  if (!expression.ok) return expression.error[0]?.message.en ?? '?';
  const value = evaluate(expression.value, {trace, event});
  return value.ok ? String(plainValue(value.value)) : value.error.message.en;
};

/** The last change of state that the log tells of this connection, up to the instant in which the packet arrived. */
const toldState = (trace: Trace, host: string, packet: number): string => {
  const events = [...trace.events()];
  const arrival = events.find(
    (each) => each.kind === 'arrive' && each.packet === packet && each.host === host,
  );
  const altered = arrival?.kind === 'arrive' ? arrival.altered : undefined;
  const ip = (altered ?? trace.packet(packet).frame)?.payload;
  if (ip?.kind !== 'ip' || ip.packet.transport.kind !== 'tcp' || !arrival) return '?';
  const {srcPort, dstPort} = ip.packet.transport.segment;
  const connection = `${ip.packet.dst}:${dstPort} > ${ip.packet.src}:${srcPort}`;
  const listener = `${ip.packet.dst}:${dstPort} > *`;
  const states = events.filter(
    (each) => each.kind === 'state' && each.host === host && each.instant <= arrival.instant,
  );
  // A crash takes all with it, and no change of state tells of that.
  const crash = events.findLast(
    (each) => each.kind === 'call' && each.call === 'crash' && each.host === host && each.n < arrival.n,
  );
  const of = (id: string) => states.findLast((each) => each.connection === id && each.n > (crash?.n ?? 0));
  const last = of(connection);
  // What this very arrival has ended is closed, whoever else listens there.
  const isNow = last?.instant === arrival.instant;
  if (last?.kind === 'state' && (last.to !== 'CLOSED' || isNow)) return last.to;
  const listening = of(listener);
  return listening?.kind === 'state' ? listening.to : 'CLOSED';
};

/** Questions about an instant, not about what a packet does as it arrives: the evidence holds before the event of `place`. */
const instants: readonly string[] = ['is-it-so', 'which-is-so', 'which-are-so', 'state-of-peer', 'rfc-name'];

/** The states of all connections of the host at the instant; no change of state has taken one out of CLOSED: CLOSED. */
const standing = (trace: Trace, host: string, before: number): readonly string[] => {
  const states = new Map<string, string>();
  for (const each of trace.events())
    if (each.kind === 'state' && each.host === host && each.n < before)
      states.set(each.connection ?? '', each.to);
  return states.size === 0 ? ['CLOSED'] : [...states.values()];
};

/** What the log of the run gives for an answer that is no field. */
export const told = ({kind, place, evidence}: Question, trace: Trace): string => {
  const {field, packet, value} = evidence;
  const [, what = '', rest = ''] = /^(\w+):(.*)$/.exec(field) ?? [];
  if (what === 'state' && instants.includes(kind)) {
    const found = standing(trace, rest, place.n);
    return found.includes(value) ? value : found.join(', ');
  }
  if (what === 'state') return packet === undefined ? 'no packet' : toldState(trace, rest, packet);
  if (what === 'timer') {
    const due = [...trace.events()].flatMap((each) =>
      each.kind === 'timer' && each.name === rest ? [each.dueUs] : [],
    );
    return due.includes(Number(value)) ? value : 'no such timer';
  }
  const event = instants.includes(kind) ? place.n : trace.length;
  return what === 'expression' ? expressed(rest, trace, event) : '?';
};
