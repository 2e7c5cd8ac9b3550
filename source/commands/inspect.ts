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

/** Yields a line for each member, and for each entry of a list, because a single text of everything could be too large for the memory. */
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

/** Returns everything that is in the capture; with `--connection` only that connection, under its numbers in the whole capture. */
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

/** Returns the key log that lies beside a capture, and the call that reads both; undefined: there is none, or one was named. */
const keysBeside = (args: Arguments) => {
  const [name = ''] = args.positionals;
  const log = args.value('keylog') === undefined ? keyLogBeside(name) : undefined;
  if (log === undefined) return undefined;
  const file = shellFile(log);
  const call = callAgain('inspect', args, {values: ['connection', 'max-mebibytes'], flags: []});
  return {file, call: shell`packet-tutor ${call} --keylog ${file}`};
};

/**
 * Tells whether the first lines of the report scroll off the terminal's screen, to which the shell adds a line. A pipe or a file has no
 * screen.
 */
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
      // A pipe or a file gets lines of the length that a wide terminal has.
      const columns = Math.min(120, process.stdout.columns ?? 100);
      const manner = {language, columns, ascii};
      const report = inspectionReport(inspected, manner);
      const again = isLongerThanScreen(report) ? shortAgain(inspected, manner) : [];
      await printLines([...report, ...again].map(terminal.text));
    }
    return exitAfterReading();
  },
};
