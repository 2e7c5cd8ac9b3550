// The skeleton of lesson 26 without its run over TLS, which is still to come: the curriculum's numbers hold in the other two.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {checkLesson} from '../../../source/lesson/check.ts';
import {loadLesson} from '../../../source/lesson/load.ts';
import {loadData} from '../../../source/lesson/load-data.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import {errorLine} from '../fragments.ts';

const skeleton = fileURLToPath(new URL('../../fixtures/skeletons/cookies-session.yaml', import.meta.url));
const dataFile = (name: string) => ({
  file: `${name}.yaml`,
  text: readFileSync(new URL(`../../../lessons/data/${name}.yaml`, import.meta.url), 'utf8'),
});

test('sessions, an idle half hour, a closed browser and a thief', () => {
  const source = readFileSync(skeleton, 'utf8')
    .replace(/ {2}over-tls:\n(?: {4}.*\n)+/, '')
    .replace('together: [base, over-tls]\n', '');
  const lesson = loadLesson(source, 'cookies-session.yaml');
  if (!lesson.ok) expect.fail(lesson.error.map(errorLine).join('\n'));
  expect(lesson.value.runs.map(({name}) => name)).toEqual(['base', 'edited']);
  const data = loadData({misconceptions: dataFile('misconceptions'), cards: dataFile('cards')});
  if (!data.ok) expect.fail('cannot be read');
  const [sample] = data.value.misconceptions;
  if (!sample) expect.fail('no misconception');
  const known = {
    ...data.value,
    misconceptions: [...data.value.misconceptions, {...sample, id: 'cookie-is-session'}],
  };
  expect(checkLesson(lesson.value, simulate, known).map(errorLine)).toEqual([]);
});
