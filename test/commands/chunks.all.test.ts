// The chunks of the program as functions: what one exports is taken once, so that it may not change afterwards.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {brotliDecompressSync, constants} from 'node:zlib';
import {parseSync} from 'oxc-parser';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

/** Of each chunk its code with the names of its sources: other names would hide one another. */
const script = `
import {build} from 'esbuild';
import {programOptions} from './scripts/build.mjs';
const {outputFiles} = await build({...programOptions, minify: false});
process.stdout.write(JSON.stringify(outputFiles.map(({text}) => text)));
`;

const chunks = (): readonly string[] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
    }),
  );

type Node = {readonly type?: string; readonly [key: string]: unknown};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Names that are given another value inside of a function. */
const changedLater = (code: string): readonly string[] => {
  const {program, module} = parseSync('chunk.js', code);
  const exported = new Set(
    module.staticExports.flatMap(({entries}) => entries.map((each) => each.localName.name)),
  );
  const found: string[] = [];
  const named = (target: unknown): void => {
    if (!isNode(target) || target.type === 'MemberExpression') return;
    if (target.type === 'Identifier' && exported.has(String(target['name'])))
      found.push(String(target['name']));
    for (const part of Object.values(target)) named(part);
  };
  const visit = (node: unknown, inside: boolean): void => {
    if (!isNode(node)) return;
    if (inside && node.type === 'AssignmentExpression') named(node['left']);
    if (inside && node.type === 'UpdateExpression') named(node['argument']);
    const within = inside || /Function/.test(node.type ?? '');
    for (const part of Object.values(node)) visit(part, within);
  };
  visit(program, false);
  return found;
};

test('a changed export is found', () => {
  const code =
    'let a = 1; let b = 2; b = 3; const set = ({c}) => { a = c; const b = 1; }; export {a, b, set as d};';
  expect(changedLater(code)).toEqual(['a']);
});

test('no chunk exports what changes', () => {
  expect(chunks().flatMap(changedLater)).toEqual([]);
});

test('two chunks whose hashes begin alike have names of their own, whatever their order', () => {
  const script = `
import {madeOf} from './scripts/build.mjs';
const chunk = {inputs: {'source/tell/a.ts': {bytesInOutput: 1}}, imports: []};
const paths = ['dist/chunks/b-SAMEBBBB.js', 'dist/chunks/a-SAMEAAAA.js', 'dist/chunks/c-OTHERCCC.js'];
const outputs = Object.fromEntries(paths.map((path) => [path, chunk]));
const codes = paths.map((path) => ({path, text: 'import "./' + path.slice(12) + '";console.log(1)'}));
const made = madeOf({outputFiles: codes, metafile: {outputs}});
process.stdout.write(JSON.stringify({names: Object.keys(made.outputs), codes: [...made.codes]}));
`;
  const {names, codes} = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {cwd: root, encoding: 'utf8'}),
  );
  expect(names).toEqual(['chunks/tell-SAMEBBBB.js', 'chunks/tell-SAME.js', 'chunks/tell-OTHE.js']);
  for (const [name, code] of codes) expect(code).toContain(name.replace('chunks/', './'));
});

test('each stage of the packed archive unpacks without the later ones, and ends at the end of a chunk', () => {
  const dist = join(root, 'dist');
  const [line = ''] = readFileSync(join(dist, 'start.txt'), 'utf8').split('\n', 1);
  const {cuts, packed} = JSON.parse(line);
  const rest = readFileSync(join(dist, 'rest.br'));
  const ends = Object.values<readonly [number, number]>(packed).map(([, end]) => end);
  expect(cuts).toHaveLength(3);
  for (const [length, octets] of cuts) {
    const texts = brotliDecompressSync(rest.subarray(0, octets), {
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    });
    expect(texts).toHaveLength(length);
    expect(ends).toContain(length);
  }
});
