import type { Widget } from './define.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';

/** What the proxy can answer, a row a widget. */
export const widgets: readonly Widget<unknown>[] = [kubernetes];
