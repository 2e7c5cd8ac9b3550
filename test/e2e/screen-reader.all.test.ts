// Screen-reader mode in a real pseudo terminal: from the menu through a whole lesson, and not one escape sequence.
import {expect, test} from 'vitest';
import {lacks} from '../helpers/posix.ts';
import {few} from '../helpers/seeds.ts';
import {program, type Terminal} from '../helpers/terminal.ts';
import {leaveMenu, terminals} from '../helpers/terminals.ts';

// Wide enough that no sentence is broken.
const start = terminals({columns: 400});

/** Lines are appended: each printable, each ended by a line feed, which the terminal's driver makes two. */
const expectPlain = ({output}: Terminal): void => {
  expect(output.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
};

/** What has been said since `from`, once its last line looks as wanted; wakes by output. */
const heard = async (terminal: Terminal, from: number, last: RegExp): Promise<string> => {
  await terminal.until(String(last), () => {
    const lines = terminal.output.slice(from).split('\r\n');
    return lines.length > 1 && lines.at(-1) === '' && last.test(lines.at(-2) ?? '');
  });
  return terminal.output.slice(from).replaceAll('\r\n', '\n');
};

const press = (terminal: Terminal, keys: string, last: RegExp): Promise<string> => {
  const from = terminal.output.length;
  terminal.type(keys);
  return heard(terminal, from, last);
};

/** Past the page that a lesson begins with. */
const begin = async (terminal: Terminal): Promise<void> => {
  await heard(terminal, 0, /^Keys: space begin/);
  await press(terminal, ' ', /^Paused at 0 milliseconds\.$/);
};

const words = {
  en: {
    menu: /^Keys: .*q quit\.$/,
    tracks: /^Keys: .*left arrow back/,
    /** It waits: for any key, for an answer, for the reply to be read, at the end. */
    rest: /^(Paused at|The run is over|Keys: (space begin|a to|enter go on|enter open))/,
    question: /^Keys: a to/m,
    reply: /^Keys: enter go on/m,
    ending: 'What if ...: ',
    wrong: /^Not a\. One more try\./m,
    packet: (id: number) => `sends packet ${id}, `,
  },
  zh: {
    menu: /^按键：.*q 退出。$/,
    tracks: /^按键：.*左方向键返回/,
    rest: /^(暂停在|演示在 .+结束|按键：(空格开始|a 到|回车继续|回车打开))/,
    question: /^按键：a 到/m,
    reply: /^按键：回车继续/m,
    ending: '假如……：',
    wrong: /^不是 a。再答一次。/m,
    packet: (id: number) => `发出第 ${id} 个分组：`,
  },
} as const;

test.each(few(['en', 'zh'] as const, 1))(
  // From the menu, with wrong answers, and without an escape sequence.
  '%s: a whole lesson in sentences',
  async (language) => {
    const {menu, tracks, rest, question, reply, ending, wrong, packet} = words[language];
    const terminal = start(['--screen-reader', '--lang', language]);
    await heard(terminal, 0, menu);
    await press(terminal, '\x1b[B', /^2 of 7|^第 2 项/);
    await press(terminal, '\r', tracks);
    await press(terminal, '\x1b[C', tracks);
    let said = await press(terminal, '\r', rest);
    let told = said;
    for (let key = 0; key < 60 && !said.includes(ending); key++) {
      // The second try begins with what is left to choose.
      if (wrong.test(said)) said = await press(terminal, 'ab', reply);
      else if (question.test(said))
        said = await press(terminal, 'a', /^(Keys: enter go on|按键：回车继续|[b-z][:：])/);
      else said = await press(terminal, reply.test(said) ? '\r' : ' ', rest);
      told += said;
    }
    expect(told).toContain(ending);
    expect(told).toMatch(wrong);
    const places = [1, 2, 3].map((id) => told.indexOf(packet(id)));
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
    expect(places).not.toContain(-1);
    await press(terminal, 'q', tracks);
    await press(terminal, 'q', tracks);
    await press(terminal, 'q', menu);
    await leaveMenu(terminal);
    expect(await terminal.exit()).toBe(0);
    expectPlain(terminal);
  },
);

test('nothing is written while nothing happens, and ctrl-l says it all again', async () => {
  const terminal = start(['play', 'handshake', '--screen-reader']);
  await begin(terminal);
  const bytes = terminal.output.length;
  // Idleness can only be seen over time.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(terminal.output.length).toBe(bytes);
  expect(await press(terminal, '\x0c', /^Keys: /)).toMatch(
    /^Lesson handshake: The three-way handshake\. Beat 1 of 7\. Paused at 0 milliseconds\.\nAt 0 milliseconds client sends packet 1, /,
  );
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
  expectPlain(terminal);
});

test.skipIf(lacks('signals')).each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it with %i', async (signal, code) => {
  const terminal = start(['play', 'handshake', '--screen-reader']);
  await heard(terminal, 0, /^Keys: space begin/);
  terminal.kill(signal);
  expect(await terminal.exit()).toBe(code);
  expectPlain(terminal);
});

test.skipIf(lacks('/bin/sh'))('after q raw mode is off', async () => {
  const play = `"${process.execPath}" "${program}" play handshake --screen-reader`;
  const shell = start([], {shell: `${play}; stty -a; read line; echo "took <$line>"`, columns: 100});
  await shell.shows('Keys: space begin');
  shell.type('q');
  await shell.shows(/\sechoctl\s/);
  expect(shell.text()).toMatch(/(^|\s)icanon(\s|$)/m);
  expect(shell.text()).toMatch(/(^|\s)echo(\s|$)/m);
  shell.type('abc\x7fd\r');
  await shell.shows('took <abd>');
  expect(await shell.exit()).toBe(0);
});

test.skipIf(lacks('job control'))('ctrl-z, then fg: the same place', async () => {
  const play = `"${process.execPath}" "${program}" play handshake --screen-reader`;
  // A shell with job control, as people have.
  const shell = start([], {shell: 'exec bash --norc -i', columns: 100, env: {PS1: 'prompt> '}});
  await shell.shows('prompt>');
  shell.type(`${play}\r`);
  await shell.shows('Keys: space begin');
  shell.type(' ');
  await shell.shows('Paused at 0 milliseconds.');
  shell.type('\x1a');
  await shell.shows(/Stopped[\s\S]*prompt>/);
  shell.type('stty -a\r');
  await shell.shows(/\sicanon\s/);
  const from = shell.output.length;
  shell.type('fg\r');
  await shell.until('the same place', () =>
    shell.output.slice(from).includes('Beat 1 of 7. Paused at 0 milliseconds.'),
  );
  shell.type('q');
  await shell.until('the prompt', () => shell.output.endsWith('prompt> '));
  shell.type('exit\r');
  expect(await shell.exit()).toBe(0);
});

test('a dumb terminal can be read out, too', async () => {
  const terminal = start(['play', 'handshake', '--screen-reader'], {env: {TERM: 'dumb'}});
  await begin(terminal);
  terminal.type('q');
  expect(await terminal.exit()).toBe(0);
  expectPlain(terminal);
});

test('Settings change between sentences and pictures, there and then', async () => {
  const terminal = start(['--screen-reader'], {columns: 100});
  await heard(terminal, 0, words.en.menu);
  terminal.type('kk');
  await terminal.shows('7 of 8');
  terminal.type('j');
  await terminal.shows('8 of 8');
  await press(terminal, '\r', /^Keys: /);
  await press(terminal, 'k', /^(\d) of \1: Output, sentences/);
  expectPlain(terminal);
  terminal.type('\r');
  await terminal.until('pictures', (text) => terminal.alternate && /▸ Output +pictures/.test(text));
  terminal.type('\r');
  await terminal.until('sentences', (text) => !terminal.alternate && /\d: Output, sentences/.test(text));
  await press(terminal, 'q', words.en.menu);
  await leaveMenu(terminal);
  expect(await terminal.exit()).toBe(0);
  expect(terminal.cursorShown).toBe(true);
});
