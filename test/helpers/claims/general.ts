// Which sentences speak of no run: what holds everywhere, what may be, what an RFC or a system says, what one ought to do.

/** Whom or what they are about. */
const opening =
  /^(?:(?:But|And|So|Yet) )?(?:an? |some |most |many |whoever |whatever |programs |somebody |set |use |see |first create |data use up |without |only the |accept\(\) |under the |one end has |the next host |the tail of |fragments |whether |chrome|orders |stolen |say |with IPv6 |of such |whole |clients |real |defence |reason |no (?:field|record of) |the (?:cure|least|largest|switch|lessons? on) |by default|in general)/i;

const rule =
  /\b(?:RFC|MUST|SHOULD|Linux|FreeBSD|Windows|BSD|[Bb]rowsers|books|in practice|by default|usually|often|rarely|will(?: not)? be|may|might|could|would|should|must|cannot tell|cannot know|can’t|in case|if|only (?:has|have) to|needs? no more)\b/;

/** Of a term or a protocol: “CLOSED is a fiction”, “HTTP/1.1 is text”. */
const definition =
  /^(?:[A-Z]+(?:-[A-Z]+)* (?:is|means) (?:an?|no)|(?:DNS|HTTP|IP|TCP|TLS|UDP)(?:\/[\d.]+)? (?:is|has|and)) /;

type Span = readonly [start: number, end: number];

const sentences = (text: string): readonly Span[] =>
  Array.from(text.matchAll(/\S.*?(?:[.!?;:](?=\s|$)|$)/g), ({0: words, index}) => [
    index,
    index + words.length,
  ]);

/** Where the prose of `literals`, which stand in the text in this order, is of none; what is filled in is of one. */
export const generalIn = (text: string, literals: readonly string[]): readonly Span[] => {
  const prose: Span[] = [];
  let place = 0;
  for (const literal of literals) {
    const begin = text.indexOf(literal, place);
    place = begin + literal.length;
    prose.push([begin, place]);
  }
  return sentences(text).filter(([start, end]) => {
    const isWhole = prose.some(([from, to]) => from <= start && end <= to + 1);
    const words = text.slice(start, end);
    return isWhole && (opening.test(words) || definition.test(words) || rule.test(words));
  });
};
