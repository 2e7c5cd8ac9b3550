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
 * The place of a chunk's compiled code in the cache file: the chunk's name, and the size in octets and CRC-32 of the code. V8 would run
 * code with a flipped bit, so the checksum is needed.
 */
type Place = readonly [name: string, size: number, sum: number];

type Head = {readonly build: string; readonly places: readonly Place[]};

type Kept = {readonly place: Place; readonly code: Buffer};

/** The time in ms after a chunk runs at which its compiled code is written to the cache; the first screen has been drawn by then. */
const settledMs = 2000;

/**
 * The time in ms since a chunk ran, up to which its compiled code is written to the cache. V8 discards code that has not run for a while,
 * so later its cached data would be worthless.
 */
const freshMs = 2 * settledMs;

/** The number of decimal digits at the start of the code cache file; they give the length of its head. */
const lengthDigits = 10;

const readHead = (line: string): Head => JSON.parse(line);

const folder = envPaths('packet-tutor', {suffix: ''}).cache;

const fileName = `${process.version}-${process.arch}.code`;

/**
 * Returns functions that read the cached compiled code, by chunk. There are none if the file is missing, not this user's alone, or of
 * another build.
 */
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
    // A code cache that cannot be read is treated as missing.
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
 * Tells whether the code cache is not used: Node's own variable forbids it, or code coverage is measured, which needs code that was just
 * compiled.
 */
const unwanted = (): boolean =>
  Boolean(process.env['NODE_DISABLE_COMPILE_CACHE'] || process.env['NODE_V8_COVERAGE']);

/** Opens the cache of compiled code. @param build a hash of all chunks' texts, because V8 compares only the lengths of the texts */
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
    // The code cache file is read again before it is written, because another process may have written it since the start.
    const others = [...readCache(build)].flatMap(([name, kept]) => (names.has(name) ? [] : (kept() ?? [])));
    try {
      writeCache(build, [...others, ...fresh.map(([name, {script}]) => keptOf(name, script))]);
    } catch {
      // If the code cache cannot be written, the next start compiles again; the user is not told.
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
