// What the README says of keys is what the program obeys (`npm run keys` writes it).
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {keysAsMarkdown} from '../source/ui/keys-markdown.ts';

test('the README has the key table', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(/<!-- keys -->\n([\s\S]*)\n<!-- \/keys -->/.exec(readme)?.[1]).toBe(keysAsMarkdown('en').trim());
});
