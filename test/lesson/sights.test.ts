// Where what is looked up is seen: the rule acts at that very event, and the lesson tells the word there.
import {basename} from 'node:path';
import {expect, test} from 'vitest';
import {entryAt} from '../../source/account/entries.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {firstSights, sightsIn} from '../../source/lesson/sights.ts';
import {lessonNamed, traceOf} from '../helpers/all-runs.ts';
import {sharedData} from '../helpers/kept-lessons.ts';

const {glossary: terms} = sharedData();

const lesson = (path: string): Lesson => lessonNamed(basename(path));

const traceIn = (of: Lesson, name: string) => {
  const run = of.runs.find((each) => each.name === name);
  if (!run) throw new Error(name);
  return traceOf({lesson: of, run});
};

const sightsOf = (of: Lesson) => sightsIn(of, terms, (run) => traceOf({lesson: of, run}));

test('of a rule it is the first event that it causes; of a word the first beat that has it', () => {
  const handshake = lesson('foundations/handshake');
  const {rules, terms: told} = sightsOf(handshake);
  expect(Object.keys(rules).length).toBeGreaterThan(5);
  for (const [rule, {run, event}] of Object.entries(rules))
    expect(entryAt(traceIn(handshake, run), event).because).toBe(rule);
  const {run, event} = told['syn'] ?? {run: '', event: 0};
  const {beats} = bindBeats(handshake, run, traceIn(handshake, run));
  const beat = beats.find((each) => each.kind === 'narration' && each.event === event);
  expect(beat?.kind === 'narration' && beat.say.en).toContain('SYN');
});

test('of several lessons the first has it, but one that has the word in its title goes before', () => {
  const [tour, own] = [sightsOf(lesson('tcp-close/state-machine')), sightsOf(lesson('tcp-close/time-wait'))];
  expect(tour.terms['time-wait']).toBeDefined();
  expect(firstSights([tour, own]).terms['time-wait']?.lesson).toBe('time-wait');
  const shared = Object.keys(own.rules).find((rule) => rule in tour.rules) ?? '';
  expect(firstSights([tour, own]).rules[shared]?.lesson).toBe('state-machine');
});

test('a word that no lesson tells is seen in the lesson that has it in its title; what one tells goes before', () => {
  const handshake = lesson('foundations/handshake');
  const own = sightsOf(handshake);
  expect(own.terms['three-way-handshake']).toMatchObject({lesson: 'handshake', isUntold: true});
  const told = {rules: {}, terms: {'three-way-handshake': {lesson: 'other', run: 'base', event: 3, atUs: 0}}};
  expect(firstSights([own, told]).terms['three-way-handshake']?.lesson).toBe('other');
  expect(firstSights([own]).terms['three-way-handshake']?.lesson).toBe('handshake');
});

test('a cookie of a SYN flood is none of HTTP', () => {
  const flood = sightsOf(lesson('tcp-open/syn-flood')).terms;
  expect(flood['syn-cookie']).toBeDefined();
  expect(flood['cookie']).toBeUndefined();
  expect(sightsOf(lesson('http/cookies-session')).terms['cookie']).toBeDefined();
});
