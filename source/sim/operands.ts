// What a rule of TCP went by, from the effect that names it and the event that the step was about.
import type {TcpEvent} from '../stack/tcp/effect.ts';
import type {ToldEffect} from '../stack/tcp/turn.ts';
import type {Operands} from './trace.ts';

/** undefined: there is no connection. */
export const operandsIn = (effect: ToldEffect, event: TcpEvent): Operands | undefined => {
  const own = effect.kind === 'send' ? effect.segment : undefined;
  return effect.operands && {...effect.operands, segment: event.kind === 'segment' ? event.segment : own};
};
