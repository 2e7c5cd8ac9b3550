// What a learner may change in the first run of every lesson: each step is accepted, each value beyond the bounds is refused and told them.
import {describe, expect, test} from 'vitest';
import {compiledLesson, lessonIds} from '../../source/io/lessons.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {bitsOf, bytesOf} from '../../source/lesson/quantity.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {type Settable, settablesOf} from '../../source/lesson/settable.ts';
import {varied} from '../../source/lesson/vary.ts';
import {parseDuration} from '../../source/sim/fault-text.ts';
import {identityOf} from '../../source/sim/identity.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {some} from '../helpers/seeds.ts';

const lessonOf = (id: string): Lesson => {
  const lesson = compiledLesson(id);
  if (!lesson) throw new Error(id);
  return lesson;
};

const lessons = lessonIds().map(lessonOf);

const first = ({runs}: Lesson): string => runs[0]?.name ?? '';

const refusal = (lesson: Lesson, place: string, value: string): string | undefined => {
  const made = varied(lesson, first(lesson), {set: [{place, value}]});
  return made.ok ? undefined : made.error.map(({message, remedy}) => `${message.en} ${remedy.en}`).join(' ');
};

/** Values just beyond the bounds. */
const beyond = ({unit, bounds: {least, most}}: Settable): readonly string[] => {
  if (unit === 'switch' || unit === 'choice') return ['no such word'];
  if (unit === 'text') return ['x'.repeat(Number(most) + 1)];
  const us = (text = '') => parseDuration(text) ?? 0;
  const bytes = (text = '') => bytesOf(/^\d+$/.test(text) ? Number(text) : text);
  const values = {
    time: [`${us(most) + 1}us`, ...(us(least) > 0 ? [`${us(least) - 1}us`] : [])],
    size: [`${bytes(most) + 1}`, `${bytes(least) - 1}`],
    rate: [`${bitsOf(most ?? '') / 1e9 + 1}Gbit`, `${bitsOf(least ?? '') - 1}bit`],
    percent: ['100.1%', '-1%'],
    number: [`${Number(most) + 1}`, ...(Number(least) > 0 ? [`${Number(least) - 1}`] : ['-1'])],
  };
  return values[unit];
};

describe('every run compiled anew', () => {
  test.each(some(lessons, 6).map((lesson) => [lesson.id, lesson] as const))('%s is the same', (_, lesson) => {
    for (const run of allRuns(lesson)) {
      const again = varied(lesson, run.name, {set: []});
      expect(again.ok && identityOf(scenarioOf(again.value)), run.name).toBe(identityOf(scenarioOf(run)));
    }
  });
});

describe('what may be set', () => {
  test.each(some(lessons, 6).map((lesson) => [lesson.id, lesson] as const))('in %s', (_, lesson) => {
    const all = settablesOf(lesson, first(lesson));
    expect(all.length).toBeGreaterThan(30);
    expect(new Set(all.map(({place}) => place)).size).toBe(all.length);
    for (const each of all) {
      const {place, value, steps, bounds, means, isWritten} = each;
      for (const language of languages) expect(means[language], place).not.toMatch(/\{|^$/);
      if (value !== '') expect(steps, place).toContain(value);
      expect(isWritten && value === '', place).toBe(false);
      for (const given of beyond(each)) {
        const told = refusal(lesson, place, given);
        expect(told, `${place}=${given}`).toContain(place);
        for (const word of [bounds.least, bounds.most, ...(bounds.choices ?? [])])
          if (word !== undefined) expect(told, `${place}=${given}`).toContain(word);
      }
    }
  });

  test('a value that is set as it was changes nothing', () => {
    for (const lesson of some(lessons, 4))
      for (const {place, value, isWritten} of settablesOf(lesson, first(lesson))) {
        if (!isWritten) continue;
        const again = varied(lesson, first(lesson), {set: [{place, value}]});
        const own = lesson.runs[0];
        expect(again.ok && own && identityOf(scenarioOf(again.value)), `${lesson.id} ${place}=${value}`).toBe(
          own && identityOf(scenarioOf(own)),
        );
      }
  });
});

test.each(['handshake', 'dns-cache'])('the steps of %s are accepted', (id) => {
  const lesson = lessonOf(id);
  for (const {place, steps, unit} of settablesOf(lesson, first(lesson))) {
    // What a text names may be missing.
    if (unit === 'text') continue;
    for (const value of [...steps.slice(0, 1), ...steps.slice(-1)])
      expect(refusal(lesson, place, value) ?? '', `${place}=${value}`).not.toContain('cannot be the value');
  }
});
