// One thing that is odd in a capture, and how loud it is told.
import type {Text} from '../../lesson/text.ts';

export type Finding = {
  /** The higher, the earlier it is told. */
  readonly weight: number;
  /** Number of the connection that it is about; absent: of none, or of many. */
  readonly connection?: number;
  /** What else it is about, by name. */
  readonly about?: string;
  readonly text: Text;
  /** The same in a word or two, for a table. */
  readonly brief: Text;
  /** Id of the lesson that explains it. */
  readonly lesson?: string;
};

export type Found = Omit<Finding, 'connection'>;

export const found = (weight: number, text: Text, brief: Text, lesson?: string): Found => ({
  weight,
  text,
  brief,
  ...(lesson === undefined ? {} : {lesson}),
});

/** Of a connection, by its number. */
export const ofConnection = (connection: number, all: readonly Found[]): readonly Finding[] =>
  all.map((each) => ({...each, connection}));

/** What is made of what is there, or nothing. */
export const when = <Given, Made>(
  given: Given | false | undefined,
  make: (given: Given) => Made,
): readonly Made[] => (given === false || given === undefined ? [] : [make(given)]);

/** An answer later than this was waited for; in microseconds. */
export const lateUs = 900_000;
