// Writes docs/keys.md from the table that the program obeys.
import {writeFileSync} from 'node:fs';
import process from 'node:process';
import {keysAsMarkdown} from '../source/ui/keys-markdown.ts';

const head = `# Keys

Written by \`npm run keys\` from the table that the program obeys. In the program \`?\` shows those of the screen at hand.
`;

writeFileSync(`${process.cwd()}/docs/keys.md`, `${head}\n${keysAsMarkdown('en')}`);
