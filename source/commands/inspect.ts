// `inspect`: what is in a capture, as sentences or as one JSON object in the shape of the reference captures' side files.
import process from 'node:process';
import {inspectCapture} from '../io/capture.ts';
import {inspectionJson} from '../observe/inspection-json.ts';
import {capturedTls} from '../observe/tls-captured.ts';
import {harmlessJson} from '../present/harmless.ts';
import {inspectionReport} from '../present/inspect/report.ts';
import type {Command} from './command.ts';
import {secretsFor} from './open-secrets.ts';
import {captureOptions} from './options.ts';
import {printLines, printWarning} from './print.ts';

export const inspect: Command = {
  options: captureOptions,
  run: async (args, {json, language, ascii}) => {
    const name = args.positionals[0] ?? '';
    const read = await inspectCapture(name);
    if (!read.ok) {
      const {problem, place} = read.error;
      return {...problem, ...(place === undefined ? {} : {place}), exit: 2};
    }
    const {inspector, facts, secrets, warning} = read.value;
    const keys = await secretsFor(secrets, args.value('keylog'));
    if (!keys.ok) return keys.error;
    if (warning) printWarning(warning.problem, warning.place, language);
    // Where nobody looks on, lines are as long as in a wide terminal.
    const columns = Math.min(120, process.stdout.columns ?? 100);
    const tls = capturedTls(inspector.connections, keys.value);
    await printLines(
      json
        ? [harmlessJson(JSON.stringify(inspectionJson(facts, inspector, tls), undefined, 2))]
        : inspectionReport({name, facts, inspector, tls}, {language, columns, ascii}),
    );
    return 0;
  },
};
