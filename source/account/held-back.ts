// Tells what a TCP rule delayed or refused (data, acknowledgments, segments), and from when until when; these spells are not numbered
// events.

import {sizesOf} from '../sim/operands.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {oncePer} from '../wire/once-per.ts';
import {connectionAt, entriesOf, instantOf} from './entries.ts';

/** The moment right after event `after`, and its time in µs. */
type Moment = {readonly after: number; readonly atUs: number};

export type HeldEntry = {
  /** Names what a rule held back: data or a FIN that could be sent, an acknowledgment that is owed, or a segment that was discarded. */
  readonly what: 'data' | 'ack' | 'segment';
  readonly host: string;
  readonly connection: ConnectionId | undefined;
  readonly because: TraceEvent['because'];
  readonly from: Moment;
  /**
   * The end of the time in which the rule held something back; undefined if that lasts to the end of the run. For a discarded segment it is
   * the same moment.
   */
  readonly until: Moment | undefined;
};

type Told = Pick<TraceEvent, 'host' | 'connection' | 'because'>;

type Mark = Told & {readonly at: Moment; readonly begins: boolean};

/** Joins the marks at which a rule begins and stops to hold something back to one spell for each. */
const spells = (what: HeldEntry['what'], marks: Iterable<Mark>): readonly HeldEntry[] => {
  const open = new Map<string, HeldEntry>();
  const closed: HeldEntry[] = [];
  for (const {host, connection, because, at, begins} of marks) {
    const key = `${host} ${connection ?? ''}`;
    const begun = open.get(key);
    if (begins) open.set(key, begun ?? {what, host, connection, because, from: at, until: undefined});
    else open.delete(key);
    // A spell of holding back that begins and ends within one instant has delayed nothing.
    if (!begins && begun && begun.from.after !== at.after) closed.push({...begun, until: at});
  }
  return [...closed, ...open.values()];
};

const dataHeld = ({held = []}: Trace): readonly HeldEntry[] =>
  spells(
    'data',
    held.map(({op, after, atUs, ...mark}) => ({...mark, at: {after, atUs}, begins: op === 'begin'})),
  );

const momentOf = ({n: after, atUs}: TraceEvent): Moment => ({after, atUs});

const acksHeld = (trace: Trace): readonly HeldEntry[] =>
  spells(
    'ack',
    [...entriesOf(trace, 'timer')].flatMap((timer) =>
      timer.name === 'delayed-ACK' ? {...timer, at: momentOf(timer), begins: timer.op === 'arm'} : [],
    ),
  );

const segmentsRefused = (trace: Trace): readonly HeldEntry[] =>
  [...entriesOf(trace, 'drop')].flatMap((drop) => {
    const {reason, host, connection, because} = drop;
    const moment = momentOf(drop);
    return reason === 'discarded'
      ? {what: 'segment', host, connection, because, from: moment, until: moment}
      : [];
  });

/**
 * Returns the spells in which TCP rules held something back, in the order in which they began; none for captures, because nobody knows
 * them.
 */
export const heldIn = oncePer((trace: Trace): readonly HeldEntry[] =>
  [...dataHeld(trace), ...acksHeld(trace), ...segmentsRefused(trace)].sort(
    (a, b) => a.from.after - b.from.after,
  ),
);

export type Held = {
  readonly what: 'data' | 'ack';
  readonly because: TraceEvent['because'];
  readonly sinceUs: number;
  readonly bytes: number;
};

/** Returns the spell in which a connection delays an acknowledgment after event `n`: it tells which rule armed the timer. */
const ackHeld = (trace: Trace, {host, connection, n}: TraceEvent): HeldEntry | undefined =>
  heldIn(trace).findLast(
    (entry) =>
      entry.what === 'ack' &&
      entry.host === host &&
      entry.connection === connection &&
      entry.from.after <= n &&
      (entry.until === undefined || n < entry.until.after),
  );

/** Returns the data and the acknowledgment that a connection holds back after an event, and by which rules. */
export const heldAt = (trace: Trace, event: TraceEvent): readonly Held[] => {
  const {n} = event;
  const by = connectionAt(trace, n, event);
  if (!by) return [];
  const {held, timers, unackedBytes} = by;
  const data: readonly Held[] = held
    ? [{what: 'data', ...held, bytes: sizesOf.unsent(by) + by.sendWaiting.length}]
    : [];
  const ack = timers['delayed-ACK'] === undefined ? undefined : ackHeld(trace, event);
  if (!ack) return data;
  return [...data, {what: 'ack', because: ack.because, sinceUs: ack.from.atUs, bytes: unackedBytes}];
};

/** Returns the data that a connection held back before the instant of this event; undefined if there were none. */
export const heldBefore = (trace: Trace, event: TraceEvent): Held | undefined => {
  const [first = event] = instantOf(trace, event.n);
  return heldAt(trace, {...event, n: first.n - 1}).find(({what}) => what === 'data');
};

/**
 * Returns since when a connection's data had waited without a break, because one rule may hold them after another. `once` is true if the
 * last rule had held them earlier, before another one did.
 */
export const waitBefore = (
  trace: Trace,
  event: TraceEvent,
): {readonly sinceUs: number; readonly once: boolean} | undefined => {
  const [first = event] = instantOf(trace, event.n);
  const own = heldIn(trace).filter(
    ({what, host, connection, from}) =>
      what === 'data' && host === event.host && connection === event.connection && from.after < first.n,
  );
  const begun = own.findLastIndex(({from}, at) => own[at - 1]?.until?.after !== from.after);
  const waits = own.slice(Math.max(0, begun));
  const [earliest] = waits;
  if (!earliest) return undefined;
  const once = waits.slice(0, -1).some(({because}) => because === waits.at(-1)?.because);
  return {sinceUs: earliest.from.atUs, once};
};
