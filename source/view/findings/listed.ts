// Lists findings for a page, the most important first, each with its conversation and its lesson. A finding on many conversations is
// written once.
import {type Language, madeOf, type Text, worded} from '../../lesson/text.ts';
import {type CaptureInspector, endpointText} from '../../observe/capture-inspector.ts';
import {brokenTcp} from '../../observe/unread-frames.ts';
import {type About, connectionOf, type Finding, isWrong} from '../../verdict/finding.ts';
import {shownOf, shownText} from '../../verdict/shown.ts';
import {byKey, grouped} from '../../wire/grouped.ts';
import {listTexts as say} from '../../words/catalogue/findings.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {arrow, endsText, hanging, type Manner} from '../inspect/told-lines.ts';
import {protocolOf} from './capture.ts';
import {briefOf, sentenceOf} from './sentence.ts';

/** A finding that is written out, and `alike`, others of the same kind that are only counted. */
export type Listed = {readonly finding: Finding; readonly alike: readonly Finding[]};

/**
 * If there are more findings of one kind than this, one is written out and the others are counted. Otherwise only those with equal
 * sentences are.
 */
const mostOfOne = 3;
/** The number of conversations that are named if their findings are only counted. */
const mostNamed = 5;

const asListed = ([finding, ...alike]: readonly [Finding, ...Finding[]]): Listed => ({finding, alike});

/** Tells whether a finding is about a protocol that this program does not decode. */
export const isUndecoded = (finding: Finding): finding is Finding<'not-read'> =>
  finding.id === 'not-read' && finding.facts.service !== brokenTcp;

/** Matches a number that counts or measures something, with its unit; the numbers of an address or a name are no such thing. */
const measure = /(?<![\w.:])\d[\d,]*(\.\d+)?( (µs|ms|s|h|bytes?|packets?)\b)?(?![\w:]|\.\d)/g;

/**
 * Groups findings that are written as one, the most important first. `inShort`: those whose sentences are above on the page; what differs
 * from them only in numbers is one with them, and what they say of undecoded protocols is not repeated.
 */
export const listedIn = (findings: readonly Finding[], inShort?: ReadonlySet<Finding>): readonly Listed[] => {
  const kindOf = ({id, level}: Finding): string => `${level} ${id}`;
  const kinds = byKey(findings, kindOf);
  const told = new Set([...(inShort ?? [])].map(kindOf));
  const groups = grouped(findings, (each) => {
    const kind = kindOf(each);
    if (isUndecoded(each) || (kinds.get(kind)?.length ?? 0) > mostOfOne) return kind;
    const sentence = sentenceOf(each).en;
    return `${kind} ${told.has(kind) ? sentence.replace(measure, '0') : sentence}`;
  });
  return groups.map(asListed).filter(({finding}) => !isUndecoded(finding) || !inShort?.has(finding));
};

/** The number of findings in the short paragraph at the top of a page; further ones are left out. */
const mostInShort = 3;

/** Returns the most important findings on what went wrong or cost time, with one finding of each kind. */
export const mattersMost = (findings: readonly Finding[]): readonly Listed[] => {
  const wrong = findings.filter(isWrong);
  const all = listedIn(wrong, new Set(wrong));
  return grouped(all, ({finding: {id}}) => id)
    .slice(0, mostInShort)
    .map(([first]) => first);
};

/**
 * Returns the name of what a finding is about (a connection, conversation, domain name or hosts); undefined if that is the whole capture.
 */
const nameOf = (about: About): string | undefined => {
  if ('connection' in about) return `#${about.connection}`;
  if ('conversation' in about) return about.conversation;
  if ('name' in about) return about.name;
  return 'hosts' in about ? about.hosts.join(', ') : undefined;
};

/**
 * Returns the name of a conversation to put before the sentence of a finding that says only client and server; undefined if the sentence
 * names its subject.
 */
const leadOf = ({about}: Finding): string | undefined =>
  'connection' in about || ('conversation' in about && about.conversation.startsWith('u'))
    ? nameOf(about)
    : undefined;

/** Returns a sentence with a capital first letter, unless it begins with an address or a name. */
const begun = (sentence: string): string =>
  /^[a-z]+[\s,]/.test(sentence) ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : sentence;

/** Returns the names of what findings are about as a list that ends with an ellipsis if there are more. */
const namesText = (
  findings: readonly Finding[],
  language: Language,
): {readonly list: string; readonly more: boolean} => {
  const names = [...new Set(findings.flatMap(({about}) => nameOf(about) ?? []))];
  return {
    list: names.slice(0, mostNamed).join(punctuation.listComma[language]),
    more: names.length > mostNamed,
  };
};

const withAlike = (text: Text, {alike}: Listed, language: Language): string => {
  const sentence = text[language];
  if (alike.length === 0) return sentence;
  const names = namesText(alike, language);
  const more = worded(say.alike, {count: alike.length, ...names, named: names.list !== ''})[language];
  return `${sentence}${punctuation.space[language]}${more}`;
};

/** Returns one sentence on everything in a file that is not decoded; undefined if that is one conversation or nothing. */
const undecodedText = ({finding, alike}: Listed): Text | undefined => {
  const all = [finding, ...alike].filter(isUndecoded);
  if (all.length < 2) return undefined;
  const protocols = [...new Set(all.map(protocolOf))];
  return worded(say.undecoded, {
    packets: all.reduce((sum, {facts}) => sum + facts.packets, 0),
    list: protocols.slice(0, mostNamed),
    more: Math.max(0, protocols.length - mostNamed),
  });
};

/** Returns a finding as a full sentence. `alone`: the page is about one conversation, so the sentence does not name it. */
export const listedText = (listed: Listed, alone: boolean): Text =>
  madeOf([], (language) => {
    const undecoded = undecodedText(listed);
    const lead = alone || undecoded ? undefined : leadOf(listed.finding);
    const told = undecoded?.[language] ?? withAlike(sentenceOf(listed.finding), listed, language);
    return lead === undefined ? begun(told) : `${lead}${punctuation.colon[language]}${told}`;
  });

const lessonText = ({id}: Finding, ascii: boolean): string => {
  const shown = shownOf(id);
  return shown ? ` ${arrow(ascii)} ${shownText(shown)}` : '';
};

/** Returns the addresses of both ends of a finding's conversation, as text after the conversation's name; empty if they are unknown. */
const endsOf = (finding: Finding, {connections, udp}: CaptureInspector, ascii: boolean): string => {
  const connection = connections[(connectionOf(finding) ?? 0) - 1];
  if (connection) return ` ${endsText(connection, ascii)}`;
  const {about} = finding;
  const datagrams = 'conversation' in about ? udp.all[Number(about.conversation.slice(1)) - 1] : undefined;
  return datagrams ? ` ${datagrams.ends.map(endpointText).join(` ${arrow(ascii)} `)}` : '';
};

/** Returns the brief name of findings whose sentence is above on the page, after what they are about. `ends`: the addresses of the only one. */
const toldAgain = ({finding, alike}: Listed, ends: string, language: Language): string => {
  const {list, more} = namesText([finding, ...alike], language);
  const brief = worded(say.inShort, {brief: briefOf(finding.id)})[language];
  const names = `${list}${more ? '…' : alike.length === 0 ? ends : ''}`;
  return list === '' ? begun(brief) : `${names}${punctuation.colon[language]}${brief}`;
};

type Listing = Manner & {
  /** The capture in which the ends of conversations are looked up; undefined if the page is about one conversation. */
  readonly within?: CaptureInspector | undefined;
  /** The findings whose full sentences are already above on the same page; the list gives only their names. */
  readonly inShort?: ReadonlySet<Finding> | undefined;
};

export const listedLines = (
  listed: Listed,
  {language, columns, ascii, within, inShort}: Listing,
): readonly string[] => {
  const {finding} = listed;
  const ends = within ? endsOf(finding, within, ascii) : '';
  const name = within && leadOf(finding);
  const told = withAlike(sentenceOf(finding), listed, language);
  const colon = punctuation.colon[language];
  const sentence = inShort?.has(finding)
    ? toldAgain(listed, ends, language)
    : name === undefined
      ? begun(told)
      : `${name}${ends}${colon}${told}`;
  return hanging(ascii ? '  * ' : '  • ', `${sentence}${lessonText(finding, ascii)}`, columns);
};
