// The causes of all 30 lessons of the curriculum can be written down. They are run, and the curriculum's numbers hold.
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {checkLesson} from '../../source/lesson/check.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import {few} from '../helpers/seeds.ts';
import {skeletonFolder as folder, readSkeleton} from '../helpers/skeletons.ts';
import {errorLine} from './fragments.ts';

const dataFile = (name: string) => ({
  file: `${name}.yaml`,
  text: readFileSync(new URL(`../../lessons/data/${name}.yaml`, import.meta.url), 'utf8'),
});

/** In the order of the curriculum. */
const ids = [
  'layers',
  'tcp-header',
  'handshake',
  'why-three',
  'handshake-loss',
  'simultaneous-open',
  'refused',
  'syn-flood',
  'data-transfer',
  'loss-recovery',
  'sliding-window',
  'congestion',
  'teardown',
  'why-four',
  'simultaneous-close',
  'time-wait',
  'half-open',
  'state-machine',
  'dns-recursion',
  'dns-iterative',
  'dns-cache',
  'dns-transport',
  'http-request',
  'http-connections',
  'http-status',
  'cookies-session',
  'https-why',
  'https-tls12',
  'https-tls13',
  'url-to-page',
];

/** Each takes seconds: with all its seeds. */
const checked = few(ids, 4);

test('there is one for each lesson of the curriculum', () => {
  const files = readdirSync(folder)
    .filter((name) => name !== 'zones')
    .map((name) => name.replace('.yaml', ''));
  expect(files.toSorted()).toEqual(ids.toSorted());
  expect(files).toHaveLength(30);
});

describe.each(ids)('%s', (id) => {
  const lesson = readSkeleton(id);

  test('can be read', () => {
    expect(lesson.ok ? [] : lesson.error.map(errorLine)).toEqual([]);
  });

  if (!lesson.ok || !checked.includes(id)) return;
  test('keeps its checks', () => {
    const data = loadData({misconceptions: dataFile('misconceptions'), cards: dataFile('cards')});
    if (!data.ok) expect.fail('cannot be read');
    const known = {...data.value, mostEvents: 1_000_000};
    expect(checkLesson(lesson.value, simulate, known).map(errorLine)).toEqual([]);
  });
});
