// What a program is told of its connection, in words.
import {type Language, textOf} from '../lesson/text.ts';
import type {TcpSignal} from '../stack/tcp/effect.ts';
import {signalTexts} from './catalogue/happenings.ts';

/** Of an error the name that a socket gives it. */
export const signalText = (signal: TcpSignal, language: Language): string =>
  textOf(signalTexts, signal)?.[language] ?? signal;
