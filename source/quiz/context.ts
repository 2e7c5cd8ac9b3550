// The packets before a place, as lines of a prompt: whoever is asked has not seen the run.

import {entryAt} from '../account/entries.ts';
import {partsText, plainHand} from '../account/notation.ts';
import {packetOf} from '../account/packet.ts';
import {sentParts} from '../account/packet-parts.ts';
import {madeOf, type Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';

const widest = 70;

/** What is in a segment gives way to its numbers. */
const cut = (lines: readonly string[]): string => {
  const fitting = lines.find(({length}) => length <= widest) ?? lines.at(-1) ?? '';
  return fitting.length > widest ? `${fitting.slice(0, widest - 1)}…` : fitting;
};

/** At most `most` packets, the last first sent before event `n`, in order of sending; of one connection, where that is named. */
export const packetLines = (
  trace: Trace,
  n: number,
  most: number,
  connection?: string,
): readonly string[] => {
  const ways = connection === undefined ? undefined : [connection, farEndOf(connection)];
  const lines: string[] = [];
  for (let event = n - 1; event > 0 && lines.length < most; event -= 1) {
    const each = entryAt(trace, event);
    if (each.kind !== 'send' || each.hop > 0 || each.packet < 1 || !each.frame) continue;
    if (ways && !(each.connection && ways.includes(each.connection))) continue;
    const {from, to} = packetOf(trace, each.packet);
    const parts = sentParts(trace, each);
    const forms = [parts, parts.filter(({kind}) => kind !== 'tls')];
    const told = forms.map((form) => `${each.packet}  ${from} → ${to}  ${partsText(form, plainHand)}`);
    lines.unshift(`  ${cut(told)}`);
  }
  return lines;
};

/** A question below the packets that lead to it. */
export const after = (lines: readonly string[], asked: Text): Text =>
  madeOf([asked], (language) => [...lines, asked[language]].join('\n'));
