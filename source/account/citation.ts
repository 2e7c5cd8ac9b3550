// Returns how a rule's clause is cited: one of an RFC by its number, one of a system by the system's name.
export const citation = (clause: string): string => (/^\d/.test(clause) ? `RFC ${clause}` : clause);
