// What the path does to a packet besides losing and delaying it.

import type {PacketRecord, Trace} from '../sim/trace.ts';
import {tamperingWith} from './tampered.ts';

export type Treatment = 'reordered' | 'copied' | 'edited';

/** Faults are texts that begin with their kind. What an attacker writes over is as it was until then. */
export const treatmentOf = (
  trace: Trace,
  {id, sendEvent}: PacketRecord,
  cursor = trace.length,
): Treatment | undefined => {
  const send = trace.event(sendEvent);
  const tampering = tamperingWith(trace, id);
  if (tampering && tampering.event <= cursor) return 'edited';
  const has = (kind: RegExp): boolean =>
    send.kind === 'send' && send.faults.some((fault) => kind.test(fault));
  if (has(/^(edit|corrupt)/)) return 'edited';
  if (has(/^dup/)) return 'copied';
  return has(/^reorder/) ? 'reordered' : undefined;
};
