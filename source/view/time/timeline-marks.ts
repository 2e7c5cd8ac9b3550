// What of a run can have a place on its timeline: of thousands of marks a screen shows no more than it has columns.
import {oncePer} from '../../wire/once-per.ts';
import {at, type Gap, type Mark, type Pacing} from './pace.ts';

type Shown = {readonly marks: readonly Mark[]; readonly gaps: readonly Gap[]};

/** Finer than any screen's columns. */
const parts = 1000;

/** Of marks of one kind in the same part of the timeline the first stands for all; so fine a gap has no column. */
const thinned = ({scaleMs, moments, marks, gaps}: Pacing): Shown => {
  const partMs = at(scaleMs, moments - 1) / parts;
  const newest = new Map<Mark['kind'], number>();
  return {
    marks: marks.filter(({kind, moment}) => {
      const part = Math.floor(at(scaleMs, moment) / partMs);
      if (newest.get(kind) === part) return false;
      newest.set(kind, part);
      return true;
    }),
    gaps: gaps.filter(({moment}) => at(scaleMs, moment + 1) - at(scaleMs, moment) >= partMs),
  };
};

/** Both in the order of moments, and of a short run all. */
export const shownMarks = oncePer((pacing: Pacing): Shown => {
  const {marks, gaps} = pacing;
  return marks.length + gaps.length > parts ? thinned(pacing) : {marks, gaps};
});
