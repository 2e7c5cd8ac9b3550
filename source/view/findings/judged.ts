// Writes findings as JSON: all of a capture's findings, and the verdict on the whole, on each connection and on each other conversation.

import type {Language} from '../../lesson/text.ts';
import {type Judged, listOf} from '../../observe/inspection-json.ts';
import {conversationsIn} from '../../verdict/conversations.ts';
import type {Evidence} from '../../verdict/evidence.ts';
import {connectionOf, isWrong} from '../../verdict/finding.ts';
import {icmpAbout} from '../../verdict/icmp-told.ts';
import {outcomeOf} from '../../verdict/outcome.ts';
import {conversationOutcome} from '../../verdict/outcome-of-conversations.ts';
import {findingsIn, verdictsOn} from '../../verdict/verdicts.ts';
import {findingJson, verdictJson} from './sentence.ts';

/**
 * Returns the findings on a capture; `only` limits them to those on one TCP connection, but all packets of the capture are used to judge
 * it.
 */
export const judged = (evidence: Evidence, language: Language, only?: number): Judged => {
  const findings = findingsIn(evidence).filter((each) => only === undefined || connectionOf(each) === only);
  const verdictAbout = verdictsOn(findings);
  const conversations = conversationsIn(evidence);
  const conversation = (index: number) => {
    const told = conversations.entry(index);
    if (!told) return null;
    const {id, protocol, ends, packets, bytes, about} = told;
    const verdict = verdictJson(verdictAbout(about), evidence);
    return {id, protocol, ends, packets, bytes, verdict, outcome: {...conversationOutcome(evidence, told)}};
  };
  // The findings are in the order of importance.
  const most = findings.find(isWrong);
  return {
    whole: {...verdictJson(most, evidence), ...(most && {about: most.about})},
    findings: listOf(findings, (each) => findingJson(each, evidence, language)),
    verdict: (connection) => verdictJson(verdictAbout([{connection}]), evidence),
    outcome: (connection) => outcomeOf(evidence, connection),
    conversations: {length: conversations.length, entry: conversation},
    icmpAbout: (error) => icmpAbout(evidence.inspector, error),
  };
};
