// Writes the label of a DNS message in the ladder: its words, which questions may ask for, and its flags.

import {dnsParts} from '../../account/dns-parts.ts';
import {dnsGist, dnsText, type Hand} from '../../account/notation.ts';
import type {Language} from '../../lesson/text.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {eyeHands} from '../../words/hands.ts';
import {terminal} from '../../words/written.ts';
import {flagRank, type LabelPart, whole} from './label-part.ts';

/**
 * The DNS header fields that the flags AA and RD of a label in the ladder show, and the DNS fields that the label does not show in words. A
 * question about any other DNS field hides the label's words.
 */
const dnsFlagFields: {readonly [flag: string]: string} = {
  AA: 'dns.flags.authoritative',
  RD: 'dns.flags.recdesired',
};
const unsaidFields: readonly string[] = [
  ...Object.values(dnsFlagFields),
  'dns.id',
  'dns.flags.response',
  'dns.flags.opcode',
  'dns.flags.recavail',
  'dns.count.queries',
  'dns.resp.ttl',
  'dns.rr.udp_payload_size',
];

/** The longest domain name, in columns, that is shown whole; of longer ones the beginning and the last label are shown. */
const longestName = 40;
const nameStart = 8;

const shortName = (name: string): string =>
  name.length > longestName ? `${name.slice(0, nameStart)}…${name.slice(name.lastIndexOf('.'))}` : name;

const dnsHand = (language: Language): Hand => ({
  ...eyeHands[language],
  outside: (text) => shortName(terminal.foreign(text)),
});

export const isDnsField = (field: string): boolean => field.startsWith('dns.');

export const dnsLabel = (message: DnsMessage, asked: readonly string[], language: Language): LabelPart[] => {
  const hand = dnsHand(language);
  const [said, ...flags] = dnsParts(message);
  const other = {...whole, kind: 'other'} as const;
  const hidden = asked.some((field) => !unsaidFields.includes(field));
  const glue = said.says === 'referral' && said.glue && !hidden;
  // While a question hides the words of a DNS label, its flag TC is not shown either, because it would reveal them.
  const shown = hidden ? flags.filter(({flag}) => flag !== 'TC') : flags;
  const gist = hidden ? undefined : dnsGist(said, hand);
  return [
    {...other, value: dnsText(said, hand), said, hidden, ...(gist === undefined ? {} : {shorter: [gist]})},
    ...(glue ? [{...other, value: hand.glue, dropRank: 1}] : []),
    ...shown.map(({flag, set}) => ({
      ...{...other, name: `${flag}=`, value: set ? '1' : '0', dropRank: flagRank},
      hidden: asked.includes(dnsFlagFields[flag] ?? ''),
    })),
  ];
};
