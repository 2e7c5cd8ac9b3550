// What the documents say of keys is what the program obeys (`npm run keys` writes it), and each picture and page that they name is there.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {keysAsMarkdown} from '../source/ui/keys-markdown.ts';
import {root} from './helpers/root.ts';

test('docs/keys.md has the key table', () => {
  expect(readFileSync(join(root, 'docs/keys.md'), 'utf8')).toContain(keysAsMarkdown('en'));
});

const pages = ['', 'docs', 'source'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

test.each(pages)('%s names nothing that is not there', (name) => {
  const text = readFileSync(join(root, name), 'utf8').replaceAll(/`[^`\n]*`/g, '');
  const named = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '');
  expect(named.filter((path) => !existsSync(join(root, dirname(name), path)))).toEqual([]);
});

/** Pages that comments name, from where they stand; `//` of an address and names within a string are none. */
const pagesNamed = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*(?:\/\/|\/?\*|#).*| \/\/ .*/gm)]
    .flatMap(([comment]) => [...comment.matchAll(/(?<![\w./-])[\w./-]*\w\.md\b/g)])
    .map(([page]) => page);

const written = ['source', 'test', 'scripts', 'bench', 'lessons'].flatMap((room) =>
  readdirSync(join(root, room), {recursive: true, encoding: 'utf8'})
    .map((name) => `${room}/${name}`)
    .filter(
      (name) =>
        /\.(tsx?|mjs|yaml|sh)$|^test\/fixtures\/screens\//.test(name) && !name.includes('/catalogue/'),
    ),
);

test('a comment cites no page that is not there', () => {
  const page = '.md';
  expect(pagesNamed(`// The menu (a${page} 5).\nopen("b${page}"); // docs/c${page}\n# d${page}`)).toEqual([
    ...['a.md', 'docs/c.md', 'd.md'],
  ]);
  const missing = written.flatMap((name) =>
    pagesNamed(readFileSync(join(root, name), 'utf8'))
      .filter((each) => !['', 'test', dirname(name)].some((from) => existsSync(join(root, from, each))))
      .map((each) => `${name}: ${each}`),
  );
  expect(missing).toEqual([]);
});
