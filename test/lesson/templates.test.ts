// What `new` writes: it can be read as it stands, says what was asked for, and keeps its promises.
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {inline, lines, newLesson} from '../../source/lesson/lesson-template.ts';
import {needsCrypto} from '../../source/lesson/needs-crypto.ts';
import {newPack} from '../../source/lesson/pack-template.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {signedFor} from '../../source/lesson/signed.ts';
import {allLessons, lessonNamed, traceOf} from '../helpers/all-runs.ts';

const both = (en: string, zh = en) => everywhere({en, zh});

describe('a text of two languages', () => {
  test('within a line', () => {
    expect(inline(both('one', 'yi'))).toBe('{en: one, zh: yi}');
  });

  test('over lines, as deep as it is said, in quotation marks where YAML would see a key', () => {
    expect(lines(both('one', 'yi'), 4)).toBe('    en: one\n    zh: yi');
    expect(parse(lines(both("it's: so", 'it’s so'), 0))).toEqual({en: "it's: so", zh: 'it’s so'});
  });
});

describe('a new lesson', () => {
  const text = newLesson('my-lesson', '../schema.json');

  test('names itself and its schema', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schema.json');
    expect(parse(text)).toMatchObject({format: 2, id: 'my-lesson', track: 'tcp-open'});
  });

  test('every text stands in both languages', () => {
    const {title, summary, beats, whatIf} = parse(text);
    for (const each of [
      title,
      summary,
      beats[0].say,
      beats[1].ask,
      beats[1].hint,
      beats[1].explain,
      beats[2].say,
      whatIf[0].title,
      whatIf[0].say,
    ])
      expect(Object.keys(each)).toEqual(['en', 'zh']);
  });
});

describe('a new pack', () => {
  const files = new Map(newPack('my-pack', '1.2.3').map(({path, text}) => [path, text]));
  const file = (path: string): string => files.get(path) ?? expect.fail(path);

  test('is a package that judges its lessons', () => {
    expect([...files.keys()]).toEqual([
      'package.json',
      'README.md',
      'lessons/misconceptions.yaml',
      'lessons/first-connection.yaml',
    ]);
    expect(JSON.parse(file('package.json'))).toEqual({
      name: 'my-pack',
      version: '0.1.0',
      private: true,
      keywords: ['packet-tutor-pack'],
      files: ['lessons'],
      scripts: {test: 'packet-tutor check lessons/*.yaml'},
      devDependencies: {'packet-tutor': '^1.2.3'},
    });
    expect(file('package.json')).toMatch(/^\{\n {2}"name": "my-pack",\n/);
    expect(file('README.md')).toMatch(/^# my-pack\n\n.+\n\n.+\n\n```sh\n/s);
  });

  test('its belief has a name of its own, which its question names', () => {
    const [belief] = parse(file('lessons/misconceptions.yaml'));
    expect(belief).toMatchObject({id: 'my-pack-data-in-syn', lesson: 'first-connection'});
    for (const each of [
      belief.belief,
      belief.correct,
      belief.answerMeans,
      belief.counter.shown,
      belief.counter.believed,
    ])
      expect(Object.keys(each)).toEqual(['en', 'zh']);
    const {id, questions} = parse(file('lessons/first-connection.yaml'));
    expect(id).toBe('first-connection');
    const [{ask, hint, explain, distractors}] = questions;
    for (const each of [ask, hint, explain]) expect(Object.keys(each)).toEqual(['en', 'zh']);
    expect(distractors[0].misconception).toBe(belief.id);
  });
});

test('what a run with TLS needs', () => {
  const secure = allLessons().flatMap(({runs}) => runs.filter(needsCrypto));
  expect(secure.length).toBeGreaterThan(5);
  expect(secure.length).toBeLessThan(allLessons().flatMap(({runs}) => runs).length / 2);
  for (const {apps = []} of secure) expect(JSON.stringify(apps)).toContain('"secure"');
  const plain = allLessons().flatMap(({runs}) => runs.filter((run) => !needsCrypto(run)));
  for (const {apps = []} of plain) expect(JSON.stringify(apps)).not.toContain('"secure"');
});

describe('a lesson is signed', () => {
  const lesson = lessonNamed('handshake');
  const [own] = lesson.runs;
  if (!own) expect.fail('no run');
  const told = (name: string, seed: number) => {
    let asked = 0;
    const signed = signedFor(lesson, {name, scenario: scenarioOf({...own, seed})}, (run) => {
      asked += 1;
      return traceOf({lesson, run});
    });
    return {signed, asked, signatures: signed.beats.filter(({signature}) => signature !== undefined).length};
  };

  test('only for another run than its own, which is simulated for it', () => {
    expect(told(own.name, own.seed)).toMatchObject({signed: lesson, asked: 0, signatures: 0});
    expect(told('nobody', own.seed + 1)).toMatchObject({signed: lesson, asked: 0});
    const other = told(own.name, own.seed + 1);
    expect(other.asked).toBeGreaterThan(0);
    expect(other.signatures).toBeGreaterThan(0);
    const again = signedFor(other.signed, {name: own.name, scenario: scenarioOf({...own, seed: 9})}, () =>
      expect.fail('it is signed'),
    );
    expect(again).toBe(other.signed);
  });
});
