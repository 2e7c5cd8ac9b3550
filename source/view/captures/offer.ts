// The captures that the reader can choose from, as found in folders.

export type OfferedCapture = {
  /** The path by which a capture file is opened. */
  readonly path: string;
  /** The name of a capture file as the list shows it: the path, or only the file's name if it is in the current folder. */
  readonly name: string;
  readonly bytes: number;
  /** The time at which a capture file was last changed, by the local clock, such as `2026-11-21 05:19`. */
  readonly changed: string;
};

/** The capture that was opened last, in this session or an earlier one; `isGone`: the file no longer exists. */
export type LastCapture = {readonly path: string; readonly name: string; readonly isGone: boolean};

export type Offer = {
  /** The capture files that the reader can choose from, the newest first. */
  readonly files: readonly OfferedCapture[];
  /** The number of older capture files that are not in the list. */
  readonly more: number;
  /** The folders that were searched for captures, as they are shown. */
  readonly folders: readonly string[];
  readonly last: LastCapture | undefined;
};

/** The result of completing a typed path. */
export type Completion = {
  /** The typed path, completed as far as the existing names are unambiguous. */
  readonly text: string;
  /** The names with which the typed path can continue, if there are several; names of folders end in `/`. */
  readonly names: readonly string[];
  readonly more: number;
};
