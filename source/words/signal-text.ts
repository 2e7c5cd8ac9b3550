// The words for what a program is told about its connection.
import {type Language, textOf} from '../lesson/text.ts';
import type {TcpSignal} from '../stack/tcp/effect.ts';
import {signalTexts} from './catalogue/happenings.ts';

/** Returns the words; an error has the name that a socket gives it. */
export const signalText = (signal: TcpSignal, language: Language): string =>
  textOf(signalTexts, signal)?.[language] ?? signal;
