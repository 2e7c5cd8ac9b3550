// Describes the DNS of a capture, a line each: a question with its answer, or a response that nobody asked for.
import {type Language, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {DnsTransaction, UnaskedReply} from '../../observe/dns-transactions.ts';
import {displayName} from '../../wire/dns/display.ts';
import {ednsOf, extendedErrors, fullRcode} from '../../wire/dns/edns.ts';
import type {DnsMessage, DnsRecord} from '../../wire/dns/message.ts';
import {rdataText} from '../../wire/dns/record-text.ts';
import {
  extendedErrorName,
  Opcode,
  opcodeName,
  Rcode,
  RecordType,
  rcodeName,
  typeName,
} from '../../wire/dns/registry.ts';
import {reportTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut} from '../../words/width.ts';
import {arrow, inFrames, type Manner} from './told-lines.ts';

export const asked = ({question}: Pick<DnsTransaction, 'question'>): string => {
  if (!question) return '';
  return question.type === 0
    ? displayName(question.name)
    : `${displayName(question.name)} ${typeName(question.type)}`;
};

/** Returns the server's explanation of an error, from the Extended DNS Errors in its response (RFC 8914); empty if there is none. */
const errorText = (response: DnsMessage | undefined): string =>
  extendedErrors(response && ednsOf(response))
    .map(({code, text}) => `${extendedErrorName(code)}${text === '' ? '' : ` “${text}”`}`)
    .join(', ');

/**
 * Describes a DNS response without answers: its error code, a referral to other servers, or that there are no such data (RFC 1034 §4.3.2,
 * RFC 2308 §2.2).
 */
export const emptyAnswer = (message: DnsMessage): Text => {
  const {flags, authorities} = message;
  const rcode = fullRcode(message);
  const delegated = authorities.find(({data}) => data.kind === 'NS');
  // The key tags are those of the DS records with which the parent vouches for the keys of a signed zone (RFC 4034 §5).
  const tags = authorities.flatMap(({data}) => (data.kind === 'DS' ? [data.keyTag] : []));
  if (rcode !== Rcode.NOERROR || flags.tc) return sameIn(flags.tc ? 'TC' : rcodeName(rcode));
  if (delegated && !flags.aa)
    return worded(say.referral, {
      ...{zone: displayName(delegated.name), server: rdataText(delegated.data)},
      ...{count: tags.length, tags},
    });
  return say.noData;
};

/**
 * The number of answers that are shown of a DNS question, and the columns to which each is cut. The packet's bytes and the JSON output
 * contain all of them.
 */
const mostAnswers = 4;
const mostOfAnswer = 60;

/** Lists the first records of a DNS answer without their signatures, and counts the rest. */
const answersText = (answers: readonly DnsRecord[], language: Language): string => {
  const all = answers.flatMap(({data}) =>
    data.kind === 'RRSIG' ? [] : [cut(rdataText(data), mostOfAnswer)],
  );
  const more = all.length - mostAnswers;
  const rest = more > 0 ? [worded(say.more, {count: more})[language]] : [];
  return [...all.slice(0, mostAnswers), ...rest].join(', ');
};

const signersText = (answers: readonly DnsRecord[], language: Language): string => {
  const signers = new Set(
    answers.flatMap(({data}) =>
      data.kind === 'RRSIG'
        ? [worded(say.signed, {tag: data.keyTag, zone: displayName(data.signer)})[language]]
        : [],
    ),
  );
  return [...signers].join(punctuation.comma[language]);
};

/**
 * Tells how many records a zone transfer carried, and the zone's serial number (RFC 5936 §2.2, RFC 1995 §4); undefined for other responses.
 */
const transferText = ({questions, answers}: DnsMessage): Text | undefined => {
  const isCopied = questions.some(({type}) => type === RecordType.AXFR || type === RecordType.IXFR);
  const [first] = answers;
  if (!isCopied || first?.data.kind !== 'SOA') return undefined;
  return worded(say.zoneTransfer, {count: answers.length, serial: String(first.data.serial)});
};

const replyText = (response: DnsMessage, language: Language): string =>
  [
    transferText(response)?.[language] ??
      (answersText(response.answers, language) || emptyAnswer(response)[language]),
    transferText(response) ? '' : signersText(response.answers, language),
    response.flags.ad ? say.authenticated[language] : '',
    errorText(response),
  ]
    .filter((part) => part !== '')
    .join(punctuation.semicolon[language]);

/** Names the transport of a DNS query; empty for UDP, the usual one. */
const over = (transport: DnsTransaction['transport'], language: Language): string =>
  transport === 'udp' ? '' : ` ${say.transports[transport][language]}`;

export const dnsText = (transaction: DnsTransaction, {language, ascii}: Manner): string => {
  const {query, response, server, queryFrame, responseFrame, transport} = transaction;
  // A message that asks for no records gets none, so that its code is all that it gets.
  const kind = query.opcode === Opcode.QUERY ? '' : `${opcodeName(query.opcode)} `;
  const reply = (each: DnsMessage): string =>
    kind === '' ? replyText(each, language) : rcodeName(fullRcode(each));
  const answer = response ? reply(response) : say.noAnswer[language];
  // A query with both CD and RD set gets a note. A resolver that validates by itself sets CD on everything that it asks of others
  // (RFC 4035 §4.9.2).
  const unchecked =
    query.flags.cd && query.flags.rd ? `${punctuation.comma[language]}${say.unchecked[language]}` : '';
  const question = `${kind}${asked(transaction)}${unchecked} @ ${server}${over(transport, language)} ${arrow(ascii)} ${answer}`;
  return inFrames(question, queryFrame, responseFrame, language);
};

export const unaskedText = ({response, server, frame}: UnaskedReply, {language}: Manner): string => {
  const name = asked({question: response.questions[0]});
  const text = worded(say.unasked, {name, server, answer: replyText(response, language)})[language];
  return inFrames(text, frame, undefined, language);
};
