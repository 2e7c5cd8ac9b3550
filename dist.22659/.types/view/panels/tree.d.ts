export declare const treePanel: import("../panel.ts").Panel<unknown>;
