// The notices of packages whose code is in dist/: MIT, ISC and their kin ask that they go along with every copy. Called by build.mjs.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Metafile} from 'esbuild';

/** Licences that ask for no more than their notice. Another one fails the build: somebody has to read it first. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unicode-DFS-2016',
  'Unlicense',
];

/** https://spdx.org/licenses/MIT.html, for packages that name the licence and ship no copy. */
const mitText = (copyright: string): string => `MIT License

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

type Manifest = {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly author?: string | {readonly name: string};
};

type Package = {readonly folder: string; readonly manifest: Manifest; readonly files: readonly string[]};

/** The nearest package.json with a name: folders inside a package may have one that says only `type`. */
const packageOf = (root: string, file: string): {folder: string; manifest: Manifest} => {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    const path = join(root, folder, 'package.json');
    if (!existsSync(path)) continue;
    const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'));
    if (manifest.name !== undefined && manifest.version !== undefined) return {folder, manifest};
  }
  throw new Error(`${file} belongs to no package`);
};

/** Those of which a byte is in a bundle; what was looked at and left out needs no notice. */
const packagesIn = (root: string, metafiles: readonly Metafile[]): readonly Package[] => {
  const files = metafiles
    .flatMap(({outputs}) => Object.values(outputs))
    .flatMap(({inputs}) => Object.entries(inputs))
    .filter(([file, {bytesInOutput}]) => bytesInOutput > 0 && file.includes('node_modules/'))
    .map(([file]) => file);
  const packages = new Map<string, Package>();
  for (const file of new Set(files)) {
    const {folder, manifest} = packageOf(root, file);
    const {files: before} = packages.get(folder) ?? {files: []};
    packages.set(folder, {folder, manifest, files: [...before, file]});
  }
  return [...packages.values()];
};

const shipped = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());

const holder = (root: string, {manifest: {author}, files}: Package): string | undefined => {
  const header = files
    .map((file) => /Copyright \(c\)[^\n*]+/i.exec(readFileSync(join(root, file), 'utf8').slice(0, 1000)))
    .find((match) => match !== null);
  const name = typeof author === 'string' ? author : author?.name;
  return header?.[0].trim() ?? (name === undefined ? undefined : `Copyright (c) ${name}`);
};

const textsOf = (root: string, one: Package): readonly string[] => {
  const {name, license} = one.manifest;
  if (license === undefined || !allowed.includes(license)) {
    throw new Error(
      `${name} has the licence ${license ?? 'of nobody knows what'}: read it, then allow it in scripts/third-party.ts`,
    );
  }
  const texts = shipped(join(root, one.folder));
  if (texts.length > 0) return texts;
  const copyright = holder(root, one);
  if (license !== 'MIT' || copyright === undefined) {
    throw new Error(`${name} ships no text of its licence ${license}: add one in scripts/third-party.ts`);
  }
  return [`(The package ships no copy of its licence; this is the text of SPDX.)\n\n${mitText(copyright)}`];
};

const rule = '-'.repeat(80);

/** Packages with the same text, to the letter, share it. */
export const thirdPartyLicenses = (root: string, metafiles: readonly Metafile[]): string => {
  const byText = new Map<string, string[]>();
  for (const one of packagesIn(root, metafiles)) {
    const {name, version, license} = one.manifest;
    const text = textsOf(root, one).join('\n\n');
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const blocks = [...byText]
    .map(([text, names]) => `${[...new Set(names)].sort().join('\n')}\n\n${text}`)
    .sort();
  return [
    'packet-tutor contains code of the following packages, under the licences that stand below their names.',
    ...blocks,
  ]
    .join(`\n\n${rule}\n`)
    .concat('\n');
};
