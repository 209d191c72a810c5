/**
 * What typed text is, as `portal/text.py` has it: composed, one kind of line end, what is seen.
 *
 * A change there is a change here; tests/portal/test_text.py compares the two. No lookbehind:
 * browsers that we support do not know it.
 */
const LINE_END = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const UNSEEN =
  /\x1b\[[0-?]*[ -/]*[@-~]|[\0-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\u{e0080}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu;
const TAGS = /(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f})|[\u{e0000}-\u{e007f}]+/gu;
const SHAPES = "\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}";
const SHAPE = new RegExp(`(^|[^${SHAPES}])([${SHAPES}])[${SHAPES}]*`, "gu");
const NO_SPACE = /([^\u200b]?)\u200b+(?=([^]?))/gu;
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]/;
const JOINERS =
  /(\p{Lo}\p{M}*|(?:[\p{So}\p{Sk}\p{Cn}]|\u{e007f})\p{M}*(?=\u200d[\u200c\u200d]*[\p{So}\p{Cn}]))?([\u200c\u200d])[\u200c\u200d]*/gu;
const MARKS = /((?:[\u200c\u200d]*[\p{Mn}\p{Me}]){6}[\u200c\u200d]*)[\p{Mn}\p{Me}][\p{Mn}\p{Me}\u200c\u200d]*/gu;
const SEEN = /[^\p{Z}\p{M}\p{Cc}\p{Cf}\u2800]/u;

export function typedText(typed) {
  let text = typed.replace(LINE_END, "\n").replace(UNSEEN, "");
  if (/[^\0-\x7f]/.test(text)) {
    text = text
      .normalize()
      .replace(TAGS, "$1")
      .replace(SHAPE, (_, before, shape) => (/^[^\s\u200b-\u200d]/.test(before) ? before + shape : before))
      .replace(NO_SPACE, (_, before, after) =>
        UNSPACED.test(before) && UNSPACED.test(after) ? `${before}\u200b` : before,
      )
      .replace(JOINERS, (_, base, joiner) => (base ? base + joiner : ""))
      .normalize()
      .replace(MARKS, "$1");
  }
  return SEEN.test(text) ? text.trim() : "";
}
