// The words for what a socket reports to its program about a TCP connection, such as an error.
import {type Language, textOf} from '../lesson/text.ts';
import type {TcpSignal} from '../stack/tcp/effect.ts';
import {signalTexts} from './catalogue/happenings.ts';

/** Returns the words for what a socket reports to its program; an error has its socket name, such as ECONNRESET. */
export const signalText = (signal: TcpSignal, language: Language): string =>
  textOf(signalTexts, signal)?.[language] ?? signal;
