// Writes the commentary's sentences on how data flow over a TCP connection.

import type {Facts, Saying} from '../../account/told/facts.ts';
import {theHost, who} from '../../lesson/host-names.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import {timeText} from '../../lesson/value.ts';
import type {Trace} from '../../sim/trace.ts';
import {closing, data, holds, windows} from '../../words/catalogue/told.ts';
import {formatMoment} from '../../words/format.ts';

/** A table with the functions that write the commentary's sentences, by the kind of fact. */
export type Texts = {readonly [Kind in Saying]: (facts: Facts[Kind], trace: Trace) => Text};

export const forgedText = (
  trace: Trace,
  {host, peer, forged}: Pick<Facts['closing'], 'host' | 'peer' | 'forged'>,
): Text | undefined =>
  forged && wordedWithNames(closing.takesFin, {...who(trace, host), peer: theHost(trace, peer), ...forged});

/**
 * Returns the key of the sentence on how data reach the program: `wrong` or `kept` if an altered number puts them in the place of other
 * data, otherwise `earlier` or `now`.
 */
const deliveredHow = ({altered, kept, earlier}: Facts['delivered']): string => {
  if (altered) return kept ? 'kept' : 'wrong';
  return earlier ? 'earlier' : 'now';
};

export const dataTexts = {
  sends: ({host, peer: _, ...facts}, trace) => {
    const {probe, end, seq} = facts;
    return wordedWithNames(data.sends, {
      ...{...who(trace, host), ...facts, wraps: (end ?? seq) < seq},
      // The sentence on a zero-window probe already tells what an answer means, so these parts are left out.
      ...(probe ? {besides: false, end: undefined} : {}),
    });
  },
  outOfOrder: ({host, missing, ...facts}, trace) =>
    wordedWithNames(data.outOfOrder, {
      ...{...who(trace, host), ...facts},
      ...{missing: missing.bytes, seq: missing.seq},
    }),
  finOutOfOrder: ({host, peer, missing, others, forged, ack, again, altered}, trace) =>
    wordedWithNames(data.finOutOfOrder, {
      ...{...who(trace, host), peer: theHost(trace, peer), missing: missing.bytes, seq: missing.seq},
      ...{ack, again, others: others.length, next: others[0]?.seq ?? 0},
      ...{altered, forged: forgedText(trace, {host, peer, forged})},
      more: others.reduce((sum, {bytes}) => sum + bytes, 0),
    }),
  gapFilled: ({host, ...facts}, trace) =>
    wordedWithNames(data.gapFilled, {...who(trace, host), ...facts, wraps: facts.ack < facts.bytes}),
  delivered: ({host, ...facts}, trace) =>
    wordedWithNames(data.delivered, {
      ...who(trace, host),
      ...facts,
      how: deliveredHow({host, ...facts}),
      wraps: (facts.ack ?? facts.bytes) < facts.bytes,
    }),
  cameTwice: ({host, peer, by, ...facts}, trace) =>
    wordedWithNames(data.cameTwice, {
      ...{...who(trace, host), peer: theHost(trace, peer), ...facts},
      ...{second: by?.second, behind: by?.behind},
    }),
  allAcknowledged: ({host, ack, anew, over}, trace) =>
    wordedWithNames(data.allAcknowledged, {
      ...{...who(trace, host), ack, anew, cwnd: over?.cwnd ?? 0},
      ...{timer: over?.timer === true, took: over && timeText(over.tookUs)},
    }),
  repaired: ({host, sinceUs, ...facts}, trace) =>
    wordedWithNames(data.repaired, {...who(trace, host), ...facts, took: timeText(sinceUs)}),
  grows: ({host, how, cwnd, size, agoUs}, trace) =>
    wordedWithNames(data.grows, {
      ...{...who(trace, host), how, size, ago: timeText(agoUs)},
      more: cwnd === size ? undefined : cwnd,
    }),
  released: ({host, sinceUs, fromUs, ...facts}, trace) => {
    const [since, from] = [sinceUs, fromUs].map(formatMoment);
    return wordedWithNames(data.released, {
      ...{...who(trace, host), ...facts, since: since ?? ''},
      from: from === since ? undefined : from,
    });
  },
  windowShut: ({host, peer, waits}, trace) =>
    wordedWithNames(windows.shut, {...who(trace, host), peer: theHost(trace, peer), waits}),
  asksForWindow: ({host, data, atUs}, trace) =>
    wordedWithNames(windows.persist, {...who(trace, host), data, at: formatMoment(atUs)}),
  probes: ({host, dueUs}, trace) =>
    wordedWithNames(windows.probes, {
      ...who(trace, host),
      due: dueUs === undefined ? undefined : formatMoment(dueUs),
    }),
  windowOpens: ({host, bytes}, trace) => wordedWithNames(windows.opens, {...who(trace, host), bytes}),
  holds: ({host, why, untilUs, ...facts}, trace) =>
    wordedWithNames(holds[why], {
      ...who(trace, host),
      ...facts,
      until: untilUs === undefined ? undefined : formatMoment(untilUs),
    }),
  delaysAck: ({host, untilUs, hurry}, trace) =>
    wordedWithNames(holds.ack, {...who(trace, host), until: formatMoment(untilUs), hurry}),
  gathersAcks: ({host, untilUs}, trace) =>
    wordedWithNames(holds.acks, {...who(trace, host), until: formatMoment(untilUs)}),
  delayOver: ({host, ack, gathered}, trace) => {
    const facts = {...who(trace, host), ack};
    return gathered ? wordedWithNames(holds.acksOver, facts) : wordedWithNames(holds.ackOver, facts);
  },
  keepAlive: ({host, peer, nth}, trace) =>
    wordedWithNames(windows.keepAlive, {...who(trace, host), peer: theHost(trace, peer), nth}),
} satisfies Partial<Texts>;
