// `inspect`: what is in a capture, as one JSON object in the shape of the reference captures' side files.
import {inspectCapture} from '../io/capture.ts';
import {inspectionJson} from '../observe/inspection-json.ts';
import {capturedTls} from '../observe/tls-captured.ts';
import type {Command} from './command.ts';
import {secretsFor} from './open-secrets.ts';
import {captureOptions} from './options.ts';
import {printLine, printWarning} from './print.ts';

export const inspect: Command = {
  options: captureOptions,
  run: async (args, {language}) => {
    const file = args.positionals[0] ?? '';
    const read = await inspectCapture(file);
    if (!read.ok) {
      const {problem, place} = read.error;
      return {...problem, ...(place === undefined ? {} : {place}), exit: 2};
    }
    const {inspector, facts, secrets, warning} = read.value;
    const keys = await secretsFor(secrets, args.value('keylog'));
    if (!keys.ok) return keys.error;
    if (warning) printWarning(warning.problem, warning.place, language);
    const tls = capturedTls(inspector.connections, keys.value);
    printLine(JSON.stringify(inspectionJson(facts, inspector, tls), undefined, 2));
    return 0;
  },
};
