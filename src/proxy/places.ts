/** A number of places, of which each name may have some at once. */
export type Places = {
  /** Takes a place; what it gives back frees it. Nothing when none is left. */
  take: (name: string) => (() => void) | undefined;
};

/** Makes places: so many altogether, and so many for each name. */
export function createPlaces(all: number, each = all): Places {
  const taken = new Map<string, number>();
  let count = 0;
  return {
    take: (name) => {
      const own = taken.get(name) ?? 0;
      if (count >= all || own >= each) return undefined;
      count += 1;
      taken.set(name, own + 1);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        count -= 1;
        const left = (taken.get(name) ?? 1) - 1;
        if (left > 0) taken.set(name, left);
        else taken.delete(name);
      };
    },
  };
}
