// The result of a challenge to share: short enough, and nothing but the result.
import {expect, test} from 'vitest';
import {challengeSvg} from '../../source/io/export/challenge-svg.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {type Shared, shareText} from '../../source/tell/challenge-result.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {xmlFault} from '../helpers/xml.ts';

const shared: Shared = {
  id: 'crossed-fins',
  title: everywhere({en: 'Two FINs that cross', zh: '交错的两个 FIN'}),
  day: '2026-11-30',
  ...{moves: 2, par: 1, hints: 1, tries: 3, streak: 4},
};
const long = '长'.repeat(300);
const longest: Shared = {
  ...shared,
  id: 'a'.repeat(40),
  title: everywhere({en: 'W'.repeat(300), zh: long}),
  ...{moves: 50, par: 50, hints: 3, tries: 5000, streak: 3650},
};

test('it has at most 280 characters in every language, however long the title is', () => {
  for (const language of languages)
    for (const each of [shared, longest, {...longest, day: undefined}])
      expect([...shareText(each, language)].length).toBeLessThanOrEqual(280);
});

test('it names the challenge, the day, the runs, the moves, and how to try it', () => {
  for (const language of languages) {
    const text = shareText(shared, language);
    for (const part of [
      '2026-11-30',
      shared.title[language],
      '✗✗✗✓',
      '2',
      '1',
      '4',
      'challenge crossed-fins',
    ])
      expect(text).toContain(part);
    expect(shareText({...shared, day: undefined}, language)).not.toContain('2026');
  }
});

test('the picture is one SVG element with each line as text', () => {
  const hostile: Shared = {...shared, title: everywhere({en: 'a < b & "c"', zh: '<b>'})};
  for (const language of languages) {
    const svg = challengeSvg(hostile, language);
    expect(xmlFault(svg)).toBeUndefined();
    const written = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
    const entities: readonly (readonly [string, string])[] = [
      ['&lt;', '<'],
      ['&gt;', '>'],
      ['&quot;', '"'],
      ['&#39;', "'"],
      ['&amp;', '&'],
    ];
    const read = written.map((text) =>
      entities.reduce((so, [entity, sign]) => so.replaceAll(entity, sign), text),
    );
    expect(read).toEqual(shareText(hostile, language).split('\n'));
  }
  const svg = challengeSvg(hostile, 'en');
  expect(svg).not.toMatch(/href|script|http(?!:\/\/www\.w3\.org\/2000\/svg)/);
});
