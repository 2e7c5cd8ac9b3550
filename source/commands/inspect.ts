// `inspect`: what is in a capture, as sentences or as one JSON object in the shape of the reference captures' side files.
import process from 'node:process';
import {inspectCapture} from '../io/capture.ts';
import {MAX_CONNECTIONS} from '../observe/capture-inspector.ts';
import {inspectionJson} from '../observe/inspection-json.ts';
import {capturedTls} from '../observe/tls-captured.ts';
import {harmlessJson} from '../present/harmless.ts';
import {inspectionReport} from '../present/inspect/report.ts';
import {captureCrowded} from '../present/text/errors.ts';
import type {Command} from './command.ts';
import {secretsFor} from './open-secrets.ts';
import {keylogOptions} from './options.ts';
import {printLines, printWarning} from './print.ts';

/** A line for each member, and for each entry of a list: one text of all of it may be larger than what it tells. */
function* jsonText(whole: ReturnType<typeof inspectionJson>): Generator<string, void> {
  const text = (value: unknown): string => harmlessJson(JSON.stringify(value));
  let before = '{';
  for (const [name, value] of Object.entries(whole)) {
    const members: readonly unknown[] = Array.isArray(value) && value.length > 1 ? value : [];
    if (members.length === 0) yield `${before}"${name}": ${text(value)}`;
    else {
      yield `${before}"${name}": [`;
      for (const [index, member] of members.entries())
        yield `${text(member)}${index + 1 < members.length ? ',' : ']'}`;
    }
    before = ',';
  }
  yield '}';
}

export const inspect: Command = {
  options: keylogOptions,
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
    if (inspector.unfollowed > 0)
      printWarning(captureCrowded(name, MAX_CONNECTIONS, inspector.unfollowed), undefined, language);
    // Where nobody looks on, lines are as long as in a wide terminal.
    const columns = Math.min(120, process.stdout.columns ?? 100);
    const tls = capturedTls(inspector.connections, keys.value);
    await printLines(
      json
        ? jsonText(inspectionJson(facts, inspector, tls))
        : inspectionReport({name, facts, inspector, tls}, {language, columns, ascii}),
    );
    return 0;
  },
};
