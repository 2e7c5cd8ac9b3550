// The conversations of a capture as the rows of a table: TCP connections, and pairs of hosts that exchange UDP datagrams.

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
  /** The conversation's sign in the table; for a TCP connection it contains the number that the option `--connection` takes. */
  readonly label: string;
  readonly client: string;
  readonly server: string;
  /** How a TCP connection opened and closed in the capture; absent for UDP, which does neither. */
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
  /** The capture's conversations in the order of their numbers: first TCP connections, then UDP. */
  readonly rows: readonly Row[];
  /** The number of TCP connections in the capture. */
  readonly connections: number;
  /** The widths in columns of the widest label, client and server among all conversations of the capture. */
  readonly widest: {readonly label: number; readonly client: number; readonly server: number};
  /** The name of a key log beside the capture that could decrypt part of it; undefined if there is none. */
  readonly keyLog?: string;
  /** The functions that write texts on conversations; they are loaded with the first capture, so that a lesson need not wait for them. */
  readonly telling: Telling;
};

export type Detail = {
  /**
   * Texts on the whole capture: the paragraph on what happened, and time bars, which only help on a screen. Both are empty for a
   * conversation.
   */
  readonly story: readonly string[];
  readonly bars: readonly string[];
  readonly lines: readonly string[];
  /**
   * A note that explains the sign for deduced values, because the capture lacks the conversation's beginning or end; empty if it lacks
   * neither.
   */
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

/** Returns the number of connections in a capture: those of TCP, and those of QUIC as far as they were recognised. */
export const connectionsIn = ({connections, conversations}: Overview): number =>
  connections + conversations.quic.length;

/** The id that stands for the whole capture in the list of conversations. */
export const everything: Conversation = 0;

/** Returns the row of a conversation in the table of a capture; undefined for the id that stands for the whole capture. */
export const rowIn = ({rows, connections}: Overview, id: Conversation): Row | undefined =>
  id === everything ? undefined : rows[id > 0 ? id - 1 : connections - id - 1];
