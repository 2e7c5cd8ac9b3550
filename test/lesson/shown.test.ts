// A lesson that hides values shows each by the time that it speaks of it: in braces, or by its name.
import {expect, test} from 'vitest';
import {compiledLesson, lessonSummaries} from '../../source/io/lessons.ts';
import {expressionsOf} from '../../source/lesson/beat-texts.ts';
import type {Beat, Lesson} from '../../source/lesson/lesson.ts';
import {everShown} from '../../source/lesson/shown.ts';
import {variableNames} from '../../source/view/endpoints/variables.ts';

const lessons = lessonSummaries().flatMap(({id}) => {
  const lesson = compiledLesson(id);
  return lesson?.shows ? [lesson] : [];
});

/** What a narration says, in both languages; a question may speak of what only its answer will show. */
const said = (beat: Beat): string =>
  beat.kind === 'narration'
    ? [beat.say, beat.note]
        .flatMap((text) => [...(text?.en ?? []), ...(text?.zh ?? [])])
        .filter((part) => typeof part === 'string')
        .join(' ')
    : '';

const spokenOf = (beat: Beat): readonly string[] => {
  const text = said(beat).toLowerCase();
  const named = variableNames.filter((name) =>
    new RegExp(`\\b${name.replace('.', '\\.')}\\b`, 'i').test(text),
  );
  const inBraces =
    beat.kind === 'narration'
      ? expressionsOf(beat).flatMap((each) =>
          each.kind === 'host' && each.at === undefined ? [each.property] : [],
        )
      : [];
  return [...named, ...variableNames.filter((name) => inBraces.some((each) => each === name))];
};

const isMet = (met: readonly string[], name: string): boolean =>
  met.some((each) => each === name || each.endsWith(`.${name}`));

const early = ({beats, runs, shows}: Lesson): readonly string[] => {
  const own = beats.filter(({run}) => run === runs[0]?.name);
  return own.flatMap((beat, index) => {
    const met = everShown({shows, beats: own.slice(0, index + 1)}) ?? [];
    return spokenOf(beat).flatMap((name) => (isMet(met, name) ? [] : [`beat ${index + 1}: ${name}`]));
  });
};

test('most lessons for beginners hide something', () => {
  expect(lessons.length).toBeGreaterThan(20);
  expect(lessons.map(({id}) => id)).toEqual(expect.arrayContaining(['first-packet', 'handshake']));
});

test.each(lessons.map((lesson) => ({id: lesson.id, lesson})))(
  '$id: what is told of can be seen',
  ({lesson}) => {
    expect(early(lesson)).toEqual([]);
  },
);
