// The panel of a challenge: its goals, and the moves that the reader can make at this instant.

import {packetOf} from '../../account/packet.ts';
import {withMove} from '../../lesson/move.ts';
import {type Language, worded} from '../../lesson/text.ts';
import {challengeTexts, metText, movesText, settingPrompt} from '../../words/catalogue/challenge.ts';
import {panelsChallengeSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenTexts} from '../../words/catalogue/spoken.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {verdictAt} from '../challenge/verdict.ts';
import {definePanel, upDownKeys} from '../panel.ts';
import {type ChallengeScene, challengeScene, missedText, putChallenge} from '../story/challenge.ts';
import {selectedPacket, type View} from '../view.ts';
import {movedBy} from './card-keys.ts';

/**
 * Returns sentences for a screen reader on the goals, the moves made, and the moves that are possible now; `marked` is the index of the
 * marked one.
 */
export const spokenChallenge = (
  {goals, met, moves, par, offers, hints, missed}: ChallengeScene,
  marked: number,
  language: Language,
): readonly string[] => {
  const colon = punctuation.colon[language];
  const line = (text: string): string => spokenSentence(text, language);
  const offer = offers[marked];
  return [
    line(`${challengeTexts.goal[language]}${colon}${worded(metText, {met, goals: goals.length})[language]}`),
    ...goals.map((goal) =>
      line(
        `${goal.text}${colon}${spokenTexts[goal.met ? 'isMet' : goal.lost ? 'isLost' : 'isNotMet'][language]}`,
      ),
    ),
    ...missed.map(line),
    line(worded(movesText, {moves: moves.length, par})[language]),
    ...moves.map(line),
    ...hints.map((hint) => line(`${spokenTexts.hint[language]}${colon}${hint}`)),
    ...offers.map(({text}, index) => line(`${index + 1}${colon}${text}`)),
    ...(offer === undefined ? [] : [line(`${spokenTexts.marked[language]}${colon}${offer.text}`)]),
    ...(offer && 'about' in offer ? [line(offer.about)] : []),
  ];
};

type Own = {readonly marked: number; readonly hints: number};

const sceneOf = (view: View, {hints}: Own) => {
  const {input, cursor, nowUs, language, called} = view;
  const id = selectedPacket(view);
  const packet = id === undefined ? undefined : packetOf(input.trace, id);
  const verdict = verdictAt(input);
  return (
    input.challenge &&
    challengeScene(input.challenge, {nowUs, packet, cursor, verdict, hints, language, called})
  );
};

/**
 * Returns the index of the marked move of a challenge, kept within the number of the moves that are possible now, which depends on the
 * selected packet.
 */
const markedOf = ({marked}: Own, offers: number): number => Math.max(0, Math.min(marked, offers - 1));

const markedOffer = (view: View, own: Own) => {
  const shown = sceneOf(view, own);
  return shown?.offers[markedOf(own, shown.offers.length)];
};

export const challengePanel = definePanel<Own>({
  name: 'challenge',
  title: panelsChallengeSentences.title,
  start: {marked: 0, hints: 0},
  keys: [
    upDownKeys(panelsChallengeSentences.keys['↑↓'].label),
    {keys: {enter: 'make'}, sign: 'enter', label: panelsChallengeSentences.keys.enter.label, rank: 6},
    {keys: {u: 'takeBack'}, sign: 'u', label: panelsChallengeSentences.keys.u.label, rank: 7},
    {keys: {i: 'hint'}, sign: 'i', label: panelsChallengeSentences.keys.i.label, rank: 8},
  ],
  command(view, own, command) {
    const {challenge} = view.input;
    const shown = sceneOf(view, own);
    if (!challenge || !shown) return undefined;
    const marked = markedOf(own, shown.offers.length);
    switch (command) {
      case 'make': {
        const offer = shown.offers[marked];
        if (offer === undefined) return undefined;
        return 'move' in offer ? {attempt: withMove(challenge.moves, offer.move)} : {type: offer.typed};
      }
      case 'takeBack':
        return challenge.moves.length === 0 ? undefined : {attempt: challenge.moves.slice(0, -1)};
      case 'hint':
        return own.hints >= challenge.challenge.hints.length
          ? undefined
          : {own: {...own, hints: own.hints + 1}};
      default: {
        const next = movedBy(command, marked, shown.offers.length);
        return next === undefined ? undefined : {own: {...own, marked: next}};
      }
    }
  },
  typing: {
    prompt(view, own) {
      const offer = markedOffer(view, own);
      return worded(settingPrompt, {place: offer && 'place' in offer ? offer.place : ''});
    },
    accept(view, own, text) {
      const offer = markedOffer(view, own);
      const moves = view.input.challenge?.moves ?? [];
      const value = text.trim();
      if (offer === undefined || !('place' in offer) || value === '' || value === offer.value) return {};
      return {attempt: withMove(moves, {kind: 'set', atUs: 0, setting: {place: offer.place, value}})};
    },
  },
  // The challenge panel is hidden while a question is open, because the question may ask for one of the goals.
  isAvailable: ({input, hidden}) => input.challenge !== undefined && hidden.length === 0,
  // The challenge panel comes before all others, because the reader switches between the ladder and the goals.
  leads: ({input}) => input.challenge !== undefined,
  least: {columns: 30, rows: 8},
  best: {columns: 46, rows: 20},
  places: ['side', 'lower'],
  spoken(view, own) {
    const shown = sceneOf(view, own);
    return shown ? spokenChallenge(shown, markedOf(own, shown.offers.length), view.language) : [];
  },
  put(pane, view, own) {
    const shown = sceneOf(view, own);
    const {challenge, message} = view.input;
    if (!challenge || !shown) return;
    const isTold = message !== undefined && message === missedText(challenge);
    putChallenge(pane.canvas, shown, {...pane, marked: markedOf(own, shown.offers.length), isTold});
  },
});
