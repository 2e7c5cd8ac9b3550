// Which tests stand for a source file: those of its room that load it, the nearest first, then those of the rooms above.
import {basename, dirname} from 'node:path/posix';
import type {SourceFile} from '../../test/helpers/architecture.ts';

type Files = ReadonlyMap<string, SourceFile>;
type Test = {readonly file: SourceFile; readonly loads: ReadonlySet<string>};

const loadedBy = (test: string, files: Files): ReadonlySet<string> => {
  const found = new Set([test]);
  for (const path of found) {
    for (const {file, typeOnly} of files.get(path)?.imports ?? [])
      if (file !== undefined && !typeOnly) found.add(file);
  }
  return found;
};

const mirrorOf = (path: string): string => path.replace(/^source\//, 'test/').replace(/\.tsx?$/, '');

/** Tests of the same name, and those that import the file themselves. */
const namesIt = (path: string, test: SourceFile): boolean =>
  test.path.startsWith(`${mirrorOf(path)}.test.`) ||
  test.imports.some(({file, typeOnly}) => file === path && !typeOnly);

/** How many folders up from where the test of `path` would stand; beside it is 0. */
const foldersUp = (path: string, test: SourceFile): number => {
  const folders = dirname(mirrorOf(path)).split('/');
  const up = folders.findIndex(
    (_, n) => dirname(test.path) === folders.slice(0, folders.length - n).join('/'),
  );
  return up < 0 ? folders.length : up;
};

/** The core, in the order in which its rooms build on each other. */
const core = ['wire', 'stack', 'sim', 'observe', 'account', 'lesson', 'quiz', 'drills'];

/** They say what the account holds, and their tests read it there; of any other room of the core they are no test. */
const writers = ['view', 'tell'];

const roomOf = (path: string): string => path.split('/')[1] ?? '';

/** 0: its own; undefined: not asked. Nothing above the core answers for the core, but writers for the account. */
const roomsUp = (path: string, test: SourceFile): number | undefined => {
  const [own, other] = [core.indexOf(roomOf(path)), core.indexOf(roomOf(test.path))];
  if (roomOf(path) === roomOf(test.path)) return 0;
  if (roomOf(path) === 'account' && writers.includes(roomOf(test.path))) return core.length;
  return own >= 0 && other > own ? other - own : undefined;
};

const count = (text: string, word: string): number =>
  text.match(new RegExp(word.replaceAll('-', '.?'), 'gi'))?.length ?? 0;

/** `quic-octets` and `quic-captured`: one. */
const wordsShared = (path: string, test: SourceFile): number => {
  const words = basename(mirrorOf(path)).split('-');
  const others = basename(test.path).replace(/[.].*/, '').split('-');
  return words.filter((word) => others.includes(word)).length;
};

/**
 * First the test of the same name, then those that import the file themselves, then those of the mirrored folder, then the
 * rest of its room, then those of the rooms above (of the account: its writers’, too): always only tests that load the file, of several those first whose
 * name is like its own, then those that speak of it and of its folder most. A recording of the kernel (`drills`) tells more of `stack/tcp` than lessons do.
 */
export const mirroredTests = (tree: readonly SourceFile[], testPaths: readonly string[]) => {
  const files: Files = new Map(tree.map((file) => [file.path, file]));
  const tests = tree
    .filter(({path}) => testPaths.includes(path))
    .map((file) => ({file, loads: loadedBy(file.path, files)}));
  return (path: string): readonly string[] => {
    const mirror = mirrorOf(path);
    const [, , ...folders] = dirname(mirror).split('/');
    const folder = folders.at(-1);
    const folderIn = ({path: test, text}: SourceFile): number =>
      folder === undefined ? 0 : count(test + text, folder);
    const rank = ({file, loads}: Test, up: number): readonly number[] => [
      up === 0 ? 0 : 1,
      file.path.startsWith(`${mirror}.test.`) ? 0 : 1,
      namesIt(path, file) ? 0 : 1,
      foldersUp(path, file),
      -wordsShared(path, file),
      up === 0 ? 0 : -folderIn(file),
      -count(file.text, basename(mirror)),
      -folderIn(file),
      up,
      loads.size,
    ];
    return tests
      .flatMap((test) => {
        const up = roomsUp(path, test.file);
        return up === undefined || !test.loads.has(path)
          ? []
          : [{path: test.file.path, rank: rank(test, up)}];
      })
      .sort((a, b) => {
        const apart = a.rank.map((each, at) => each - (b.rank[at] ?? 0)).find((each) => each !== 0);
        return apart ?? (a.path < b.path ? -1 : 1);
      })
      .map((each) => each.path);
  };
};
