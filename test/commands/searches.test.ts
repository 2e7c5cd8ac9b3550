// The searches that people make, by four lists: one written before the search was built, three by somebody who did not build it (each after
// the search had been mended by the one before). In each the right thing has to be among the first three in nearly all. What is found exists: its lesson and its run.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {findables} from '../../source/app/findables.ts';
import {compiledLesson, lessonIds} from '../../source/io/lessons.ts';
import {type Findable, foundBy} from '../../source/view/search/search-state.ts';
import {root} from '../helpers/root.ts';

type Wanted = {
  readonly query: string;
  readonly right?: readonly string[];
  readonly notCovered?: true;
  readonly nearest?: readonly string[];
};

const first = 3;
const enough = 0.95;

const ranking = findables();
const byId = new Map(ranking.all.map((each) => [each.id, each]));

/** `net.ipv4.tcp_tw_reuse` and `tcp tw reuse` are the same. */
const folded = (word: string): string =>
  word
    .toLowerCase()
    .replace(/^net\.\w+\./, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What stands for the lesson that it opens. */
const opensLessons: readonly Findable['kind'][] = ['beat', 'whatif', 'error', 'setting'];

/**
 * An identity is KIND:ID: of a lesson also its beats, its what-ifs, and the errors and settings that open it; of an error, a setting and an
 * RFC also its other names.
 */
const isIt = ({id, kind, opens, words}: Findable, identity: string): boolean => {
  const wanted = identity.slice(identity.indexOf(':') + 1);
  if (identity.endsWith('*')) return id.startsWith(identity.slice(0, -1));
  if (id === identity) return true;
  if (identity.startsWith('lesson:')) return opensLessons.includes(kind) && opens?.lesson === wanted;
  if (!/^(error|setting|rfc):/.test(identity) || !identity.startsWith(`${kind}:`)) return false;
  const names = [id.slice(kind.length + 1), ...words.flatMap((each) => [each, ...each.split(/, /)])].map(
    folded,
  );
  return names.includes(folded(wanted)) || names.includes(`rfc ${folded(wanted)}`);
};

/** Of what nothing teaches, it has to be said that nothing does, with something that is near. */
const isRight = ({query, right = [], notCovered, nearest = []}: Wanted): boolean => {
  const results = foundBy(ranking, query).slice(0, first);
  if (!notCovered) return right.some((identity) => results.some((each) => isIt(each, identity)));
  const uncovered = results.find(({kind}) => kind === 'uncovered');
  const near = [...results, ...(uncovered?.near ?? []).flatMap((id) => byId.get(id) ?? [])];
  const isNear = nearest.some((identity) => near.some((each) => isIt(each, identity)));
  return uncovered !== undefined && (nearest.length === 0 || isNear);
};

describe.each(['searches.json', 'searches-kept.json', 'searches-second.json', 'searches-third.json'])(
  '%s',
  (name) => {
    const file = join(root, 'test/fixtures', name);
    const isThere = existsSync(file);
    if (!isThere) console.log(`${name} is not here: whoever wrote it has not handed it over`);
    test.skipIf(!isThere)('the right thing is among the first three', () => {
      const {searches}: {readonly searches: readonly Wanted[]} = JSON.parse(readFileSync(file, 'utf8'));
      const wrong = searches.filter((each) => !isRight(each)).map(({query}) => query);
      expect(searches.length).toBeGreaterThanOrEqual(60);
      expect(1 - wrong.length / searches.length, wrong.join(' | ')).toBeGreaterThanOrEqual(enough);
    });
  },
);

test('what is found leads to a lesson and a run that are there; nearly everything but rules leads somewhere', () => {
  const lessons = new Map(lessonIds().map((id) => [id, compiledLesson(id)]));
  const lost = ranking.all.filter(({opens}) => {
    if (opens === undefined) return false;
    const {runs = [], whatIfs = []} = lessons.get(opens.lesson) ?? {};
    return ![...runs, ...whatIfs.map(({run}) => run)].some(
      ({name, id}) => opens.run === undefined || opens.run === name || opens.run === id,
    );
  });
  expect(lost.map(({id}) => id)).toEqual([]);
  const nowhere = ranking.all.filter(({kind, opens}) => opens === undefined && kind !== 'rule');
  expect(nowhere.length).toBeLessThan(40);
});

test('ids are different', () => {
  expect(byId.size).toBe(ranking.all.length);
});
