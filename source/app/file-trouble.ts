// Finds the sentences about a file that the program keeps for itself and that is damaged, of a newer version, or unusable.
import type {EntriesTrouble} from '../io/entries-file.ts';
import {fileProblem} from '../io/file-problem.ts';
import type {ProgressTrouble} from '../io/progress-file.ts';
import {type Message, sameIn, type Text} from '../lesson/text.ts';
import {noPlace} from '../words/catalogue/progress-file.ts';
import {reasonOf} from '../words/file-errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';

/** The facts that messages about an unusable file contain: `what` is why it cannot be read, `reason` why it cannot be written. */
type Facts = {
  readonly file: string;
  readonly aside: string;
  readonly format: number;
  readonly kept: number;
  readonly what: Text;
  readonly reason: Text;
};

/** The kinds of trouble with a file of the program. `…Aside`: the damaged or newer file was moved away; `…There`: it could not be moved. */
type Case = `${'damaged' | 'newer'}${'There' | 'Aside'}` | 'unreadable' | 'unwritable' | 'foreign' | 'link';

type Sentences = {
  readonly [each in Case]: {
    readonly what: Text | Message<Facts>;
    readonly remedy: Text | Message<Facts>;
  };
};

const unsaid = sameIn('');

export const troubleIn = (said: Sentences, trouble: EntriesTrouble | ProgressTrouble): Problem => {
  const facts = {file: '', aside: '', format: 0, kept: 0, what: unsaid, reason: unsaid, ...trouble};
  switch (trouble.code) {
    case 'nowhere':
      return noPlace;
    case 'foreign':
    case 'link':
      return problemOf(said[trouble.code], facts);
    case 'unreadable':
      return problemOf(said.unreadable, {...facts, what: fileProblem(trouble.file, trouble.error).what});
    case 'unwritable':
      return problemOf(said.unwritable, {...facts, reason: reasonOf(trouble.name)});
    case 'damaged':
    case 'newer':
      return problemOf(said[`${trouble.code}${trouble.aside === undefined ? 'There' : 'Aside'}`], facts);
  }
};
