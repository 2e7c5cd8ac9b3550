// Tells *Why?* what TCP holds back at an instant (data, an ACK or a FIN), by which rule, and since when.
import {connectionAt, ofKind} from '../../account/entries.ts';
import {heldAt} from '../../account/held-back.ts';
import {keptBy} from '../../sim/operands.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {seqDiff} from '../../wire/seq.ts';
import {whySceneWhySentences} from '../../words/catalogue/panels.ts';
import {formatTime} from '../../words/format.ts';
import type {View} from '../view.ts';

/**
 * Returns the last packet that a connection sends at the instant, after which the rest of the data has to wait; undefined if it sends none.
 */
const lastSent = (
  instant: readonly TraceEvent[],
  {host, connection}: TraceEvent,
): EventOf<'send'> | undefined =>
  ofKind(instant, 'send').findLast((each) => each.host === host && each.connection === connection);

/**
 * Returns how many segments are in flight if their number fills cwnd, though it has room for more bytes; undefined otherwise. A window that
 * counts segments, as that of Linux does, may be full of small segments.
 */
const segmentsThatFill = (trace: Trace, about: TraceEvent, last: number): number | undefined => {
  const tcb = connectionAt(trace, last, about);
  if (!tcb) return undefined;
  const {retransmissionQueue, flight, cwnd, mss, snd} = tcb;
  const away = retransmissionQueue.length - flight.sacked - flight.lost + flight.resent;
  const isRoomy = seqDiff(snd.nxt, snd.una) + mss <= cwnd;
  return isRoomy && away >= Math.floor(cwnd / mss) ? away : undefined;
};

/**
 * Returns sentences on what the TCP connection of an event holds back at this instant. An arrival does not name its connection, but another
 * event of the instant does.
 */
export const heldTexts = (
  view: View,
  event: TraceEvent,
  instant: readonly TraceEvent[],
): readonly string[] => {
  const {language, input} = view;
  const about = event.connection
    ? event
    : instant.find(({host, connection}) => host === event.host && connection !== undefined);
  if (!about) return [];
  const after = lastSent(instant, about);
  // If the connection sends more packets at this instant, data are not yet held back when this one is sent.
  const isFollowed = event.kind !== 'arrive' && after !== undefined && after.n > event.n;
  const held = heldAt(input.trace, about).filter(({what}) => what === 'ack' || !isFollowed);
  return held.map(({what, because, sinceUs, bytes}) =>
    whySceneWhySentences.held[language]({
      what: what === 'data' && bytes === 0 ? 'fin' : what,
      bytes,
      after: after?.packet,
      since: formatTime(sinceUs),
      segments:
        keptBy(because) === 'cwnd'
          ? segmentsThatFill(input.trace, about, instant.at(-1)?.n ?? event.n)
          : undefined,
      step: (because && input.rule(because)?.step[language]) ?? because ?? '',
    }),
  );
};
