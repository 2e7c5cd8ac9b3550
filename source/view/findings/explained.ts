// Writes the lines that explain a verdict (the most important finding): who can help, what to do next, how sure it is, the packets, other explanations, the
// RFC and the lesson.
import {type Text, worded} from '../../lesson/text.ts';
import type {Evidence} from '../../verdict/evidence.ts';
import type {Finding} from '../../verdict/finding.ts';
import {findingTable} from '../../verdict/ids.ts';
import {isUndisturbed, type Outcome} from '../../verdict/outcome.ts';
import {hostOf, partiesOf} from '../../verdict/parties.ts';
import {explainTexts as say, whereTexts} from '../../words/catalogue/findings.ts';
import {hanging, type Manner} from '../inspect/told-lines.ts';
import {nextText, partyText} from './next.ts';
import {briefOf, sentenceOf} from './sentence.ts';

type Explained = {
  readonly title: string;
  /** The most important finding on a conversation; undefined if everything is fine. */
  readonly verdict: Finding | undefined;
  /** All findings on the conversation, including the most important one. */
  readonly findings: readonly Finding[];
  readonly outcome: Outcome;
  /** True if it is a TCP connection. */
  readonly isConnection: boolean;
  readonly evidence: Evidence;
};

const sureText = ({certainty, rivals}: Finding): Text =>
  say.certainty[certainty === 'deduced' && rivals.length === 0 ? 'alone' : certainty];

const evidenceTexts = (finding: Finding, evidence: Evidence): readonly Text[] => {
  const {id, where, frames, rivals} = finding;
  const {rfc, lesson, run} = findingTable[id];
  const parties = partiesOf(evidence, finding);
  return [
    worded(say.ask, {where: whereTexts[where], host: partyText(hostOf(finding, parties))}),
    worded(say.next, {step: nextText(finding, parties)}),
    sureText(finding),
    ...rivals.map(({id: rival, open, by}) => {
      const brief = briefOf(rival);
      return open ? worded(say.open, {brief}) : worded(say.refuted, {brief, frames: by, count: by.length});
    }),
    ...(frames.length > 0 ? [worded(say.packets, {frames})] : []),
    ...(rfc === undefined ? [] : [worded(say.source, {rfc})]),
    ...(lesson === undefined ? [] : [worded(say.run, {lesson, run})]),
  ];
};

export const explainLines = (
  {title, verdict, findings, outcome, isConnection, evidence}: Explained,
  {language, ascii, columns = 100}: Pick<Manner, 'language' | 'ascii'> & Partial<Pick<Manner, 'columns'>>,
): readonly string[] => {
  const lines = (lead: string, texts: readonly Text[]): readonly string[] =>
    texts.flatMap((text) => hanging(lead, text[language], columns));
  const others = findings.filter((each) => each !== verdict);
  const told = verdict
    ? [
        ...lines('', [worded(say.verdict, {sentence: sentenceOf(verdict)})]),
        ...lines('  ', evidenceTexts(verdict, evidence)),
      ]
    : lines('', [isUndisturbed(outcome) ? worded(say.fine, {connection: isConnection}) : say.untold]);
  const also = others.flatMap((each) => [
    '',
    ...lines('', [worded(say.also, {sentence: sentenceOf(each)})]),
    ...lines('  ', evidenceTexts(each, evidence)),
  ]);
  return [title, ...told, ...also].map((line) => (ascii ? line.replaceAll('→', '->') : line));
};
