// Which rule of the stack a reply may name: whatever it rests on stands in the prompt.

/**
 * A text of these tells of a scene: timestamps (RFC 7323 §5), the pace of ACKs (RFC 9293 §3.8.6.3) and windows are not printed where
 * flags, turns and late segments are asked for; a gap is not, either.
 */
const printed = ['9293:3.10.', '6298:'];
const gapFilled = '9293:3.10.7.4/text/fills-gap';

export const cited = (because: string | undefined): string | undefined =>
  because !== gapFilled && printed.some((rfc) => because?.startsWith(rfc)) ? because : undefined;
