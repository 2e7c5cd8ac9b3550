// A pack from the day it is put away to the day it is taken away: the menu, its lesson, where that was left, and what is left without it.
import {cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {runProgram} from '../helpers/run-program.ts';
import {terminals} from '../helpers/terminals.ts';

const cwd = mkdtempSync(join(tmpdir(), 'packet-tutor-life-'));
afterAll(() => rmSync(cwd, {recursive: true}));

const start = terminals();

test('put away, played, left, gone on with, and taken away', async () => {
  const data = join(cwd, 'data');
  const installed = join(data, 'packs', 'dial');
  runProgram(['new', '--pack', 'dial'], {cwd});
  cpSync(join(cwd, 'dial'), installed, {recursive: true});
  mkdirSync(join(cwd, 'empty'));
  const open = (...args: readonly string[]) =>
    start([...args, '--lang', 'en'], {folder: join(cwd, 'empty'), env: {PACKET_TUTOR_DATA: data}});

  const first = open('play', 'dial');
  await first.shows('▸ ○ A first connection');
  await first.quiet();
  first.type('\r');
  await first.shows('first-connection');
  await first.shows('SYN seq=1000');
  first.type('q');
  await first.shows('Choose a lesson');
  await first.quiet();

  const second = open();
  await second.shows('▸ Continue');
  expect(second.text()).toMatch(/▸ Continue +A first connection · beat/);
  rmSync(installed, {recursive: true});
  await second.quiet();
  second.type('\r');
  await second.shows('no lesson “first-connection”');

  const third = open();
  await third.shows('Choose a lesson');
  await third.quiet();
  expect(third.text()).not.toContain('A first connection');
  expect(third.text()).toContain('36 lessons in 8 tracks');
});
