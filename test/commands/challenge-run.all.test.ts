// A challenge is the lesson's first run; the others show what it asks for, so they may be altered like any run.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {openLesson} from '../../source/app/open-lesson.ts';
import {loadLesson} from '../../source/lesson/load.ts';

const file = new URL('../../lessons/tcp-close/state-machine.yaml', import.meta.url);
const loaded = loadLesson(readFileSync(file, 'utf8'), 'state-machine.yaml');
const lesson = loaded.ok ? loaded.value : expect.fail('cannot be read');

test.each(lesson.runs.map(({name}, index) => ({name, first: index === 0})))(
  '$name is to be solved: $first',
  async ({name, first}) => {
    const opened = await openLesson(lesson, {run: name});
    if (!opened.ok) expect.fail('cannot be opened');
    const {solving, again} = opened.value;
    expect({solving: solving !== undefined, again: again !== undefined}).toEqual({
      solving: first,
      again: !first,
    });
  },
);
