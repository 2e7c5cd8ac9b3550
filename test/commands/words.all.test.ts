// `words`: each word of the language has a line in both languages, and each word that a lesson of ours says is among them.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {lessonFiles} from '../../scripts/lesson-files.ts';
import {wordsErrors} from '../../source/words/catalogue/author-words.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';

type Word = {
  readonly kind: string;
  readonly word: string;
  readonly unit?: string;
  readonly defaults?: Readonly<Record<string, string>>;
  readonly text: {readonly en: string; readonly zh: string};
};

const all: readonly Word[] = JSON.parse(runProgram(['words', '--json']).stdout);
const wordsOf = (kind: string): ReadonlySet<string> =>
  new Set(all.flatMap((each) => (each.kind === kind ? [each.word] : [])));

test('nothing is listed without a text, and nothing twice', () => {
  expect(all.filter(({text: {en, zh}}) => en === '' || zh === '')).toEqual([]);
  const keys = all.map(({kind, word}) => `${kind} ${word}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('settings have units and the profiles’ defaults, properties units', () => {
  const [setting, property] = ['settings', 'properties'].map((kind) =>
    all.filter((each) => each.kind === kind),
  );
  expect([...(setting ?? []), ...(property ?? [])].filter(({unit}) => unit === undefined)).toEqual([]);
  const defaultOf = (name: string) => setting?.find(({word}) => word === name)?.defaults;
  // RFC 6298 §2.4 and §2.1; Linux TCP_RTO_MIN, TCP_TIMEWAIT_LEN; RFC 9293 §3.4.2: 2 MSL is 4 min.
  expect(defaultOf('minRto')).toMatchObject({linux: '200ms', rfc: '1s'});
  expect(defaultOf('initialRto')).toMatchObject({linux: '1s', rfc: '1s'});
  expect(defaultOf('timeWait')).toMatchObject({linux: '60s', rfc: '240s'});
  expect(defaultOf('cc')).toMatchObject({linux: 'cubic', rfc: 'reno'});
  expect(runProgram(['words', 'settings', '--lang', 'en']).stdout).toMatch(
    /^ {2}minRto +.*\[a time; default linux 200ms, rfc 1s, freebsd \d+ms\]$/m,
  );
  expect(runProgram(['words', 'properties', '--lang', 'zh']).stdout).toMatch(
    /^ {2}cwnd +拥塞窗口.* \[字节\]$/m,
  );
});

const lessons: readonly unknown[] = lessonFiles(join(root, 'lessons')).map((file) =>
  parse(readFileSync(file, 'utf8')),
);

/** The values below all keys of that name, wherever they stand. */
const under = (key: string, value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...(name === key ? [each] : []),
    ...under(key, each),
  ]);
};

test.each([
  ['calls', 'call', 'value'],
  ['events', 'event', 'value'],
  ['settings', 'tcp', 'keys'],
  ['panels', 'panels', 'value'],
  ['misconceptions', 'misconception', 'value'],
  ['cards', 'card', 'value'],
  ['selectors', 'when', 'keys'],
  ['selectors', 'expect', 'keys'],
] as const)('%s: all under `%s`', (kind, key, what) => {
  const known = wordsOf(kind);
  const said = lessons.flatMap((lesson) => under(key, lesson));
  const words = said
    .flat()
    .flatMap((each) =>
      what === 'value'
        ? typeof each === 'string'
          ? [each]
          : []
        : typeof each === 'object' && each !== null
          ? Object.keys(each)
          : [],
    );
  expect(words.length).toBeGreaterThan(0);
  expect([...new Set(words)].filter((word) => !known.has(word))).toEqual([]);
});

test('one kind, in one language; a kind that there is not', () => {
  expect(runProgram(['words', 'settings', '--lang', 'zh']).stdout).toMatch(/^ {2}backlog +.*半连接队列/m);
  const {code, stderr} = runProgram(['words', 'verbs', '--lang', 'en']);
  expect(code).toBe(2);
  expect(stderr).toContain(wordsErrors.noKind.what.en({given: 'verbs'}));
});
