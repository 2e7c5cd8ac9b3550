// A class of thirty in one call: what each came to is known beforehand, since the answers are made from it.
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {examText, readExam} from '../../source/io/exam-file.ts';
import {lessonData} from '../../source/io/lessons.ts';
import {mythAndFact} from '../../source/lesson/belief.ts';
import type {Question} from '../../source/quiz/question.ts';
import {nameTheSheet} from '../../source/words/catalogue/classes.ts';
import {runProgram} from '../helpers/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-class-'));
afterAll(() => rmSync(folder, {recursive: true}));
const at = (...names: readonly string[]) => join(folder, ...names);

const sheet = ['quiz', 'tcp-open', '--seed', '9', '--count', '10'];
const questions: readonly Question[] = JSON.parse(runProgram([...sheet, '--json']).stdout);
const right = Object.fromEntries(questions.map(({id, answer}) => [id, answer]));
writeFileSync(at('right.json'), JSON.stringify({answers: right}));
const save = (name: string, file: string, ...more: readonly string[]) =>
  runProgram([...sheet, '--answers', at('right.json'), '--name', name, '--save', at(file), ...more]);

const first = save('Ann', 'first.json');
const exam = readExam(readFileSync(at('first.json'), 'utf8'));
if (!exam.ok) throw new Error('no exam was saved');

/** A wrong choice that stands for a belief. */
const told = questions.find(
  ({form, choices}) => form === 'choice' && choices.some((each) => each.misconception),
);
const wrong = told?.choices.find(({misconception}) => misconception !== undefined);
if (told === undefined || wrong === undefined) throw new Error('no belief can show on this sheet');

mkdirSync(at('class', 'Zoe_1_file'), {recursive: true});
const handIn = (file: string, name: string, answers: typeof right) =>
  writeFileSync(at('class', file), examText({...exam.value, name, answers}));
const names = Array.from({length: 30}, (_, n) => (n === 0 ? '=1+1' : n === 1 ? '李雷' : `P${n}`));
for (const [n, name] of names.entries()) {
  const file = n === 29 ? 'Zoe_1_file/answers.json' : `${String(n).padStart(2, '0')}.json`;
  // Every third holds the belief, and every fifth leaves it out.
  const {[told.id]: _, ...rest} = right;
  handIn(file, name, n % 3 === 0 ? {...right, [told.id]: wrong.id} : n % 5 === 0 ? rest : right);
}

/** Returns the myth as it is printed. */
const mythOf = (belief: string | undefined, language: 'en' | 'zh' = 'en'): string => {
  const known = lessonData().misconceptions.find(({id}) => id === belief);
  return known === undefined ? '' : mythAndFact(known, language)[0];
};

const graded = (...args: readonly string[]) => runProgram(['quiz', '--grade', at('class'), ...args]);

test('what was saved names the sheet, and is what --answers reads', () => {
  expect(first).toMatchObject({code: 0, stderr: ''});
  expect(exam.value).toMatchObject({name: 'Ann', sources: ['tcp-open'], seed: 9, count: 10, answers: right});
  expect(runProgram([...sheet, '--answers', at('first.json')]).code).toBe(0);
  const again = save('Ann', 'first.json');
  expect([again.code, again.stdout]).toEqual([2, '']);
  expect(again.stderr).toContain('first.json is already there');
  expect(save('', 'other.json').code).toBe(2);
});

test('thirty files in one call: people, beliefs in words, the hardest question', () => {
  const {code, stdout} = graded('--json');
  const report = JSON.parse(stdout);
  expect([code, report.people.length, report.refused]).toEqual([0, 30, []]);
  const scores = names.map((_, n) => (n % 3 === 0 || n % 5 === 0 ? 9 : 10));
  expect(report.people.map((each: {right: number}) => each.right)).toEqual(scores);
  expect(report.people[29]).toMatchObject({
    name: 'P29',
    file: join('Zoe_1_file', 'answers.json'),
    questions: 10,
  });
  const belief = report.misconceptions[0];
  expect(belief).toMatchObject({id: wrong.misconception, people: 10, wrong: 10});
  const holder = report.people[0].misconceptions.find((each: {id: string}) => each.id === belief.id);
  expect(holder).toMatchObject({wrong: 1, name: belief.name});
  expect(report.hardest[0]).toMatchObject({id: told.id, right: 16, answered: 26});
  const table = graded('--lang', 'en').stdout;
  expect(table).toContain('30 files graded\n');
  expect(table).toContain(mythOf(belief.id));
  expect(table).toContain('10 people, ');
  expect(graded('--lang', 'zh').stdout).toContain(mythOf(belief.id, 'zh'));
});

/** RFC 4180 §2, as another program reads it. */
const cells = (file: string): readonly (readonly string[])[] =>
  file
    .split('\r\n')
    .slice(0, -1)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );

test('as CSV: as many cells in each row, no formula', () => {
  handIn('quoted.json', 'Bo "B", Jr', right);
  const rows = cells(graded('--csv', '--lang', 'en').stdout);
  rmSync(at('class', 'quoted.json'));
  expect(rows).toHaveLength(32);
  expect(new Set(rows.map(({length}) => length)).size).toBe(1);
  expect(rows[1]?.slice(0, 4)).toEqual(["'=1+1", '00.json', '9', '10']);
  expect(rows[31]?.[0]).toBe('Bo "B", Jr');
});

/** Every belief that can show on the sheet where one answer is chosen. */
const beliefs = [
  ...new Set(
    questions
      .filter(({form}) => form === 'choice')
      .flatMap(({choices}) => choices.flatMap(({misconception}) => misconception ?? [])),
  ),
];

const answeredBy = (belief: string): typeof right =>
  Object.fromEntries(
    questions.map(({id, form, choices, answer}) => [
      id,
      (form === 'choice' ? choices.find(({misconception}) => misconception === belief)?.id : undefined) ??
        answer,
    ]),
  );

test('thirty people hold one belief each: it is found with each of them, in JSON, in the table and as CSV', () => {
  expect(beliefs.length).toBeGreaterThan(4);
  mkdirSync(at('held'));
  const people = Array.from({length: 30}, (_, n) => {
    const belief = beliefs[n % beliefs.length] ?? '';
    const answers = answeredBy(belief);
    const file = `${String(n).padStart(2, '0')}.json`;
    writeFileSync(at('held', file), examText({...exam.value, name: `P${n}`, answers}));
    const wrong = questions.filter(({id}) => answers[id] !== right[id]).length;
    return {file, belief, wrong};
  });
  const grade = (...args: readonly string[]) =>
    runProgram(['quiz', '--grade', at('held'), '--lang', 'en', ...args]).stdout;
  type Told = {readonly id: string; readonly wrong: number; readonly name: {readonly en: string}};
  type Report = {
    readonly people: readonly {readonly right: number; readonly misconceptions: readonly Told[]}[];
    readonly misconceptions: readonly (Told & {readonly people: number})[];
  };
  const report: Report = JSON.parse(grade('--json'));
  const found = report.people.map(({misconceptions}) => misconceptions.filter(({wrong}) => wrong > 0));
  expect(found.map((each) => each.map(({id, wrong}) => [id, wrong]))).toEqual(
    people.map(({belief, wrong}) => [[belief, wrong]]),
  );
  expect(report.people.map((each) => each.right)).toEqual(people.map(({wrong}) => questions.length - wrong));
  for (const {id, people: holders, wrong} of report.misconceptions) {
    const held = people.filter(({belief}) => belief === id);
    expect([id, holders, wrong]).toEqual([id, held.length, held.reduce((sum, each) => sum + each.wrong, 0)]);
  }
  const table = grade();
  const [head = [], ...rows] = cells(grade('--csv'));
  for (const [n, {wrong}] of people.entries()) {
    const myth = mythOf(found[n]?.[0]?.id);
    expect(rows[n]?.slice(0, 4)).toEqual([
      `P${n}`,
      people[n]?.file,
      String(questions.length - wrong),
      String(questions.length),
    ]);
    expect(table).toContain(`${myth}\n`);
    expect(table).toContain(`${wrong} of `);
    expect(rows[n]?.[head.findIndex((each) => each.includes(myth))]).toBe(String(wrong));
  }
});

test('what cannot be graded is refused by name with the reason, and the rest is graded', () => {
  const other = runProgram([
    ...['quiz', 'tcp-open', '--seed', '8', '--answers', at('none.json')],
    ...['--name', 'Eve', '--save', at('class', 'other.json')],
  ]);
  expect(other.code).toBe(2);
  writeFileSync(at('none.json'), '{"answers": {}}');
  const eve = runProgram([
    ...['quiz', 'tcp-open', '--seed', '8', '--answers', at('none.json')],
    ...['--name', 'Eve', '--save', at('class', 'other.json')],
  ]);
  expect(eve.code).toBe(1);
  const changed = examText(exam.value).replace('"Ann"', '"Bob"');
  writeFileSync(at('class', 'changed.json'), changed);
  writeFileSync(at('class', 'photo.jpg'), new Uint8Array([0xff, 0xd8, 0xff]));
  writeFileSync(at('class', 'old.json'), examText({...exam.value, machine: 1, questions: 'sha256:0'}));
  const {code, stdout} = graded('--json');
  const {people, refused} = JSON.parse(stdout);
  expect([code, people.length]).toEqual([1, 30]);
  expect(refused.map(({file, reason}: {file: string; reason: string}) => [file, reason])).toEqual([
    ['changed.json', 'changed'],
    ['old.json', 'version'],
    ['other.json', 'sheet'],
    ['photo.jpg', 'other'],
  ]);
  expect(refused[2].message.en).toContain('packet-tutor quiz tcp-open --count 10 --seed 8');
  // Whoever names the other sheet gets its answers.
  const named = graded('tcp-open', '--seed', '8', '--json');
  expect(JSON.parse(named.stdout).people.map(({name}: {name: string}) => name)).toEqual(['Eve']);
});

test.each([
  [['--grade', at('nowhere')], /nowhere/],
  [['--grade', at('right.json')], /right\.json is not a folder/],
  [['--grade', at('class'), '--sheet', 'md'], /--grade and --sheet cannot be used together/],
  [['--grade', at('class'), '--csv', '--json'], /--csv and --json cannot be used together/],
  [['--csv'], /--csv does nothing by itself/],
  [['--key'], /--key does nothing by itself/],
  [['--name', 'Ann'], /--name does nothing by itself/],
  [['--save', at('x.json')], /--save saves the answers of an exam/],
])('%j: exit 2', (args, says) => {
  const {code, stdout, stderr} = runProgram(['quiz', ...args, '--lang', 'en']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')[0]).toMatch(says);
});

test('files are opened only where the call names them', () => {
  mkdirSync(at('theirs'));
  writeFileSync(at('theirs', 'a.json'), examText({...exam.value, sources: ['/etc/passwd']}));
  const {code, stderr} = runProgram(['quiz', '--grade', at('theirs'), '--lang', 'en']);
  expect([code, stderr]).toEqual([2, expect.stringContaining(nameTheSheet.what.en)]);
});

test('answers with impossible times are graded, and the fault is named in the table, in JSON and in CSV', () => {
  mkdirSync(at('clocks'));
  const files = {
    'a.json': {name: 'Ann'},
    'b.json': {name: "x;=cmd|'/C calc'!A0", times: {[told.id]: '2001-01-01T00:00:00.000Z'}},
    'c.json': {name: 'Cy', began: '2999-01-01T00:00:00.000Z'},
    'd.json': {name: 'Di', began: 'yesterday'},
  };
  for (const [file, changed] of Object.entries(files))
    writeFileSync(at('clocks', file), examText({...exam.value, ...changed}));
  const grade = (...args: readonly string[]) => runProgram(['quiz', '--grade', at('clocks'), ...args]);
  const {code, stdout} = grade('--json');
  type Graded = {readonly right: number; readonly times?: {readonly fault: string}};
  const people: readonly Graded[] = JSON.parse(stdout).people;
  expect([code, people.map(({right: count}) => count)]).toEqual([0, [10, 10, 10, 10]]);
  expect(people.map(({times}) => times?.fault)).toEqual([undefined, 'backwards', 'future', 'unreadable']);
  const rows = cells(grade('--csv', '--lang', 'en').stdout);
  expect(rows.map((row) => row.at(-1))).toEqual([
    'problem',
    '',
    expect.stringContaining('before the start'),
    expect.stringContaining('ahead of the clock'),
    expect.stringContaining('not a date'),
  ]);
  expect(rows[2]?.[0]).toBe("x;'=cmd|'/C calc'!A0");
  for (const [lang, said] of [
    ['en', /impossible/g],
    ['zh', /时间有误/g],
  ] as const)
    expect(grade('--lang', lang).stdout.match(said)).toHaveLength(3);
});
