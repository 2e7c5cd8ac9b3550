// What the prose of a beat leans on beside the numbers in its braces, by the words that its English text uses.
import type {Template} from './lesson.ts';

export type Wording = {
  /** It speaks of losses and repetitions, or of there being none. */
  readonly mishaps: boolean;
  /** It holds one thing against another that may be anywhere in the run. */
  readonly comparison: boolean;
  /** It speaks of how connections begin. */
  readonly opening: boolean;
  /** It counts packets. */
  readonly counts: boolean;
  /** It says what comes of it. */
  readonly future: boolean;
  /** It says that something gets there. */
  readonly arrival: boolean;
  /** It says how long something took. */
  readonly pace: boolean;
  /** It names an instant of the clock. */
  readonly clock: boolean;
  /** It names a sequence number. */
  readonly positions: boolean;
  /** Values of a connection that it speaks of. */
  readonly values: readonly string[];
};

const mishaps =
  /\b(again|always|another try|backs? off|cop(y|ies)|duplicates?|grow\w*|holes?|in vain|lose|loses|losing|loss|losses|lost|missing|never|once more|repeat\w*|repetition\w*|retransmi\w*|so far|this time|twice|unanswered|without|yet)\b/i;
const comparison =
  /\b(first time|last time|earlier|older|previous|as long as|as (before|usual)|than|this time|in place of|altogether|in all|so far)\b/i;
const opening = /\b(SYNs?|handshake\w*|connect\w*|open\w*|establish\w*)\b/i;
const numeral =
  '(\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|first|second|third|fourth|fifth|last|every|all|each|both|same|other|another|more|fewer|less|many|several|next|previous|no)';
const counted =
  '(ACKs?|acknowledg\\w+|answers?|attempts?|bytes?|connections?|cop(y|ies)|datagrams?|duplicates?|ends?|FINs?|flights?|handshakes?|hops?|messages?|octets?|of (it|them)|packets?|probes?|quer(y|ies)|questions?|records?|requests?|responses?|round|segments?|servers?|steps?|SYNs?|time|times|trips?|try|tries|windows?)';
const counts = new RegExp(
  `\\b${numeral}( [\\w-]+){0,2}? ${counted}\\b|^(Two|Three|Four|Five|Six|Ten)\\b`,
  'i',
);
const future = /\b(after that|for ever|going to|later|next|now on|soon|then|until|will|would)\b/i;
const arrival =
  /\b(answers?|arrives?|comes?|delivers?|gets?|goes|hands?|reach(es)?|receives?|takes?|under way|on (its|their|the) way|in flight|held up)\b/i;
const pace =
  /\b(at once|delay\w*|faster|fires?|half|immediately|instant|later|meanwhile|moments?|ms|round[- ]trips?|same time|seconds?|slow\w*|soon(er)?|time|times|timer|time-?outs?|waits?|waited|waiting|while)\b/i;
const clock = /\d ?(ms|s|seconds?|minutes?|hours?)\b/i;
const positions = /\b(seq|ack|begins? at|number\w*)\D{0,20}\d{3}|\d{4} \+/i;
/** Names that have a number in them, and say nothing of this run. */
const named =
  /\b(RFC \d+( §[\d.]+)?|(HTTP|TLS|IPv|SSL|OpenSSL|Linux|IP|HTTP\/) ?v?\d[\d.]*|SHA-?\d+|AES-?\d+|P-\d+|X25519|ports? \d+|\d+ MSL)/gi;

const valueWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/congestion|cwnd|slow start|ssthresh/i, ['cwnd', 'ssthresh', 'flightSize']],
  [/\btime-?outs?\b|\btimers?\b|\bRTO\b|back-?off|doubl/i, ['rto']],
  [/round-trip|SRTT|RTTVAR/i, ['srtt', 'rttvar']],
  [/window/i, ['snd.wnd', 'rcv.wnd']],
  [/\bMSS\b|segment size/i, ['mss']],
];

/** Words of another script cannot be weighed here: such a text leans on everything. */
const isForeign = (text: string): boolean =>
  /[^\p{Script=Latin}\p{Script=Common}\p{Script=Greek}]/u.test(text);

const plainIn = ({en}: Template): string =>
  en.map((part) => (typeof part === 'string' ? part : 'N')).join('');

export const wordingOf = (texts: readonly Template[]): Wording => {
  const text = texts.map(plainIn).join('\n').replace(named, '');
  const all = isForeign(text);
  const says = (words: RegExp): boolean => all || words.test(text);
  return {
    mishaps: says(mishaps),
    comparison: says(comparison),
    opening: says(opening),
    counts: says(counts),
    future: says(future),
    arrival: says(arrival),
    pace: says(pace),
    clock: says(clock),
    positions: says(positions),
    values: valueWords.flatMap(([words, values]) => (says(words) ? values : [])),
  };
};
