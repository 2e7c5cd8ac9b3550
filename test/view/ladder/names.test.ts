// Who stands at the lifelines is called by the whole name where the screen has room for it.
import {expect, test} from 'vitest';
import {hostsOf} from '../../../source/view/ladder/scene-hosts.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {textWidth} from '../../../source/words/width.ts';
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

/** For each name the columns between its middle and its lifeline; half a column of a name of even width counts for nothing. */
const offBy = (row: string, names: readonly string[], lifelines: readonly number[]): readonly number[] => {
  let end = 0;
  return names.map((name, index) => {
    const at = row.indexOf(name, end);
    end = at + name.length;
    const middle = textWidth(row.slice(0, at)) + 1 + (textWidth(name) - 1) / 2;
    return Math.floor(Math.abs(middle - (lifelines[index] ?? 0)));
  });
};

test('a name stands over its lifeline, at most two columns beside it where neighbours need the room', () => {
  for (const {lesson, run} of many) {
    const opened = open({trace: traceOf({lesson, run}), beats: [], source: lesson.id});
    for (const language of languages)
      for (const columns of [80, 90, 100, 110, 120, 200]) {
        const lines = textOf(canvasOf(opened, started({language}), {columns, rows: 40}));
        const names = hostsOf(traceOf({lesson, run}), language).map(({name}) => name);
        if (names.length < 3) continue;
        const lifelines = lines
          .map((line) => [...line.matchAll(/│/g)].map(({index}) => textWidth(line.slice(0, index)) + 1))
          .find((found) => found.length === names.length);
        const off = offBy(lines[2] ?? '', names, lifelines ?? []);
        expect(Math.max(...off), `${lesson.id} ${language} ${columns}`).toBeLessThanOrEqual(2);
      }
  }
});
