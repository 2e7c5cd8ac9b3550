// What the app holds of captures: those that can be opened, the one that is open, and its list of conversations.

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

/** Looks on while a capture is read, and may end it. */
export type ReadingWatch = {
  read(packets: number, share: number | undefined): void;
  readonly stop: AbortSignal;
};

/** `notice`: what is wrong with it although it opens. */
export type CaptureResult = {readonly desk: CaptureDesk; readonly notice?: Text} | {readonly message: Text};

/** Where captures come from. */
export type CapturesDesk = {
  /** Looked for at each call. */
  offer(): Offer;
  last(): LastCapture | undefined;
  complete(typed: string): Completion;
  /** `named`: a path, as it was typed, pasted or dropped. */
  open(named: string, watch: ReadingWatch): Promise<CaptureResult>;
};

/** The part of the app's state that is about captures not yet open. */
export type CapturesPart = {
  /** Absent: none can be opened from here. */
  readonly openable?: {readonly last: LastCapture | undefined} | undefined;
  readonly captures?: CapturesState | undefined;
};

export type CapturesEffect =
  | {readonly kind: 'offerCaptures'}
  | {readonly kind: 'openCapture'; readonly named: string}
  | {readonly kind: 'completePath'; readonly typed: string}
  | {readonly kind: 'stopReading'};

/** A capture that is open, and what can be had of it. */
export type CaptureDesk = {
  /** What is in it by now; the same object while nothing has come. */
  overview(): Overview;
  open(id: Conversation): Promise<OpenResult> | OpenResult;
  /** The same capture, read with the key log beside it; undefined: there is none. */
  openKeys?(): Promise<CaptureResult | undefined>;
  /** What can be chosen before a conversation is written. */
  form(id: Conversation): Pick<ExportForm, 'title' | 'folder' | 'offered'>;
  write(id: Conversation, wish: ExportWish, preferences: Preferences): Promise<WriteResult>;
};

/** `there`: a file has that name, and nobody has said that it may be replaced. */
export type WriteResult =
  | {readonly kind: 'written'; readonly told: Text}
  | {readonly kind: 'refused'; readonly why: Text}
  | {readonly kind: 'there'};

export type OpenPicker = {
  readonly desk: CaptureDesk;
  readonly state: PickerState;
  /** While the marked one is being exported. */
  readonly form?: ExportForm | undefined;
};

/** The part of the app's state that is about a capture. */
export type CaptureState = {
  /** The capture that is open. */
  readonly desk?: CaptureDesk | undefined;
  /** Its conversations, once they have been looked at. */
  readonly picker?: OpenPicker | undefined;
  /** Where `q` among them leads; absent: to the shell. */
  readonly underPicker?: 'menu' | undefined;
};

export type PickerEffect =
  | {readonly kind: 'pick'; readonly id: Conversation}
  | {readonly kind: 'beginExport'; readonly id: Conversation}
  | {readonly kind: 'writePicked'; readonly id: Conversation; readonly wish: ExportWish}
  | {readonly kind: 'openKeys'}
  | ({readonly kind: 'open'; readonly lesson: string} & RunPart);
