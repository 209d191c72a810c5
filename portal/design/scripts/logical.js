// A PostCSS plugin that turns GOV.UK Frontend's physical properties into logical ones, so that one
// stylesheet serves left-to-right and right-to-left pages. Floats and rotated icons have no logical
// form that old phones know; they get a `[dir=rtl]` rule instead.

const RENAMED = {
  "margin-left": "margin-inline-start",
  "margin-right": "margin-inline-end",
  "padding-left": "padding-inline-start",
  "padding-right": "padding-inline-end",
  left: "inset-inline-start",
  right: "inset-inline-end",
  "border-top-left-radius": "border-start-start-radius",
  "border-top-right-radius": "border-start-end-radius",
  "border-bottom-left-radius": "border-end-start-radius",
  "border-bottom-right-radius": "border-end-end-radius",
};
for (const part of ["", "-width", "-style", "-color"]) {
  RENAMED[`border-left${part}`] = `border-inline-start${part}`;
  RENAMED[`border-right${part}`] = `border-inline-end${part}`;
}

const MIRRORED = { left: "right", right: "left" };

/** Splits a shorthand's value at spaces outside brackets. */
function parts(value) {
  return value.match(/(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
}

/** Negates every rotation in a transform. */
function negated(value) {
  return value.replace(/rotate\((-?)/g, (_, minus) => `rotate(${minus ? "" : "-"}`);
}

function rtlCopy(rule, prop, value, important) {
  const copy = rule.clone({ selectors: rule.selectors.map((each) => `[dir=rtl] ${each}`) });
  copy.removeAll();
  copy.append({ prop, value, important });
  return copy;
}

/** The plugin; takes no options. */
export function logical() {
  return {
    postcssPlugin: "portal-logical",
    Once(root) {
      // Gathered first: the rules that are added below must not be walked again.
      const found = [];
      root.walkDecls((decl) => {
        if (decl.parent.type === "rule") found.push(decl);
      });
      for (const decl of found) {
        const rule = decl.parent;
        if (RENAMED[decl.prop]) {
          decl.prop = RENAMED[decl.prop];
        } else if (decl.prop === "text-align" && MIRRORED[decl.value]) {
          decl.value = decl.value === "left" ? "start" : "end";
        } else if (["float", "clear"].includes(decl.prop) && MIRRORED[decl.value]) {
          rule.after(rtlCopy(rule, decl.prop, MIRRORED[decl.value], decl.important));
        } else if (decl.prop === "transform" && decl.value.includes("rotate(")) {
          rule.after(rtlCopy(rule, decl.prop, negated(decl.value), decl.important));
        } else if (["margin", "padding", "border-width"].includes(decl.prop)) {
          const [top, right, bottom, left] = parts(decl.value);
          if (left === undefined || left === right) continue;
          const name = (axis) =>
            decl.prop === "border-width" ? `border-${axis}-width` : `${decl.prop}-${axis}`;
          decl.before({ prop: name("block"), value: `${top} ${bottom}`, important: decl.important });
          decl.before({ prop: name("inline"), value: `${left} ${right}`, important: decl.important });
          decl.remove();
        }
      }
    },
  };
}
