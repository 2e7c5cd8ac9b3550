// The hosts and links above the ladder: in the order in which the reader sees them, each once.
import {expect, test} from 'vitest';
import {compiledLesson, lessonIds} from '../../source/io/lessons.ts';
import {settablesOf} from '../../source/lesson/settable.ts';
import {partsOf} from '../../source/view/forks/parts.ts';
import {varyRows} from '../../source/view/forks/vary.ts';
import {hostsOf} from '../../source/view/ladder/scene-hosts.ts';
import {openedLesson} from '../helpers/lesson-walk.ts';
import {some} from '../helpers/seeds.ts';

const tried = [...new Set(['whole-story', 'icmp-pmtud', ...some(lessonIds(), 6)])].filter((id) =>
  lessonIds().includes(id),
);

test.each(tried)('the arrows reach every host and link of %s, from left to right', async (id) => {
  const {trace} = await openedLesson(id);
  const {hosts, links} = trace.header;
  const parts = partsOf(trace);
  expect(new Set(parts.map((part) => JSON.stringify(part))).size).toBe(parts.length);
  expect(parts).toHaveLength(hosts.length + links.length);
  const shown = hostsOf(trace, 'en').map((host) => host.id);
  expect(parts.flatMap((part) => ('host' in part && shown.includes(part.host) ? [part.host] : []))).toEqual(
    shown,
  );
  for (const {name, between} of links) {
    const at = parts.findIndex((part) => 'link' in part && part.link === name);
    const ends = between.map((host) => parts.findIndex((part) => 'host' in part && part.host === host));
    if (between.every((host) => shown.includes(host)))
      expect(Math.min(...ends) < at && at < Math.max(...ends), name).toBe(true);
  }
});

test.each(tried)('no heading stands twice on a page of %s', async (id) => {
  const lesson = compiledLesson(id);
  const {trace} = await openedLesson(id);
  const settables = lesson ? settablesOf(lesson, lesson.runs[0]?.name ?? '') : [];
  for (const part of partsOf(trace)) {
    const headings = varyRows(settables, part).flatMap((row) => ('heading' in row ? [row.heading] : []));
    expect(new Set(headings).size).toBe(headings.length);
  }
});
