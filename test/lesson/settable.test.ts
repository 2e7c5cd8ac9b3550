// What a learner may change in the first run of every lesson: each step is accepted, each value beyond the bounds is refused and told them.
import {describe, expect, test} from 'vitest';
import {compiledLesson, lessonIds} from '../../source/io/lessons.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {settablesOf} from '../../source/lesson/settable.ts';
import {boundsText} from '../../source/lesson/value-bounds.ts';
import {varied} from '../../source/lesson/vary.ts';
import {identityOf} from '../../source/sim/identity.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {beyond} from '../helpers/beyond.ts';
import '../helpers/meaning.ts';
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

describe('every run compiled anew', () => {
  test.each(some(lessons, 3).map((lesson) => [lesson.id, lesson] as const))('%s is the same', (_, lesson) => {
    for (const run of allRuns(lesson)) {
      const again = varied(lesson, run.name, {set: []});
      expect(again.ok && identityOf(scenarioOf(again.value)), run.name).toBe(identityOf(scenarioOf(run)));
    }
  });
});

describe('what may be set', () => {
  test.each(some(lessons, 3).map((lesson) => [lesson.id, lesson] as const))('in %s', (_, lesson) => {
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
    for (const lesson of some(lessons, 2))
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

const settable = (id: string, place: string) =>
  settablesOf(lessonOf(id), first(lessonOf(id))).find((each) => each.place === place) ??
  expect.fail(`no ${place} in ${id}`);

test('a certificate is chosen among those that there are, and the present one says nothing of what is wrong', () => {
  const {unit, bounds, value} = settable('page-not-private', 'web_shop.tls.certificate');
  expect(unit).toBe('choice');
  expect(bounds.choices).toEqual(expect.arrayContaining(['good', 'shop', 'expired', value]));
  expect(value).not.toBe('expired');
  const told = refusal(lessonOf('page-not-private'), 'web_shop.tls.certificate', 'valid');
  for (const each of bounds.choices ?? []) expect(told).toContain(each);
});

test('a list says how many entries it takes, and of addresses that they are addresses', () => {
  const lesson = lessonOf('phone-finds-it');
  const {bounds, unit} = settable('phone-finds-it', 'laptop.dns.servers');
  expect(bounds).toEqual({least: '1', most: '32', entries: 'addresses'});
  expect(boundsText(unit, bounds).en).toSay({
    says: 'vary.varySentences.bounds.addresses',
    ...{least: '1', most: '32'},
  });
  expect(refusal(lesson, 'laptop.dns.servers', '192.0.2.53,192.0.2.54')).toBeUndefined();
});

test('sizes have one notation', () => {
  for (const {unit, value, steps, bounds} of settablesOf(lessonOf('handshake'), first(lessonOf('handshake'))))
    if (unit === 'size')
      for (const each of [value, ...steps].filter((size) => size !== '' && !bounds.choices?.includes(size)))
        expect(each).toMatch(/^\d+(B|KiB|MiB)$/);
});

test('a call says whose it is and which', () => {
  expect(settable('both-call', 'depot.connect.at').means.en).toMatch(/depot.*connect\(\)/);
});
