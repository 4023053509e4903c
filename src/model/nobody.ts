/** Names of owners that stand for nobody, whatever the catalog says of them. */
const nobodyNames = ['unknown', 'none', 'nobody', 'unowned', 'tbd', 'todo'] as const;

const nobody: ReadonlySet<string> = new Set(nobodyNames);

/** Whether the name of an owner stands for nobody. */
export const isNobodyName = (name: string): boolean => nobody.has(name.toLowerCase());
