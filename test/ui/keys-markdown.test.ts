// The README's table of keys comes from the table that the keys come from.
import {expect, test} from 'vitest';
import {keymap} from '../../source/ui/keymap.ts';
import {keysAsMarkdown} from '../../source/ui/keys-markdown.ts';

test.each(['en', 'zh'] as const)(
  '%s: two tables of two columns, every sign once in each at most',
  (language) => {
    const tables = keysAsMarkdown(language).split('\n\n');
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      const rows = table.trim().split('\n');
      expect(rows.filter((row) => !/^\|[^|]*\|[^|]*\|$/.test(row))).toEqual([]);
      expect(new Set(rows).size).toBe(rows.length);
    }
    const missing = keymap.filter(({sign}) => !tables.some((table) => table.includes(`| \`${sign}\` |`)));
    expect(missing).toEqual([]);
  },
);
