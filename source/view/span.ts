// Styled text without a terminal: `view` composes it and `ui` colours it.

/** The colour roles of text; a theme gives each a colour, the theme without colours only attributes. */
export type Role =
  | 'text'
  | 'muted'
  | 'client'
  | 'server'
  | 'third'
  | 'attacker'
  | 'data'
  | 'control'
  | 'warning'
  | 'right'
  | 'accent'
  | 'changed';

export type Span = {
  readonly text: string;
  readonly role: Role;
  readonly bold?: boolean;
  /** True if the text has the background of a selection. */
  readonly selected?: boolean;
};

/** A row of the screen, from column 1 on; it is never wider than the screen for which it was composed. */
export type Line = readonly Span[];
