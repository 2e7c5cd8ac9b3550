// How a rule's clause is cited: of an RFC by its number, of a system by the system's name.
export const citation = (clause: string): string => (/^\d/.test(clause) ? `RFC ${clause}` : clause);
