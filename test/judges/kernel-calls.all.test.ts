// What the kernel of this machine says of calls on sockets whose connection is over is what has been recorded of it.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {release} from 'node:os';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';
import {judgeMissing} from './kernel/missing.ts';

const recorded = JSON.parse(readFileSync(`${root}test/fixtures/kernel-calls.json`, 'utf8'));
const missing = release().startsWith(`${recorded.kernel}.`)
  ? judgeMissing()
  : `the kernel here is ${release()}`;
if (missing) console.log(`kernel calls: skipped, ${missing}`);

test.skipIf(missing)('calls on a socket, as they were measured', () => {
  const command = ['-Urn', 'python3', `${root}test/judges/kernel/calls.py`];
  expect(JSON.parse(execFileSync('unshare', command, {encoding: 'utf8', timeout: 60_000}))).toEqual(recorded);
});
