// Causes of the script are put into the queue: by their time, or woken by what they wait for.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {type Draft, hostOf} from './draft.ts';
import {enqueue, requeue} from './queue.ts';
import type {TriggerName} from './scenario.ts';
import type {Pending} from './world.ts';

/** Puts a cause into the queue, and keeps the turns of its repetitions, however many they are. */
export const scheduleCause = (
  draft: Draft,
  index: number,
  when: {atUs: number; connection?: ConnectionId},
): void => {
  const {times = 1} = draft.plan.scenario.script[index]?.repeat ?? {};
  const {atUs, ...trigger} = when;
  const pending = {kind: 'cause', index, repetition: 0, ...trigger} as const;
  draft.world = {...draft.world, queue: enqueue(draft.world.queue, atUs, pending, times)};
};

/** Its next repetition goes into the queue as this one leaves it. */
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
  /** What the script calls the thing that it happened to; absent: the name of the connection. */
  readonly named?: string;
  readonly bytes?: [number, number];
  readonly status?: number;
};

const isCalled = (draft: Draft, host: string, name: string, {connection, named}: Happening): boolean =>
  connection === undefined ? named === name : hostOf(draft, host).names.get(name) === connection;

/** Wakes the script's causes that wait for this. */
export const wakeCauses = (draft: Draft, host: string, happening: Happening): void => {
  const {event, connection, bytes, status} = happening;
  draft.plan.scenario.script.forEach(({when}, index) => {
    if (when.kind !== 'on' || when.host !== host || when.event !== event) return;
    if (when.of !== undefined && !isCalled(draft, host, when.of, happening)) return;
    if (when.status !== undefined && when.status !== status) return;
    if (bytes) {
      const [before, after] = bytes;
      const wanted = when.bytes ?? 1;
      if (before >= wanted || after < wanted) return;
    }
    scheduleCause(draft, index, {
      atUs: draft.nowUs + when.afterUs,
      ...(connection === undefined ? {} : {connection}),
    });
  });
};
