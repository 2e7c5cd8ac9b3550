// What the search offers to open does open: of every place the run is made once, and the command's place in it is found.
import {expect, test} from 'vitest';
import {findables} from '../../source/app/findables.ts';
import {openLesson} from '../../source/app/open-lesson.ts';
import {parsedPlace} from '../../source/app/place.ts';
import {searchDesk} from '../../source/app/search-desk.ts';
import {compiledLesson} from '../../source/io/lessons.ts';
import type {Place} from '../../source/lesson/search-page.ts';
import {formatDuration} from '../../source/sim/fault-text.ts';
import {few} from '../helpers/seeds.ts';

const {all} = findables();

const places = new Map<string, Place[]>();
for (const {opens} of all) {
  if (opens === undefined) continue;
  const run = `${opens.lesson} ${opens.run ?? ''}`;
  places.set(run, [...(places.get(run) ?? []), opens]);
}

test('every command opens its run, and finds its place there', {timeout: 600_000}, async () => {
  expect(places.size).toBeGreaterThan(150);
  for (const [name, found] of places) {
    const [{lesson: id, run} = {lesson: ''}] = found;
    const lesson = compiledLesson(id);
    const opened = lesson && (await openLesson(lesson, run === undefined ? {} : {run}));
    expect(opened?.ok, name).toBe(true);
    if (!opened?.ok) continue;
    const {trace, argument} = opened.value;
    for (const {event, atUs} of found) {
      if (atUs === undefined || event === undefined) continue;
      expect(event, name).toBeLessThanOrEqual(trace.length);
      expect(parsedPlace(formatDuration(atUs), trace, argument), `${name} ${atUs}`).toEqual({
        ok: true,
        value: {us: atUs},
      });
    }
  }
});

test('enter opens what is found at its event', {timeout: 600_000}, async () => {
  for (const found of few(
    all.filter(({opens}) => opens !== undefined),
    40,
  )) {
    const opened = await searchDesk.openFound(found);
    expect('run' in opened && opened.run.trace.length, found.id).toBeGreaterThan(0);
    if ('run' in opened && found.opens?.event !== undefined)
      expect(opened.run.at).toEqual({event: found.opens.event});
  }
});
