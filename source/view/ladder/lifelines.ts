// Finds the rows in which lifelines are drawn: each ends with its host's connection, and continues when the host takes part again.

import {entriesOf, entryAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {lastChange} from '../time/pace.ts';
import type {View} from '../view.ts';
import type {LadderItem, StateLabel} from './ladder-item.ts';
import type {LadderRow, LadderWindow} from './ladder-rows.ts';
import {isSeveral} from './states.ts';

/** The rows, between two rows that are not included, in which the ladder does not draw a lifeline. */
type Blank = {readonly after: number; readonly before: number};

type Reboot = {readonly host: string; readonly event: number; readonly atUs: number};

const rebootsIn = oncePer((trace: Trace): readonly Reboot[] => {
  const reboots: Reboot[] = [];
  for (const event of entriesOf(trace, 'call'))
    if (event.call === 'reboot') reboots.push({host: event.host, event: event.n, atUs: event.atUs});
  return reboots;
});

/** Returns the time in µs at which a row begins. */
const timeOf = (item: LadderItem): number => {
  switch (item.kind) {
    case 'gap':
      return item.fromUs;
    case 'state':
    case 'happening':
      return item.atUs;
    default:
      return item.sentUs;
  }
};

const isEnd = (label: StateLabel | undefined): boolean => label?.text === 'CLOSED';

/**
 * Returns what a row of the ladder shows about the host on one side: its connection is gone, or the host takes part; undefined if it shows
 * nothing about it.
 */
const tellsOf = (item: LadderItem, onRight: boolean): 'gone' | 'there' | undefined => {
  if (item.kind === 'state')
    return item.onRight !== onRight ? undefined : isEnd(item.label) ? 'gone' : 'there';
  if (item.kind === 'gap' || item.kind === 'happening') return undefined;
  if (item.kind === 'burst') return item.toRight === onRight ? undefined : 'there';
  const sends = item.toRight !== onRight;
  const label = sends ? item.sender : item.receiver;
  if (isEnd(label)) return 'gone';
  if (label) return 'there';
  if (item.status === 'ahead' || item.copy) return undefined;
  const part = item.half?.part;
  // The lifeline of a host that sends or receives in this row is drawn.
  if (sends) return part === 'arrival' ? undefined : 'there';
  return item.status === 'arrived' && part !== 'departure' ? 'there' : undefined;
};

/** Returns the time at which a host's connection was closed before the first row; undefined if it was not. */
const goneBefore = (
  {input, moment}: View,
  host: string,
  items: readonly LadderItem[],
): number | undefined => {
  const {trace, pacing} = input;
  const first = items.map((item) =>
    item.kind === 'packet' ? item.id : item.kind === 'burst' ? item.first : 0,
  );
  const id = first.find((each) => each > 0);
  const n = id === undefined ? 0 : packetOf(trace, id).sendEvent;
  const change = lastChange(pacing, host, {n, moment});
  return change?.state === 'CLOSED' ? entryAt(trace, change.event).atUs : undefined;
};

/** Returns the rows in which a host's lifeline is interrupted; if it has ended, they extend to `bottom`. */
export const blanksOf = (
  view: View,
  {cutOff, rows, first}: LadderWindow,
  {onRight, bottom}: {readonly onRight: boolean; readonly bottom: number},
): readonly Blank[] => {
  const host = view.hosts[onRight ? 1 : 0].id;
  // A capture may have several connections, so the end of one does not end the lifeline.
  if (isSeveral(view)) return [];
  const reboots = rebootsIn(view.input.trace).filter(
    (each) => each.host === host && each.event <= view.cursor,
  );
  const blanks: Blank[] = [];
  const all: readonly LadderRow[] = [...cutOff.map((item) => ({item, at: first - 1})), ...rows];
  let gone: {readonly us: number; readonly at: number} | undefined;
  const goneUs = goneBefore(
    view,
    host,
    all.map(({item}) => item),
  );
  if (goneUs !== undefined) gone = {us: goneUs, at: first - 1};
  const isUp = (untilUs: number): boolean =>
    reboots.some(({atUs}) => gone !== undefined && atUs >= gone.us && atUs <= untilUs);
  const goOn = (at: number): void => {
    if (gone) blanks.push({after: gone.at, before: at});
    gone = undefined;
  };
  for (const {item, at} of all) {
    const tells = tellsOf(item, onRight);
    if (isUp(timeOf(item)) || tells === 'there') goOn(at);
    if (tells === 'gone') gone = {us: timeOf(item), at};
  }
  const last = all.at(-1)?.at ?? first;
  if (isUp(Number.POSITIVE_INFINITY)) goOn(last + 1);
  goOn(bottom + 1);
  return blanks;
};
