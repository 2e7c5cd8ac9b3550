// What *Why?* says is held back at an instant, by which rule, and since when.
import {heldAt} from '../../account/held.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {whySceneWhySentences} from '../../words/catalogue/panels.ts';
import {formatTime} from '../../words/format.ts';
import type {View} from '../view.ts';

/** The last packet that leaves in the instant: behind it the rest of the data waits. */
const lastSent = (instant: readonly TraceEvent[], {host, connection}: TraceEvent): number | undefined => {
  const sent = instant.findLast(
    (each) => each.kind === 'send' && each.host === host && each.connection === connection,
  );
  return sent?.kind === 'send' ? sent.packet : undefined;
};

/** Of the connection that the instant is about: an arrival does not name it, what it brings about does. */
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
  // Behind a packet that another one follows nothing has held that back.
  const isFollowed = event.kind === 'send' && event.packet !== after;
  const held = heldAt(input.trace, about).filter(({what}) => what === 'ack' || !isFollowed);
  return held.map(({what, because, sinceUs, bytes}) =>
    whySceneWhySentences.held[language]({
      what: what === 'data' && bytes === 0 ? 'fin' : what,
      bytes,
      after,
      since: formatTime(sinceUs),
      step: (because && input.rule(because)?.step[language]) ?? because ?? '',
    }),
  );
};
