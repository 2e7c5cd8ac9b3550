// docs/reference.md says what the program does: commands and options, exit codes, environment variables, members of its JSON.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {OptionSpec} from '../../source/app/command.ts';
import {globalOptions} from '../../source/app/options.ts';
import {catalog, menuEntry} from '../../source/commands/catalog.ts';
import {machineVersion} from '../../source/sim/identity.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';
import {listedIn, namesIn, rowsOf, sectionOf, unlisted} from './reference-page.ts';
import {unlistedLines} from './shown-lines.ts';

const source = join(root, 'source');
const texts = readdirSync(source, {recursive: true, encoding: 'utf8'})
  .filter((name) => /\.tsx?$/.test(name) && !/^words.catalogue/.test(name))
  .map((name) => readFileSync(join(source, name), 'utf8'));

/** Returns what the first group of a pattern finds anywhere in the source. */
const inSource = (pattern: RegExp): readonly string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found));

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].toSorted();

test('each command has its arguments and options, and every command takes the common ones', async () => {
  const dashed = (options: readonly OptionSpec[]): readonly string[] =>
    options.map(({name}) => `--${name}`).toSorted();
  const commands = await Promise.all(
    [menuEntry, ...catalog].map(async ({name, positionals, load}) => {
      return [name === menuEntry.name ? '' : name, positionals, dashed((await load()).options)] as const;
    }),
  );
  const options = rowsOf('Commands and options', '| option | of | what it does |');
  const optionsOf = (command: string): readonly string[] =>
    options
      .filter(([, of = '']) => namesIn(of).includes(command))
      .flatMap(([names = '']) => namesIn(names).map((name) => name.split(' ')[0] ?? ''));
  const rows = rowsOf('Commands and options', '| command | arguments | what it does |');
  const told = rows.map(([first = '', positionals = '']) => {
    const [command = ''] = namesIn(first);
    return [command, namesIn(positionals)[0] ?? '', optionsOf(command).toSorted()];
  });
  // yargs brings the last one along.
  expect(told).toEqual([...commands, ['completion', '', []]]);
  const [common = ''] = sectionOf('Commands and options').split('\n\n');
  const long = namesIn(common).filter((name) => /^--\w/.test(name));
  expect(long.toSorted()).toEqual(dashed(globalOptions));
});

test('the exit codes are those that the source names', () => {
  const codes = [
    ...inSource(/\bexit: (\d+)\b/g),
    ...inSource(/\bprocess\.exit\((\d+)\)/g),
    ...inSource(/\bSIG[A-Z]+: (\d+)\b/g),
    ...inSource(/\binterruptedExit = (\d+)\b/g),
  ];
  const told = rowsOf('Exit codes', '| code | when |').flatMap(([code = '']) => namesIn(code));
  expect(sorted(told)).toEqual(sorted(['0', ...codes]));
});

test('the environment variables are those that the source reads', () => {
  const told = rowsOf('Environment variables', '| variable | what it does |').flatMap(([names = '']) =>
    namesIn(names),
  );
  expect(sorted(told)).toEqual(sorted(inSource(/\benv\['(\w+)'\]/g)));
});

test('the version of the machine has a line', () => {
  const versions = rowsOf('Replay codes', '| machine | what changed |').map(([version]) => Number(version));
  expect(versions).toEqual(Array.from({length: machineVersion}, (_, index) => index + 1));
});

test('no line of show, and nothing of inspect, has a member that is not listed; test:all asks every command', () => {
  const shown = runProgram(['show', 'https-tls13', '--drop', '5', '--json']).stdout;
  expect(unlistedLines(shown)).toEqual([]);
  const capture = `${captureFolder}14a-http10-close-per-request.pcap`;
  const inspected: unknown = JSON.parse(runProgram(['inspect', capture, '--json']).stdout);
  expect(unlisted(inspected, listedIn('`inspect --json`'))).toEqual([]);
});
