export declare const endpointsPanel: import("../panel.ts").Panel<unknown>;
