// What is odd about the DNS of a capture, each with the lesson that explains it.

import {sameIn, type Text, worded} from '../../lesson/text.ts';
import {type DnsTransaction, hostOf, type OddReply} from '../../observe/dns-transactions.ts';
import {displayName} from '../../wire/dns/display.ts';
import {ednsOf, extendedErrors, fullRcode} from '../../wire/dns/edns.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {rdataText} from '../../wire/dns/record-text.ts';
import {extendedErrorName, Rcode, rcodeName, typeName} from '../../wire/dns/registry.ts';
import {grouped} from '../../wire/grouped.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {briefTexts as brief, messageTexts as say} from '../../words/catalogue/inspect.ts';
import {formatTime} from '../../words/format.ts';
import {type Finding, found} from './finding.ts';

const slowUs = 1_000_000;

const askedFor = ({question}: DnsTransaction): {readonly name: string; readonly type: string} =>
  question ? {name: displayName(question.name), type: typeName(question.type)} : {name: '', type: ''};

export const asked = (transaction: DnsTransaction): string => {
  const {name, type} = askedFor(transaction);
  return `${name} ${type}`;
};

/** Why, in the server's words (RFC 8914). */
export const errorText = (response: DnsMessage | undefined): string =>
  extendedErrors(response && ednsOf(response))
    .map(({code, text}) => `${extendedErrorName(code)}${text === '' ? '' : ` “${text}”`}`)
    .join(', ');

const dnsFinding = (transaction: DnsTransaction, count: number): Finding | undefined => {
  const {outcome, responseUs = 0, queryUs} = transaction;
  if (!outcome && transaction.odd.some(({kind}) => kind === 'unreadable')) return undefined;
  if (!outcome) {
    const text = worded(say.dnsSilent, {...askedFor(transaction), count, server: transaction.server});
    return found(66, text, brief.dnsSilent, 'dns-transport');
  }
  if (outcome.rcode === Rcode.BADCOOKIE) {
    const text = worded(say.dnsCookie, {...askedFor(transaction), server: transaction.server, count});
    return found(30, text, sameIn(rcodeName(outcome.rcode)), 'dns-transport');
  }
  if (outcome.rcode !== Rcode.NOERROR) {
    const lesson = outcome.rcode === Rcode.NXDOMAIN ? 'dns-cache' : 'dns-iterative';
    const rcode = rcodeName(outcome.rcode);
    const why = errorText(transaction.response);
    const text = worded(say.dnsFailed, {...askedFor(transaction), rcode, count, withWhy: why !== '', why});
    return found(48, text, sameIn(rcode), lesson);
  }
  if (outcome.tc) {
    const text = worded(say.dnsTruncated, askedFor(transaction));
    return found(38, text, brief.dnsTruncated, 'dns-transport');
  }
  const us = responseUs - queryUs;
  if (us <= slowUs) return undefined;
  const text = worded(say.dnsSlow, {...askedFor(transaction), us: formatTime(us)});
  return found(36, text, worded(brief.dnsSlow, {us: formatTime(us)}), 'dns-recursion');
};

const isAnswered = ({outcome}: DnsTransaction): boolean => outcome?.rcode === Rcode.NOERROR && !outcome.tc;

const askedBy = (transaction: DnsTransaction): string =>
  `${hostOf(transaction.client)} ${asked(transaction).toLowerCase()}`;

/** What had no answer at first, asked by the same host again, got one (RFC 1035 §4.2.1). */
const silentFinding = (
  first: DnsTransaction,
  count: number,
  answered: ReadonlyMap<string, DnsTransaction>,
): Finding | undefined => {
  const later = answered.get(askedBy(first));
  if (!later || later.queryUs < first.queryUs) return dnsFinding(first, count);
  const us = (later.responseUs ?? later.queryUs) - first.queryUs;
  const text = worded(say.dnsAgain, {...askedFor(first), count: count + 1, us: formatTime(us)});
  return found(56, text, brief.dnsAgain, 'dns-transport');
};

export const answerIn = (message: DnsMessage | undefined): string =>
  message?.answers.map(({data}) => rdataText(data)).join(', ') || rcodeName(message ? fullRcode(message) : 0);

const oddText = (transaction: DnsTransaction, odd: OddReply): Text => {
  const {server, client, response, responseFrame = 0} = transaction;
  const about = {...askedFor(transaction), ...odd};
  switch (odd.kind) {
    case 'id':
      return worded(say.dnsOtherId, about);
    case 'question':
      return worded(say.dnsOtherQuestion, about);
    case 'case':
      return worded(say.dnsOtherCase, about);
    case 'ends':
      return worded(say.dnsOtherEnds, {...about, client, server});
    case 'unreadable':
      return worded(say.dnsUnreadable, about);
    case 'second': {
      const said = {first: answerIn(response), second: answerIn(odd.reply)};
      return worded(say.dnsContradicted, {...about, ...said, server, answered: responseFrame});
    }
  }
};

/** What came beside the answer, or in its place. */
const oddFinding = (transaction: DnsTransaction, odd: OddReply): Finding => {
  const text = oddText(transaction, odd);
  return odd.kind === 'unreadable'
    ? found(66, text, brief.dnsUnreadable, 'dns-transport')
    : found(79, text, brief.dnsForged, 'dns-cache');
};

/** In seconds that wrap, as serial numbers do (RFC 4034 §3.1.5, RFC 1982). */
const isAfter = (a: number, b: number): boolean => ((a - b) | 0) > 0;

/** Signatures whose time was over, or had not come, when the capture was taken (RFC 4035 §5.3.1). */
const signatureFindings = (transaction: DnsTransaction, takenUs: number): readonly Finding[] => {
  const now = Math.floor((takenUs + (transaction.responseUs ?? 0)) / 1_000_000);
  const wrong = (transaction.response?.answers ?? []).flatMap(({data}) =>
    data.kind === 'RRSIG' && (isAfter(now, data.expiration) || isAfter(data.inception, now)) ? [data] : [],
  );
  const [first] = wrong;
  if (!first) return [];
  const over = isAfter(now, first.expiration);
  const text = worded(say.dnsSignature, {
    ...{...askedFor(transaction), over, covered: typeName(first.typeCovered), tag: first.keyTag},
    ...{
      zone: displayName(first.signer),
      date: dateText((over ? first.expiration : first.inception) * 1_000_000),
    },
  });
  return [found(73, text, brief.dnsSignature, 'dns-iterative')];
};

/** What went wrong with the same question alike is told once. `takenUs`: when the capture was, if that is known. */
export const dnsFindings = (all: readonly DnsTransaction[], takenUs?: number): readonly Finding[] => {
  const wrong = all.filter((each) => !isAnswered(each));
  const alike = grouped(wrong, (each) => {
    const {outcome, server} = each;
    return [asked(each), outcome?.rcode, outcome?.tc, outcome ? '' : server].join(' ');
  });
  // Their messages are read only where that tells something.
  const isSilent = alike.some(([first]) => !first.outcome);
  const answered = new Map(
    isSilent ? all.filter(({outcome}) => outcome).map((each) => [askedBy(each), each]) : [],
  );
  return [
    ...alike.map((each) =>
      each[0].outcome ? dnsFinding(each[0], each.length) : silentFinding(each[0], each.length, answered),
    ),
    ...all.filter(isAnswered).map((each) => dnsFinding(each, 1)),
    ...all
      .filter(({outcome}) => takenUs !== undefined && outcome?.signed)
      .flatMap((each) => signatureFindings(each, takenUs ?? 0)),
    ...all.flatMap((each) => each.odd.map((odd) => oddFinding(each, odd))),
  ].filter((finding) => finding !== undefined);
};
