export declare const tracks: readonly ['foundations', 'tcp-open', 'tcp-data', 'tcp-close', 'dns', 'http', 'https', 'whole-story'];
export type Track = (typeof tracks)[number];
