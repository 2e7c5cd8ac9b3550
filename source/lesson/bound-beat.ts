// A beat tied to its event in one run, its numbers filled in: what the player, `show` and the quiz use.
import type {Invitation} from './lesson.ts';
import type {Text} from './text.ts';

export type BoundChoice = {
  /** `a`, `b`, … in the order shown. */
  readonly id: string;
  readonly text: Text;
  readonly value: string | number | undefined;
  readonly correct: boolean;
  readonly misconception?: string;
};

type Common = {
  /** Position among the lesson's beats, from 0. */
  readonly index: number;
  /**
   * Narration and concept: the event after which it is shown. Prediction: the event that must not be seen before the answer.
   */
  readonly event: number;
  readonly show: readonly string[];
  /** On the screen from here on, beside `show`. */
  readonly shows?: readonly string[];
  readonly panels: readonly string[] | undefined;
};

export type BoundBeat =
  | (Common & {
      readonly kind: 'narration';
      /** How long after its event it is told, where it waits for a time at which nothing happens. */
      readonly afterUs?: number;
      readonly say: Text;
      readonly note: Text | undefined;
      readonly myth: string | undefined;
      readonly card: string | undefined;
      /** A lesson that goes on from here. */
      readonly link?: string | undefined;
      readonly invites?: Invitation | undefined;
      /** The beat (by its index) whose invitation has been taken up in this run: this one tells what came of it. */
      readonly invitedBy?: number | undefined;
    })
  | (Common & {
      readonly kind: 'prediction' | 'concept';
      readonly ask: Text;
      readonly hint: Text | undefined;
      readonly choices: readonly BoundChoice[];
      readonly explain: Text | undefined;
      /** Predictions: what stays blank until the answer. */
      readonly hides:
        | {
            readonly packet: number | undefined;
            readonly fields: readonly string[];
            /** The time at which its event happens would tell the answer. */
            readonly timed?: true;
          }
        | undefined;
      readonly rfc: string | undefined;
    });

/** Returns the beats, by their indexes, whose invitations have been taken up in the run that is told with these. */
export const takenIn = (beats: readonly BoundBeat[]): readonly number[] => [
  ...new Set(beats.flatMap((beat) => (beat.kind === 'narration' ? (beat.invitedBy ?? []) : []))),
];

/** A narration that says one thing and nothing else. */
export const aside = (index: number, event: number, say: Text): Extract<BoundBeat, {kind: 'narration'}> => ({
  kind: 'narration',
  index,
  event,
  show: [],
  panels: undefined,
  say,
  note: undefined,
  myth: undefined,
  card: undefined,
});
