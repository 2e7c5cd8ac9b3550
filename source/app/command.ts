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
  /** The kind of option: `value` takes the last one given, `list` all of them. */
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

/** The surroundings that every command knows. */
export type Context = {
  readonly language: Language;
  readonly json: boolean;
  readonly ascii: boolean;
  readonly color: boolean;
  readonly theme: ThemeName | undefined;
  readonly motion: Motion | undefined;
  readonly graphs: GraphForm | undefined;
  readonly screenReader: boolean;
  /** The contents of the config file, for code that writes it again. */
  readonly stored: StoredPreferences;
  /** Starts the app. @default on the terminal and with its keyboard */
  readonly start?: (options: AppOptions) => Promise<RunningApp>;
};

/** The outcome: 0 done, 1 the thing asked for failed, 2 unusable input. A failure is printed, and contains its own code. */
export type Outcome = 0 | 1 | 2 | 130 | 143 | Failure;

export type Failure = Problem & {
  readonly exit: 1 | 2;
  /** The place as FILE:LINE:COLUMN or FILE:+OFFSET. */
  readonly place?: string;
  /** Further lines below the remedy. */
  readonly more?: readonly Text[];
};

export type Command = {
  readonly options: readonly OptionSpec[];
  run(args: Arguments, context: Context): Promise<Outcome>;
};

export type CatalogEntry = {
  readonly name: string;
  /** The positionals as yargs writes them: `<SOURCE>`, `<FILE..>`, `[LESSON..]`, or nothing. */
  readonly positionals: string;
  readonly describe: Text;
  load(): Promise<Command>;
};
