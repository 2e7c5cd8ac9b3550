#!/usr/bin/env node
// argv → command. Everything but the version is loaded when it is asked for, so that trivial calls cost nothing.
import {version} from './source/app/version.ts';

// Imported, each of Node's own modules would be looked through for its names, streams and all, at every start.
const {writeSync} = process.getBuiltinModule('node:fs');
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
  const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
  // As CommonJS it is found and linked in a third of the time.
  const {loadProgram}: typeof import('./source/loader/load.ts') = require('./loader.cjs');
  const {main} = loadProgram('main.js', import.meta.url);
  process.exitCode = await main(argv);
}
