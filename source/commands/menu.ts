// Handles the call without a command: in a terminal it opens the menu; elsewhere it prints the list of lessons and what to call next.

import type {Command} from '../app/command.ts';
import {printLine} from '../app/print.ts';
import {hasTerminal} from '../app/terminal.ts';
import {helpTexts} from '../words/catalogue/help.ts';
import {printLessons} from './list.ts';

export const menu: Command = {
  options: [],
  run: async (_args, context) => {
    if (hasTerminal(context)) {
      const {runApp} = await import('../app/run-app.ts');
      return runApp({screen: 'menu'}, context);
    }
    await printLessons(context);
    printLine('');
    for (const line of helpTexts.goOn[context.language].split('\n')) printLine(line);
    return 0;
  },
};
