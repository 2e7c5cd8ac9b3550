// Computes an expression over a Trace, at one of its events.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {World} from '../sim/world.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {Expression, HostProperty, Moment, PacketReference} from './expression.ts';
import {eventAt, matchingEvents, matchingPackets} from './match.ts';
import {fieldValues} from './packet-field.ts';
import {type Problem, problem, text} from './problem.ts';
import type {Selector} from './selector.ts';
import {calculate, compare, type Value, ValueFailure, valueText} from './value.ts';

/** `event` 0: before anything happened. */
export type Instant = {readonly trace: Trace; readonly event: number};

export const evaluate = (expression: Expression, instant: Instant): Result<Value, Problem> => {
  try {
    return ok(compute(expression, instant));
  } catch (failure) {
    if (failure instanceof ValueFailure) return err(failure.problem);
    throw failure;
  }
};

/** The packet meant; undefined if there is none. */
export const packetAt = (reference: PacketReference, instant: Instant): PacketRecord | undefined => {
  try {
    return packetOf(reference, instant);
  } catch (failure) {
    if (failure instanceof ValueFailure) return undefined;
    throw failure;
  }
};

/** For a comparison that does not hold: “1101 == 1102”, both sides computed. */
export const comparedSides = (expression: Expression, instant: Instant): string | undefined => {
  if (expression.kind === 'logic') {
    const left = comparedSides(expression.left, instant);
    return left ?? comparedSides(expression.right, instant);
  }
  if (expression.kind !== 'compare') return undefined;
  const left = evaluate(expression.left, instant);
  const right = evaluate(expression.right, instant);
  if (!left.ok || !right.ok || compare(left.value, expression.op, right.value)) return undefined;
  return `${valueText(left.value)} ${expression.op} ${valueText(right.value)}`;
};

const fail = (en: string, zh: string, remedyEn: string, remedyZh: string): never => {
  throw new ValueFailure(problem(text(en, zh), text(remedyEn, remedyZh)));
};

const compute = (expression: Expression, instant: Instant): Value => {
  switch (expression.kind) {
    case 'number':
    case 'time':
    case 'text':
      return expression;
    case 'field':
      return fieldOf(expression, instant);
    case 'host':
      return propertyOf(expression, instant);
    case 'count packets':
      return {kind: 'number', value: matchingPackets(expression.filter, instant.trace).length};
    case 'count events':
      return {kind: 'number', value: matchingEvents(expression.selector, instant.trace).length};
    case 'time of':
      return {kind: 'time', us: instant.trace.event(firstEvent(expression.selector, instant.trace)).atUs};
    case 'least':
    case 'greatest':
      return extreme(expression, instant);
    case 'negate':
      return calculate(zeroLike(compute(expression.of, instant)), '-', compute(expression.of, instant));
    case 'arithmetic':
      return calculate(compute(expression.left, instant), expression.op, compute(expression.right, instant));
    case 'compare': {
      const [left, right] = [compute(expression.left, instant), compute(expression.right, instant)];
      return {kind: 'truth', value: compare(left, expression.op, right)};
    }
    case 'logic': {
      const left = truth(compute(expression.left, instant));
      if (left === (expression.op === '||')) return {kind: 'truth', value: left};
      return {kind: 'truth', value: truth(compute(expression.right, instant))};
    }
  }
};

const zeroLike = (value: Value): Value =>
  value.kind === 'time' ? {kind: 'time', us: 0} : {kind: 'number', value: 0};

const truth = (value: Value): boolean =>
  value.kind === 'truth'
    ? value.value
    : fail(
        '&& and || join comparisons',
        '「&&」「||」连接的是比较式',
        'compare the value with something',
        '把这个值和别的值比较',
      );

const extreme = ({kind, of}: Extract<Expression, {kind: 'least' | 'greatest'}>, instant: Instant): Value =>
  of
    .map((each) => compute(each, instant))
    .reduce((best, each) => (compare(each, kind === 'least' ? '<' : '>', best) ? each : best));

const firstEvent = (selector: Selector, trace: Trace): number =>
  matchingEvents(selector, trace)[0] ??
  fail(
    'what this waits for never happens in this run',
    '这次运行里没有发生它等的事件',
    'compare it with the run: packet-tutor show',
    '用 packet-tutor show 对照这次运行',
  );

const packetOf = (reference: PacketReference, {trace, event}: Instant): PacketRecord => {
  switch (reference.kind) {
    case 'number':
      return reference.packet <= trace.packetCount
        ? trace.packet(reference.packet)
        : fail(
            `there is no packet ${reference.packet}: this run has ${trace.packetCount}`,
            `没有第 ${reference.packet} 个分组：这次运行共 ${trace.packetCount} 个`,
            'packets count from 1, in order of sending',
            '分组按发送顺序从 1 编号',
          );
    case 'first':
    case 'last': {
      const found = matchingPackets(reference.filter, trace);
      return (
        found.at(reference.kind === 'first' ? 0 : -1) ??
        fail(
          'no packet passes this filter',
          '没有分组符合这个过滤式',
          'compare it with the run: packet-tutor show',
          '用 packet-tutor show 对照这次运行',
        )
      );
    }
    case 'selected': {
      const found = matchingEvents(reference.selector, trace);
      return packetOfEvent(trace, (reference.which === 'first' ? found[0] : found.at(-1)) ?? 0);
    }
    case 'here':
      return packetOfEvent(trace, event);
  }
};

const packetOfEvent = (trace: Trace, n: number): PacketRecord => {
  const event = n > 0 ? trace.event(n) : undefined;
  return event && 'packet' in event && event.packet > 0
    ? trace.packet(event.packet)
    : fail(
        'no packet is at hand at this event',
        '这个事件没有对应的分组',
        'name it: packet(2), or last("…")',
        '指明是哪个：packet(2) 或 last("…")',
      );
};

const fieldOf = ({packet, field}: Extract<Expression, {kind: 'field'}>, instant: Instant): Value => {
  const record = packetOf(packet, instant);
  return (
    fieldValues(instant.trace, record, field)[0] ??
    fail(
      `packet ${record.id} has no ${field}`,
      `第 ${record.id} 个分组没有 ${field}`,
      'ask for a field that it has',
      '换一个它有的字段',
    )
  );
};

const eventOf = (at: Moment | undefined, {trace, event}: Instant): number => {
  if (!at) return event;
  return at.kind === 'time' ? eventAt(trace, at.us) : firstEvent(at.selector, trace);
};

const propertyOf = (expression: Extract<Expression, {kind: 'host'}>, instant: Instant): Value => {
  const {trace} = instant;
  const {host, connection: name, property} = expression;
  const event = eventOf(expression.at, instant);
  const world = trace.stateAt(event);
  if (!world) {
    return fail(
      'a capture has no states of its own',
      '抓包里没有状态',
      'ask for fields of packets',
      '改用分组的字段',
    );
  }
  const id = connectionOf(world, host, name, trace, event);
  const tcb = id === undefined ? undefined : world.hosts[host]?.tcp.connections.get(id);
  if (property === 'state')
    return {kind: 'text', value: tcb?.state ?? stateWithoutTcb(trace, event, host, id)};
  const value = tcb && connectionValue(tcb, property);
  return (
    value ??
    fail(
      tcb ? `${host} does not know ${property} yet` : `${host} has no connection at this instant`,
      tcb ? `${host} 此时还不知道 ${property}` : `${host} 此时没有连接`,
      'ask at another event, with at(…)',
      '用 at(…) 换一个时刻',
    )
  );
};

/** The one that is named; else the one of the event at hand; else the host's newest. */
const connectionOf = (
  world: World,
  host: string,
  name: string | undefined,
  trace: Trace,
  event: number,
): ConnectionId | undefined => {
  const state = world.hosts[host];
  if (name !== undefined) return state?.names[name];
  const now = event > 0 ? trace.event(event) : undefined;
  if (now?.host === host && now.connection !== undefined) return now.connection;
  // A child in SYN-RECEIVED is not yet what the program knows as its newest, but it is what the lesson means.
  const listening = state?.newest === undefined || state.tcp.listeners.has(state.newest);
  const child = listening ? [...(state?.tcp.connections.keys() ?? [])].at(-1) : undefined;
  return child ?? state?.newest;
};

/** A listener, or a connection that is no more: what the last change of state left. */
const stateWithoutTcb = (trace: Trace, event: number, host: string, id: ConnectionId | undefined): string => {
  for (let n = event; n > 0; n -= 1) {
    const each = trace.event(n);
    if (each.host !== host) continue;
    if (each.kind === 'call' && each.call === 'crash') return 'CLOSED';
    if (each.kind === 'state' && (id === undefined || each.connection === id)) return each.to;
  }
  return 'CLOSED';
};

const connectionValue = (tcb: Connection, property: HostProperty): Value | undefined => {
  // 0 stands in the record until the peer's SYN has come: no number of anybody.
  const unknown = tcb.state === 'SYN-SENT';
  switch (property) {
    case 'state':
      return {kind: 'text', value: tcb.state};
    case 'iss':
      return {kind: 'seq', value: tcb.iss};
    case 'irs':
      return unknown ? undefined : {kind: 'seq', value: tcb.irs};
    case 'snd.una':
      return {kind: 'seq', value: tcb.snd.una};
    case 'snd.nxt':
      return {kind: 'seq', value: tcb.snd.nxt};
    case 'snd.wnd':
      return {kind: 'number', value: tcb.snd.wnd};
    case 'rcv.nxt':
      return unknown ? undefined : {kind: 'seq', value: tcb.rcv.nxt};
    case 'rcv.wnd':
      return {kind: 'number', value: tcb.rcv.wnd};
    case 'rto':
      return {kind: 'time', us: tcb.rtoUs};
    case 'srtt':
      return tcb.srttUs === undefined ? undefined : {kind: 'time', us: tcb.srttUs};
    case 'rttvar':
      return tcb.rttvarUs === undefined ? undefined : {kind: 'time', us: tcb.rttvarUs};
  }
};
