import { defineAnnotation, line } from './define.ts';

export const prometheusAlert = defineAnnotation({
  key: 'prometheus.io/alert',
  title: 'Prometheus alerts',
  schema: line,
  expects: 'the names of alerts, separated by commas, or `all`',
});
