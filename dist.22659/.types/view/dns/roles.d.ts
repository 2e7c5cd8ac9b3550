import type { View } from '../view.ts';
/** Empty where the name says it: the host `root` is the root. */
export declare const roleText: ({ input: { trace }, language }: View, id: string) => string;
