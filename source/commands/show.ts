// `show`: prints the whole run as text, or as JSON lines for programs.
import type {Command} from '../app/command.ts';
import {exitAfterReading} from '../app/interrupt.ts';
import {openSource} from '../app/open-source.ts';
import {captureOptions, runOptions} from '../app/options.ts';
import {printLines, printWarning} from '../app/print.ts';
import {jsonLines, textLines} from '../app/telling.ts';

export const show: Command = {
  options: [...runOptions, ...captureOptions],
  run: async (args, context) => {
    const opened = await openSource(args.positionals[0] ?? '', args, {bar: context, packs: true});
    if (!opened.ok) return opened.error;
    const {warning} = opened.value;
    if (warning) printWarning(warning.problem, warning.place, context.language);
    const lines = context.json ? jsonLines(opened.value, context.language) : textLines(opened.value, context);
    await printLines(lines);
    return opened.value.failure ?? exitAfterReading();
  },
};
