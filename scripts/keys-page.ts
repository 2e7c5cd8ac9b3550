// Writes docs/keys.md from the program’s table of keys.
import {writeFileSync} from 'node:fs';
import process from 'node:process';
import {keysAsMarkdown} from '../source/ui/keys-markdown.ts';

const head = `# Keys

Written by \`npm run keys\` from the program’s own table of keys. In the program, \`?\` shows the keys of the current screen.
`;

writeFileSync(`${process.cwd()}/docs/keys.md`, `${head}\n${keysAsMarkdown('en')}`);
