type Node<T> = {
    readonly atUs: number;
    readonly order: number;
    readonly item: T;
    readonly rank: number;
    readonly left: Node<T> | undefined;
    readonly right: Node<T> | undefined;
};
export type Queue<T> = {
    readonly root: Node<T> | undefined;
    readonly size: number;
    readonly inserted: number;
};
export declare const emptyQueue: Queue<never>;
/** `places`: that many turns are taken by what repeats itself; the others come from `requeue`. */
export declare const enqueue: <T>(queue: Queue<T>, atUs: number, item: T, places?: number) => Queue<T>;
/** At a turn that was taken before. */
export declare const requeue: <T>(queue: Queue<T>, atUs: number, item: T, order: number) => Queue<T>;
type Dequeued<T> = {
    readonly atUs: number;
    /** Its turn among what is due at the same time. */
    readonly order: number;
    readonly item: T;
    readonly rest: Queue<T>;
};
export declare const dequeue: <T>(queue: Queue<T>) => Dequeued<T> | undefined;
export {};
