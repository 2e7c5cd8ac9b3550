// The file in which the program keeps what V8 compiled, looked for and taken apart; and foreign code put into it.
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {crc32} from 'node:zlib';

/** The only one anywhere below the folder. */
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

/** Its head, and the code of each chunk. */
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

/** V8 notes in its third word how long the text was. */
const textLength = (code: Buffer): number => code.readUInt32LE(8);

/** Code of a program that is as long, says so and ends with 9; compiled by a process like the one that is to take it. */
const foreignCode = (length: number): Buffer => {
  const script = `
const {Script} = require('node:vm');
const text = '(function(){process.stdout.write("planted");process.exit(9)})'.padEnd(${length});
process.stdout.write(new Script(text, {filename: 'planted.js'}).createCachedData());
`;
  return spawnSync(process.execPath, ['-e', script]).stdout;
};

/** The file with foreign code in the place of the chunk that runs first, and the sum of that. */
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
