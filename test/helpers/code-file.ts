// Finds and takes apart the file in which the program keeps what V8 compiled, and puts foreign code into it.
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {crc32} from 'node:zlib';

/** Returns the path of the only such file anywhere below the folder. */
export const codeFile = (folder: string): string => {
  const names = readdirSync(folder, {recursive: true, encoding: 'utf8'});
  const [name, ...others] = names.filter((each) => each.endsWith('.code'));
  if (name === undefined || others.length > 0) throw new Error(`one file, not ${names.join()}`);
  return join(folder, name);
};

type Place = readonly [name: string, size: number, sum: number];

type Head = {readonly build: string; readonly places: readonly Place[]};

const lengthDigits = 10;

const readHead = (line: string): Head => JSON.parse(line);

/** Returns the head of the file, and the code of each chunk. */
export const codeParts = (bytes: Buffer): {readonly head: Head; readonly codes: readonly Buffer[]} => {
  let at = lengthDigits + Number(bytes.toString('latin1', 0, lengthDigits));
  const head = readHead(bytes.toString('utf8', lengthDigits, at));
  const codes = head.places.map(([, size]) => {
    at += size;
    return bytes.subarray(at - size, at);
  });
  return {head, codes};
};

export const codeBytes = ({head, codes}: ReturnType<typeof codeParts>): Buffer => {
  const line = Buffer.from(JSON.stringify(head));
  return Buffer.concat([Buffer.from(String(line.length).padStart(lengthDigits, '0')), line, ...codes]);
};

/** Returns the length of the text, which V8 stores in the third word of the code. */
const textLength = (code: Buffer): number => code.readUInt32LE(8);

/** Compiles a program of the same text length that prints "planted" and exits with 9. A new process compiles it, like the one that is to run it. */
const foreignCode = (length: number): Buffer => {
  const script = `
const {Script} = require('node:vm');
const text = '(function(){process.stdout.write("planted");process.exit(9)})'.padEnd(${length});
process.stdout.write(new Script(text, {filename: 'planted.js'}).createCachedData());
`;
  return spawnSync(process.execPath, ['-e', script]).stdout;
};

/** Returns the file with foreign code in the place of the chunk that runs first, and with the checksum of that code. */
export const withForeignCode = (bytes: Buffer): Buffer => {
  const {head, codes} = codeParts(bytes);
  const first = head.places.findIndex(([name]) => name === 'main.js');
  const planted = codes.map((code, at) => (at === first ? foreignCode(textLength(code)) : code));
  const places = head.places.map(([name], at): Place => {
    const code = planted[at] ?? Buffer.alloc(0);
    return [name, code.length, crc32(code)];
  });
  return codeBytes({head: {...head, places}, codes: planted});
};
