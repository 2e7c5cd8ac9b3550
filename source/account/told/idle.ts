// Why a server closes of its own accord: no request has come on that connection for as long as it waits for one (RFC 9112 §9.5).
import type {TraceEvent} from '../../sim/trace.ts';
import type {Moment} from './memory.ts';

/** How long it has waited; undefined: something else makes it close. */
export const idleUs = ({events, memory}: Moment, {host, connection}: TraceEvent): number | undefined => {
  const isIdle = events.some(
    (event) => event.connection === connection && event.because === '9112:9.5/idle/close',
  );
  const timer = events.find(
    (event) => event.kind === 'app-timer' && event.op === 'fire' && event.timer === `idle ${connection}`,
  );
  if (!isIdle || timer?.kind !== 'app-timer') return undefined;
  const set = memory.running(`${host} app`, timer.timer);
  return set && timer.atUs - set.armedUs;
};
