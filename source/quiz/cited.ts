// Tells which protocol rule the explanation of an answer may cite: only one whose conditions the question prints.

/**
 * The prefixes of the ids of rules that an explanation may cite. Other rules depend on what the questions do not print: timestamps (RFC
 * 7323 §5), the pace of ACKs (RFC 9293 §3.8.6.3), windows, and gaps.
 */
const printed = ['9293:3.10.', '6298:'];
const gapFilled = '9293:3.10.7.4/text/fills-gap';

export const cited = (because: string | undefined): string | undefined =>
  because !== gapFilled && printed.some((rfc) => because?.startsWith(rfc)) ? because : undefined;
