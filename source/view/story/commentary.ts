// The account's own voice between the beats of a lesson, wherever none of them speaks of the same instant.

import {entryAt} from '../../account/entries.ts';
import {toldIn} from '../../account/told/told.ts';
import {aside, type BoundBeat} from '../../lesson/bound-beat.ts';
import type {Trace} from '../../sim/trace.ts';
import {toldText} from './told-text.ts';

/** `from`: the first event from which on the account tells everything, not only what the path did. @default the first */
export const withCommentary = (trace: Trace, beats: readonly BoundBeat[], from = 1): readonly BoundBeat[] => {
  if (trace.header.profile === 'capture') return beats;
  const narrated = new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );
  const first = beats.reduce((index, beat) => Math.max(index, beat.index + 1), 0);
  const added = toldIn(trace, {from, narrated}).map((told, index) =>
    aside(first + index, told.n, toldText(trace, told)),
  );
  return added.length === 0 ? beats : [...beats, ...added].toSorted((a, b) => a.event - b.event);
};
