// Writes the key table as Markdown, for docs/keys.md.
import type {Language} from '../lesson/text.ts';
import {focusables} from '../view/panels/fixed.ts';
import {panels} from '../view/panels/registry.ts';
import {withFocusOn} from '../words/catalogue/keys-table.ts';
import {helpFor} from '../words/catalogue/menu.ts';
import {type KeyContext, presenting} from './key-entry.ts';
import {contextsBy, listedKeys} from './key-hints.ts';

/** The screens after the player, in the order of docs/keys.md. */
const screens = ['captures', 'picker', 'quiz', 'interview', 'menu', 'challenges', 'search'] as const;

export function keysAsMarkdown(language: Language): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = (heading: string, contexts: readonly KeyContext[]) => [
    row([heading, '']),
    '|---|---|',
    ...listedKeys(contexts).map(({sign, label}) => row([`\`${sign}\``, label[language]])),
  ];
  const own = [...focusables.first, ...panels, ...focusables.last]
    .filter(({keys}) => keys.length > 0)
    .map(({title, keys}) => [
      row([`${withFocusOn[language]}${title[language]}`, '']),
      '|---|---|',
      ...keys.map(({sign, label}) => row([`\`${sign}\``, label[language]])),
    ]);
  const tables = [
    table(helpFor.player[language], contextsBy.player),
    ...own,
    table(helpFor.presenting[language], [presenting]),
    ...screens.map((screen) => table(helpFor[screen][language], contextsBy[screen])),
  ];
  return tables.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
