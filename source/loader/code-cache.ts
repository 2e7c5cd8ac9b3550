// Keeps what V8 compiled of the chunks that earlier starts ran. The next start need not compile them again, and reads only the code of
// chunks that it runs. The text always comes from the package, never from the cache folder. A file that is damaged, belongs to another
// build or cannot be written costs only time.
import {readSync} from 'node:fs';
import process from 'node:process';
import type {Script} from 'node:vm';
import {crc32} from 'node:zlib';
import envPaths from 'env-paths';
import {openOwn, writeOwn} from './own-folder.ts';

/**
 * A chunk's name, and the size in octets and CRC-32 of its code. The checksum is needed because V8 would run code in which a bit has
 * flipped.
 */
type Place = readonly [name: string, size: number, sum: number];

type Head = {readonly build: string; readonly places: readonly Place[]};

type Kept = {readonly place: Place; readonly code: Buffer};

/** The time in ms after which the code is kept: the first screen has been drawn by then. */
const settledMs = 2000;

/**
 * The age in ms up to which a chunk's code is kept. V8 discards compiled code that has not run for a while, so the cached data of an older
 * chunk would be worthless. A process that was too busy for the timer may come late.
 */
const freshMs = 2 * settledMs;

/** The number of digits at the beginning of the file, which give the length of its head. */
const lengthDigits = 10;

const readHead = (line: string): Head => JSON.parse(line);

const folder = envPaths('packet-tutor', {suffix: ''}).cache;

const fileName = `${process.version}-${process.arch}.code`;

/** Returns how to read the code of each chunk. It returns nothing if the file is missing, is not ours alone or belongs to another build. */
const readCache = (build: string): ReadonlyMap<string, () => Kept | undefined> => {
  const entries = new Map<string, () => Kept | undefined>();
  try {
    const file = openOwn(folder, fileName);
    const read = (at: number, size: number): Buffer => {
      const bytes = Buffer.allocUnsafeSlow(size);
      return bytes.subarray(0, readSync(file, bytes, 0, size, at));
    };
    const headBytes = Number(read(0, lengthDigits).toString());
    const head = readHead(read(lengthDigits, headBytes).toString());
    if (head.build !== build) return entries;
    let end = lengthDigits + headBytes;
    for (const place of head.places) {
      const [name, size, sum] = place;
      const at = end;
      end += size;
      entries.set(name, () => {
        const code = read(at, size);
        return crc32(code) === sum ? {place, code} : undefined;
      });
    }
  } catch {
    // A cache that cannot be read counts as missing.
  }
  return entries;
};

const writeCache = (build: string, kept: readonly Kept[]): void => {
  const head: Head = {build, places: kept.map(({place}) => place)};
  const line = Buffer.from(JSON.stringify(head));
  const length = String(line.length).padStart(lengthDigits, '0');
  writeOwn(folder, fileName, Buffer.concat([Buffer.from(length), line, ...kept.map(({code}) => code)]));
};

const keptOf = (name: string, script: Script): Kept => {
  const code = script.createCachedData();
  return {place: [name, code.length, crc32(code)], code};
};

type CodeCache = {
  of(name: string): Buffer | undefined;
  ran(name: string, script: Script): void;
};

/**
 * Tells whether the cache must not be used: Node's own switch forbids it, or code coverage is measured, which needs all code compiled
 * afresh.
 */
const unwanted = (): boolean =>
  Boolean(process.env['NODE_DISABLE_COMPILE_CACHE'] || process.env['NODE_V8_COVERAGE']);

/** Opens the cache. @param build identifies the texts of the chunks, of which V8 itself compares only the lengths */
export const codeCache = (build: string): CodeCache => {
  if (unwanted()) return {of: () => undefined, ran: () => {}};
  const entries = readCache(build);
  const chunks = new Map<string, {readonly script: Script; readonly ranAt: number}>();
  let waiting: NodeJS.Timeout | undefined;
  const keep = (): void => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = undefined;
    const fresh = [...chunks].filter(([, {ranAt}]) => performance.now() - ranAt < freshMs);
    chunks.clear();
    if (fresh.length === 0) return;
    const names = new Set(fresh.map(([name]) => name));
    // The file is read again, because this process or another one may have written it since.
    const others = [...readCache(build)].flatMap(([name, kept]) => (names.has(name) ? [] : (kept() ?? [])));
    try {
      writeCache(build, [...others, ...fresh.map(([name, {script}]) => keptOf(name, script))]);
    } catch {
      // If the cache cannot be written, the next start compiles the code again; the user need not know.
    }
  };
  process.once('exit', keep);
  return {
    of: (name) => entries.get(name)?.()?.code,
    ran: (name, script) => {
      chunks.set(name, {script, ranAt: performance.now()});
      if (script.cachedDataRejected !== false) waiting ??= setTimeout(keep, settledMs).unref();
    },
  };
};
