// What the end of a lesson offers to play: nothing twice, though a what-if and a run may have other names and titles.
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {readLesson} from '../../scripts/lesson-files.ts';
import {offeredRuns} from '../../source/app/other-runs.ts';

test('a run that a what-if plays is offered as the what-if alone', () => {
  const path = fileURLToPath(new URL('../../lessons/tcp-open/handshake.yaml', import.meta.url));
  const read = readLesson(path, 'handshake');
  if (!read.ok) throw new Error('unreadable');
  expect(read.value.runs.map(({name}) => name)).toEqual(['base', 'data-in-syn']);
  expect(offeredRuns(read.value, 'base').map(({title}) => title.en)).toEqual(
    read.value.whatIfs.map(({title}) => title.en),
  );
});
