// The TCP timers that run at an instant, each with the time until it expires.

import {armedAt} from '../../account/causes.ts';
import {worldAt} from '../../account/entries.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {TimerName} from '../../stack/tcp/effect.ts';
import {timerWords} from '../../words/catalogue/panels.ts';
import type {LadderItem} from '../ladder/ladder-item.ts';
import {at, momentOf} from '../time/pace.ts';
import type {View} from '../view.ts';

export type SceneTimer = {
  readonly host: string;
  readonly name: string;
  readonly leftUs: number;
  /** The time in µs between the start of the timer and its expiry. */
  readonly wholeUs: number;
  /**
   * True if the ladder shows the timer as well. It shows a retransmission or loss probe timer only if a segment was lost since its start,
   * or if it has expired before.
   */
  readonly inLadder: boolean;
};

const names: {readonly [name in TimerName]?: string | Text} = {
  '2MSL': '2 MSL',
  'delayed-ACK': timerWords.delayedAck,
  'keep-alive': timerWords.keepAlive,
  reordering: 'RACK',
  user: timerWords.user,
};

/** Returns a timer's name in the reader's language. */
const timerText = (timer: TimerName, language: Language): string => {
  const name = names[timer] ?? timer;
  return typeof name === 'string' ? name : name[language];
};

const timerOrder: readonly TimerName[] = [
  'RTO',
  'TLP',
  'reordering',
  'delayed-ACK',
  '2MSL',
  'FIN-WAIT-2',
  'persist',
  'keep-alive',
  'user',
  'connect',
];

/** Returns the TCP timer whose title on the screen, in any language, is `title`; undefined if there is none. */
export const timerOf = (title: string): TimerName | undefined =>
  timerOrder.find((name) => {
    const called = names[name] ?? name;
    return typeof called === 'string' ? called === title : Object.values(called).includes(title);
  });

/** A running TCP timer. `startUs` searches its start only when called, because most timers are not shown. */
type Running = {readonly startUs: () => number; readonly dueUs: number};

/**
 * Tells whether the ladder shows a TCP timer. A retransmission or loss probe timer is shown if a segment was lost since its start or if it
 * has expired before; other timers are always shown.
 */
const matters = (
  name: TimerName,
  tcb: Connection,
  items: readonly LadderItem[],
  {startUs}: Running,
): boolean =>
  (name !== 'RTO' && name !== 'TLP') ||
  tcb.retries > 0 ||
  items.some((item) => item.kind === 'packet' && item.status === 'lost' && item.dueUs >= startUs());

const timerNames = (tcb: Connection): TimerName[] =>
  timerOrder.filter((name) => tcb.timers[name] !== undefined);

/**
 * Returns a function that tells whether a running timer would reveal the answer to an open question for a time, by its expiry or its
 * length.
 */
const tellsAnswer =
  ({hidden, input: {pacing}, nowUs}: View) =>
  ({startUs, dueUs}: Running): boolean =>
    hidden.some(({choices, event, hides}) => {
      if (!hides?.fields.includes('time')) return false;
      const right = choices.find(({correct}) => correct)?.value;
      const isAnswer = [dueUs, dueUs - nowUs, dueUs - startUs()].some((us) => us === right);
      return isAnswer || (hides.timed === true && dueUs === at(pacing.atUs, momentOf(pacing, event)));
    });

export const timersOf = (view: View, items: readonly LadderItem[]): SceneTimer[] => {
  const {trace} = view.input;
  const world = worldAt(trace, view.cursor);
  if (!world) return [];
  const timers: SceneTimer[] = [];
  const tells = tellsAnswer(view);
  const told = new Set<string>();
  for (const host of view.hosts)
    for (const tcb of world.hosts[host.id]?.tcp.connections.values() ?? [])
      for (const name of timerNames(tcb)) {
        const dueUs = tcb.timers[name] ?? 0;
        const startUs = (): number =>
          armedAt(trace, view.cursor, {connection: tcb.id, name, dueUs})?.atUs ?? dueUs - tcb.rtoUs;
        const running: Running = {startUs, dueUs};
        const called = timerText(name, view.language);
        if (tells(running)) told.add(`${host.id} ${called}`);
        timers.push({
          host: host.id,
          name: called,
          leftUs: Math.max(0, dueUs - view.nowUs),
          get wholeUs() {
            return Math.max(1, dueUs - startUs());
          },
          inLadder: matters(name, tcb, items, running),
        });
      }
  // If two timers of one name started at nearly the same time, only one of them is shown.
  return timers.filter(({host, name}) => !told.has(`${host} ${name}`));
};
