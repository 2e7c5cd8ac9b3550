import { type MessageOwn } from '../http/exchange-at.ts';
import type { View } from '../view.ts';
export declare const spokenMessage: (view: View, own: MessageOwn) => readonly string[];
