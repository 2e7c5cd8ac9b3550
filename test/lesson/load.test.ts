// A lesson file as a whole: defaults, syntax, bounds, checks and what-ifs; each construct used and misused.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {InterviewFile, ProofFile} from '../../source/lesson/interview.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import {runNamed} from '../../source/lesson/run-variant.ts';
import {runs, some} from '../helpers/seeds.ts';
import {errorsOf, lessonText, load, runOf} from './fragments.ts';
import {misspelt, type Told, toldError} from './told-problem.ts';

const beats = (...lines: readonly string[]): string =>
  `beats:\n${lines.map((line) => `  ${line}\n`).join('')}`;

/** An interview whose one point this lesson is to prove. */
const interviewOf = (proof: Omit<ProofFile, 'lesson'>): readonly InterviewFile[] => {
  const text = everywhere({en: 'x', zh: 'x'});
  const {id} = load();
  const points = [{id: 'step', text, proof: {...proof, lesson: id}}];
  const kept = {level: 1, sets: [], words: [], next: []};
  return [{id: 'syn', topic: 'tcp-open', ...kept, ask: text, points, answer: text}];
};

test('what proves an interview’s point names a run that there is, in the lesson’s names', () => {
  const errors = (proof: Omit<ProofFile, 'lesson'>): readonly Told[] => {
    const read = loadLesson(lessonText(), 'sample.yaml', {interview: interviewOf(proof)});
    return read.ok ? [] : read.error.map(toldError);
  };
  const at = {enters: 'ESTABLISHED', host: 'client'};
  const that = 'client.state == "ESTABLISHED"';
  expect(errors({at, that})).toEqual([]);
  expect(errors({run: 'base', at, that})).toEqual([]);
  expect(errors({run: 'bas', at, that})).toMatchObject([
    {at: '1:1', says: 'proof.named', near: 'base', id: 'syn/step', kind: 'run', given: 'bas'},
  ]);
  expect(errors({at, that: 'klient.state == "ESTABLISHED"'})).toMatchObject([
    {at: '1:1', says: 'proof.named', near: 'client', id: 'syn/step', kind: 'name', given: 'klient'},
  ]);
});

describe('the file', () => {
  test('what is left out is the pair of hosts, 50 ms apart, on linux with seed 1', () => {
    const run = runOf(load({topology: ''}));
    expect(run).toMatchObject({
      name: 'base',
      profile: 'linux',
      seed: 1,
      until: 'quiet',
      limitUs: 600_000_000,
      arp: false,
    });
    expect(run.hosts.map(({name, interfaces}) => [name, interfaces])).toEqual([
      ['client', [{link: 'path', ip: '192.0.2.10', mac: '02:00:00:00:00:01'}]],
      ['server', [{link: 'path', ip: '198.51.100.20', mac: '02:00:00:00:00:02'}]],
    ]);
    expect(run.links).toEqual([
      {name: 'path', between: ['client', 'server'], delayUs: 50_000, loss: 0, mtu: 1500},
    ]);
    expect(run.hosts[0]).not.toHaveProperty('iss');
  });

  test('a misspelt key has a place and the nearest word', () => {
    expect(
      errorsOf({head: lessonText().slice(0, lessonText().indexOf('topology')).replace('minutes', 'minuts')}),
    ).toMatchObject([
      {at: '1:1', says: 'schemaProblems.missing', name: 'minutes'},
      misspelt('6:1', 'minuts', 'minutes', 'key'),
    ]);
  });

  test('a YAML syntax error has a place', () => {
    expect(errorsOf({runs: 'runs: {base: {}\n'})[0]).toMatchObject({
      at: '16:1',
      says: 'yamlErrors.BAD_INDENT',
    });
    expect(errorsOf({runs: 'runs:\n\tbase: {}\n'})[0]).toMatchObject({
      at: '16:1',
      says: 'yamlErrors.TAB_AS_INDENT',
    });
    expect(errorsOf({runs: 'seed: 1\nseed: 2\n'})).toMatchObject([
      {at: '16:1', says: 'yamlErrors.DUPLICATE_KEY'},
    ]);
    expect(
      errorsOf({
        beats: beats(
          '- {when: {end: true}, say: {en: hello, zh: 你好}}',
          '- when: {end: true}',
          '  say:',
          '    en: first: second',
          '    zh: 你好',
        ),
      }),
    ).toMatchObject([{at: '19:11', says: 'yamlErrors.BLOCK_AS_IMPLICIT_KEY'}]);
  });

  test.each([
    ['an indentation', (line: string) => ` ${line}`],
    ['a quote', (line: string) => line.replace(': ', ': "')],
    ['a bracket', (line: string) => line.replace(': ', ': [')],
  ])('of one slip only the slip is told: %s', (_, slip) => {
    const sound = readFileSync('lessons/foundations/handshake.yaml', 'utf8').split('\n');
    const damaged = (...places: readonly number[]): readonly Told[] => {
      const text = sound.map((line, index) => (places.includes(index) ? slip(line) : line)).join('\n');
      const lesson = loadLesson(text, 'handshake.yaml');
      return lesson.ok ? [] : lesson.error.map(toldError);
    };
    expect(damaged(1)).toHaveLength(1);
    // Further down a second one is an error of its own, told once.
    const further = sound.findIndex((line) => line.startsWith('  en: '));
    expect(damaged(1, further)).toHaveLength(2);
  });

  test('aliases, long files and deep nesting are refused', () => {
    expect(errorsOf({runs: 'seed: &s 1\nrequires: [*s]\n'})).toMatchObject([
      {at: '16:12', says: 'yamlRare.alias'},
    ]);
    expect(errorsOf({runs: `# ${'x'.repeat(600_000)}\n`})[0]).toMatchObject({says: 'yamlRare.tooLong'});
    for (const nested of some(['['.repeat(100_000), `${'{a: '.repeat(50_000)}`, '- '.repeat(100_000)], 1)) {
      const lesson = loadLesson(nested, 'deep.yaml');
      if (lesson.ok) expect.fail('it was read');
      expect(lesson.error.map(toldError)).toMatchObject([
        {at: '1:1', says: expect.stringMatching(/\.nestedTooDeeply$/)},
      ]);
    }
  });

  test('the ends of lists, of times and of what is told of broken text', () => {
    const many = (count: number, entry: string): string => new Array(count).fill(entry).join('');
    const beat = '  - {when: {sends: client, flags: [SYN]}, say: {en: a, zh: 甲}}\n';
    expect(errorsOf({beats: `beats:\n${many(251, beat)}`})).toMatchObject([
      {at: '16:3', says: 'schemaProblems.tooMany', most: '250'},
    ]);
    const hosts = Array.from({length: 101}, (_, index) => `    h${index}: {}\n`).join('');
    expect(errorsOf({topology: `topology:\n  hosts:\n${hosts}`})[0]).toMatchObject({
      at: '10:5',
      says: 'schemaProblems.tooMany',
      most: '100',
    });
    expect(errorsOf({runs: 'limit: 277778h\n'})).toMatchObject([
      {at: '15:8', says: 'schemaProblems.expected.isNotWhat', what: 'long duration', shown: '277778h'},
    ]);
    expect(load({runs: 'limit: 277777h\n'}).runs[0]?.limitUs).toBe(999_997_200_000_000);
    // Each of these compared or parsed the whole text once for each line.
    for (const line of ['k: 1\n', 'k: "\n', 'k:\n\tx: 1\n']) {
      const lesson = loadLesson(many(runs(20_000, 2000), line), 'broken.yaml');
      if (lesson.ok) expect.fail('it was read');
      expect(lesson.error.length).toBeGreaterThan(0);
    }
  });

  test('a key is a word', () => {
    expect(errorsOf({runs: '{a: 1}: 2\n'})).toMatchObject([{at: '15:1', says: 'yamlErrors.COLLECTION_KEY'}]);
  });

  test('a comma inside braces is explained', () => {
    expect(
      errorsOf({beats: beats('- {when: {sends: client, flags: [SYN]}, say: {en: yes, indeed, zh: 对}}')}),
    ).toMatchObject([{at: '16:58', says: 'schemaProblems.cut', given: 'indeed'}]);
  });

  test('the id is the file’s name', () => {
    const lesson = loadLesson(lessonText(), 'lessons/tcp-open/other.yaml');
    expect(lesson.ok ? [] : lesson.error.map(toldError)).toMatchObject([
      {at: '2:5', says: 'load.checkHead', id: 'sample', name: 'other'},
    ]);
  });

  test('an RFC reference is well-formed', () => {
    expect(load({runs: ''}).rfc).toEqual(['9293 §3.5']);
    const head = lessonText().slice(0, lessonText().indexOf('topology')).replace('9293 §3.5', 'RFC9293 3.5');
    expect(errorsOf({head})).toMatchObject([
      {at: '7:7', says: 'schemaProblems.expected.isNotWhat', what: 'rfc', shown: 'RFC9293 3.5'},
    ]);
  });
});

describe('checks and what-ifs', () => {
  test('both are compiled', () => {
    const lesson = load({
      checks: 'checks: [{that: \'count("tcp\\".len == 0") == 3\', because: x}]\n'.replace('\\"', ''),
      whatIf:
        'whatIf: [{title: {en: t, zh: 题}, faults: [{drop: {packet: 1}}], script: [{at: 1s, host: client, call: close}], expect: [{sends: client, nth: 2}], checks: [{that: 1 == 1}]}]\n',
    });
    expect(lesson.checks).toHaveLength(1);
    expect(lesson.whatIfs[0]?.run.script).toHaveLength(3);
    expect(lesson.whatIfs[0]?.run.faults).toEqual([{kind: 'drop', at: {packet: 1}}]);
    expect(lesson.whatIfs[0]?.run.name).toBe('what-if-1');
  });

  const asked = (whatIf: string, wanted: string) => runNamed(load({whatIf}), wanted)?.title?.en;
  const first = '{id: lose-syn, title: {en: one}, faults: [{drop: {packet: 1}}]}';
  const renamed = '{id: lose-ack, was: what-if-1, title: {en: two}, faults: [{drop: {packet: 2}}]}';
  const placed = '{title: {en: three}, faults: [{drop: {packet: 3}}]}';

  test('a what-if with an id keeps its names wherever it stands', () => {
    for (const order of [
      [first, renamed],
      [renamed, first],
    ]) {
      const whatIf = `whatIf: [${order.join(', ')}]`;
      expect(asked(whatIf, 'lose-syn')).toBe('one');
      expect(asked(whatIf, 'lose-ack')).toBe('two');
      expect(asked(whatIf, 'what-if-1')).toBe('two');
      expect(asked(whatIf, 'what-if-2')).toBeUndefined();
    }
    expect(asked(`whatIf: [${first}, ${placed}]`, 'what-if-2')).toBe('three');
  });

  test('a beat, an invitation and a proof may name a what-if by its id', () => {
    const beat = '{run: lose-ack, when: {at: 0ms}, say: {en: x}}';
    const lesson = load({whatIf: `whatIf: [${renamed}]`, beats: `beats: [${beat}]\n`});
    expect(lesson.beats[0]?.run).toBe('what-if-1');
    const at = {at: '0ms'};
    const text = lessonText({whatIf: `whatIf: [${renamed}]`});
    const read = loadLesson(text, 'sample.yaml', {
      interview: interviewOf({run: 'lose-ack', at, that: '1 == 1'}),
    });
    expect(read.ok && read.value.proofs?.[0]?.run).toBe('what-if-1');
  });

  test.each([
    [[first, first], {at: '17:80', says: 'runs.takenName', name: 'lose-syn'}],
    [[placed, renamed], {at: '17:10', says: 'runs.takenName', name: 'what-if-1'}],
    [['{id: base, title: {en: x}}'], {at: '17:15', says: 'runs.takenName', name: 'base'}],
    [['{id: what-if-3, title: {en: x}}'], {at: '17:15', says: 'runs.placeAsId', id: 'what-if-3'}],
    [['{was: what-if-3, title: {en: x}}'], {at: '17:16', says: 'runs.wasAlone'}],
  ])('%j is refused', (list, told) => {
    expect(errorsOf({whatIf: `whatIf: [${list.join(', ')}]`})).toMatchObject([told]);
  });

  test.each([
    [
      'checks: [{that: "count(\'tcp.lem == 0\') == 3", because: x}]',
      misspelt('17:25', 'tcp.lem', 'tcp.len', 'field'),
    ],
    [
      "checks: [{that: 'time({sends: clint}) == 1s', because: x}]",
      misspelt('17:31', 'clint', 'client', 'host'),
    ],
    [
      'checks: [{that: 1 ==, because: x}]',
      {at: '17:21', says: 'parser.expected.wasExpectedNot', given: 'theEnd'},
    ],
    ['checks: [{that: 1 == 1}]', {at: '17:10', says: 'schemaProblems.missing', name: 'because'}],
    [
      'whatIf: [{title: {en: t, zh: 题}, expect: [{sends: cient}]}]',
      misspelt('17:51', 'cient', 'client', 'host'),
    ],
    ['whatIf: [{title: {en: t, zh: 题}, run: bse}]', misspelt('17:39', 'bse', 'base', 'run')],
  ])('%s', (checks, error) => {
    expect(errorsOf({checks: `${checks}\n`})).toMatchObject([error]);
  });
});
