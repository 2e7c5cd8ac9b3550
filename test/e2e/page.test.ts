// The exported page in a browser: it steps, and the ladder and the words follow.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
  closed,
  count,
  executablePath,
  exported,
  launch,
  opened,
  press,
  quit,
  sliderAt,
  textOf,
} from '../helpers/browser.ts';

let lesson = '';

beforeAll(async () => {
  if (executablePath === undefined) return;
  await launch();
  lesson = exported('lesson', ['handshake', '--drop', '2', '--lang', 'en']);
});
afterAll(quit);

describe.skipIf(executablePath === undefined)('the page', () => {
  test('steps, goes back, to the end and to the start: the ladder and the words follow', async () => {
    const page = await opened(lesson);
    // Nobody has to look at an empty ladder first.
    expect(await count(page, '.message.flying')).toBe(1);
    await press(page, 'g');
    expect(await count(page, '.message:not(.ahead)')).toBe(0);
    await press(page, 'ArrowRight', 'l');
    expect(await textOf(page, '#said')).toMatch(/client sends packet 1, SYN, sequence 1000/);
    expect(await count(page, '.message.flying')).toBe(1);
    await press(page, 'l');
    expect(await textOf(page, '#said')).toMatch(/packet 1 arrives at server/i);
    expect(await count(page, '.message:not(.ahead):not(.flying)')).toBe(1);
    await press(page, 'h');
    expect(await count(page, '.message.flying')).toBe(1);
    await press(page, 'G');
    expect(await count(page, '.ahead')).toBe(0);
    expect(await count(page, '.message .loss')).toBe(1);
    expect(await sliderAt(page).then(([value, most]) => most - value)).toBe(0);
    await press(page, '[');
    expect(await textOf(page, '#told')).not.toBe('');
    expect(await textOf(page, '#clause')).toMatch(/^RFC \d+/);
    await press(page, 'g');
    expect(await count(page, '.message:not(.ahead)')).toBe(0);
    await closed(page);
  });
});
