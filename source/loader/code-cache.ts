// What V8 has compiled of the program, kept for the next start: it compiles nothing again. A file that is damaged, of another build or
// cannot be written costs only the time.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {Script} from 'node:vm';
import envPaths from 'env-paths';

type Entries = ReadonlyMap<string, Buffer>;

type Head = {readonly build: string; readonly sizes: readonly (readonly [name: string, bytes: number])[]};

/** Long enough for the first screen; V8 forgets what it has not run for a while. */
const settledMs = 2000;

const digestBytes = 32;
// V8 takes a flipped bit for code.
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const readHead = (line: string): Head => JSON.parse(line);

const readCache = (path: string, build: string): Entries => {
  const entries = new Map<string, Buffer>();
  try {
    const whole = readFileSync(path);
    const bytes = whole.subarray(digestBytes);
    if (!digestOf(bytes).equals(whole.subarray(0, digestBytes))) return entries;
    const end = bytes.indexOf('\n');
    const head = readHead(bytes.toString('utf8', 0, end));
    if (head.build !== build) return entries;
    let at = end + 1;
    for (const [name, size] of head.sizes) {
      entries.set(name, bytes.subarray(at, at + size));
      at += size;
    }
  } catch {
    // As if there were none.
  }
  return entries;
};

/** Whole beside it, then in its place: another start may be reading. */
const writeCache = (path: string, build: string, entries: Entries): void => {
  const head: Head = {build, sizes: [...entries].map(([name, {length}]) => [name, length])};
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...entries.values()]);
  const aside = `${path}.${process.pid}`;
  try {
    mkdirSync(join(path, '..'), {recursive: true});
    writeFileSync(aside, Buffer.concat([digestOf(bytes), bytes]));
    renameSync(aside, path);
  } catch {
    // The next start compiles again.
  }
};

type CodeCache = {
  of(name: string): Buffer | undefined;
  ran(name: string, script: Script): void;
};

/** Node's own switch; and what measures which code runs has to see all of it compiled. */
const unwanted = (): boolean =>
  Boolean(process.env['NODE_DISABLE_COMPILE_CACHE'] || process.env['NODE_V8_COVERAGE']);

export const codeCache = (build: string): CodeCache => {
  if (unwanted()) return {of: () => undefined, ran: () => {}};
  const folder = envPaths('packet-tutor', {suffix: ''}).cache;
  const path = join(folder, `${process.version}-${process.arch}.code`);
  const entries = readCache(path, build);
  const scripts = new Map<string, Script>();
  let compiled = false;
  const keep = (): void => {
    if (!compiled) return;
    compiled = false;
    const made = [...scripts].map(([name, script]) => [name, script.createCachedData()] as const);
    writeCache(path, build, new Map([...entries, ...made]));
    scripts.clear();
  };
  process.once('exit', keep);
  setTimeout(keep, settledMs).unref();
  return {
    of: (name) => entries.get(name),
    ran: (name, script) => {
      scripts.set(name, script);
      compiled ||= script.cachedDataRejected !== false;
    },
  };
};
