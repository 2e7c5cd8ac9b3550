// Who stands at the lifelines is called by the whole name where the screen has room for it.
import {expect, test} from 'vitest';
import {hostsOf} from '../../../source/view/ladder/scene-hosts.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {canvasOf, open, started, textOf} from '../player.ts';

/** More than seven lifelines fold. */
const mostHosts = 7;

const many = allRuns().filter(({lesson, run}, index, all) => {
  const isFirst = all.findIndex((each) => each.lesson.id === lesson.id) === index;
  return isFirst && run.hosts.length > 4 && run.hosts.length <= mostHosts;
});

test('of five and six hosts no name is cut at 120 columns', () => {
  expect(many.length).toBeGreaterThan(2);
  for (const {lesson, run} of many) {
    const trace = traceOf({lesson, run});
    const opened = open({trace, beats: [], source: lesson.id});
    for (const language of languages) {
      const names = hostsOf(trace, language).map(({name}) => name);
      if (names.length < 3) continue;
      for (const columns of [120, 200]) {
        const lines = textOf(
          canvasOf(opened, started({language}), {columns, rows: columns === 120 ? 40 : 60}),
        );
        for (const name of names) expect(lines[2], `${lesson.id} ${columns}`).toContain(name);
      }
    }
  }
});
