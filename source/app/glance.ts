// Opens a run at a single instant, to be looked at and left again: the contradiction of a belief, or the proof of an answer in an
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
  /** The text to show at that instant instead of the lesson's; undefined to keep the lesson's. */
  readonly text: Text | undefined;
  readonly note?: Text | undefined;
};

/** Returns the narration of a lesson's run without its questions, with `text` at the event instead of the lesson's. */
const told = (opened: Opened, {event, text, note}: Glance): readonly BoundBeat[] => {
  const {trace, beside, lesson} = opened;
  const {instant} = entryAt(trace, event);
  const narrated = beatsIn(opened).filter(({kind}) => kind === 'narration');
  const isHere = (beat: BoundBeat): boolean =>
    text !== undefined && beat.event !== 0 && entryAt(trace, beat.event).instant === instant;
  const instead = narrated.filter(isHere);
  const index = (lesson?.beats.length ?? 0) + (beside?.asides.length ?? 0);
  // The lesson's own text is replaced, but the values that it points to here are still shown, because they prove the new text, too.
  const show = instead.flatMap((beat) => [...beat.show]);
  const here: readonly BoundBeat[] = text
    ? [{...aside(index, event, text), show, panels: instead.at(-1)?.panels, ...(note ? {note} : {})}]
    : [];
  const others = narrated.filter((beat) => !isHere(beat));
  return [...others, ...here].toSorted((a, b) => a.event - b.event);
};

/** Returns the run opened at that instant, without the offers of other runs, comparisons and checks. */
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
