// What JSON tells of the findings of a capture: all of them, and the verdict on each connection and each other conversation.

import type {Language} from '../../lesson/text.ts';
import type {Judged} from '../../observe/inspection-json.ts';
import {conversationsIn} from '../../verdict/conversations.ts';
import type {Evidence} from '../../verdict/evidence.ts';
import {findingsIn, verdictOnConnection, verdictsOn} from '../../verdict/verdicts.ts';
import {findingJson, verdictJson} from './sentence.ts';

export const judged = (evidence: Evidence, language: Language): Judged => {
  const findings = findingsIn(evidence);
  const verdictAbout = verdictsOn(findings);
  return {
    findings: findings.map((each) => findingJson(each, language)),
    verdict: (connection) => verdictJson(verdictOnConnection(findings, connection)),
    conversations: conversationsIn(evidence).map(({about, ...each}) => ({
      ...each,
      verdict: verdictJson(verdictAbout(about)),
    })),
  };
};
