// What people call the hosts of our lessons: no text says an id where the screen says a label.
import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {hostName, theHost, theHostFirst} from '../../source/lesson/host-names.ts';

type Said = {readonly language: 'en' | 'zh'; readonly text: string};

const isText = (node: object): node is {readonly en: string; readonly zh: string} =>
  'en' in node && 'zh' in node && typeof node.en === 'string' && typeof node.zh === 'string';

const textsIn = (node: unknown): readonly Said[] => {
  if (typeof node !== 'object' || node === null) return [];
  if (isText(node))
    return [
      {language: 'en', text: node.en},
      {language: 'zh', text: node.zh},
    ];
  return Object.values(node).flatMap(textsIn);
};

type LessonText = {
  readonly id: string;
  readonly topology?: {
    readonly hosts?: Readonly<Record<string, {readonly label?: Readonly<Record<string, string>>}>>;
  };
};

const folders = readdirSync('lessons', {withFileTypes: true}).filter(
  (each) => each.isDirectory() && each.name !== 'data',
);
const lessons: readonly LessonText[] = folders.flatMap(({name}) =>
  readdirSync(`lessons/${name}`)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => parse(readFileSync(`lessons/${name}/${file}`, 'utf8'))),
);

/** As a word by itself, outside braces; `www.abc.com` has none. */
const says = (text: string, id: string): boolean =>
  new RegExp(`(?<![\\w.-])${id}(?![\\w-]|\\.\\w)`).test(text.replace(/\{[^}]*\}/g, ''));

/** Of `root server` its id is a part. */
const slips = ({topology, ...lesson}: LessonText): readonly string[] =>
  Object.entries(topology?.hosts ?? {}).flatMap(([id, {label}]) =>
    textsIn(lesson)
      .filter(({language, text}) => label && says(text, id) && !says(label[language] ?? '', id))
      .map(({text}) => `${lesson.id}: ${id}: ${text}`),
  );

test('a text calls a host as the screen does', () => {
  expect(
    lessons.filter(({topology}) => Object.values(topology?.hosts ?? {}).some(({label}) => label)).length,
  ).toBeGreaterThan(5);
  expect(lessons.flatMap(slips)).toEqual([]);
});

test('an id beside a label is found', () => {
  const hosts = {m: {label: {en: 'laptop', zh: '笔记本'}}};
  const said = (en: string) => slips({id: 'l', topology: {hosts}, ...{say: {en, zh: '笔记本'}}});
  expect(said('The answer reaches m.')).toHaveLength(1);
  expect(said('m.abc.com has {m.state}')).toEqual([]);
});

test('what a host is has an article, a name and an id have none', () => {
  const hosts = [
    {name: 'm', label: {en: 'laptop', zh: '笔记本'}},
    {name: 'tld', label: {en: 'com server', zh: 'com 服务器'}},
    {name: 'web', label: {en: 'shop.example', zh: '商店'}},
    {name: 'r1', label: {en: 'Router 1', zh: '路由器 1'}},
    {name: 'client'},
    {name: 'box'},
  ];
  const run = {header: {hosts}};
  const inside = hosts.map(({name}) => theHost(run, name).en);
  expect(inside).toEqual(['the laptop', 'the com server', 'shop.example', 'Router 1', 'the client', 'box']);
  expect(theHostFirst(run, 'm')).toMatchObject({en: 'The laptop', zh: '笔记本'});
  expect(theHostFirst(run, 'tld')).toMatchObject({en: 'The com server', zh: 'com 服务器'});
  expect(hosts.map(({name}) => hostName(run, name).zh)).toEqual([
    '笔记本',
    'com 服务器',
    '商店',
    '路由器 1',
    '客户端',
    'box',
  ]);
});
