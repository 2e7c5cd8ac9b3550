// The bare call: the menu in a terminal; elsewhere the list of lessons and how to go on.
import {helpTexts} from '../present/text/help.ts';
import type {Command} from './command.ts';
import {printLessons} from './list.ts';
import {printLine} from './print.ts';
import {hasTerminal} from './terminal.ts';

export const menu: Command = {
  options: [],
  run: async (_args, context) => {
    if (hasTerminal(context)) {
      const {runApp} = await import('./run-app.ts');
      return runApp({screen: 'menu'}, context);
    }
    printLessons(context);
    printLine('');
    for (const line of helpTexts.goOn[context.language].split('\n')) printLine(line);
    return 0;
  },
};
