// Commands that need no TLS work without the chunk of cryptography in the built program: they never load it. A run with TLS does.
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {afterAll, expect, test} from 'vitest';
import {homeEnv} from '../helpers/home-env.ts';
import {root} from '../helpers/root.ts';
import {program} from '../helpers/terminal.ts';

const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(home, {recursive: true}));

const built = join(home, 'dist');
cpSync(dirname(program), built, {recursive: true});

/** What comes before an X25519 key in PKCS #8: only source/io/crypto.ts writes it. */
const mark = '302e020100300506032b656e04220420';
const cryptography = readdirSync(built, {recursive: true, encoding: 'utf8'}).filter(
  (name) => name.endsWith('.js') && readFileSync(join(built, name), 'utf8').includes(mark),
);
for (const name of cryptography) rmSync(join(built, name));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(built, 'cli.js'), ...args], {
    encoding: 'utf8',
    env: homeEnv(home),
  });

test('cryptography is in files of its own', () => {
  expect(cryptography.length).toBeGreaterThan(0);
});

test.each([
  ['list'],
  ['show', 'handshake'],
  ['check', join(root, 'lessons/foundations/handshake.yaml')],
  ['show', 'http-request', '--json'],
])('%s %s does without', (...args) => {
  expect(run(...args).status).toBe(0);
});

test('a lesson with TLS does not', () => {
  const skeleton = readFileSync(join(root, 'test/fixtures/skeletons/https-tls13.yaml'), 'utf8');
  const file = join(home, 'https-tls13.yaml');
  writeFileSync(file, skeleton);
  const {status, stderr} = run('show', file);
  expect(status).not.toBe(0);
  expect(stderr).not.toMatch(/https-tls13\.yaml:\d/);
});
