// 200×60: the list of packets has columns for its words, also beside another panel, in every lesson.
import {expect, test} from 'vitest';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {arrange} from '../../../source/view/arrange.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {allLessons, traceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {canvasOf, open, sceneOf, started} from '../player.ts';

const size = {columns: 200, rows: 60};
const instants = 8;

test.each(some(allLessons(), 3).map((lesson) => ({id: lesson.id, lesson})))(
  '$id',
  {timeout: 120_000},
  ({lesson}) => {
    const [run = expect.fail()] = lesson.runs;
    const trace = traceOf({lesson, run});
    const {beats} = bindBeats(lesson, run.name, trace);
    const opened = {...open({trace, beats, title: lesson.title}), track: lesson.track};
    const answers = Object.fromEntries(beats.map(({index}) => [index, 'skipped' as const]));
    const {viewMs} = opened.pacing;
    const every = Math.ceil(viewMs.length / instants);
    for (const place of [...viewMs].filter((_, index) => index % every === every - 1))
      for (const language of languages) {
        const state = started({viewMs: place, language, answers});
        const {placed} = arrange(sceneOf(opened, state).view, size);
        const list = placed.find(({panel}) => panel.name === 'list');
        if (list === undefined) continue;
        const {row, rows, column} = list.region;
        const shown = canvasOf(opened, state, size)
          .lines()
          .slice(row - 1, row - 1 + rows)
          .map((line) => line.map(({text}) => text).join(''))
          .join('\n');
        expect(shown, `${column}, ${language}`).not.toContain('…');
      }
  },
);
