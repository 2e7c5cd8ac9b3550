// A learner who answers without pause, as a process of its own: prints the id of each answer once it has been kept.
// Arguments: the file, and after how many answers to stop.
import {writeSync} from 'node:fs';
import {openProgress} from '../../source/io/progress.ts';

/** The pipe may be full for a moment: whoever reads it has other work. */
const say = (line: string): void => {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (problem) {
      if (!(problem instanceof Error && 'code' in problem && problem.code === 'EAGAIN')) throw problem;
    }
  }
};

const [file, most] = process.argv.slice(2);
const progress = openProgress(() => Date.now(), file);
// The records are read now, so that what other processes add later does not count as this one's.
progress.records();
if (progress.trouble) say(`trouble ${progress.trouble.code}`);

for (let n = 0; n < Number(most); n += 1) {
  const trouble = progress.record({
    kind: 'answer',
    question: `question ${n}`,
    text: 'x'.repeat(n % 40),
    lesson: 'handshake',
    asks: 'prediction',
    topic: 'tcp',
    skill: 'handshake prediction',
    touches: ['every-packet-plus-one', 'flags-stick'],
    wrongWays: 3,
    given: 'a',
    right: true,
    means: [],
    hints: 0,
    askedIn: 'practice',
  });
  if (trouble) say(`trouble ${trouble.code} ${'name' in trouble ? trouble.name : ''}`);
  else say(progress.records().at(-1)?.id ?? '');
}
