import type { Canvas, Style } from '../canvas.ts';
import type { PanelDrawing } from '../panel.ts';
import type { View } from '../view.ts';
type Row = {
    readonly text: string;
    readonly style: Style;
};
/** With secrets, and without machines that would tell of theirs. */
export declare const hasCapturedKeys: ({ input: { trace } }: Pick<View, 'input'>) => boolean;
export declare const capturedKeyRows: (view: View, columns: number) => readonly Row[];
/** `back`: rows scrolled away at the top. */
export declare const putCapturedKeys: (canvas: Canvas, view: View, back: number, drawing: PanelDrawing) => void;
export declare const spokenCapturedKeys: (view: View) => readonly string[];
export {};
