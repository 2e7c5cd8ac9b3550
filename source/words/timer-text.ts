// The names of timers: TCP's timers, of which a connection has one of each kind, and those of applications, which begin with their kind.
import {type Text, worded} from '../lesson/text.ts';
import type {EventOf} from '../sim/trace.ts';
import {appTimers, tcpTimers} from './catalogue/timers.ts';

type AppTimer = Exclude<keyof typeof appTimers, 'attempt' | 'other'>;

const isAppTimer = (name: string): name is AppTimer => name !== 'other' && Object.hasOwn(appTimers, name);

/**
 * Returns the name of a timer of TCP or of an application. The first word of an application's `event.timer` is its kind; the rest tells
 * apart timers of one kind.
 */
export const timerText = (event: EventOf<'timer' | 'app-timer'>): Text => {
  if (event.kind === 'timer') return tcpTimers[event.name];
  const [kind = ''] = event.timer.split(' ');
  if (event.timer.startsWith('Connection Attempt Delay')) return appTimers.attempt;
  return worded(appTimers[isAppTimer(kind) ? kind : 'other'], {app: event.app.toUpperCase()});
};
