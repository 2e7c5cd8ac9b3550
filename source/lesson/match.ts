// Which events of a Trace a selector means, and which packets a filter lets through.
import type {PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import type {TcpFlagName, TcpSegment} from '../wire/tcp.ts';
import {hasFlag} from '../wire/tcp.ts';
import type {Comparison, Filter, FilterValue} from './filter.ts';
import {type FieldValue, fieldValues, segmentOf} from './packet-field.ts';
import type {Match, Selector} from './selector.ts';

/** Event numbers, rising; with `nth` at most one. */
export const matchingEvents = (selector: Selector, trace: Trace): readonly number[] => {
  const {match, nth, after} = selector;
  let from = 1;
  if (after) {
    const [first] = matchingEvents(after, trace);
    if (first === undefined) return [];
    from = first + 1;
  }
  const found = eventsOf(match, trace, from);
  if (nth === undefined) return found;
  const chosen = found[nth - 1];
  return chosen === undefined ? [] : [chosen];
};

/** The last event at or before that time; 0: before everything. */
export const eventAt = (trace: Trace, atUs: number): number => {
  let low = 0;
  let high = trace.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (trace.event(middle).atUs <= atUs) low = middle;
    else high = middle - 1;
  }
  return low;
};

const eventsOf = (match: Match, trace: Trace, from: number): readonly number[] => {
  if (match.kind === 'end') return trace.length >= from ? [trace.length] : [];
  if (match.kind === 'at') {
    const n = match.atUs <= trace.durationUs ? eventAt(trace, match.atUs) : 0;
    return n >= from ? [n] : [];
  }
  const found: number[] = [];
  for (const event of trace.events(from)) if (isMatch(match, event, trace)) found.push(event.n);
  return found;
};

const isMatch = (match: Match, event: TraceEvent, trace: Trace): boolean => {
  if ('host' in match && match.host !== undefined && match.host !== event.host) return false;
  switch (match.kind) {
    case 'packet':
      return isPacketMatch(match, event, trace);
    case 'enters':
      return event.kind === 'state' && event.to === match.state;
    case 'timer':
      return event.kind === 'timer' && event.name === match.name && event.op === match.op;
    case 'delivers':
      return event.kind === 'deliver' && (match.length === undefined || event.bytes === match.length);
    case 'call':
      return isCallMatch(match, event);
    default:
      return false;
  }
};

const isCallMatch = ({call, returns}: Extract<Match, {kind: 'call'}>, event: TraceEvent): boolean => {
  if (event.kind === 'signal') return event.signal === returns;
  return event.kind === 'call' && event.call === call && (returns === undefined || event.result === returns);
};

const eventKinds = {sends: 'send', arrives: 'arrive', drops: 'drop'} as const;

const isPacketMatch = (match: Extract<Match, {kind: 'packet'}>, event: TraceEvent, trace: Trace): boolean => {
  if (event.kind !== eventKinds[match.what] || !('packet' in event) || event.packet < 1) return false;
  if (event.kind === 'send' && event.hop !== 0) return false;
  const record = trace.packet(event.packet);
  const {flags, carries, length, retransmission} = match;
  if (retransmission !== undefined && record.retransmission !== retransmission) return false;
  if (!flags && carries === undefined && length === undefined) return true;
  const segment = segmentOf(record);
  if (!segment || (flags && !sameFlags(segment, flags))) return false;
  const bytes = segment.payload.length;
  if (carries !== undefined && (carries === 'data') !== bytes > 0) return false;
  return length === undefined || bytes === length;
};

/** Is set on the last segment of each send: of no interest to what a segment is. */
const told: readonly TcpFlagName[] = ['FIN', 'SYN', 'RST', 'ACK', 'URG', 'ECE', 'CWR'];

const sameFlags = (segment: TcpSegment, flags: readonly TcpFlagName[]): boolean =>
  told.every((name) => hasFlag(segment, name) === flags.includes(name));

export const matchingPackets = (filter: Filter, trace: Trace): readonly PacketRecord[] => {
  const found: PacketRecord[] = [];
  for (let id = 1; id <= trace.packetCount; id += 1) {
    const record = trace.packet(id);
    if (passes(filter, trace, record)) found.push(record);
  }
  return found;
};

const passes = (filter: Filter, trace: Trace, record: PacketRecord): boolean => {
  switch (filter.kind) {
    case 'and':
      return passes(filter.left, trace, record) && passes(filter.right, trace, record);
    case 'or':
      return passes(filter.left, trace, record) || passes(filter.right, trace, record);
    case 'not':
      return !passes(filter.of, trace, record);
    case 'present':
      return fieldValues(trace, record, filter.field).length > 0;
    case 'compare': {
      const values = fieldValues(trace, record, filter.field);
      const wanted = valuesOf(filter.value, trace);
      if (values.length === 0) return false;
      // As in Wireshark 4: a field with two values differs if both do.
      if (filter.comparison === '!=') return !values.some((value) => wanted.includes(value.value));
      return values.some((value) => wanted.some((each) => compares(value, filter.comparison, each)));
    }
  }
};

const valuesOf = (value: FilterValue, trace: Trace): readonly (string | number)[] =>
  value.kind === 'host'
    ? (trace.header.hosts.find((host) => host.name === value.name)?.ip ?? [])
    : [value.value];

const compares = ({value}: FieldValue, comparison: Comparison, wanted: string | number): boolean => {
  if (comparison === '==') return value === wanted;
  if (typeof value === 'string' || typeof wanted === 'string') return false;
  switch (comparison) {
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
    default:
      return value !== wanted;
  }
};
