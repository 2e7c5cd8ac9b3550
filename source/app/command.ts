// The type of a command: its options as data, from which they are parsed, checked and explained, and what the command does.
import type {StoredPreferences} from '../io/preferences.ts';
import type {Language, Text} from '../lesson/text.ts';
import type {AppOptions, RunningApp} from '../ui/app-options.ts';
import type {ThemeName} from '../ui/palettes.ts';
import type {GraphForm} from '../view/glyphs.ts';
import type {Motion} from '../view/time/playback-state.ts';
import type {Problem} from '../words/problem.ts';

export type OptionSpec = {
  readonly name: string;
  readonly alias?: string;
  /** The kind of option: `flag` has no value, `value` uses the last value given, and `list` uses all of them. */
  readonly kind: 'flag' | 'value' | 'list';
  readonly describe: Text;
  readonly choices?: readonly string[];
};

export type Arguments = {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  value(name: string): string | undefined;
  list(name: string): readonly string[];
};

/** The settings of the program that every command gets: language, look, output and the config file. */
export type Context = {
  readonly language: Language;
  readonly json: boolean;
  readonly ascii: boolean;
  readonly color: boolean;
  readonly theme: ThemeName | undefined;
  readonly motion: Motion | undefined;
  readonly graphs: GraphForm | undefined;
  readonly screenReader: boolean;
  /** The contents of the config file, which are kept when the file is written again. */
  readonly stored: StoredPreferences;
  /** Starts the app; tests pass their own function. @default on the terminal and with its keyboard */
  readonly start?: (options: AppOptions) => Promise<RunningApp>;
};

/**
 * The outcome of a command. 0: done. 1: what was asked for failed. 2: unusable input. 130 and 143: ended by SIGINT or SIGTERM. A failure is
 * printed and contains its own exit code.
 */
export type Outcome = 0 | 1 | 2 | 130 | 143 | Failure;

export type Failure = Problem & {
  readonly exit: 1 | 2;
  /** The place of the error in a file, as FILE:LINE:COLUMN or FILE:+OFFSET; absent if it has none. */
  readonly place?: string;
  /** Further lines of the error, printed below the remedy. */
  readonly more?: readonly Text[];
};

export type Command = {
  readonly options: readonly OptionSpec[];
  run(args: Arguments, context: Context): Promise<Outcome>;
};

export type CatalogEntry = {
  readonly name: string;
  /** The positional arguments of the command in yargs notation, such as `<SOURCE>` or `[LESSON..]`; empty if it has none. */
  readonly positionals: string;
  readonly describe: Text;
  load(): Promise<Command>;
};
