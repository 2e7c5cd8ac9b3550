// Writes what pins every run of every lesson to test/fixtures/digests.json, every single fork of the first two lessons to
// fork-digests.json, and says which changed. Where the same causes lead to other events it is another machine: that is pinned
// only under another version of it, so that replay codes of before are refused, and asks for a line in the changelog. What programs
// are told of captures and runs goes to json-digests.json, how damaged lessons are refused to problem-digests.json.
import {readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {forkPins} from './fork-digests.ts';
import {type Pinned, pinnedCaptures, pinnedRunsOf} from './json-digests.ts';
import {pinnedProblems} from './problem-digests.ts';
import {allPins, lessonsIn, otherEvents, type Pins} from './run-digests.ts';

const fileOf = (name: string): string => `${process.cwd()}/test/fixtures/${name}.json`;

const pinned = <Pin = Pins[string]>(name: string): Readonly<Record<string, Pin>> => {
  try {
    return JSON.parse(readFileSync(fileOf(name), 'utf8'));
  } catch {
    return {};
  }
};

const write = (name: string, now: object): void => {
  const lines = Object.entries(now).map(([run, each]) => `  ${JSON.stringify(run)}: ${JSON.stringify(each)}`);
  writeFileSync(fileOf(name), `{\n${lines.join(',\n')}\n}\n`);
};

const pin = (name: string, now: Pins): void => {
  const before = pinned(name);
  write(name, now);
  for (const run of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (before[run]?.digest !== now[run]?.digest)
      console.log(`${run}: ${before[run]?.digest ?? 'new'} → ${now[run]?.digest ?? 'gone'}`);
  }
  console.log(`${Object.keys(now).length} ${name}`);
};

const pinEach = async (file: string, all: readonly Pinned[]): Promise<void> => {
  const before = pinned<string>(file);
  const now: Record<string, string> = {};
  for (const {name, digest} of all) {
    now[name] = await digest();
    if (before[name] !== now[name]) console.log(`${file}, ${name}: ${before[name] ?? 'new'} → ${now[name]}`);
  }
  write(file, now);
};

const all = {digests: allPins(process.cwd()), 'fork-digests': forkPins(process.cwd())};
const others = Object.entries(all).flatMap(([name, now]) => otherEvents(pinned(name), now));
if (others.length > 0) {
  console.error(`${others.join('\n')}\n${others.length} runs have the same causes and other events.`);
  console.error('Raise machineVersion in source/sim/identity.ts, then pin them: nothing was written.');
  process.exitCode = 1;
} else {
  for (const [name, now] of Object.entries(all)) pin(name, now);
  await pinEach('json-digests', [
    ...pinnedCaptures(process.cwd()),
    ...lessonsIn(process.cwd()).flatMap(pinnedRunsOf),
  ]);
  await pinEach('problem-digests', pinnedProblems(process.cwd()));
}
