// The names of timers: TCP has one of each, and a program's timers begin with their purpose.
import {type Text, worded} from '../lesson/text.ts';
import type {EventOf} from '../sim/trace.ts';
import {appTimers, tcpTimers} from './catalogue/timers.ts';

type AppTimer = Exclude<keyof typeof appTimers, 'attempt' | 'other'>;

const isAppTimer = (name: string): name is AppTimer => name !== 'other' && Object.hasOwn(appTimers, name);

/** Returns the name. `event.timer` begins with its kind; the rest distinguishes timers of the same kind. */
export const timerText = (event: EventOf<'timer' | 'app-timer'>): Text => {
  if (event.kind === 'timer') return tcpTimers[event.name];
  const [kind = ''] = event.timer.split(' ');
  if (event.timer.startsWith('Connection Attempt Delay')) return appTimers.attempt;
  return worded(appTimers[isAppTimer(kind) ? kind : 'other'], {app: event.app.toUpperCase()});
};
