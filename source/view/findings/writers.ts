// The type of the functions that write the sentences of findings, one for each id of a finding.
import type {Text} from '../../lesson/text.ts';
import type {Finding} from '../../verdict/finding.ts';
import type {FindingId} from '../../verdict/ids.ts';

export type Writers<Id extends FindingId> = {
  readonly [Each in Id]: (finding: Finding<Each>) => Text;
};
