import { type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import { type Entry, memoryStore, type Store } from './outbox';

const NAME = 'clinicops-outbox';
const ENTRIES = 'entries';

/** Entries that outlive the page, in the order in which they came. Where the browser keeps nothing, they last as long as the page. */
export function browserStore(): Store {
  let opened: Promise<Store> | undefined;
  const store = () => (opened ??= openDB(NAME, 1, { upgrade: (db) => void db.createObjectStore(ENTRIES, { autoIncrement: true }).createIndex('id', 'id', { unique: true }) }).then(over, memoryStore));
  return {
    add: async (entry) => (await store()).add(entry),
    replace: async (entry) => (await store()).replace(entry),
    all: async () => (await store()).all(),
    remove: async (id) => (await store()).remove(id),
  };
}

function over(db: IDBPDatabase): Store {
  type Kept = IDBPObjectStore<unknown, ArrayLike<string>, typeof ENTRIES, 'readwrite'>;
  /** Finds the entry and works on it, in one transaction that is on the disk when this is done. */
  const keyed = async (id: string, work: (kept: Kept, key: IDBValidKey | undefined) => Promise<unknown> | undefined) => {
    const tx = db.transaction(ENTRIES, 'readwrite', { durability: 'strict' });
    const key = await tx.store.index('id').getKey(id);
    await work(tx.store as Kept, key as IDBValidKey | undefined);
    await tx.done;
    return key !== undefined;
  };
  return {
    add: async (entry) => void (await keyed(entry.id, (kept, key) => (key === undefined ? kept.add(entry) : undefined))),
    replace: async (entry) => void (await keyed(entry.id, (kept, key) => (key === undefined ? undefined : kept.put(entry, key)))),
    all: () => db.getAll(ENTRIES) as Promise<Entry[]>,
    remove: (id) => keyed(id, (kept, key) => (key === undefined ? undefined : kept.delete(key))),
  };
}
