// Shows a run at one instant, which the reader looks at and leaves: the contradiction of a belief, or the proof of an answer in an
// interview.

import {entryAt} from '../account/entries.ts';
import {lessonData} from '../io/lessons.ts';
import {aside, type BoundBeat} from '../lesson/bound-beat.ts';
import type {Text} from '../lesson/text.ts';
import type {OpenedRun} from '../ui/opened-run.ts';
import {beatsIn, type Opened} from './opened.ts';
import {playable} from './playable.ts';

type Glance = {
  readonly event: number;
  readonly runTitle: Text;
  /** The text at that instant, in place of the lesson's; undefined if the lesson's stays. */
  readonly text: Text | undefined;
  readonly note?: Text | undefined;
};

/** Returns the lesson's narration without its questions, with the given text at that instant. */
const told = (opened: Opened, {event, text, note}: Glance): readonly BoundBeat[] => {
  const {trace, beside, lesson} = opened;
  const {instant} = entryAt(trace, event);
  const narrated = beatsIn(opened).filter(({kind}) => kind === 'narration');
  const isHere = (beat: BoundBeat): boolean =>
    text !== undefined && beat.event !== 0 && entryAt(trace, beat.event).instant === instant;
  const instead = narrated.filter(isHere);
  const index = (lesson?.beats.length ?? 0) + (beside?.asides.length ?? 0);
  // The text differs, but the values to which the lesson points here also prove it.
  const show = instead.flatMap((beat) => [...beat.show]);
  const here: readonly BoundBeat[] = text
    ? [{...aside(index, event, text), show, panels: instead.at(-1)?.panels, ...(note ? {note} : {})}]
    : [];
  const others = narrated.filter((beat) => !isHere(beat));
  return [...others, ...here].toSorted((a, b) => a.event - b.event);
};

/** Returns the run at that instant, with nothing else on offer. */
export const glanceAt = (opened: Opened, glance: Glance): OpenedRun => {
  const {beside, again} = opened;
  const alone: Opened = {
    ...opened,
    beats: told(opened, glance),
    ...(beside ? {beside: {...beside, asides: [], offered: []}} : {}),
    ...(again ? {again: {...again, together: undefined}} : {}),
  };
  const {event, runTitle} = glance;
  return {...playable(alone, lessonData()), runTitle, glance: true, check: undefined, at: {event}};
};
