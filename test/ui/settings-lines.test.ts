// Settings: what a setting does stands beside it on the usual screen, whatever the value.
import {expect, test} from 'vitest';
import {settingIds} from '../../source/ui/settings.ts';
import {settingWords} from '../../source/ui/words.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {textWidth} from '../../source/words/width.ts';

test('each note is whole at 80 columns', () => {
  for (const id of settingIds)
    for (const language of languages) {
      const note = settingWords[id].note[language];
      expect(note).not.toBe('');
      expect(textWidth(note), `${id} ${language}`).toBeLessThanOrEqual(42);
    }
});
