// In a real pseudo terminal: the menu, a lesson, its keys; and the terminal as it was, however the program ends.
import {describe, expect, test} from 'vitest';
import {pointingKeysSentences} from '../../source/words/catalogue/keys-table.ts';
import {menuWords} from '../../source/words/catalogue/menu.ts';
import {openingWords} from '../../source/words/catalogue/opening.ts';
import {expectRestored, leaveMenu, terminals} from '../helpers/terminals.ts';

const start = terminals();

describe('a learner', () => {
  test('opens the menu, plays a lesson, steps, asks why, goes back and quits', async () => {
    const terminal = start([]);
    await terminal.shows(menuWords.claim.en);
    expect(terminal.alternate).toBe(true);
    terminal.type('\r');
    await terminal.shows(openingWords.goals.en);
    terminal.type(' ');
    await terminal.shows('SYN seq=100');
    terminal.type('l');
    await terminal.shows('paused');
    terminal.type('?');
    await terminal.shows(pointingKeysSentences.point.label.en);
    terminal.type('\x1b');
    await terminal.shows('SYN seq=100');
    terminal.type('w');
    await terminal.shows('The program wants a connection.');
    terminal.type('\r');
    await terminal.shows('RFC 9293');
    terminal.type('\x1b');
    await terminal.until('why closed', (text) => !text.includes('── why?'));
    terminal.type('q');
    await terminal.shows(menuWords.claim.en);
    await leaveMenu(terminal);
    expect(await terminal.exit()).toBe(0);
    expectRestored(terminal);
  });

  test('switches the language while the lesson plays', async () => {
    const terminal = start(['play', 'handshake']);
    await terminal.shows('The three-way handshake');
    terminal.type('t');
    await terminal.shows('三次握手');
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
  });
});

test('after ctrl-c: 130', async () => {
  const terminal = start(['play', 'handshake']);
  await terminal.shows(openingWords.goals.en);
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
  expectRestored(terminal);
});
