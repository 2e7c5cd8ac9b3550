// Wakes an application because of something in a lower layer. The application runs at the same time, but in an instant of its own.
import type {AppName} from './app-name.ts';
import type {AppEvent} from './apps.ts';
import {type Draft, hostOf, schedule} from './draft.ts';
import type {Arrived} from './world.ts';

export const wakeApp = (
  draft: Draft,
  host: string,
  app: AppName,
  {
    event,
    arrived,
    by,
  }: {readonly event: AppEvent; readonly arrived?: Arrived; readonly by?: number | undefined},
): void =>
  schedule(draft, draft.nowUs, {
    kind: 'app',
    host,
    app,
    event,
    boot: hostOf(draft, host).boot,
    ...(arrived ? {arrived} : {}),
    ...(by === undefined ? {} : {by}),
  });
