// The part of the app's state about captures: those that can be opened, the open one, and its list of conversations.

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

/** Follows the progress of reading a capture, and can stop it. */
export type ReadingWatch = {
  read(packets: number, share: number | undefined): void;
  readonly stop: AbortSignal;
};

/** The result of opening a capture; `notice` tells of a problem although it opens. */
export type CaptureResult = {readonly desk: CaptureDesk; readonly notice?: Text} | {readonly message: Text};

/** The functions that find and open captures. */
export type CapturesDesk = {
  /** Returns the captures that can be chosen, searched at each call. */
  offer(): Offer;
  last(): LastCapture | undefined;
  complete(typed: string): Completion;
  /** Opens a capture; `named` is a path as it was typed, pasted or dropped. */
  open(named: string, watch: ReadingWatch): Promise<CaptureResult>;
};

/** The part of the app's state about captures that are not open yet. */
export type CapturesPart = {
  /** The last capture; absent if captures cannot be opened from here. */
  readonly openable?: {readonly last: LastCapture | undefined} | undefined;
  readonly captures?: CapturesState | undefined;
};

export type CapturesEffect =
  | {readonly kind: 'offerCaptures'}
  | {readonly kind: 'openCapture'; readonly named: string}
  | {readonly kind: 'completePath'; readonly typed: string}
  | {readonly kind: 'stopReading'};

/** The functions of an open capture. */
export type CaptureDesk = {
  /** Returns the present content of the capture; the same object while no new packets have come. */
  overview(): Overview;
  open(id: Conversation): Promise<OpenResult> | OpenResult;
  /** Reads the capture again with the key log beside it; resolves to undefined if there is none. */
  openKeys?(): Promise<CaptureResult | undefined>;
  /** Returns the choices for exporting a conversation. */
  form(id: Conversation): Pick<ExportForm, 'title' | 'folder' | 'offered'>;
  write(id: Conversation, wish: ExportWish, preferences: Preferences): Promise<WriteResult>;
};

/** The result of exporting; `there` means that a file has that name and was not to be replaced. */
export type WriteResult =
  | {readonly kind: 'written'; readonly told: Text}
  | {readonly kind: 'refused'; readonly why: Text}
  | {readonly kind: 'there'};

export type OpenPicker = {
  readonly desk: CaptureDesk;
  readonly state: PickerState;
  /** The form while the marked conversation is being exported. */
  readonly form?: ExportForm | undefined;
};

/** The part of the app's state about an open capture. */
export type CaptureState = {
  /** The capture that is open. */
  readonly desk?: CaptureDesk | undefined;
  /** The list of the capture's conversations, once it was shown. */
  readonly picker?: OpenPicker | undefined;
  /** The screen to which `q` in the list leads; absent for the shell. */
  readonly underPicker?: 'menu' | undefined;
};

export type PickerEffect =
  | {readonly kind: 'pick'; readonly id: Conversation}
  | {readonly kind: 'beginExport'; readonly id: Conversation}
  | {readonly kind: 'writePicked'; readonly id: Conversation; readonly wish: ExportWish}
  | {readonly kind: 'openKeys'}
  | ({readonly kind: 'open'; readonly lesson: string} & RunPart);
