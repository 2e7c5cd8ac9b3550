// The part of the app's state that concerns captures: those that can be opened, the open one, and its list of conversations.

import type {Text} from '../lesson/text.ts';
import type {Conversation} from '../observe/captured-place.ts';
import type {CapturesState} from '../view/captures/captures-state.ts';
import type {Completion, LastCapture, Offer} from '../view/captures/offer.ts';
import type {ExportForm} from '../view/picker/export-form.ts';
import type {Overview} from '../view/picker/overview.ts';
import type {PickerState} from '../view/picker/picker-state.ts';
import type {ExportWish} from './export-form.ts';
import type {OpenResult, RunPart} from './opened-run.ts';
import type {Preferences} from './preferences.ts';

/** Reports how many packets of a capture have been read, and lets the reader stop the reading. */
export type ReadingWatch = {
  read(packets: number, share: number | undefined): void;
  readonly stop: AbortSignal;
};

/**
 * The result of opening a capture; `notice` is about a problem with a capture that was opened nevertheless, `message` tells why it was not.
 */
export type CaptureResult = {readonly desk: CaptureDesk; readonly notice?: Text} | {readonly message: Text};

/** The functions that find and open captures. */
export type CapturesDesk = {
  /** Returns the captures that the reader can choose; the folders are searched at each call. */
  offer(): Offer;
  last(): LastCapture | undefined;
  complete(typed: string): Completion;
  /** Opens a capture; `named` is its path as it was typed, pasted or dropped. */
  open(named: string, watch: ReadingWatch): Promise<CaptureResult>;
};

/** The part of the app's state that concerns choosing a capture. */
export type CapturesPart = {
  /** Set if captures can be opened from the menu; `last` is the capture that was opened last, undefined if none was. */
  readonly openable?: {readonly last: LastCapture | undefined} | undefined;
  readonly captures?: CapturesState | undefined;
};

export type CapturesEffect =
  | {readonly kind: 'offerCaptures'}
  | {readonly kind: 'openCapture'; readonly named: string}
  | {readonly kind: 'completePath'; readonly typed: string}
  | {readonly kind: 'stopReading'};

/** The functions by which the app lists, opens, decrypts and exports the conversations of an open capture. */
export type CaptureDesk = {
  /** Returns the table of the capture's conversations; the same object while no new packets have come. */
  overview(): Overview;
  open(id: Conversation): Promise<OpenResult> | OpenResult;
  /** Reads the capture again with the key log beside it; resolves to undefined if there is none. */
  openKeys?(): Promise<CaptureResult | undefined>;
  /**
   * Returns what the export form of a conversation shows: its title, the folder, and the formats and file names from which the reader
   * chooses.
   */
  form(id: Conversation): Pick<ExportForm, 'title' | 'folder' | 'offered'>;
  write(id: Conversation, wish: ExportWish, preferences: Preferences): Promise<WriteResult>;
};

/** The result of exporting a conversation: written, refused, or `there` if a file of that name exists and was not to be replaced. */
export type WriteResult =
  | {readonly kind: 'written'; readonly told: Text}
  | {readonly kind: 'refused'; readonly why: Text}
  | {readonly kind: 'there'};

export type OpenPicker = {
  readonly desk: CaptureDesk;
  readonly state: PickerState;
  /** The form in which the reader exports the marked conversation; undefined while it is closed. */
  readonly form?: ExportForm | undefined;
};

/** The part of the app's state that concerns an open capture. */
export type CaptureState = {
  /** The functions of the capture that is open; undefined if none is. */
  readonly desk?: CaptureDesk | undefined;
  /** The list of the capture's conversations, once it has been shown. */
  readonly picker?: OpenPicker | undefined;
  /** The screen to which `q` leads from the list of conversations; undefined for the shell. */
  readonly underPicker?: 'menu' | undefined;
};

export type PickerEffect =
  | {readonly kind: 'pick'; readonly id: Conversation}
  | {readonly kind: 'beginExport'; readonly id: Conversation}
  | {readonly kind: 'writePicked'; readonly id: Conversation; readonly wish: ExportWish}
  | {readonly kind: 'openKeys'}
  | ({readonly kind: 'open'; readonly lesson: string} & RunPart);
