// Timers by name: those of TCP are one each, those of a program begin with what they are for.
import {type Text, worded} from '../lesson/text.ts';
import type {EventOf} from '../sim/trace.ts';
import {appTimers, tcpTimers} from './catalogue/timers.ts';

type AppTimer = Exclude<keyof typeof appTimers, 'attempt' | 'other'>;

const isAppTimer = (name: string): name is AppTimer => name !== 'other' && Object.hasOwn(appTimers, name);

/** `event.timer` begins with its kind; what follows tells it from others of that kind. */
export const timerText = (event: EventOf<'timer' | 'app-timer'>): Text => {
  if (event.kind === 'timer') return tcpTimers[event.name];
  const [kind = ''] = event.timer.split(' ');
  if (event.timer.startsWith('Connection Attempt Delay')) return appTimers.attempt;
  return worded(appTimers[isAppTimer(kind) ? kind : 'other'], {app: event.app.toUpperCase()});
};
