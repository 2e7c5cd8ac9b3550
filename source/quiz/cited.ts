// Tells which rule of the stack the reply to an answer may cite: only one whose conditions the prompt prints.

/**
 * The prefixes of rules that may be cited. Others need what prompts about flags, turns and late segments do not print: timestamps (RFC 7323
 * §5), the pace of ACKs (RFC 9293 §3.8.6.3), windows, and gaps.
 */
const printed = ['9293:3.10.', '6298:'];
const gapFilled = '9293:3.10.7.4/text/fills-gap';

export const cited = (because: string | undefined): string | undefined =>
  because !== gapFilled && printed.some((rfc) => because?.startsWith(rfc)) ? because : undefined;
