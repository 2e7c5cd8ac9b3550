// The files that `new --pack` writes: a folder with a lesson, a belief that its run contradicts, and a question about it.
import {packReadme, newPack as texts} from '../words/catalogue/new-lesson.ts';
import {inline, lines, newLesson} from './lesson-template.ts';
import {published} from './text.ts';

export type NewFile = {readonly path: string; readonly text: string};

const lesson = 'first-connection';

/** Returns an id for the new pack's belief that contains the pack's name, so that the beliefs of two packs have different ids. */
const beliefOf = (pack: string): string => `${pack}-data-in-syn`;

const beliefs = (
  pack: string,
): string => `# What learners of this pack may believe. Lessons name it: misconception: ${beliefOf(pack)}
# answerMeans: is the reply to a choice that holds the belief; {given} and {right} in it are the two choices.
# counter: is the run that contradicts it; \`packet-tutor check\` makes sure that it does.
- id: ${beliefOf(pack)}
  name: ${inline(texts.name)}
  belief:
${lines(texts.belief, 4)}
  correct:
${lines(texts.correct, 4)}
  answerMeans:
${lines(texts.answerMeans, 4)}
  rfc: 9293 §3.5
  lesson: ${lesson}
  counter:
    lesson: ${lesson}
    run: base
    at: {delivers: server, length: 100}
    that: 'first({sends: client, carries: data}).frame.number > 2'
    shown:
${lines(texts.shown, 6)}
    believed:
${lines(texts.believed, 6)}
`;

const questions = (pack: string): string => `
# Asked by \`packet-tutor quiz\` alone; the lesson does not stop for them.
questions:
  - before: {sends: client, flags: [SYN]}
    ask:
${lines(texts.ask, 6)}
    hint:
${lines(texts.hint, 6)}
    answer: packet(syn).tcp.len
    asks: [tcp.len]
    distractors:
      - {value: 'first({sends: client, carries: data}).tcp.len', misconception: ${beliefOf(pack)}}
      - {value: 1}
    explain:
${lines(texts.explain, 6)}
`;

const readme = (name: string): string => `# ${name}

${published.map((language) => packReadme[language]).join('\n\n')}

\`\`\`sh
npm install
npm test                                          # judges every lesson
npx packet-tutor play lessons/first-connection.yaml
npx packet-tutor quiz .                           # questions about all of them
npx packet-tutor quiz . --seed 7 --json           # the same sheet for a whole class
npx packet-tutor new lessons/another              # one more
\`\`\`
`;

/** Returns the files of a new pack with one lesson and its belief, ready for `npm install && npm test`. */
export const newPack = (name: string, version: string): readonly NewFile[] => [
  {
    path: 'package.json',
    text: `${JSON.stringify(
      {
        name,
        version: '0.1.0',
        private: true,
        keywords: ['packet-tutor-pack'],
        files: ['lessons'],
        scripts: {test: 'packet-tutor check lessons/*.yaml'},
        devDependencies: {'packet-tutor': `^${version}`},
      },
      undefined,
      2,
    )}\n`,
  },
  {path: 'README.md', text: readme(name)},
  {path: 'lessons/misconceptions.yaml', text: beliefs(name)},
  {
    path: `lessons/${lesson}.yaml`,
    text: newLesson(lesson, '../node_modules/packet-tutor/dist/lesson.schema.json') + questions(name),
  },
];
