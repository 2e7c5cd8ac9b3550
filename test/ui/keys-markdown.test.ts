// The page of keys comes from the table that the keys come from.
import {expect, test} from 'vitest';
import {keymap} from '../../source/ui/keymap.ts';
import {keysAsMarkdown} from '../../source/ui/keys-markdown.ts';
import {focusables} from '../../source/view/panels/fixed.ts';
import {panels} from '../../source/view/panels/registry.ts';

test.each(['en', 'zh'] as const)(
  // The player, each panel that has keys, before an audience, the captures, the picker, the quiz, the interview, the menu, the search.
  '%s: each place a table, every sign once',
  (language) => {
    const tables = keysAsMarkdown(language).split('\n\n');
    const own = [...focusables.first, ...panels, ...focusables.last].filter(({keys}) => keys.length > 0);
    expect(tables).toHaveLength(9 + own.length);
    for (const [index, {title}] of own.entries()) expect(tables[1 + index]).toContain(title[language]);
    for (const table of tables) {
      const rows = table.trim().split('\n');
      expect(rows.filter((row) => !/^\|[^|]*\|[^|]*\|$/.test(row))).toEqual([]);
      expect(new Set(rows).size).toBe(rows.length);
    }
    const missing = keymap.filter(({sign}) => !tables.some((table) => table.includes(`| \`${sign}\` |`)));
    expect(missing).toEqual([]);
  },
);
