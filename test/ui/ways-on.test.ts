// The pages of review and progress are no dead end: whatever a learner has done, each has rows, each row does something, and what it does
// works.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as fc from 'fast-check';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {quizDesk} from '../../source/app/quiz-desk.ts';
import {lessonIds} from '../../source/io/lessons.ts';
import {openProgress} from '../../source/io/progress.ts';
import {progressText} from '../../source/quiz/progress-format.ts';
import {pageKeyWorks, pressOnPage} from '../../source/ui/page-keys.ts';
import {pageRows} from '../../source/view/quiz/learner-page.ts';
import {shownBelief} from '../../source/view/quiz/ways-on.ts';
import {type Did, learnerNow, learners, namedLearners, recordsIn} from '../helpers/learners.ts';
import {runs, seed} from '../helpers/seeds.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ways-on-'));
  vi.stubEnv('PACKET_TUTOR_TEST_NOW', `${learnerNow}`);
});
afterAll(() => {
  rmSync(folder, {recursive: true});
  vi.unstubAllEnvs();
});

let files = 0;
const deskOf = (did: readonly Did[]) => {
  files += 1;
  const file = join(folder, `${files}.json`);
  writeFileSync(file, progressText(recordsIn(did)));
  return quizDesk(
    openProgress(() => learnerNow, file),
    () => undefined,
  );
};
type Desk = ReturnType<typeof deskOf>;

const kinds = ['review', 'progress'] as const;

/** Returns each row of both pages, marked, with what `enter` would do. */
const rowsOf = (desk: Desk) =>
  kinds.flatMap((kind) => {
    const page = desk.page(kind);
    return pageRows(page).map((row, at) => {
      const marked = {...page, row: at};
      return {row, marked, effects: pressOnPage(marked, 'startRound')?.effects ?? []};
    });
  });

const judge = (did: readonly Did[]): void => {
  const desk = deskOf(did);
  for (const kind of kinds) expect(pageRows(desk.page(kind)).length, kind).toBeGreaterThan(0);
  for (const {row, marked, effects} of rowsOf(desk)) {
    expect(effects, `${marked.kind} ${row.kind} ${row.id}`).toHaveLength(1);
    expect(pageKeyWorks(marked, 'startRound')).toBe(true);
    if (row.kind === 'belief') expect(shownBelief(row.id, marked.data)).toBeDefined();
  }
  const {due} = desk.page('review').data.standing;
  if (due.length === 0) expect(rowsOf(desk)[0]?.row.kind).toBe('way');
};

test.each(Object.keys(namedLearners))('%s', (name) => judge(namedLearners[name] ?? []));

test('any learner', () => {
  fc.assert(fc.property(learners, judge), {seed, numRuns: runs(400)});
});

/** Tells whether what a row does leads somewhere. */
const leads = async (desk: Desk, effect: ReturnType<typeof rowsOf>[number]['effects'][number]) => {
  switch (effect.kind) {
    case 'beginRound': {
      const begun = await desk.begin(effect.which);
      return 'round' in begun && begun.round.next([], 0) !== undefined;
    }
    case 'openCounter':
      return 'run' in (await desk.openCounter(effect.misconception));
    case 'openInterview':
      return desk.interview(effect.about).all.length > 0;
    case 'open':
      return lessonIds().includes(effect.lesson);
    default:
      return false;
  }
};

test.each(['all due', 'nothing due', 'one lesson finished', 'nothing done'])(
  '%s: what a row does leads somewhere',
  async (name) => {
    const desk = deskOf(namedLearners[name] ?? []);
    const done = new Set<string>();
    for (const {row, effects} of rowsOf(desk))
      for (const effect of effects) {
        const once = JSON.stringify(effect);
        if (done.has(once)) continue;
        done.add(once);
        expect(await leads(desk, effect), `${row.kind} ${row.id}`).toBe(true);
      }
  },
);

test('somebody who has done nothing is offered the first lesson, and nothing else', () => {
  const rows = pageRows(deskOf([]).page('review'));
  expect(rows.map(({kind, id}) => [kind, id])).toEqual([['way', 'next']]);
  expect(pressOnPage(deskOf([]).page('review'), 'startRound')?.effects).toEqual([
    {kind: 'open', lesson: 'first-packet'},
  ]);
});
