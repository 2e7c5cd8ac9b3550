// The packets before a place, for a prompt: whoever is asked has not seen the run.

import {entryAt} from '../account/entries.ts';
import {sentParts} from '../account/packet-parts.ts';
import type {Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {fitting, type PromptPacket, packetLine} from './prompt.ts';

/** At most `most` packets, the last first sent before event `n`, in order of sending; of one connection, where that is named. */
export const packetLines = (
  trace: Trace,
  n: number,
  most: number,
  connection?: string,
): readonly PromptPacket[] => {
  const ways = connection === undefined ? undefined : [connection, farEndOf(connection)];
  const lines: PromptPacket[] = [];
  for (let event = n - 1; event > 0 && lines.length < most; event -= 1) {
    const each = entryAt(trace, event);
    if (each.kind !== 'send' || each.hop > 0 || each.packet < 1 || !each.frame) continue;
    if (ways && !(each.connection && ways.includes(each.connection))) continue;
    lines.unshift(fitting(packetLine(trace, each.packet, sentParts(trace, each))));
  }
  return lines;
};
