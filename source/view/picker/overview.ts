// The conversations of a capture as the rows of a table: connections of TCP, and who talked with whom over UDP.

import type {Language, Text} from '../../lesson/text.ts';
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {Conversation} from '../../observe/captured-place.ts';
import type {Shown} from '../../verdict/shown.ts';
import type {Closed, Opened} from '../../words/picker.ts';
import type {Conversations} from '../inspect/selection.ts';
import type {Manner} from '../inspect/told-lines.ts';

export type {Shown};

export type Row = {
  readonly id: Conversation;
  /** Of a connection the number that `--connection` takes. */
  readonly label: string;
  readonly client: string;
  readonly server: string;
  /** Absent: UDP opens and closes nothing. */
  readonly opened?: Opened;
  readonly closed?: Closed;
  readonly packets: number;
  readonly bytes: number;
  readonly firstUs: number;
  readonly lengthUs: number;
};

export type Overview = {
  readonly name: string;
  readonly packets: number;
  readonly durationUs: number;
  readonly conversations: Conversations;
  /** In the order of their numbers: TCP, then UDP. */
  readonly rows: readonly Row[];
  /** Of them, those of TCP. */
  readonly connections: number;
  /** Columns that the widest of all takes. */
  readonly widest: {readonly label: number; readonly client: number; readonly server: number};
  /** The name of a key log beside the capture, which could open something in it; absent: there is none. */
  readonly keyLog?: string;
  /** What is told of them: loaded with the first capture, so that who plays a lesson does not wait for it. */
  readonly telling: Telling;
};

export type Detail = {
  /** Of all packets: what happened, and when, which only eyes can read. */
  readonly story: readonly string[];
  readonly bars: readonly string[];
  readonly lines: readonly string[];
  /** How the capture does not show what stands in the row; absent: it shows all. */
  readonly legend: readonly string[];
  readonly lessons: readonly string[];
};

export type Telling = {
  interestOf(overview: Overview, id: Conversation): number;
  notableOf(overview: Overview, row: Row): readonly Text[];
  shownFor(overview: Overview, id: Conversation): readonly Shown[];
  detailOf(overview: Overview, id: Conversation, manner: Manner): Detail;
  othersText(inspector: CaptureInspector, language: Language, isBrief: boolean): string;
};

/** Of TCP, and of QUIC as far as they were told apart. */
export const connectionsIn = ({connections, conversations}: Overview): number =>
  connections + conversations.quic.length;

/** The row of all packets together. */
export const everything: Conversation = 0;

/** undefined: it is the row of all. */
export const rowIn = ({rows, connections}: Overview, id: Conversation): Row | undefined =>
  id === everything ? undefined : rows[id > 0 ? id - 1 : connections - id - 1];
