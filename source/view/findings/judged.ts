// Writes findings as JSON: all of a capture's findings, and the verdict on each connection and other conversation.

import type {Language} from '../../lesson/text.ts';
import {type Judged, listOf} from '../../observe/inspection-json.ts';
import {conversationsIn} from '../../verdict/conversations.ts';
import type {Evidence} from '../../verdict/evidence.ts';
import {connectionOf} from '../../verdict/finding.ts';
import {outcomeOf} from '../../verdict/outcome.ts';
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
    return {id, protocol, ends, packets, bytes, verdict: verdictJson(verdictAbout(about))};
  };
  return {
    findings: listOf(findings, (each) => findingJson(each, language)),
    verdict: (connection) => verdictJson(verdictAbout([{connection}])),
    outcome: (connection) => outcomeOf(evidence, connection),
    conversations: {length: conversations.length, entry: conversation},
  };
};
