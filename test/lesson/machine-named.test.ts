// Whose TCP a lesson runs is said where it differs from the machine that most learners have, Linux: on the lesson's first page, and in a
// run's title or in what is told of the run. What is called Linux is Linux.
import {expect, test} from 'vitest';
import {published} from '../../source/lesson/text.ts';
import {allLessons, allRuns, type LessonRun} from '../helpers/all-runs.ts';

type Language = (typeof published)[number];

/** Of another machine, or of what Linux is set to here. */
const otherWords = {en: /RFC|old rules|FreeBSD/, zh: /RFC|旧规则|FreeBSD/} as const;
/** Named as what is run, not as what it is compared with. */
const isLinux = /\b(?:hosts run|is|are|here is|in) Linux\b(?!’s)|Linux 上|都跑 Linux|(?<!不)是 Linux/;

const mainOf = (id: string): LessonRun => allRuns().find(({lesson}) => lesson.id === id) ?? expect.fail(id);

const openingOf = ({lesson}: LessonRun, language: Language): string => {
  const {before, hosts} = lesson.opening ?? expect.fail(lesson.id);
  return [lesson.title, lesson.summary, before, ...hosts.map(({is}) => is)]
    .map((text) => text?.[language] ?? '')
    .join(' ');
};

test('a lesson says on its first page that its hosts are no Linux, and calls Linux only what is', () => {
  const others: string[] = [];
  for (const {id} of allLessons()) {
    const main = mainOf(id);
    const other = main.run.profile !== 'linux';
    if (other) others.push(id);
    for (const language of published) {
      const said = openingOf(main, language);
      if (other) expect(said, id).toMatch(/Linux/);
      if (other) expect(said, id).not.toMatch(isLinux);
    }
  }
  expect(others.toSorted()).toEqual(['congestion', 'loss-recovery', 'simultaneous-open']);
});

/** What is told of a run: its title, and its beats. */
const toldOf = ({lesson, run}: LessonRun, language: Language): string =>
  [
    run.title?.[language] ?? '',
    ...lesson.beats.flatMap((beat) =>
      beat.run === run.name && 'say' in beat ? [JSON.stringify(beat.say[language])] : [],
    ),
    ...lesson.whatIfs.flatMap((whatIf) =>
      whatIf.run === run ? [JSON.stringify(whatIf.say?.[language] ?? '')] : [],
    ),
  ].join(' ');

test('a run that goes by another machine than its lesson says so, and one that is named after a machine is it', () => {
  let [changed, named] = [0, 0];
  const silent: string[] = [];
  for (const each of allRuns()) {
    const {profile} = each.run;
    for (const language of published) {
      const title = each.run.title?.[language] ?? '';
      if (/Linux/.test(title)) expect(profile, each.name).toBe('linux');
      if (otherWords[language].test(title)) expect(profile, each.name).not.toBe('linux');
      named += /Linux/.test(title) || otherWords[language].test(title) ? 1 : 0;
      if (profile === mainOf(each.lesson.id).run.profile) continue;
      changed += 1;
      const words = profile === 'linux' ? /Linux/ : otherWords[language];
      if (!words.test(toldOf(each, language))) silent.push(`${each.name} ${language}`);
    }
  }
  expect(silent).toEqual([]);
  expect(named).toBeGreaterThan(8);
  expect(changed).toBeGreaterThan(12);
});
