// Terminals of a test file: each is closed after the test that has opened it.
import {afterEach, expect} from 'vitest';
import {openingWords} from '../../source/words/catalogue/opening.ts';
import {Terminal, type TerminalOptions} from './terminal.ts';

export type Start = (args: readonly string[], options?: TerminalOptions) => Terminal;

/** Called once by a file of tests, outside of them. */
export const terminals = (usual: TerminalOptions = {}): Start => {
  let open: Terminal[] = [];
  afterEach(() => {
    for (const terminal of open) terminal.close();
    open = [];
  });
  return (args, options = {}) => {
    const terminal = new Terminal(args, {...usual, ...options});
    open.push(terminal);
    return terminal;
  };
};

/** Past the page that a lesson begins with. */
export const begin = async (terminal: Terminal): Promise<void> => {
  await terminal.shows(openingWords.goals.en);
  terminal.type(' ');
};

/** Out of the program from the menu, which asks once. */
export const leaveMenu = async (terminal: Terminal): Promise<void> => {
  terminal.type('q');
  await terminal.shows(/q again leaves|再按一次 q 退出/);
  terminal.type('q');
};

export const expectRestored = (terminal: Terminal): void => {
  expect(terminal.alternate).toBe(false);
  expect(terminal.cursorShown).toBe(true);
};
