import type { Widget } from './define.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { prometheus } from './prometheus/prometheus.ts';

/** What the proxy can answer, a row a widget. */
export const widgets: readonly Widget<unknown>[] = [kubernetes, prometheus];
