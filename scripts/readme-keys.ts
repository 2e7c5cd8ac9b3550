// Writes the key table into the README, from the table that the program obeys.
import {readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {keysAsMarkdown} from '../source/ui/keys-markdown.ts';

const file = `${process.cwd()}/README.md`;
const table = `<!-- keys -->\n${keysAsMarkdown('en').trim()}\n<!-- /keys -->`;
writeFileSync(file, readFileSync(file, 'utf8').replace(/<!-- keys -->[\s\S]*<!-- \/keys -->/, table));
