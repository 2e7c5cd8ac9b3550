// Which tests stand for a source file: those of its room that load it, the nearest first.
import {basename, dirname} from 'node:path/posix';
import type {SourceFile} from '../../test/helpers/architecture.ts';

type Files = ReadonlyMap<string, SourceFile>;

const loadedBy = (test: string, files: Files): ReadonlySet<string> => {
  const found = new Set([test]);
  for (const path of found) {
    for (const {file, typeOnly} of files.get(path)?.imports ?? [])
      if (file !== undefined && !typeOnly) found.add(file);
  }
  return found;
};

/** How far a test is from where the test of `path` would stand; each number counts only where those before are equal. */
const distance = (path: string, test: SourceFile): readonly number[] => {
  const mirror = path.replace(/^source\//, 'test/').replace(/\.tsx?$/, '');
  const folders = dirname(mirror).split('/');
  const shared = folders.filter((_, at) => test.path.startsWith(`${folders.slice(0, at + 1).join('/')}/`));
  const imports = test.imports.some(({file, typeOnly}) => file === path && !typeOnly);
  const spoken = new RegExp(basename(mirror).replaceAll('-', '.?'), 'gi');
  return [
    test.path.startsWith(`${mirror}.test.`) ? 0 : 1,
    imports ? 0 : 1,
    folders.length - shared.length,
    -(test.text.match(spoken)?.length ?? 0),
  ];
};

/**
 * First the test of the same name, then those that import the file themselves, then those of its folder, then those of
 * the folders above, never of another room; of several those first that speak of it most.
 */
export const mirroredTests = (tree: readonly SourceFile[], testPaths: readonly string[]) => {
  const files: Files = new Map(tree.map((file) => [file.path, file]));
  const tests = tree
    .filter(({path}) => testPaths.includes(path))
    .map((test) => ({test, loads: loadedBy(test.path, files)}));
  return (path: string): readonly string[] => {
    const room = `test/${path.split('/')[1]}/`;
    return tests
      .filter(({test, loads}) => test.path.startsWith(room) && loads.has(path))
      .map(({test}) => ({path: test.path, distance: distance(path, test)}))
      .sort((a, b) => {
        const apart = a.distance.map((each, at) => each - (b.distance[at] ?? 0)).find((each) => each !== 0);
        return apart ?? (a.path < b.path ? -1 : 1);
      })
      .map((each) => each.path);
  };
};
