// What the documents say of keys is what the program obeys (`npm run keys` writes it), and each picture and page that they name is there.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {keysAsMarkdown} from '../source/ui/keys-markdown.ts';
import {root} from './helpers/root.ts';

test('docs/keys.md has the key table', () => {
  expect(readFileSync(join(root, 'docs/keys.md'), 'utf8')).toContain(keysAsMarkdown('en'));
});

test.each(['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)])(
  '%s names nothing that is not there',
  (name) => {
    if (!name.endsWith('.md')) return;
    const text = readFileSync(join(root, name), 'utf8');
    const named = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(named.filter((path) => !existsSync(join(root, dirname(name), path)))).toEqual([]);
  },
);
