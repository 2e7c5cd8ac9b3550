// Chooses what the key `w` asks *Why?* about: the question just answered, or else the row under the cursor of the focused panel, or else
// the selected packet, or else the event at the present place.
import {subjectOf} from '../../account/causes.ts';
import {focusedOf} from '../arrange.ts';
import {lastSeen} from '../seen.ts';
import type {Subject} from '../subject.ts';
import {explainedAt} from '../time/waypoints.ts';
import {newestPacket, toldPacket, type View} from '../view.ts';
import {firstDepth, tellsMore, whyAbout} from './answer.ts';
import {nothingToTell, type Why} from './scene-why.ts';

const underCursor = (view: View): Subject | undefined => {
  const focused = focusedOf(view);
  return focused?.subject?.(view, view.input.playback.own[focused.name] ?? focused.start);
};

const placeSubject = (view: View): Subject | undefined => {
  const {playback, trace} = view.input;
  const {packet} = playback.selection;
  if (playback.why?.event !== undefined) return {kind: 'event', event: playback.why.event};
  if (packet !== undefined && packet <= (newestPacket(view) ?? 0)) return {kind: 'packet', packet};
  const explained = explainedAt(view.input, playback);
  if (explained && tellsMore(view, explained.index)) return {kind: 'question', beat: explained.index};
  // A beginner asks about the packet that the narration describes, not about the state that changes with it.
  const told = playback.plainFirst ? toldPacket(view) : undefined;
  if (told !== undefined) return {kind: 'packet', packet: told};
  const event = subjectOf(trace, lastSeen(view));
  return event === undefined ? undefined : {kind: 'event', event};
};

export const whyAsked = (view: View): Why => {
  const {why, event, gate, plainFirst} = view.input.playback;
  // True if the reader has followed `<` or `>` from the subject of *Why?* to another event.
  const isLed = why?.event !== undefined && why.event !== event;
  const asked = gate?.replied ? ({kind: 'question', beat: gate.beat} as const) : underCursor(view);
  const subject = (isLed ? undefined : asked) ?? placeSubject(view);
  if (subject === undefined) return nothingToTell(view);
  const full = whyAbout(view, subject);
  return plainFirst && !why?.deep ? firstDepth(full) : full;
};
