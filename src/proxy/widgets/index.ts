import { argocdWidget } from './argocd/widget.ts';
import type { Widget } from './define.ts';
import { githubWidget } from './github/widget.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { pagerdutyWidget } from './pagerduty/widget.ts';
import { prometheus } from './prometheus/prometheus.ts';

/** What the proxy can answer, a row a widget. */
export const widgets: readonly Widget<unknown>[] = [
  kubernetes,
  argocdWidget,
  githubWidget,
  prometheus,
  pagerdutyWidget,
];
