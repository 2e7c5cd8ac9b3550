// Styled text without a terminal: `view` composes it and `ui` colours it.

/** The colour roles of the visual design; a theme gives each a colour, the mono theme only attributes. */
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
  /** The text has the background of the selection. */
  readonly selected?: boolean;
};

/** A row of the screen, from column 1; never wider than the screen that it was composed for. */
export type Line = readonly Span[];
