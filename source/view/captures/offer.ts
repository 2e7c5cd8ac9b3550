// The captures that can be chosen from, as whoever looks into folders found them.

export type OfferedCapture = {
  /** To be opened by. */
  readonly path: string;
  /** As it is shown: of the current folder the name alone. */
  readonly name: string;
  readonly bytes: number;
  /** When it was last written to, by the local clock: `2026-11-21 05:19`. */
  readonly changed: string;
};

/** The capture that was opened last, here or by an earlier call. */
export type LastCapture = {readonly path: string; readonly name: string; readonly isGone: boolean};

export type Offer = {
  /** Newest first. */
  readonly files: readonly OfferedCapture[];
  /** Older ones, which are not in the list. */
  readonly more: number;
  /** Where they were looked for, as shown. */
  readonly folders: readonly string[];
  readonly last: LastCapture | undefined;
};

/** What a path that is being typed can become. */
export type Completion = {
  /** As far as there is one way only. */
  readonly text: string;
  /** The ways from there on, where there are several; folders end in `/`. */
  readonly names: readonly string[];
  readonly more: number;
};
