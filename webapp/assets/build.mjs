// Writes webapp/static/build: the style sheet, the scripts, the fonts and the icon, each with a hash of its content in
// its name, a .gz beside each text, and manifest.json (plain name to built name). script/assets runs it.

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import { compile, NodePackageImporter } from "sass";

const sources = dirname(fileURLToPath(import.meta.url));
const target = join(sources, "..", "static", "build");
// Written elsewhere first, so that a build that fails leaves the last good one in place.
const workbench = `${target}.new`;

// Nothing of ours changes a colour at run time, so the variables' own values will do; and letters are drawn as the
// system draws them. Both are said in some hundred places.
function slim(css) {
  return css
    .replace(/var\(--govuk-[a-z-]+-colour, ([^()]+)\)/g, "$1")
    .replace(/^ *(-webkit|-moz-osx)-font-smoothing: [a-z]+;$/gm, "");
}

const sass = {
  name: "sass",
  setup({ onLoad }) {
    onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: slim(compile(path, { importers: [new NodePackageImporter()] }).css),
      loader: "css",
      resolveDir: sources,
    }));
  },
};

const { metafile } = await build({
  absWorkingDir: sources,
  entryPoints: ["site.scss", "site.js", "autosave.js", "icon.svg"],
  outdir: workbench,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy" },
  plugins: [sass],
  bundle: true,
  format: "esm",
  minify: true,
  // The oldest browsers that load scripts of type "module" and understand what govuk-frontend's own code uses.
  target: ["chrome64", "edge79", "firefox67", "safari12"],
  // Old Safari's fault in it touches no pattern that we or govuk-frontend use.
  supported: { destructuring: true },
  metafile: true,
  logLevel: "warning",
});

// The plain name of a built file: that of its entry point, or of the one file that was copied.
function plainName({ entryPoint, inputs }) {
  return basename(entryPoint ?? Object.keys(inputs)[0]).replace(/\.scss$/, ".css");
}

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  manifest[plainName(output)] = basename(path);
}

await mkdir(workbench, { recursive: true });
for (const name of Object.values(manifest)) {
  // Fonts are compressed already.
  if (name.endsWith(".woff2")) continue;
  const content = await readFile(join(workbench, name));
  await writeFile(join(workbench, `${name}.gz`), gzipSync(content, { level: 9 }));
}
const sorted = Object.fromEntries(Object.entries(manifest).sort());
await writeFile(join(workbench, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);

await rm(target, { recursive: true, force: true });
await rename(workbench, target);
