// Each text of a run that goes its own way can be read: of two at one place of the viewing time the player shows the last one alone.
import {expect, test} from 'vitest';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {pacing as pacingOf} from '../../../source/view/time/pacing.ts';
import {placeOf} from '../../../source/view/time/waypoints.ts';
import {signed} from '../../helpers/all-runs.ts';
import {divergedRuns, toldRuns, tracedWith} from '../../helpers/diverged.ts';
import {runs, seed} from '../../helpers/seeds.ts';

test('no two texts stand at one place', () => {
  const unread = divergedRuns(toldRuns(), runs(60, 6), seed).flatMap((each) => {
    const trace = tracedWith(each);
    const {beats} = bindBeats(signed(each.lesson), each.run.name, trace);
    const pacing = pacingOf(trace);
    const texts = withCommentary(trace, beats).flatMap((beat) =>
      beat.kind === 'narration' ? [{place: placeOf(pacing, beat), en: beat.say.en}] : [],
    );
    return texts
      .filter(({place}, index) => texts[index + 1]?.place === place)
      .map(({en}) => `${each.name}, ${JSON.stringify(each.fault)}: ${en}`);
  });
  expect(unread).toEqual([]);
});
