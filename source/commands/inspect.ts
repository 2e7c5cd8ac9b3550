// `inspect`: prints the content of a capture, as sentences or as one JSON object in the shape of the reference captures' side files.
import process from 'node:process';
import type {Arguments, Command} from '../app/command.ts';
import {exitAfterReading} from '../app/interrupt.ts';
import {captureOptions} from '../app/options.ts';
import {printLines} from '../app/print.ts';
import {evidenceIn, type ReadFile, readInspected} from '../app/read-inspected.ts';
import {callAgain} from '../app/round-call.ts';
import {keyLogBeside} from '../io/capture-files.ts';
import {inspectionMembers, isList} from '../observe/inspection-json.ts';
import {capturedTls} from '../observe/tls-captured.ts';
import {judged} from '../view/findings/judged.ts';
import type {Told} from '../view/inspect/selection.ts';
import {json, shell, shellFile, terminal, type Written} from '../words/written.ts';

/**
 * Yields the JSON of `inspect` in lines: one for each member, and one for each entry of a list, because all of it in one string could need
 * too much memory.
 */
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

/** Returns what `inspect` shows of a capture; with `--connection` only that connection, with its number in the whole capture. */
const toldOf = async ({inspector, keys, quic, only}: ReadFile): Promise<Told> => {
  const {allOf, Conversations} = await import('../view/inspect/selection.ts');
  return only === undefined
    ? allOf(inspector, capturedTls(inspector.connections, keys), quic)
    : new Conversations(
        inspector,
        (each) => capturedTls([each], keys)[0],
        () => quic,
      ).of(only);
};

/** Returns the key log beside a capture and the command that reads both; undefined if there is none, or if `--keylog` names one. */
const keysBeside = (args: Arguments) => {
  const [name = ''] = args.positionals;
  const log = args.value('keylog') === undefined ? keyLogBeside(name) : undefined;
  if (log === undefined) return undefined;
  const file = shellFile(log);
  const call = callAgain('inspect', args, {values: ['connection', 'max-mebibytes'], flags: []});
  return {file, call: shell`packet-tutor ${call} --keylog ${file}`};
};

/** Tells whether a report is longer than the terminal, so that its first lines scroll away; false if the output is a pipe or a file. */
const isLongerThanScreen = (report: readonly string[]): boolean =>
  process.stdout.isTTY === true && report.length + 1 > process.stdout.rows;

export const inspect: Command = {
  options: captureOptions,
  run: async (args, context) => {
    const {language, ascii} = context;
    const read = await readInspected(args, context);
    if (!read.ok) return read.error;
    const {facts, inspector, only} = read.value;
    if (context.json) {
      const evidence = evidenceIn(read.value);
      const shown = only === undefined ? evidence : await toldOf(read.value);
      await printLines(
        jsonText(inspectionMembers(facts, inspector, shown, judged(evidence, language, only))),
      );
    } else {
      const {inspectionReport, shortAgain} = await import('../view/inspect/report.ts');
      const name = args.positionals[0] ?? '';
      const told = await toldOf(read.value);
      const inspected = {name, facts, inspector, told, keysBeside: keysBeside(args)};
      // The width of the report in columns: the terminal's, at most 120; 100 for a pipe or a file.
      const columns = Math.min(120, process.stdout.columns ?? 100);
      const manner = {language, columns, ascii};
      const report = inspectionReport(inspected, manner);
      const again = isLongerThanScreen(report) ? shortAgain(inspected, manner) : [];
      await printLines([...report, ...again].map(terminal.text));
    }
    return exitAfterReading();
  },
};
