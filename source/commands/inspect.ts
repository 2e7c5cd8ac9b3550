// `inspect`: what is in a capture, as sentences or as one JSON object in the shape of the reference captures' side files.
import process from 'node:process';
import type {Arguments, Command} from '../app/command.ts';
import {exitAfterReading} from '../app/interrupt.ts';
import {KeyRing, quicKeysFor} from '../app/open-secrets.ts';
import {captureOptions, connectionOf, readBudgetOf} from '../app/options.ts';
import {printLines, printWarning} from '../app/print.ts';
import {withBar} from '../app/reading-bar.ts';
import {callAgain} from '../app/round-call.ts';
import {inspectCapture} from '../io/capture.ts';
import {keyLogBeside} from '../io/capture-files.ts';
import {type CaptureInspector, MAX_CONNECTIONS} from '../observe/capture-inspector.ts';
import {allShown, inspectionMembers, isList, type Shown} from '../observe/inspection-json.ts';
import {type CapturedQuic, capturedQuic} from '../observe/quic-captured.ts';
import {capturedTls} from '../observe/tls-captured.ts';
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {judged} from '../view/findings/judged.ts';
import type {Told} from '../view/inspect/told.ts';
import {captureCrowded} from '../words/catalogue/capture-errors.ts';
import {noConnection} from '../words/catalogue/reading.ts';
import {problemOf} from '../words/problem.ts';
import {json, shell, shellFile, terminal, type Written} from '../words/written.ts';

/** A line for each member, and for each entry of a list: one text of all of it may be larger than what it tells. */
function* jsonText(members: ReturnType<typeof inspectionMembers>): Generator<Written<'json'>, void> {
  let before = json`{`;
  for (const [name, value] of members) {
    const key = json`${before}${json.value(name)}: `;
    if (!isList(value)) yield json`${key}${json.value(value)}`;
    else if (value.length === 0) yield json`${key}[]`;
    else if (value.length === 1) yield json`${key}[${json.value(value.entry(0))}]`;
    else {
      yield json`${key}[`;
      for (let index = 0; index < value.length; index++)
        yield json`${json.value(value.entry(index))}${index + 1 < value.length ? json`,` : json`]`}`;
    }
    before = json`,`;
  }
  yield json`}`;
}

type Asked = {
  readonly keys: TlsKeys | undefined;
  readonly quic: readonly CapturedQuic[];
  readonly only: number | undefined;
};

/** All that is in it, or with `--connection` that one, under the numbers that it has in the whole. */
const toldOf = async (inspector: CaptureInspector, {keys, quic, only}: Asked): Promise<Told> => {
  const {allOf, Conversations} = await import('../view/inspect/told.ts');
  return only === undefined
    ? allOf(inspector, capturedTls(inspector.connections, keys), quic)
    : new Conversations(inspector, (each) => capturedTls([each], keys)[0]).of(only);
};

/** The same for JSON, which has its own members for findings. */
const shownOf = async (inspector: CaptureInspector, asked: Asked): Promise<Shown> =>
  asked.only === undefined
    ? allShown(inspector, capturedTls(inspector.connections, asked.keys), asked.quic)
    : toldOf(inspector, asked);

/** Returns the key log that lies beside a capture, and the call that reads both; undefined: there is none, or one was named. */
const keysBeside = (args: Arguments) => {
  const [name = ''] = args.positionals;
  const log = args.value('keylog') === undefined ? keyLogBeside(name) : undefined;
  if (log === undefined) return undefined;
  const file = shellFile(log);
  const call = callAgain('inspect', args, {values: ['connection', 'max-mebibytes'], flags: []});
  return {file, call: shell`packet-tutor ${call} --keylog ${file}`};
};

/** Its first lines leave the screen of a terminal; the shell writes a line below it. In a pipe or a file nothing leaves. */
const isLongerThanScreen = (report: readonly string[]): boolean =>
  process.stdout.isTTY === true && report.length + 1 > process.stdout.rows;

export const inspect: Command = {
  options: captureOptions,
  run: async (args, context) => {
    const {language, ascii} = context;
    const name = args.positionals[0] ?? '';
    const connection = connectionOf(args);
    if (!connection.ok) return connection.error;
    const budget = readBudgetOf(args);
    if (!budget.ok) return budget.error;
    const read = await withBar(name, context, (watch) => inspectCapture(name, {watch, ...budget.value}));
    if (!read.ok) {
      const {problem, place} = read.error;
      return {...problem, ...(place === undefined ? {} : {place}), exit: 2};
    }
    const {inspector, facts, secrets, warning} = read.value;
    const keys = await new KeyRing(args.value('keylog')).keys(secrets);
    if (!keys.ok) return keys.error;
    if (warning) printWarning(warning.problem, warning.place, language);
    if (inspector.unfollowed > 0)
      printWarning(
        problemOf(captureCrowded, {file: name, connections: MAX_CONNECTIONS, frames: inspector.unfollowed}),
        undefined,
        language,
      );
    // Where nobody looks on, lines are as long as in a wide terminal.
    const columns = Math.min(120, process.stdout.columns ?? 100);
    const quicKeys = await quicKeysFor(inspector, keys.value);
    const quic = quicKeys ? capturedQuic(inspector, quicKeys) : [];
    const asked = {keys: keys.value, quic, only: connection.value};
    const count = inspector.connections.length;
    if (asked.only !== undefined && asked.only > count)
      return {...problemOf(noConnection, {given: asked.only, count}), exit: 2};
    if (context.json) {
      const shown = await shownOf(inspector, asked);
      const judgement = judged({...shown, inspector, quic}, language);
      await printLines(jsonText(inspectionMembers(facts, inspector, shown, judgement)));
    } else {
      const {inspectionReport, shortAgain} = await import('../view/inspect/report.ts');
      const told = await toldOf(inspector, asked);
      const inspected = {name, facts, inspector, told, keysBeside: keysBeside(args)};
      const manner = {language, columns, ascii};
      const report = inspectionReport(inspected, manner);
      const again = isLongerThanScreen(report) ? shortAgain(inspected, manner) : [];
      await printLines([...report, ...again].map(terminal.text));
    }
    return exitAfterReading();
  },
};
