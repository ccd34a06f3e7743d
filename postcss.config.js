/** Mantine's functions and mixins in the page's own CSS modules. */
export default { plugins: { 'postcss-preset-mantine': {} } }
