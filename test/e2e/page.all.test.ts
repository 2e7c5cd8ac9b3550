// The exported page in a browser: it plays, fields and bytes are linked, both languages, by keys alone, accessible (axe-core), and
// nothing leaves it.
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import axe from 'axe-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
  all,
  click,
  closed,
  count,
  executablePath,
  exported,
  inPage,
  launch,
  one,
  opened,
  press,
  quit,
  sliderAt,
  textOf,
} from '../helpers/browser.ts';
import {hostilePcap} from '../helpers/hostile.ts';
import {runProgram} from '../helpers/run-program.ts';

let folder = '';
let lesson = '';
let hostile = '';

beforeAll(async () => {
  if (executablePath === undefined) return;
  folder = await launch();
  const capture = join(folder, 'hostile.pcap');
  writeFileSync(capture, hostilePcap());
  lesson = exported('lesson', ['handshake', '--drop', '2', '--lang', 'en']);
  hostile = exported('hostile', [capture, '--lang', 'en']);
});
afterAll(quit);

describe.skipIf(executablePath === undefined)('the page', () => {
  test('plays to its end and stops there', async () => {
    const page = await opened(lesson);
    await page.select('#speed', '8');
    // From the last but one narration on.
    await press(page, 'Tab', 'G', '[', '[');
    await page.click('#play');
    expect(await textOf(page, '#play')).toBe('Pause');
    await page.waitForFunction(`${one('#play')}.textContent === 'Play'`);
    const [value, most] = await sliderAt(page);
    expect(value).toBe(most);
    await closed(page);
  });

  test('a field marks its bytes, and a byte chooses its field', async () => {
    const page = await opened(lesson);
    await press(page, 'G');
    await page.click('#table summary');
    await page.click('#table [lang="en"] [data-choose="2"]');
    const named = (name: string): string =>
      `${all('#fields .row')}.find((row) => row.querySelector('.name').textContent === '${name}')`;
    await click(page, named('tcp.seq_raw'));
    // 9000, in network order: the last two octets of four.
    const marked = `${all('.byte.marked')}.map((byte) => byte.textContent).join('')`;
    expect(await inPage(page, marked)).toBe('00002328');
    expect(await textOf(page, '#help')).toMatch(/tcp\.seq_raw = 9000.*RFC 9293/);
    // Octet 23 of an Ethernet frame is IPv4's protocol (RFC 791): 14 + 9.
    await click(page, one('.byte[data-byte="23"]'));
    expect(await textOf(page, '.row[aria-selected="true"] .name')).toBe('ip.proto');
    expect(await count(page, '.row[aria-selected="true"]')).toBe(1);
    await closed(page);
  });

  test('both languages: words, ladder, table, names of controls', async () => {
    const page = await opened(lesson);
    await press(page, 't');
    expect(await inPage(page, 'document.documentElement.lang')).toBe('zh-CN');
    expect(await page.title()).toBe('handshake: 三次握手');
    expect(await textOf(page, '#play')).toBe('播放');
    expect(await textOf(page, '#said')).toMatch(/客户端发出第 1 个分组/);
    expect(await inPage(page, `${one('#slider')}.ariaLabel`)).toBe('所在位置');
    expect(await count(page, 'svg[lang="zh"]')).toBe(1);
    expect(await count(page, 'svg[lang="en"]')).toBe(0);
    await page.click('#language');
    expect(await textOf(page, '#play')).toBe('Play');
    await closed(page);
  });

  test('keys alone: every control is reached by tab, the tree is walked by arrows', async () => {
    const page = await opened(lesson);
    await press(page, 'G');
    const reached = new Set<string>();
    // Fourteen things can have the focus.
    for (let presses = 0; presses < 14; presses++) {
      await press(page, 'Tab');
      reached.add(await inPage(page, 'document.activeElement.id'));
      if (await inPage(page, `document.activeElement.role === 'treeitem'`)) {
        await press(page, 'Home', 'ArrowRight', 'ArrowDown');
        expect(await textOf(page, '.row[aria-selected="true"] .name')).toBe('eth.dst');
        expect(await count(page, '.byte.marked')).toBe(6);
        // At its end the tree keeps its keys: nothing else is chosen.
        await press(page, 'End', 'ArrowDown', 'ArrowDown');
        expect(await count(page, '.row[aria-selected="true"]')).toBe(1);
      }
    }
    for (const id of [
      'language',
      'keys-button',
      'ladder',
      'hex',
      'start',
      'back',
      'play',
      'forward',
      'end',
      'slider',
      'speed',
    ])
      expect(reached).toContain(id);
    await page.focus('#play');
    await press(page, '?');
    expect(await count(page, 'dialog[open]')).toBe(1);
    await press(page, 'Escape');
    expect(await count(page, 'dialog[open]')).toBe(0);
    await closed(page);
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ])('axe: %s, %i pixels', async (scheme, width) => {
    for (const url of [lesson, hostile]) {
      const page = await opened(url, {scheme, width});
      await press(page, 'l', 'l', 'l', 't');
      await inPage(page, `${one('#table')}.setAttribute('open', '')`);
      await page.evaluate(axe.source);
      const told = "({id, impact, nodes}) => [impact, id, nodes[0].html].join(' ')";
      const violations = await inPage<string[]>(
        page,
        `axe.run().then(({violations}) => violations.map(${told}))`,
      );
      expect(violations.filter((each) => /^(serious|critical)/.test(each))).toEqual([]);
      const overflows = await inPage(page, 'document.documentElement.scrollWidth > innerWidth');
      expect(overflows).toBe(false);
      await closed(page);
    }
  });

  test('hostile texts stay texts, and the page asks for nothing', async () => {
    const page = await opened(hostile);
    await press(page, 'G');
    expect(await inPage(page, `${all('script')}.length`)).toBe(2);
    expect(await inPage(page, `${all('img, iframe, link, a')}.length`)).toBe(0);
    expect(await textOf(page, '#ladder [lang="en"]')).toContain('<script>');
    await closed(page);
  });

  test('the pictures are XML to a browser, too, hostile texts included', async () => {
    for (const source of ['handshake', join(folder, 'hostile.pcap')]) {
      const file = join(folder, 'picture.svg');
      expect(runProgram(['export', source, '--format', 'svg', '-o', file]).code).toBe(0);
      const page = await opened(pathToFileURL(file).href);
      expect(await inPage(page, 'document.documentElement.nodeName')).toBe('svg');
      expect(await count(page, 'parsererror')).toBe(0);
      expect(await count(page, '.message')).toBeGreaterThan(2);
      await closed(page);
    }
  });

  test('on paper: the whole ladder and the table, whatever the place', async () => {
    const page = await opened(lesson);
    await page.emulateMediaType('print');
    const visibility = '(message) => getComputedStyle(message).visibility';
    const shown = await inPage<string[]>(page, `${all('svg[lang="en"] .message')}.map(${visibility})`);
    expect(new Set(shown)).toEqual(new Set(['visible']));
    expect(await count(page, '.controls')).toBe(0);
    await closed(page);
  });
});
