import type { Language } from '../lesson/text.ts';
import type { AppAction } from '../sim/action.ts';
import type { HttpAnswer } from '../stack/http/call.ts';
import type { HttpNote } from '../stack/http/note.ts';
export declare const httpNoteText: (note: HttpNote, language: Language) => string;
/** As a program would print it: `get(http://…) = 200, 5 B`. */
export declare const httpAnswerText: (action: AppAction, { result, exchanges, status, bytes }: HttpAnswer) => string;
