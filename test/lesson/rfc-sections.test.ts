// Every clause that is cited exists, and a rule that is named after a section cites that one. Oracle: the headings of the RFCs
// themselves, copied into test/fixtures/rfc-sections.json for what is cited.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {loadData} from '../../source/lesson/load-data.ts';
import {mayHaveSection} from '../../source/lesson/rfc-contents.ts';
import {dataFile} from '../helpers/data-file.ts';
import {root} from '../helpers/root.ts';

type Sections = {readonly [rfc: string]: {readonly [section: string]: string}};

const sections: Sections = JSON.parse(
  readFileSync(new URL('../fixtures/rfc-sections.json', import.meta.url), 'utf8'),
);

/** Cited, but nobody has copied their headings yet. Whoever cites another RFC looks its headings up. */
const notCopied = new Set(
  `791 919 1112 1191 1812 2024 3022 3552 3704 3810 3986 4291 4302 4346 4443 4592 4787 4861 4987 5077 5280 5321 5382 5461 5480 5482 5508 5681 5746 5869 5927 5961 6056 6191 6275 6298 6335 6437 6454 6455 6528 6582 6585 6604 6633 6675 6797 6864 6928 6943 7301 7323 7507 7627 7685 7905 8017 8200 8305 8410 8422 8482 8701 8754 8785 9156 9325 9471 9499 9520 9525 9609 9619 9715 9768 9850`.split(
    /\s+/,
  ),
);

const section = String.raw`(?:\d+|[A-Z])(?:\.\d+)*`;
const cited = new RegExp(String.raw`(?<![\d.])(\d{3,4}) §§?\s?(${section})`, 'g');
const ruleId = new RegExp(String.raw`'(\d{3,4}):(${section})\/`, 'g');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.(?:yaml|ts)$/.test(name) && !/catalogue\//.test(name))
    .map((name) => join(folder, name));

const files = ['lessons', 'source'].flatMap(filesIn);

/** Their places, by `9293 3.10.1`. */
const citations = new Map<string, string[]>();
for (const file of files)
  for (const [index, line] of readFileSync(join(root, file), 'utf8').split('\n').entries())
    for (const [, rfc, where] of [...line.matchAll(cited), ...line.matchAll(ruleId)]) {
      const key = `${rfc} ${where}`;
      citations.set(key, [...(citations.get(key) ?? []), `${file}:${index + 1}`]);
    }

test('each section that is cited stands in its RFC', () => {
  expect(citations.size).toBeGreaterThan(400);
  const missing = [...citations].filter(([key]) => {
    const [rfc = '', where = ''] = key.split(' ');
    return !notCopied.has(rfc) && sections[rfc]?.[where] === undefined;
  });
  expect(
    missing.map(([key, places]) => `RFC ${key}: ${places.slice(0, 3).join(', ')}`),
    'copy the headings of these sections from the RFC into test/fixtures/rfc-sections.json',
  ).toEqual([]);
});

test('what `check` knows of tables of contents has all that was copied', () => {
  const all = Object.entries(sections).flatMap(([rfc, own]) =>
    Object.keys(own).map((each) => [rfc, each] as const),
  );
  expect(all.filter(([rfc, each]) => !mayHaveSection(rfc, each))).toEqual([]);
});

test('what is listed as not copied is cited, and has no headings', () => {
  const known = new Set([...citations.keys()].map((key) => key.split(' ')[0]));
  expect([...notCopied].filter((rfc) => !known.has(rfc) || sections[rfc] !== undefined)).toEqual([]);
});

/** `TCP Keep-Alives` and `keep-alive`, `OPEN Call` and `open` are one name. */
const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^(?:tcp|the|own) | (?:call|state|message|extension|algorithm|protocol)$/g, '')
    .replace(/[^a-z0-9]/g, '')
    .replace(/s$/, '');

/** They bear the name of another section than the one that has them, and why. */
const elsewhere = new Set([
  // Data after CLOSE and what TIME-WAIT is for: SHLD-3 and MUST-13 stand in §3.6.1.
  '9293:3.6.1/close/reader-gone',
  'counterfactual:no-time-wait/closed',
  // What the window lets out, not the call.
  '9293:3.8.6/send/window',
  // A method that the target does not allow.
  '9110:15.5.6/method',
  // A hello is written down, no record of TLS.
  '9846:8.2/record',
  // Whose version it is, not its machine of §A.2.
  '9846:4.3.1/server',
  // Which extensions go together and which must be there is said in §9.2.
  '9846:9.2/key-share',
  '9846:9.2/signature-algorithms',
]);

test('a rule with the name of a section is a rule of that section', () => {
  const data = loadData({rules: dataFile('rules')});
  if (!data.ok) throw new Error('no rules');
  let named = 0;
  const strangers = data.value.rules.flatMap(({id, rfc}) => {
    const [, number = '', where = ''] = /^(\d+) §(\S+)$/.exec(rfc) ?? [];
    const [, ...names] = id.split('/');
    const name = nameOf(names[0] ?? '');
    const titles = Object.entries(sections[number] ?? {});
    const fitting = titles.filter(([, title]) => nameOf(title) === name).map(([each]) => each);
    if (fitting.length === 0) return [];
    named += 1;
    const near = fitting.some((each) => `${where}.`.startsWith(`${each}.`) || each.startsWith(`${where}.`));
    return near ? [] : [`${id} cites ${rfc}, but §${fitting.join(', §')} has that name`];
  });
  const wrong = strangers.filter((text) => !elsewhere.has(text.split(' ')[0] ?? ''));
  expect(wrong).toEqual([]);
  expect(strangers).toHaveLength(elsewhere.size);
  expect(named).toBeGreaterThan(30);
});
