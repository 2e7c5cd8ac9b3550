// The network on the first page of a lesson: hosts that stand there are called by words, not by the names of the file.
import {describe, expect, test} from 'vitest';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {networkRows, networkSentences, type Stop} from '../../../source/view/opening/network.ts';
import {openingPage} from '../../../source/view/opening/opening.ts';
import {allLessons, lessonNamed} from '../../helpers/all-runs.ts';

const stopsFrom = (stop: Stop): readonly Stop[] => [stop, ...stop.beyond.flatMap(stopsFrom)];

test('a router has a name in Chinese, too', () => {
  const unnamed = allLessons().flatMap((lesson) => {
    const [run = expect.fail()] = lesson.runs;
    const network = openingPage(lesson, run, [])?.network;
    return (network ? stopsFrom(network) : [])
      .filter(({address, called}) => address === '' && !/[\u4e00-\u9fff]/.test(called.zh))
      .map(({called}) => `${lesson.id}: ${called.zh}`);
  });
  expect(unnamed).toEqual([]);
});

describe('a link with a rate', () => {
  const lesson = lessonNamed('congestion');
  const run = lesson.runs.find(({name}) => name === 'queue') ?? expect.fail();
  const [base = expect.fail()] = lesson.runs;
  const textAt = (columns: number, of = run, language: 'en' | 'zh' = 'en') => {
    const page = openingPage(lesson, of, []) ?? expect.fail();
    const look = {language, glyphs: unicodeGlyphs, column: 0};
    const rows = networkRows(page.network ?? expect.fail(), columns, look) ?? [];
    return rows.map(({pieces}) => pieces.map(({text}) => text).join(' '));
  };

  test('says it and its queue below the delay; without one it says the delay alone', () => {
    expect(textAt(72)[1]).toContain('8 Mbit/s, queue 24 KiB');
    expect(textAt(72, run, 'zh')[1]).toContain('8 Mbit/s，队列 24 KiB');
    expect(textAt(72, base).join('\n')).not.toMatch(/bit\/s|queue/);
  });

  test('where there is less room the queue gives way, then the rate; the delay never', () => {
    const {network = expect.fail()} = openingPage(lesson, run, []) ?? {};
    const [server = expect.fail()] = network.beyond;
    const slow = {...network, beyond: [{...server, rateBps: 12_256_125, queueBytes: 16_384}]};
    const shown = [72, 40, 34].map((columns) => {
      const rows = networkRows(slow, columns, {language: 'en', glyphs: unicodeGlyphs, column: 0}) ?? [];
      return rows.map(({pieces}) => pieces.map(({text}) => text).join(' '));
    });
    for (const [first] of shown) expect(first).toContain('50 ms');
    const speeds = shown.map(([, second = '']) => /12256125 bit\/s(, queue 16 KiB)?/.exec(second)?.[0]);
    expect(speeds).toEqual(['12256125 bit/s, queue 16 KiB', '12256125 bit/s', undefined]);
  });

  test('is heard', () => {
    const network = openingPage(lesson, run, [])?.network ?? expect.fail();
    expect(networkSentences(network, 'en').join(' ')).toContain('50 ms, 8 Mbit/s, queue 24 KiB');
    expect(networkSentences(network, 'zh').join(' ')).toContain('8 Mbit/s，队列 24 KiB');
  });

  test('behind a fork it stands at its own branch', () => {
    const cubic = lessonNamed('cubic');
    const [first = expect.fail()] = cubic.runs;
    const network = openingPage(cubic, first, [])?.network ?? expect.fail();
    const rows = networkRows(network, 57, {language: 'en', glyphs: unicodeGlyphs, column: 0}) ?? [];
    const lines = rows.map(({pieces}) => pieces.map(({text}) => text).join(' '));
    const at = lines.findIndex((line) => line.includes('145 ms'));
    expect(lines[at + 1]).toContain('10 Mbit/s');
    expect(lines.filter((line) => line.includes('bit/s'))).toHaveLength(1);
  });
});
