// Writes what to do next about a finding: whom to ask, what to change or where to capture.
import {type Message, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Finding} from '../../verdict/finding.ts';
import {type NextId, nextOf} from '../../verdict/next.ts';
import {hostOf, type Parties, type Party} from '../../verdict/parties.ts';
import {nextTexts as say} from '../../words/catalogue/findings.ts';

/** Returns an address in parentheses to put after the name of a party; the empty text if it is not known. */
export const partyText = (party: Party | undefined): Text =>
  party ? worded(say.party, {host: party.host, guessed: party.role === 'guessed'}) : sameIn('');

/** The addresses that a step may name; a step names only those that it needs. */
type Named = {readonly [party in keyof Parties | 'host']: Text};

const steps: {readonly [id in NextId]: Text | Message<Named>} = say.step;

export const nextText = (finding: Finding, parties: Parties): Text => {
  const {client, server, router} = parties;
  return worded(steps[nextOf(finding)], {
    client: partyText(client),
    server: partyText(server),
    router: partyText(router),
    host: partyText(hostOf(finding, parties)),
  });
};
