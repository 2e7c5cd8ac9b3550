// “Show me”: a point of an interview opens its run at the instant that shows it, with the values that the lesson points to there.
import {expect, test} from 'vitest';
import {openProof} from '../../source/app/interview-desk.ts';
import {interviewQuestions} from '../../source/io/lessons.ts';

/** The text of a point in the data. */
const pointText = (question: string, point: string) =>
  interviewQuestions()
    .find(({id}) => id === question)
    ?.points.find(({id}) => id === point)?.text.en;

const told = async (question: string, point: string, lesson: string) => {
  const opened = await openProof(question, point, lesson);
  if ('message' in opened || !opened.run.at || !('event' in opened.run.at))
    throw new Error(`nothing opens for ${question}/${point}`);
  const {event} = opened.run.at;
  return opened.run.beats.flatMap((beat) =>
    beat.kind === 'narration' && beat.event === event ? [{say: beat.say.en, show: beat.show}] : [],
  );
};

test('it says the point in place of the lesson, and points at what the lesson points at', async () => {
  expect(await told('forward-secrecy', 'without', 'https-tls12')).toEqual([
    {
      say: pointText('forward-secrecy', 'without'),
      show: ['server.keys.recovered', 'server.keys.recoveredBytes'],
    },
  ]);
});

test('where the lesson says nothing, the point stands alone', async () => {
  expect(await told('https-handshake', 'finished', 'https-tls12')).toEqual([
    {say: pointText('https-handshake', 'finished'), show: []},
  ]);
});

test('a point without a run opens nothing', async () => {
  expect(await openProof('zero-rtt', 'secrecy', 'https-tls13')).toHaveProperty('message');
});
