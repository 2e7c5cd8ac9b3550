// The network on the first page of a lesson: hosts that stand there are called by words, not by the names of the file.
import {expect, test} from 'vitest';
import type {Stop} from '../../../source/view/opening/network.ts';
import {openingPage} from '../../../source/view/opening/opening.ts';
import {allLessons} from '../../helpers/all-runs.ts';

const stopsFrom = (stop: Stop): readonly Stop[] => [stop, ...stop.beyond.flatMap(stopsFrom)];

test('a router has a name in Chinese, too', () => {
  const unnamed = allLessons().flatMap((lesson) => {
    const [run = expect.fail()] = lesson.runs;
    const network = openingPage(lesson, run, [])?.network;
    return (network ? stopsFrom(network) : [])
      .filter(({address, called}) => address === '' && !/[\u4e00-\u9fff]/.test(called.zh))
      .map(({called}) => `${lesson.id}: ${called.zh}`);
  });
  expect(unnamed).toEqual([]);
});
