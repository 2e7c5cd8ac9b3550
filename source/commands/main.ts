// Runs a command line: chooses the language and the command, checks the options against the command's table, prints errors in two lines and
// returns the exit code.
import process from 'node:process';
import yargs, {type Argv} from 'yargs';
import type {
  Arguments,
  CatalogEntry,
  Command,
  Context,
  Failure,
  OptionSpec,
  Outcome,
} from '../app/command.ts';
import {chooseLanguage} from '../app/language.ts';
import {globalOptions, known} from '../app/options.ts';
import {outputFailure, printFailure, printLine, printWarning} from '../app/print.ts';
import {settingsTrouble} from '../app/settings-keeper.ts';
import {endOnHangUp} from '../app/terminal-guard.ts';
import {version} from '../app/version.ts';
import {codeOf} from '../io/files.ts';
import {readPreferences, type StoredPreferences} from '../io/preferences.ts';
import type {Language} from '../lesson/text.ts';
import {themeNames} from '../ui/palettes.ts';
import {graphForms} from '../view/glyphs.ts';
import {motions} from '../view/time/playback-state.ts';
import {catalogSentences} from '../words/catalogue/cli.ts';
import {bug, missingValue, unexpectedArgument} from '../words/catalogue/errors.ts';
import {helpStrings, helpTexts} from '../words/catalogue/help.ts';
import {
  commandMissing,
  missingArgument,
  unknownChoice,
  unknownCommand,
  unknownOption,
} from '../words/errors.ts';
import {problemOf} from '../words/problem.ts';
import {catalog, menuEntry} from './catalog.ts';

type Parsed = {
  readonly entry: CatalogEntry;
  readonly command: Command;
  readonly argv: Record<string, unknown>;
};

const addOptions = (parser: Argv, options: readonly OptionSpec[], language: Language): Argv => {
  for (const option of options) {
    if (option.name === 'help') continue;
    parser.option(option.name, {
      ...(option.alias === undefined ? {} : {alias: option.alias}),
      type: option.kind === 'flag' ? 'boolean' : 'string',
      describe: option.describe[language],
    });
  }
  return parser;
};

const programName = 'packet-tutor';

const parserFor = (argv: readonly string[], language: Language): Argv =>
  addOptions(yargs(argv.map((word) => (word === '-' ? dash : word))).version(false), globalOptions, language)
    .scriptName(programName)
    .detectLocale(false)
    .updateStrings(
      Object.fromEntries(Object.entries(helpStrings).map(([name, said]) => [name, said[language]])),
    )
    .usage(helpTexts.usage[language])
    .epilogue(helpTexts.epilogue[language])
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .help('help', helpTexts.help[language])
    .alias('help', 'h')
    .exitProcess(false)
    .wrap(Math.min(80, process.stdout.columns ?? 80));

/** Stands for a lone `-` (standard input) while yargs parses the arguments, because yargs takes it for a flag without a name. */
const dash = '\u0000-';

/** Returns the values of a command-line option as a list; yargs gives a list only if the option is repeated. */
const valuesOf = (value: unknown): readonly string[] =>
  value === undefined
    ? []
    : (Array.isArray(value) ? value : [value]).map((each) => (each === dash ? '-' : String(each)));

const positionalOf = ({positionals}: CatalogEntry): string | undefined => /[<[](\w+)/.exec(positionals)?.[1];

const argumentsOf = (entry: CatalogEntry, argv: Record<string, unknown>): Arguments => {
  const name = positionalOf(entry);
  return {
    positionals: name === undefined ? [] : valuesOf(argv[name]),
    flag: (option) => argv[option] === true,
    value: (option) => valuesOf(argv[option]).at(-1),
    list: (option) => valuesOf(argv[option]),
  };
};

const checkOptions = ({entry, command, argv}: Parsed): Failure | undefined => {
  const specs = [...globalOptions, ...command.options];
  const names = new Set(specs.flatMap(({name, alias}) => (alias === undefined ? [name] : [name, alias])));
  const positional = positionalOf(entry);
  for (const key of Object.keys(argv)) {
    if (key === '_' || key === '$0' || key === positional || names.has(key)) continue;
    const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);
    const commandName = entry === menuEntry ? undefined : entry.name;
    return {
      ...unknownOption(
        dashed(key),
        specs.map(({name}) => `--${name}`),
        commandName,
      ),
      exit: 2,
    };
  }
  for (const {name, kind, choices} of specs) {
    if (kind === 'flag') continue;
    for (const value of valuesOf(argv[name])) {
      if (value === '') return {...problemOf(missingValue, {option: `--${name}`}), exit: 2};
      if (choices && !choices.includes(value))
        return {...unknownChoice(`--${name}`, value, choices), exit: 2};
    }
  }
  return undefined;
};

const looksLikeSource = (word: string): boolean => /\.(ya?ml|pkt|pcap|pcapng|cap|gz)$|^pt1-/.test(word);

const checkPositionals = async ({entry, argv}: Parsed): Promise<Failure | undefined> => {
  const words = valuesOf(argv['_']);
  const extra = words[entry === menuEntry ? 0 : 1];
  if (extra === undefined) return undefined;
  if (entry !== menuEntry)
    return {...problemOf(unexpectedArgument, {command: entry.name, given: extra}), exit: 2};
  const {lessonIds} = await import('../io/lessons.ts');
  return looksLikeSource(extra) || lessonIds().includes(extra)
    ? {...commandMissing(extra), exit: 2}
    : {
        ...unknownCommand(
          extra,
          catalog.map(({name}) => name),
        ),
        exit: 2,
      };
};

/** Parses the command line with yargs; undefined if yargs has already printed help or completions. */
const parse = async (argv: readonly string[], language: Language): Promise<Parsed | Failure | undefined> => {
  let parsed: Parsed | undefined;
  let chosen: CatalogEntry = menuEntry;
  const parser = parserFor(argv, language);
  for (const entry of [menuEntry, ...catalog]) {
    const load = async (y: Argv): Promise<Argv> => {
      chosen = entry;
      return addOptions(y, (await entry.load()).options, language);
    };
    const usage = `${entry.name} ${entry.positionals}`.trim();
    const handler = async (values: Record<string, unknown>): Promise<void> => {
      parsed = {entry, command: await entry.load(), argv: values};
    };
    parser.command(usage, entry.describe[language], load, handler);
  }
  parser.completion('completion', catalogSentences.catalog.completion.describe[language], async () => {
    const {completionsFor} = await import('./completions.ts');
    // When a shell asks for completions, bash and zsh pass the program's name as the first word, which is removed.
    const words = argv.slice(1);
    return [...(await completionsFor(words[0] === programName ? words.slice(1) : words))];
  });
  let incomplete = false;
  parser.fail((_message, problem) => {
    if (problem instanceof Error && problem.name !== 'YError') throw problem;
    // The only fault that yargs itself finds here is a missing positional argument; the others are checked afterwards.
    incomplete = true;
  });
  await parser.parseAsync();
  // Completions are already printed in full by yargs, although it may also have parsed the words as a command.
  if (argv[0] === 'completion' || argv[0] === '--get-yargs-completions') return undefined;
  if (incomplete) {
    const positional = positionalOf(chosen) ?? 'SOURCE';
    return {...missingArgument(chosen.name, positional), exit: 2};
  }
  if (parsed === undefined) return undefined;
  return checkOptions(parsed) ?? (await checkPositionals(parsed)) ?? parsed;
};

const contextOf = (args: Arguments, language: Language, stored: StoredPreferences): Context => ({
  language,
  stored,
  json: args.flag('json'),
  ascii: args.flag('ascii') || stored.ascii === true,
  color: !args.flag('no-color'),
  theme: known(themeNames, args.value('theme') ?? stored.theme),
  graphs: known(graphForms, stored.graphs),
  motion: known(motions, args.value('motion') ?? stored.motion),
  screenReader: args.flag('screen-reader') || stored.screenReader === true,
});

const isFailure = (outcome: Parsed | Outcome): outcome is Failure =>
  typeof outcome === 'object' && 'what' in outcome;

/** Prints an unexpected exception as an error of two lines; with DEBUG=packet-tutor also its stack. Returns the exit code. */
const reportThrown = (problem: unknown, language: Language): 0 | 1 | 2 => {
  endOnHangUp(problem);
  const failure = outputFailure(problem);
  // EPIPE means that the reader of the output pipe has ended, which is no error.
  if (failure && codeOf(problem) === 'EPIPE') return 0;
  if (failure) return printFailure(failure, language);
  if (process.env['DEBUG'] === 'packet-tutor' && problem instanceof Error) console.error(problem.stack);
  return printFailure(
    {...problemOf(bug, {message: problem instanceof Error ? problem.message : String(problem)}), exit: 1},
    language,
  );
};

export const main = async (argv: readonly string[]): Promise<number> => {
  const {stored, trouble} = readPreferences();
  const language = chooseLanguage(argv, process.env, stored.language);
  // Handles exceptions that no awaited call catches, such as those in a timer or a stream.
  process.on('uncaughtException', (problem) => process.exit(reportThrown(problem, language)));
  if (trouble) printWarning(settingsTrouble(trouble), undefined, language);
  try {
    const parsed = await parse(argv, language);
    if (parsed === undefined) return 0;
    if (isFailure(parsed)) return printFailure(parsed, language);
    if (parsed.argv['version'] === true) {
      printLine(version);
      return 0;
    }
    const args = argumentsOf(parsed.entry, parsed.argv);
    const outcome = await parsed.command.run(args, contextOf(args, language, stored));
    return isFailure(outcome) ? printFailure(outcome, language) : outcome;
  } catch (problem) {
    return reportThrown(problem, language);
  }
};
