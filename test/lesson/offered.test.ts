// What the end of a lesson offers: no run twice under two names.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {offeredRuns, runTitle} from '../../source/app/other-runs.ts';
import {worded} from '../../source/lesson/text.ts';
import {besideText} from '../../source/words/catalogue/forks.ts';
import {textWidth} from '../../source/words/width.ts';
import {allLessons, lessonNamed} from '../helpers/all-runs.ts';
import {root} from '../helpers/root.ts';

test('no two of them have one title, in either language', () => {
  const twice = allLessons().flatMap((lesson) => {
    const [run = expect.fail()] = lesson.runs;
    const titles = offeredRuns(lesson, run.name).flatMap(({title}) => [`en ${title.en}`, `zh ${title.zh}`]);
    return titles.filter((title, place) => titles.indexOf(title) < place);
  });
  expect(twice).toEqual([]);
});

test('a what-if that changes nothing of a run stands for it', () => {
  const lesson = lessonNamed('half-open');
  const offered = offeredRuns(lesson, lesson.runs[0]?.name ?? '').map(({title}) => title.en);
  expect(offered).toContain('A NAT forgets the idle connection');
  expect(offered).not.toContain('A NAT forgets');
});

test('none of them is called by the letter of another: who reads it there does not know what that was', () => {
  const called = allLessons().flatMap((lesson) => {
    const [run = expect.fail()] = lesson.runs;
    return offeredRuns(lesson, run.name).flatMap(({name, title}) => {
      const own = lesson.runs.find((each) => each.name === name)?.lettered?.title ?? title;
      return /(?<![\w-])[A-J](?![\w-])/.test(own.zh) ? [`${lesson.id}: ${own.zh}`] : [];
    });
  });
  expect(called).toEqual([]);
});

test('a run has a letter only where the lesson speaks of its runs by letter', () => {
  const needless = allLessons().flatMap(({id, file, runs}) =>
    runs.some(({lettered}) => lettered) &&
    !/(?:[Rr]uns?|[Cc]ase) [A-J]\b/.test(readFileSync(join(root, file), 'utf8'))
      ? [id]
      : [],
  );
  expect(needless).toEqual([]);
});

/** What a row of the closing page has for them on 80 columns: behind "Questions" and its gap. */
const room = 63;

test.each(['en', 'zh'] as const)('%s: each of them has room in a row of 80 columns', (language) => {
  const long = allLessons().flatMap((lesson) => {
    const [run = expect.fail()] = lesson.runs;
    const pair = (lesson.together ?? []).flatMap((name) => lesson.runs.filter((each) => each.name === name));
    const [a, b] = pair.map((each) => runTitle(lesson, each));
    const beside = a && b ? [worded(besideText, {a, b})] : [];
    return [...offeredRuns(lesson, run.name).map(({title}) => title), ...beside].flatMap((title) =>
      textWidth(title[language]) > room ? [`${lesson.id}: ${title[language]}`] : [],
    );
  });
  expect(long).toEqual([]);
});
