// The key table tells the truth: a walk by chance through all screens, and at each of its states every key of the table is tried.
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type KeyContext, keyContexts} from '../../source/ui/key-entry.ts';
import {unforeseen, untruths} from '../helpers/key-truth.ts';
import {chanceOf} from '../helpers/monkey/chance.ts';
import {moveIn} from '../helpers/monkey/home.ts';
import {sit} from '../helpers/monkey/sitting.ts';
import type {MonkeySource} from '../helpers/monkey/sources.ts';
import {type Step, stepFor} from '../helpers/monkey/steps.ts';
import {runs, seed} from '../helpers/seeds.ts';

let leave = (): void => {};
beforeAll(() => {
  leave = moveIn();
});
afterAll(() => leave());

type Walk = {readonly source: MonkeySource; readonly keys: string};

const of = (
  command: MonkeySource['command'],
  name?: string,
  options: MonkeySource['options'] = {},
): MonkeySource => ({
  command,
  positionals: name === undefined ? [] : [name],
  options,
});

const capture = (name: string): MonkeySource => of('play', `test/fixtures/captures/${name}`);

/** Where chance alone would seldom come these keys lead, and it goes on from there. */
const walks: readonly Walk[] = [
  {
    source: of('play', 'handshake'),
    keys: 'space right right left ] ] ] ] ] ] a b c d w enter escape enter ? ? w < > e',
  },
  {
    source: of('play', 'handshake'),
    keys: 'space right right right x down right 3 escape enter f escape x enter d n left tab escape f d escape u z right enter',
  },
  {
    source: of('play', 'handshake'),
    keys: 'space right right X right left right x right left down up 9 h enter escape escape space up up up x enter escape escape down',
  },
  {source: of('play', 'refused'), keys: 'space G s G s G s G s G s space down up left space escape g'},
  {
    source: of('play', 'loss-recovery', {at: 'end'}),
    keys: '1 2 down up enter 3 down / a enter 4 5 tab 6 7 8 9 v c b',
  },
  {source: of('play', 'simultaneous-open', {at: 'end'}), keys: 'space down up left enter'},
  {
    source: capture('14a-http10-close-per-request.pcap'),
    keys: 'down s e n ctrl-u x enter enter e n ctrl-u x enter enter n escape enter y / t c p enter enter p right R',
  },
  {source: capture('16e-tls13-full.pcapng'), keys: 'K right right p w enter < > escape'},
  {
    source: of('quiz', 'handshake', {seed: '1'}),
    keys: 'a 1 b c d w enter i down a 2 b c d enter 1 enter 2 enter 3 enter a b c q down enter',
  },
  {
    source: of('quiz', 'handshake', {seed: '2', exam: true, minutes: '5', count: '5'}),
    keys: 'a enter 1 enter space enter q down',
  },
  {source: of('review'), keys: 'tab down enter'},
  {source: of('interview'), keys: 'down enter enter space s a down enter enter q enter'},
  {source: of('interview'), keys: 'enter down l q W q enter down s q enter q q down down down enter c c q'},
  // The search comes first here: nothing is loading yet that could take its key.
  {source: of(''), keys: '/ x tab escape'},
  {source: of(''), keys: 'down down enter down down up escape'},
  {
    source: of(''),
    keys: 'down enter right down left left down down enter / x tab escape down escape down down down down enter down enter t q / s y n down enter',
  },
];

/** Where text is typed, a capture is read, or a presenter has the keys. */
const elsewhere: readonly KeyContext[] = ['reading', 'presenting'];

/** How long a key takes is judged elsewhere; here each state is tried with many. */
const patienceMs = 60_000;

const seen = new Set<KeyContext>();

test.each(walks)('$source.command $source.positionals $keys', {timeout: 600_000}, async ({source, keys}) => {
  const chance = chanceOf(seed);
  const led: Step[] = keys.split(' ').map((key) => ({key}));
  const wrong = new Set<string>();
  let left = led.length + runs(200, 10);
  const {failure} = await sit(
    source,
    (context, {state, size}) => {
      seen.add(context);
      for (const each of [...untruths(state, size), ...unforeseen(state, size)]) wrong.add(each);
      return left-- > 0 ? (led.shift() ?? stepFor(chance, context)) : undefined;
    },
    {patienceMs},
  );
  expect(failure).toBeUndefined();
  expect([...wrong]).toEqual([]);
});

test('they have been on every screen', () => {
  expect(keyContexts.filter((context) => !seen.has(context) && !elsewhere.includes(context))).toEqual([]);
});
