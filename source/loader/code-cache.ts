// The chunks that earlier starts ran, unpacked, with what V8 compiled of them, kept for the next start: it unpacks and compiles nothing
// again, and reads no more than it runs. A file that is damaged, of another build or cannot be written costs only the time.
import {mkdirSync, openSync, readSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {Script} from 'node:vm';
import {crc32} from 'node:zlib';
import envPaths from 'env-paths';

/** In octets; `sum` of text and code, which stand one behind the other: V8 takes a flipped bit for code. */
type Place = readonly [name: string, text: number, code: number, sum: number];

type Head = {readonly build: string; readonly places: readonly Place[]};

type Entry = {readonly text: string; readonly code: Buffer};

type Kept = {readonly place: Place; readonly bytes: Buffer};

/** Long enough for the first screen. */
const settledMs = 2000;

/** V8 forgets what it has not run for a while, also of a process that was too busy for the timer: what it knows then is worth nothing. */
const freshMs = 2 * settledMs;

/** The file begins with the length of its head, in so many digits. */
const lengthDigits = 10;

const readHead = (line: string): Head => JSON.parse(line);

/** What the file has of each name; of a file that is none, or of another build, nothing. */
const readCache = (path: string, build: string): ReadonlyMap<string, () => Kept | undefined> => {
  const entries = new Map<string, () => Kept | undefined>();
  try {
    const file = openSync(path, 'r');
    const read = (at: number, size: number): Buffer => {
      const bytes = Buffer.allocUnsafeSlow(size);
      return bytes.subarray(0, readSync(file, bytes, 0, size, at));
    };
    const headBytes = Number(read(0, lengthDigits).toString());
    const head = readHead(read(lengthDigits, headBytes).toString());
    if (head.build !== build) return entries;
    let end = lengthDigits + headBytes;
    for (const place of head.places) {
      const [name, text, code, sum] = place;
      const at = end;
      end += text + code;
      entries.set(name, () => {
        const bytes = read(at, text + code);
        return crc32(bytes) === sum ? {place, bytes} : undefined;
      });
    }
  } catch {
    // As if there were none.
  }
  return entries;
};

/** Whole beside it, then in its place: another start may be reading. */
const writeCache = (path: string, build: string, kept: readonly Kept[]): void => {
  const head: Head = {build, places: kept.map(({place}) => place)};
  const line = Buffer.from(JSON.stringify(head));
  const length = String(line.length).padStart(lengthDigits, '0');
  const aside = `${path}.${process.pid}`;
  mkdirSync(join(path, '..'), {recursive: true});
  writeFileSync(aside, Buffer.concat([Buffer.from(length), line, ...kept.map(({bytes}) => bytes)]));
  renameSync(aside, path);
};

type Ran = {readonly text: string; readonly script: Script};

type Fresh = Ran & {readonly ranAt: number};

const keptOf = (name: string, {text, script}: Ran): Kept => {
  const source = Buffer.from(text);
  const code = script.createCachedData();
  const bytes = Buffer.concat([source, code]);
  return {place: [name, source.length, code.length, crc32(bytes)], bytes};
};

type CodeCache = {
  of(name: string): Entry | undefined;
  ran(name: string, chunk: Ran): void;
};

/** Node's own switch; and what measures which code runs has to see all of it compiled. */
const unwanted = (): boolean =>
  Boolean(process.env['NODE_DISABLE_COMPILE_CACHE'] || process.env['NODE_V8_COVERAGE']);

/** @param archives the packed chunks, of which a build is known */
export const codeCache = (archives: readonly Buffer[]): CodeCache => {
  if (unwanted()) return {of: () => undefined, ran: () => {}};
  const build = archives.map((packed) => `${packed.length}-${crc32(packed)}`).join();
  const folder = envPaths('packet-tutor', {suffix: ''}).cache;
  const path = join(folder, `${process.version}-${process.arch}.code`);
  const entries = readCache(path, build);
  const chunks = new Map<string, Fresh>();
  let waiting: NodeJS.Timeout | undefined;
  const keep = (): void => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = undefined;
    const fresh = [...chunks].filter(([, {ranAt}]) => performance.now() - ranAt < freshMs);
    chunks.clear();
    if (fresh.length === 0) return;
    const names = new Set(fresh.map(([name]) => name));
    // Read anew: this process may have kept some earlier, or another one has.
    const others = [...readCache(path, build)].flatMap(([name, kept]) =>
      names.has(name) ? [] : (kept() ?? []),
    );
    try {
      writeCache(path, build, [...others, ...fresh.map(([name, chunk]) => keptOf(name, chunk))]);
    } catch {
      // The next start compiles again: whatever goes wrong here, the program has nothing to tell of it.
    }
  };
  process.once('exit', keep);
  return {
    of: (name) => {
      const kept = entries.get(name)?.();
      if (!kept) return undefined;
      const [, textBytes] = kept.place;
      return {text: kept.bytes.toString('utf8', 0, textBytes), code: kept.bytes.subarray(textBytes)};
    },
    ran: (name, chunk) => {
      chunks.set(name, {...chunk, ranAt: performance.now()});
      if (chunk.script.cachedDataRejected !== false) waiting ??= setTimeout(keep, settledMs).unref();
    },
  };
};
