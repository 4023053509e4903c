/** The few rules that make pages rendered alone readable; in the portal they have the portal's own style. */
export const docsStyle = `:root { color-scheme: light dark; }
body { display: grid; grid-template-columns: minmax(12rem, 18rem) minmax(0, 46rem); gap: 3rem; margin: 2rem; font: 16px/1.6 system-ui, sans-serif; }
nav ul { padding-inline-start: 1rem; list-style: none; }
nav [aria-current] { font-weight: 600; }
img { max-width: 100%; }
pre { overflow-x: auto; padding: 0.75rem 1rem; border: 1px solid light-dark(#dde3e8, #2b343d); }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: 0.3rem 0.75rem; border: 1px solid light-dark(#dde3e8, #2b343d); text-align: start; }
.admonition, details { margin-block: 1rem; padding: 0.25rem 1rem; border-inline-start: 3px solid light-dark(#0b5b94, #79bdf2); }
.admonition-title, summary { font-weight: 600; }
@media (max-width: 50rem) { body { grid-template-columns: minmax(0, 1fr); } }
`;
