// Builds dist/ before tests of the program, unless it is newer than everything it is made of.
import {execFileSync} from 'node:child_process';
import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './root.ts';

const newest = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const made = (): number => {
  try {
    return statSync(join(root, 'dist/cli.js')).mtimeMs;
  } catch {
    return 0;
  }
};

export default (): void => {
  const inputs = ['cli.tsx', 'source', 'lessons', 'scripts', 'package.json'].map((name) =>
    newest(join(root, name)),
  );
  if (made() > Math.max(...inputs)) return;
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], {stdio: 'inherit'});
};
