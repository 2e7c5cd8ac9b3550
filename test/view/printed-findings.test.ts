// The printed page of a capture against its findings. Oracle: the findings themselves, each with its sentence in `inspect --json`.
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, it, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {sameIn, worded} from '../../source/lesson/text.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {type Finding, isWrong} from '../../source/verdict/finding.ts';
import {isUndecoded, listedIn} from '../../source/view/findings/listed.ts';
import {briefOf, sentenceOf} from '../../source/view/findings/sentence.ts';
import {type Inspected, inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf, Conversations} from '../../source/view/inspect/selection.ts';
import {toldInShort} from '../../source/view/inspect/story.ts';
import {listTexts} from '../../source/words/catalogue/findings.ts';
import {reportTexts} from '../../source/words/catalogue/inspect.ts';
import {some} from '../helpers/seeds.ts';
import {captureFiles, captureFolder} from '../wire/captures.ts';

const inspectedFolder = new URL('../fixtures/inspected/', import.meta.url);

const causes = fileURLToPath(new URL('../fixtures/causes/', import.meta.url));

const paths = [
  ...readdirSync(causes)
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .map((name) => causes + name),
  ...captureFiles.filter((name) => !name.startsWith('19')).map((name) => captureFolder + name),
];

const inspected = async (path: string): Promise<Inspected> => {
  const read = await inspectCapture(path);
  if (!read.ok) throw new Error(`${path} cannot be read`);
  const {inspector, facts} = read.value;
  return {name: '', facts, inspector, told: allOf(inspector, capturedTls(inspector.connections, undefined))};
};

/** All of a section on lines that are not broken. */
const linesUnder = (report: readonly string[], title: string): readonly string[] => {
  const from = report.indexOf(title);
  if (from < 0) return [];
  const rest = report.slice(from + 1);
  return rest.slice(0, rest.includes('') ? rest.indexOf('') : rest.length);
};

const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ');

/** Returns what *In short* has to say of a finding: its sentence; of undecoded protocols, which share a sentence, only the port or name. */
const toldOf = (each: Finding): {readonly [language in 'en' | 'zh']: string} => {
  if (!isUndecoded(each)) return sentenceOf(each);
  const {port, service} = each.facts;
  return sameIn(port > 0 ? `${port}` : (service ?? ''));
};

type Page = {readonly language: 'en' | 'zh'; readonly inShort: ReadonlySet<Finding>};

/** Returns which findings no line tells, or names where *In short* tells them, and which lines tell no finding. */
const compared = (findings: readonly Finding[], lines: readonly string[], {language, inShort}: Page) => {
  const sentences = findings.map((each) => {
    const isTold = inShort.has(each);
    return plain(
      (isTold ? worded(listTexts.inShort, {brief: briefOf(each.id)}) : sentenceOf(each))[language],
    );
  });
  const told = lines.map(plain);
  const all = listedIn(findings, inShort);
  const listed = new Set(all.map(({finding}) => finding));
  // What *In short* tells of undecoded protocols is not listed again.
  const counted = findings.filter((each) => !listed.has(each));
  return {
    silent: findings.filter(
      (each, index) => !counted.includes(each) && !told.some((line) => line.includes(sentences[index] ?? '')),
    ),
    unfounded: told.filter((line) => !sentences.some((sentence) => line.includes(sentence))),
    counted: counted.length,
  };
};

describe.each(some(paths, 24))('%s', (path) => {
  it.each(['en', 'zh'] as const)('prints each finding and nothing else, in %s', async (language) => {
    const capture = await inspected(path);
    const {findings} = capture.told;
    const report = inspectionReport(capture, {language, columns: 10_000, ascii: false});
    const under = (title: {readonly [each in 'en' | 'zh']: string}) => linesUnder(report, title[language]);
    const inShort = toldInShort(capture.told);
    const wrong = findings.filter(isWrong);
    const notes = findings.filter((each) => !isWrong(each));
    for (const [title, all] of [
      [reportTexts.oddities, wrong] as const,
      [reportTexts.notes, notes] as const,
    ]) {
      const {silent, unfounded} = compared(all, under(title), {language, inShort});
      expect({silent, unfounded}).toEqual({silent: [], unfounded: []});
    }
    const story = plain(under(reportTexts.story).join(' '));
    for (const each of inShort) expect(story).toContain(plain(toldOf(each)[language]));
    expect([...inShort].some(isWrong)).toBe(wrong.length > 0);
    if (wrong.length > 0) expect(story).not.toContain(plain(reportTexts.sound.all[language]));
  });
});

test('what is found of many is told once, with how many more there are', async () => {
  const capture = await inspected(`${captureFolder}06c-refused-three-ports.pcap`);
  const report = inspectionReport(capture, {language: 'en', columns: 10_000, ascii: false});
  const [line, ...others] = linesUnder(report, reportTexts.oddities.en);
  expect(line).toContain('#1, #2: refused (see “In short”).');
  expect(others).toEqual([]);
});

test('a conversation has the findings about it, about its hosts, and of the crowd that it belongs to', async () => {
  const {inspector} = await inspected(
    fileURLToPath(new URL('12a-syn-flood-no-cookies.pcap', inspectedFolder)),
  );
  const conversations = new Conversations(inspector, (each) => capturedTls([each], undefined)[0]);
  const [flood] = conversations.all.findings.filter(({id}) => id === 'syn-flood');
  const [member = 0] = flood?.covers ?? [];
  expect(conversations.of(member).findings).toContain(flood);
  expect(conversations.interestOf(member)).toBeGreaterThan(0);
});
