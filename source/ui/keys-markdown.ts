// The key table as Markdown, for the README.
import type {Language} from '../lesson/lesson.ts';
import type {KeyContext} from './key-entry.ts';
import {listedKeys, menuContexts, playerContexts} from './key-hints.ts';
import {helpFor} from './words.ts';

export function keysAsMarkdown(language: Language): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = (heading: string, contexts: readonly KeyContext[]) => [
    row([heading, '']),
    '|---|---|',
    ...listedKeys(contexts).map(({sign, label}) => row([`\`${sign}\``, label[language]])),
  ];
  const {player, menu} = helpFor;
  return [...table(player[language], playerContexts), '', ...table(menu[language], menuContexts), ''].join(
    '\n',
  );
}
