#!/usr/bin/env node
// argv → command. Everything but the version is loaded when it is asked for, so that trivial calls cost nothing.
import {writeSync} from 'node:fs';
import process from 'node:process';
import {version} from './source/app/version.ts';

const argv = process.argv.slice(2);

// `packet-tutor … | head` closes the pipe while we write: that is not an error.
process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
  if (problem.code === 'EPIPE') process.exit(0);
  throw problem;
});
// Where nobody hears of an error, its exit code still tells.
process.stderr.on('error', () => {});

/** False: what is to be said about it, `main` says. */
const printed = (text: string): boolean => {
  try {
    return writeSync(1, text) === text.length;
  } catch {
    return false;
  }
};

const asksVersion = argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V');
if (!asksVersion || !printed(`${version}\n`)) {
  const {loadProgram} = await import('./source/loader/load.ts');
  const {main} = loadProgram('main.js');
  process.exitCode = await main(argv);
}
