// The key table as Markdown, for docs/keys.md.
import type {Language} from '../lesson/text.ts';
import {focusables} from '../view/panels/fixed.ts';
import {panels} from '../view/panels/registry.ts';
import {withFocusOn} from '../words/catalogue/keys-table.ts';
import {helpFor} from '../words/catalogue/menu.ts';
import {type KeyContext, presenting} from './key-entry.ts';
import {
  capturesContexts,
  interviewContexts,
  listedKeys,
  menuContexts,
  pickerContexts,
  playerContexts,
  quizContexts,
  searchContexts,
} from './key-hints.ts';

export function keysAsMarkdown(language: Language): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = (heading: string, contexts: readonly KeyContext[]) => [
    row([heading, '']),
    '|---|---|',
    ...listedKeys(contexts).map(({sign, label}) => row([`\`${sign}\``, label[language]])),
  ];
  const {player, captures, picker, quiz, interview, menu, search, presenting: audience} = helpFor;
  const own = [...focusables.first, ...panels, ...focusables.last]
    .filter(({keys}) => keys.length > 0)
    .map(({title, keys}) => [
      row([`${withFocusOn[language]}${title[language]}`, '']),
      '|---|---|',
      ...keys.map(({sign, label}) => row([`\`${sign}\``, label[language]])),
    ]);
  const tables = [
    table(player[language], playerContexts),
    ...own,
    table(audience[language], [presenting]),
    table(captures[language], capturesContexts),
    table(picker[language], pickerContexts),
    table(quiz[language], quizContexts),
    table(interview[language], interviewContexts),
    table(menu[language], menuContexts),
    table(search[language], searchContexts),
  ];
  return tables.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
