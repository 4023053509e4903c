import type { Place } from '#model/place.ts';
import { toProblem } from '#model/problems.ts';
import * as schema from './schema.ts';
import type { SectionReader } from './sections.ts';

/** What the operator allows pages of documentation, beyond what every portal allows. */
export type DocsSettings = {
  /** Hosts whose pages may be framed, exactly as they stand in an address. */
  frameHosts: string[];
  /** Schemes of addresses that links may have, without the colon. */
  schemes: string[];
  /** Where readers may have PlantUML drawn. */
  plantumlServer?: string;
  /** Which versions of docs are shown beside the one that is read by default. */
  versions: schema.DocsVersionRule[];
  /** After how many days without a change a page is stale. */
  staleAfter: number;
};

/** Schemes that open a program the reader has, and run nothing of a page. */
const openers = new Set(
  `bitcoin facetime feed geo git github-mac im irc ircs itms-apps jetbrains magnet maps message mms mstsc msteams mumble mvn news nntp
  obsidian onenote rdp rtsp sftp sip sips skype slack smb spotify ssh svn teams ts3server urn vnc vscode vscode-insiders web+mastodon webcal
  whatsapp xcode zed zoommtg zoomus`.split(/\s+/),
);

const ignored = ['allowedCustomElementTagNameRegExp', 'allowedCustomElementAttributeNameRegExp'];

/** A year. */
const usualStaleAfter = 365;

/** Reads what Backstage says of its sanitizer of TechDocs, and the portal's own settings of docs. */
export function toDocsSettings(reader: SectionReader): DocsSettings {
  const sanitizer = 'techdocs.sanitizer';
  const frames = reader.list(`${sanitizer}.allowedIframeHosts`, schema.hostSchema);
  const protocols = reader.list(`${sanitizer}.additionalAllowedURIProtocols`, schema.protocolSchema);
  for (const { value, place } of protocols.filter(({ value }) => !openers.has(value)))
    report(
      reader,
      `${sanitizer}.additionalAllowedURIProtocols`,
      `links with \`${value}:\` are not allowed here`,
      place,
    );
  for (const name of ignored) {
    const tree = reader.findTree(`${sanitizer}.${name}`);
    if (tree)
      report(reader, `${sanitizer}.${name}`, 'pages have no custom elements, as no script runs in them', tree.place);
  }
  const plantumlServer = reader.find('portal.docs.plantumlServer', schema.webAddressSchema);
  return {
    frameHosts: [...new Set(frames.map(({ value }) => value))].toSorted(),
    schemes: [...new Set(protocols.map(({ value }) => value))].filter((scheme) => openers.has(scheme)).toSorted(),
    ...(plantumlServer && { plantumlServer }),
    versions: reader.list('portal.docs.versions', schema.docsVersionSchema).map(({ value }) => value),
    staleAfter: reader.find('portal.docs.staleAfter', schema.staleAfterSchema) ?? usualStaleAfter,
  };
}

function report(reader: SectionReader, key: string, reason: string, place: Place): void {
  reader.problems.push(toProblem('setting-not-honoured', { key, reason }, { place }));
}
