// Queues the causes of a lesson's script: at their time, or when the event happens that they wait for.

import type {ConnectionId} from '../stack/tcp/effect.ts';
import {byKey} from '../wire/grouped.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Draft, hostOf} from './draft.ts';
import {enqueue, requeue} from './queue.ts';
import type {Cause, TriggerName} from './scenario.ts';
import type {Pending} from './world.ts';

/** Queues a cause of the script, and reserves places in the queue for all its repetitions. */
export const scheduleCause = (
  draft: Draft,
  index: number,
  when: {atUs: number; connection?: ConnectionId},
): void => {
  const {times = 1} = draft.plan.scenario.script[index]?.repeat ?? {};
  const {atUs, ...trigger} = when;
  const pending = {kind: 'cause', index, repetition: 0, ...trigger, cause: draft.cause} as const;
  draft.world = {...draft.world, queue: enqueue(draft.world.queue, atUs, pending, times)};
};

/** Queues the next repetition of a cause of the script, in its reserved place, when this one is performed. */
export const scheduleAgain = (
  draft: Draft,
  pending: Extract<Pending, {kind: 'cause'}>,
  order: number,
): void => {
  const {times, everyUs} = draft.plan.scenario.script[pending.index]?.repeat ?? {times: 1, everyUs: 0};
  const repetition = pending.repetition + 1;
  if (repetition >= times) return;
  const next = {...pending, repetition};
  draft.world = {...draft.world, queue: requeue(draft.world.queue, draft.nowUs + everyUs, next, order + 1)};
};

type Happening = {
  readonly event: TriggerName;
  readonly connection?: ConnectionId;
  /** The script's name of the application's call that was answered; absent for events of a connection, which has a name of its own. */
  readonly named?: string;
  readonly bytes?: [number, number];
  readonly status?: number;
};

const isCalled = (draft: Draft, host: string, name: string, {connection, named}: Happening): boolean =>
  connection === undefined ? named === name : hostOf(draft, host).names.get(name) === connection;

type Waiting = Extract<Cause['when'], {kind: 'on'}> & {readonly index: number};

/** Returns the causes of the script that wait for an event, by host and event. */
const waitingIn = oncePer((script: readonly Cause[]): ReadonlyMap<string, readonly Waiting[]> => {
  const waiting = script.flatMap(({when}, index) => (when.kind === 'on' ? [{...when, index}] : []));
  return byKey(waiting, ({host, event}) => `${host} ${event}`);
});

/** Queues the causes of the script that wait for this event of a host, each after its delay. */
export const wakeCauses = (draft: Draft, host: string, happening: Happening): void => {
  const {event, connection, bytes, status} = happening;
  for (const when of waitingIn(draft.plan.scenario.script).get(`${host} ${event}`) ?? []) {
    if (when.of !== undefined && !isCalled(draft, host, when.of, happening)) continue;
    if (when.status !== undefined && when.status !== status) continue;
    if (bytes) {
      const [before, after] = bytes;
      const wanted = when.bytes ?? 1;
      if (before >= wanted || after < wanted) continue;
    }
    scheduleCause(draft, when.index, {
      atUs: draft.nowUs + when.afterUs,
      ...(connection === undefined ? {} : {connection}),
    });
  }
};
