// Text that somebody else wrote and a packet carries: a name, a target, a phrase. It becomes characters in one way for each output.

type Held = {readonly outside: string};

/** An object. For the compiler it is a symbol, too: neither a template nor a sum nor what takes a string takes that. */
export type Foreign = Held & symbol;

export const foreign = (outside: string): Foreign => ({outside}) as Foreign;

/** For whoever writes it for an output. */
export const charactersOf = ({outside}: Foreign): string => outside;
