// What a lesson may write where a number or a form is asked: the last value that is taken and the first that is not, and what is told then.
// Oracles: the RFC of each field; docs/lessons.md for what is ours.
import {describe, expect, test} from 'vitest';
import * as z from 'zod/v4/core';
import {loadLesson} from '../../source/lesson/load.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {schemasOf} from '../../source/lesson/schema.ts';
import {schemaProblemsSentences} from '../../source/words/catalogue/lesson-schema.ts';
import {lessonText} from './fragments.ts';

type Changed = Parameters<typeof lessonText>[0];

const remediesFor = (changed: Changed): readonly string[] => {
  const lesson = loadLesson(lessonText(changed), 'sample.yaml');
  return lesson.ok ? [] : lesson.error.map(({remedy}) => remedy.en);
};

const server = (settings: string): Changed => ({
  topology: `topology:\n  hosts:\n    client: {iss: 1000}\n    server: {${settings}}\n`,
});
const tcp = (setting: string): Changed => server(`tcp: {${setting}}`);
const link = (setting: string): Changed => ({
  topology: `topology:\n  hosts:\n    client: {iss: 1000}\n    server: {iss: 9000}\n  links: [{name: path, between: [client, server], ${setting}}]\n`,
});
const calls = (call: string): Changed => ({script: `script:\n  - {at: 0ms, host: client, call: ${call}}\n`});
const apps = (app: string): Changed => ({runs: `apps:\n  - {host: server, ${app}}\n`});
const fault = (given: string): Changed => ({runs: `runs:\n  base: {faults: [${given}]}\n`});
const head = (line: string): Changed => ({
  head: `format: 1\nid: sample\ntitle: {en: Sample, zh: 样例}\nsummary: {en: A sample., zh: 样例。}\ntrack: tcp-open\n${line}\n`,
});

const table: readonly (readonly [string, (given: string) => Changed, string, string[], string[]])[] = [
  ['minutes', (n) => head(`minutes: ${n}\nrfc: [9293 §3.5]`), '1 to 60', ['1', '60'], ['0', '61', '1.5']],
  [
    'a clause',
    (given) => head(`minutes: 5\nrfc: [${given}]`),
    '9293 §3.5',
    ['826', '9293 §3.10.7.4', '1034 §A.1', '9293 §3–4', '9293 Fig. 6', '9293 figure 12', '99999'],
    ['26', '100000', '9293 3.5', '9293 §', 'RFC 9293'],
  ],
  ['no clause', (given) => head(`minutes: 5\nrfc: [${given}]`), 'at least one RFC reference', ['9293'], ['']],
  // RFC 9293 §3.7.1: 65,535 less 40 octets of headers.
  ['MSS', (n) => tcp(`mss: ${n}`), '1 to 65495', ['1', '65495'], ['0', '65496']],
  // RFC 7323 §2.3
  ['window scale', (n) => tcp(`windowScale: ${n}`), '0 to 14', ['0', '14', 'off'], ['-1', '15', 'on']],
  ['ISS', (n) => server(`iss: ${n}`), '0 to 4294967295', ['0', '4294967295'], ['-1', '4294967296']],
  [
    'buffers',
    (given) => tcp(`rcvBuffer: ${given}`),
    '65536, 64KiB or 6MiB',
    ['1', '64KiB', '999999999B', '2147483647'],
    ['64K', '-1', '1000000000B', '2147483648', '1.5kB'],
  ],
  // RFC 791 §3.2 and §3.1
  ['MTU', (n) => link(`mtu: ${n}`), '68 to 65535', ['68', '65535'], ['67', '65536']],
  [
    'rate',
    (given) => link(`rate: ${given}`),
    '100Mbit',
    ['1bit', '999999999Gbit'],
    ['1Mb', '1.5Mbit', '1000000000bit'],
  ],
  [
    'loss',
    (given) => link(`loss: ${given}`),
    '2.5%',
    ['0%', '100%', '0.000001%'],
    ['2.5', '1000%', '.5%', '0.0000001%'],
  ],
  [
    'delay',
    (given) => link(`delay: ${given}`),
    'a time with its unit',
    ['0us', '1.000001s', '2m', '1h', '100000000ms'],
    ['5', '5 ms', '1d', '1.0000001s', '1000000000ms', '.5s'],
  ],
  [
    'a long delay',
    (given) => link(`delay: ${given}`),
    '277777h at most',
    ['277777h', '999999999s'],
    ['277778h'],
  ],
  ['ports', (n) => calls(`listen, port: ${n}`), '1 to 65535', ['1', '65535'], ['0', '65536']],
  [
    'whom to connect to',
    (given) => calls(`connect, to: '${given}'`),
    'a host and a port',
    ['server:80', 'a_1:65535'],
    ['Server:80', 'server:', 'server:100000'],
  ],
  ['octets sent', (n) => calls(`send, bytes: ${n}`), '1 or more', ['1', '1000000000'], ['0', '1000000001']],
  [
    'nth',
    (given) => fault(`{drop: {from: client, nth: ${given}}}`),
    '1, 2-4 or 2-',
    ['1', '2-', '2-999999999'],
    ["'0-1'", "'2-1000000000'", "'-2'", 'last'],
  ],
  [
    'places',
    (n) => fault(`{reorder: {from: client, places: ${n}}}`),
    '1 or more',
    ['1', '1000'],
    ['0', '1001'],
  ],
  // RFC 9110 §15
  [
    'status',
    (n) => apps(`http: {routes: [{get: /, status: ${n}}]}`),
    '100 to 599',
    ['200', '599'],
    ['99', '600'],
  ],
  [
    'path',
    (given) => apps(`http: {routes: [{get: ${given}}]}`),
    'begins with /',
    ['/', '/a?b=c'],
    ['a', "'/a b'"],
  ],
  // RFC 6891 §6.2.3
  [
    'EDNS',
    (n) => apps(`dns: {recursive: {edns: ${n}}}`),
    '512 to 65535',
    ['512', '65535', 'off'],
    ['511', '65536'],
  ],
  [
    'connections',
    (n) => apps(`http: {browser: {connections: ${n}}}`),
    '1 to 100',
    ['1', '100'],
    ['0', '101'],
  ],
];

describe.each(table)('%s', (_, changed, words, good, bad) => {
  test.each(good)('%s is taken', (given) => {
    expect(remediesFor(changed(given)).filter((remedy) => remedy.includes(words))).toEqual([]);
  });
  test.each(bad)('%s is not', (given) => {
    expect(remediesFor(changed(given)).join('\n')).toContain(words);
  });
});

/** What the schema says where a value does not fit, wherever it says so. */
const phrasesIn = (schema: z.$ZodType): ReadonlySet<string> => {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof z.$ZodType || value instanceof z.$ZodCheck) {
      const {def} = value._zod;
      if ('error' in def && typeof def.error === 'function')
        found.add(String(Reflect.apply(def.error, undefined, [])));
      if (value instanceof z.$ZodLazy) visit(value._zod.innerType);
      visit(def);
      return;
    }
    for (const each of Object.values(value)) visit(each);
  };
  visit(schema);
  return found;
};

test('whatever the schema says of a value has its words', () => {
  const said = [...phrasesIn(schemasOf(vocabulary).lesson)].filter((phrase) => !phrase.startsWith('most: '));
  expect(said.length).toBeGreaterThan(70);
  expect(said.filter((phrase) => !Object.hasOwn(schemaProblemsSentences.phrases, phrase))).toEqual([]);
});
