// A problem and its remedy: two sentences of the catalogue that are filled in together.
import {type Message, type Text, worded} from '../lesson/text.ts';

export type Problem = {readonly what: Text; readonly remedy: Text};

type Sentence<Parameters> = Text | Message<Parameters>;

export const problemOf = <What, Remedy>(
  {what, remedy}: {readonly what: Sentence<What>; readonly remedy: Sentence<Remedy>},
  parameters: NoInfer<What & Remedy>,
): Problem => ({what: worded(what, parameters), remedy: worded(remedy, parameters)});
