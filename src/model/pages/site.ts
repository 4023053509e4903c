/** What every page of a site knows of the site. Kept small and steady: a change here renders every page again. */
export type Site = {
  title: string;
  /** Address of the logo below the base, from the configuration's `public/` folder. */
  logo?: string;
  /** The path the site is served under, `/` or `/portal/`. */
  base: string;
  /** The address that the site will have, where it is known; search engines are told of pages by it. */
  url?: string;
  /** Hosts whose pages may be framed in pages of documentation. */
  frameHosts?: readonly string[];
  /** Whether a proxy answers questions about now. */
  isLive?: boolean;
  /** Whether the portal's own handbook is part of it. */
  hasHandbook?: boolean;
  /** Who signs readers in, where somebody does: the portal itself, which can sign them out too, or what stands in front of it. */
  signIn?: 'portal' | 'proxy';
};

/** A page that collecting composed: where it goes, and what it shows. */
export type ComposedPage<View> = { path: string; view: View };

/** The line of a page family's index: enough to know which pages changed without reading them. */
export type PageStamp = { path: string; digest: string; offset: number; length: number };
