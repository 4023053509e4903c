import { z } from 'zod';
import { toFnv64 } from '../fnv.ts';

/** Where the site keeps what the proxy knows of the catalog, below the site's base. */
export const proxyCatalogPath = '/api/proxy-catalog.json';

const proxyEntitySchema = z.strictObject({
  ref: z.string(),
  title: z.string(),
  /** The annotations that widgets ask by. A value that is a secret's key (`secret:…`) names a secret of the proxy. */
  annotations: z.record(z.string(), z.string()),
  /** Who owns it, with every group above them. */
  owners: z.array(z.string()),
  /** The system that it is part of, as a reference. */
  system: z.string().optional(),
});

/** What the build tells the proxy: the entities that have a widget, and whom it may meet. Nothing else of the catalog. */
export const proxyCatalogSchema = z.strictObject({
  version: z.literal(1),
  entities: z.array(proxyEntitySchema),
  /** People, so that someone who signed in is found in the catalog; groups include those above their own. */
  people: z.array(
    z.strictObject({
      ref: z.string(),
      title: z.string(),
      email: z.string().optional(),
      login: z.string().optional(),
      groups: z.array(z.string()),
    }),
  ),
});
export type ProxyCatalogFile = z.infer<typeof proxyCatalogSchema>;
export type ProxyEntity = z.infer<typeof proxyEntitySchema>;
export type ProxyPerson = ProxyCatalogFile['people'][number];

const prefix = 'secret:';

/**
 * What stands for the name of a secret in the catalog of the proxy: it can be compared, not read. Whoever
 * finds another name with the same key gains nothing, because only names that the operator allows are compared.
 */
export function toSecretKey(name: string): string {
  return `${prefix}${toFnv64(name)}`;
}

/** Whether a value stands for the name of a secret. */
export function isSecretKey(value: string): boolean {
  return new RegExp(`^${prefix}[0-9a-f]{16}$`).test(value);
}
