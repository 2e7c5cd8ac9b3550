// What the monkey plays with: every lesson and some of their runs and what-ifs, before an audience too, captures, quiz, exam, review,
// interview, challenges, the menu.
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {challengeSummaries, compiledLesson, lessonIds} from '../../../source/io/lessons.ts';
import {root} from '../root.ts';

/** As somebody would call it; a capture is named by its file in test/fixtures, of which the monkey has a copy. */
export type MonkeySource = {
  readonly command: '' | 'play' | 'quiz' | 'review' | 'interview' | 'challenge';
  readonly positionals: readonly string[];
  readonly options: {readonly [name: string]: string | true};
};

const captureFolders = ['captures', 'captures-made'];

/** Captures by their path from the root. */
export const captureFiles = (): readonly string[] =>
  captureFolders.flatMap((folder) =>
    readdirSync(join(root, 'test', 'fixtures', folder))
      .filter((name) => /\.pcap(ng)?$/.test(name))
      .map((name) => join('test', 'fixtures', folder, name)),
  );

const play = (source: string, options: MonkeySource['options'] = {}): MonkeySource => ({
  command: 'play',
  positionals: [source],
  options,
});

const quiz = (topics: readonly string[], options: MonkeySource['options'] = {}): MonkeySource => ({
  command: 'quiz',
  positionals: topics,
  options,
});

/** What-ifs are led to by the end of their lessons, which the monkey jumps to. */
export const monkeySources = (): readonly MonkeySource[] => {
  const ids = lessonIds();
  const others = ids.flatMap((id) => (compiledLesson(id)?.runs ?? []).slice(1).map(({name}) => ({id, name})));
  const bare: MonkeySource = {command: '', positionals: [], options: {}};
  return [
    ...ids.map((id) => play(id)),
    ...others.map(({id, name}) => play(id, {run: name})),
    ...ids.filter((_, index) => index % 4 === 0).map((id) => play(id, {at: 'end'})),
    ...ids.filter((_, index) => index % 5 === 0).map((id) => play(id, {drop: '1'})),
    ...ids.filter((_, index) => index % 9 === 0).map((id) => play(id, {present: true})),
    ...ids.filter((_, index) => index % 9 === 4).map((id) => play(id, {autoplay: true})),
    ...captureFiles().map((file) => play(file)),
    ...ids.filter((_, index) => index % 3 === 0).map((id, index) => quiz([id], {seed: String(index + 1)})),
    ...ids
      .filter((_, index) => index % 7 === 0)
      .map((id, index) => quiz([id], {exam: true, minutes: '5', seed: String(index + 1), count: '5'})),
    quiz([]),
    ...challengeSummaries().map(({id}) => ({command: 'challenge', positionals: [id], options: {}}) as const),
    {command: 'challenge', positionals: ['today'], options: {}},
    {command: 'review', positionals: [], options: {}},
    {command: 'interview', positionals: [], options: {}},
    {command: 'interview', positionals: [], options: {seed: '1', count: '3'}},
    bare,
    bare,
    bare,
  ];
};

/** As words of a command line. */
export const wordsOf = ({command, positionals, options}: MonkeySource): readonly string[] => [
  ...(command === '' ? [] : [command]),
  ...positionals,
  ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, ...(value === true ? [] : [value])]),
];
