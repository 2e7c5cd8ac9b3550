// What a command is: its options as data (parsed, checked and explained from one table) and what it does.
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
  /** `value` takes the last one given, `list` all of them. */
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

/** What every command knows about the place it runs in. */
export type Context = {
  readonly language: Language;
  readonly json: boolean;
  readonly ascii: boolean;
  readonly color: boolean;
  readonly theme: ThemeName | undefined;
  readonly motion: Motion | undefined;
  readonly graphs: GraphForm | undefined;
  readonly screenReader: boolean;
  /** What the config file says, for whoever writes it again. */
  readonly stored: StoredPreferences;
  /** What draws the app, and presses its keys. @default the terminal and its keyboard */
  readonly start?: (options: AppOptions) => Promise<RunningApp>;
};

/** 0 done, 1 the thing asked for failed, 2 unusable input. A problem is printed, and carries its own code. */
export type Outcome = 0 | 1 | 2 | 130 | 143 | Failure;

export type Failure = Problem & {
  readonly exit: 1 | 2;
  /** FILE:LINE:COLUMN or FILE:+OFFSET. */
  readonly place?: string;
  /** Lines below the remedy. */
  readonly more?: readonly Text[];
};

export type Command = {
  readonly options: readonly OptionSpec[];
  run(args: Arguments, context: Context): Promise<Outcome>;
};

export type CatalogEntry = {
  readonly name: string;
  /** As yargs writes positionals: `<SOURCE>`, `<FILE..>`, `[LESSON..]`, or nothing. */
  readonly positionals: string;
  readonly describe: Text;
  load(): Promise<Command>;
};
